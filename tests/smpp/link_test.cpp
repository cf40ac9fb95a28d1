#include "smpp/link.hpp"
#include "tests/smpp/scripted_smsc.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>

// within the room: unistd.h has a link of its own
namespace kabinet::smpp::link_test {

using namespace std::chrono_literals;

namespace {

struct heard_message {
    delivery answer_to;
    std::string text;
};

class recorder final : public link_listener {
  public:
    void link_bound(link&, std::string_view smsc_system_id) override { bound.emplace_back(smsc_system_id); }
    void link_lost(link&, const link_loss& loss) override {
        lost.push_back(loss);
        if (on_lost)
            on_lost();
    }
    void message_arrived(link& from, const delivery& of, const message& what) override {
        messages.push_back({of, {what.text.begin(), what.text.end()}});
        if (on_message)
            on_message();
        else
            from.respond(of, status::ok);
    }
    void response_arrived(link&, const response& answer) override {
        (answer.is_late ? late : answered).push_back(answer.ticket);
        if (on_answer)
            on_answer();
    }
    void response_missing(link&, ticket of) override { missing.push_back(of); }

    std::vector<std::string> bound;
    std::vector<link_loss> lost;
    std::vector<heard_message> messages;
    std::vector<ticket> answered, late, missing;
    std::function<void()> on_message; // in place of an immediate response
    std::function<void()> on_answer;
    std::function<void()> on_lost;
};

/// One loop, one SMSC and one link to it.
struct lab {
    boost::asio::io_context loop;
    scripted_smsc smsc{loop};
    link_settings settings = made_settings();
    recorder heard;
    std::unique_ptr<smpp::link> link;

    [[nodiscard]] link_settings made_settings() const {
        link_settings made;
        made.name = "lab";
        made.port = smsc.port();
        made.system_id = "kabinet";
        made.password = std::make_shared<const secret>("not-real");
        return made;
    }
    void starts() {
        link = std::make_unique<smpp::link>(loop, settings, heard);
        link->start();
    }
    void binds() {
        starts();
        REQUIRE(happens([&] { return link->is_bound() && !heard.bound.empty(); }));
    }
    /// Runs the loop until it is so. False when it isn't in a time no test should need.
    template <class Condition>
    bool happens(Condition is_so) {
        const auto until = std::chrono::steady_clock::now() + 5s;
        loop.restart();
        while (!is_so() && std::chrono::steady_clock::now() < until)
            loop.run_one_for(20ms);
        return is_so();
    }
    void runs_what_is_ready() {
        loop.restart();
        while (loop.poll() != 0) {
        }
    }
    boost::system::error_code submits(ticket known_by) {
        submit_sm pdu;
        pdu.destination_addr = "79261112233";
        return link->submit(pdu, known_by).error();
    }
};

wire::bytes delivered(std::uint32_t number, std::string_view text) {
    return wire::pdu(command::deliver_sm, number, wire::deliver_sm_saying(text));
}

void append(wire::bytes& to, const wire::bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

TEST_CASE("a link binds over a socket and says to whom") {
    lab here;
    here.binds();
    CHECK(here.heard.bound == std::vector<std::string>{"smsc"});
    CHECK(here.smsc.session(0).received.size() == 1);
    const auto bind = decode<bind_transceiver>(here.smsc.session(0).received.front().body);
    REQUIRE(bind.has_value());
    CHECK(bind->system_id == "kabinet");
}

TEST_CASE("a message arrives and its response goes back") {
    lab here;
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(delivered(0xFFFFFFFF, "*100#"));
    REQUIRE(here.happens([&] { return smsc.received.size() == 2; }));
    CHECK(here.heard.messages.front().text == "*100#");
    CHECK(smsc.received.back() == wire::sent_pdu{command::deliver_sm_resp, status::ok, 0xFFFFFFFF, {0}});
}

TEST_CASE("a stream that comes octet by octet is the same stream") {
    lab here;
    here.binds();
    wire::bytes stream;
    for (std::uint32_t number = 1; number <= 5; ++number)
        append(stream, delivered(number, std::string(number, 'x')));
    smsc_session& smsc = here.smsc.session(0);
    for (const std::uint8_t octet : stream) {
        smsc.says({octet});
        here.runs_what_is_ready();
    }
    REQUIRE(here.happens([&] { return smsc.count(command::deliver_sm_resp) == 5; }));
    for (std::uint32_t number = 1; number <= 5; ++number) {
        CHECK(here.heard.messages[number - 1].text == std::string(number, 'x'));
        CHECK(smsc.received[number].sequence_number == number);
    }
}

TEST_CASE("a PDU split in two at any octet is the same PDU") {
    lab here;
    here.binds();
    const wire::bytes pdu = delivered(7, "*105*00#");
    smsc_session& smsc = here.smsc.session(0);
    for (std::size_t split = 1; split < pdu.size(); ++split) {
        const auto at = pdu.begin() + static_cast<std::ptrdiff_t>(split);
        smsc.says(wire::bytes(pdu.begin(), at));
        here.runs_what_is_ready();
        smsc.says(wire::bytes(at, pdu.end()));
        here.runs_what_is_ready();
    }
    REQUIRE(here.happens([&] { return smsc.count(command::deliver_sm_resp) == pdu.size() - 1; }));
    for (const heard_message& each : here.heard.messages)
        CHECK(each.text == "*105*00#");
}

TEST_CASE("a thousand messages in one write are answered in order") {
    lab here;
    here.binds();
    wire::bytes stream;
    for (std::uint32_t number = 0; number < 1'000; ++number)
        append(stream, delivered(number, std::to_string(number)));
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(stream);
    REQUIRE(here.happens([&] { return smsc.count(command::deliver_sm_resp) == 1'000; }));
    for (std::uint32_t number = 0; number < 1'000; ++number) {
        REQUIRE(here.heard.messages[number].text == std::to_string(number));
        REQUIRE(smsc.received[number + 1].sequence_number == number);
    }
}

TEST_CASE("the longest PDU arrives whole behind a shorter one") {
    lab here;
    here.binds();
    wire::body body = wire::deliver_sm_saying("");
    const std::size_t longest = largest_pdu - header_size - body.size() - 4;
    const auto biggest =
        wire::pdu(command::deliver_sm, 2, body.tlv(tag::message_payload, std::string(longest, 'p')));
    REQUIRE(biggest.size() == largest_pdu);
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(delivered(1, "x"));
    smsc.says(biggest);
    smsc.says(delivered(3, "y"));
    REQUIRE(here.happens([&] { return smsc.count(command::deliver_sm_resp) == 3; }));
    CHECK(here.heard.messages[1].text.size() == longest);
    CHECK(here.heard.messages[2].text == "y");
}

TEST_CASE("a submit leaves and its response brings the ticket back") {
    lab here;
    here.binds();
    REQUIRE_FALSE(here.submits(70));
    REQUIRE_FALSE(here.submits(71));
    CHECK(here.link->in_flight() == 2);
    smsc_session& smsc = here.smsc.session(0);
    REQUIRE(here.happens([&] { return smsc.count(command::submit_sm) == 2; }));
    smsc.says(command::submit_sm_resp, smsc.received[2].sequence_number, wire::body{}.text("id"));
    smsc.says(command::submit_sm_resp, smsc.received[1].sequence_number, {}, status::throttled);
    REQUIRE(here.happens([&] { return here.heard.answered.size() == 2; }));
    CHECK(here.heard.answered == std::vector<ticket>{71, 70});
    CHECK(here.link->in_flight() == 0);
}

TEST_CASE("a submit without response comes back as missing and its response as late") {
    lab here;
    here.settings.speaks.response_timeout = 1ms;
    here.binds();
    REQUIRE_FALSE(here.submits(70));
    REQUIRE(here.happens([&] { return !here.heard.missing.empty(); }));
    CHECK(here.heard.missing == std::vector<ticket>{70});
    here.smsc.session(0).says(command::submit_sm_resp, here.smsc.session(0).received.back().sequence_number);
    REQUIRE(here.happens([&] { return !here.heard.late.empty(); }));
    CHECK(here.heard.late == std::vector<ticket>{70});
    CHECK(here.heard.answered.empty());
}

TEST_CASE("a refused bind is told with its status and the connection goes") {
    lab here;
    here.smsc.obliging = false;
    here.starts();
    REQUIRE(
        here.happens([&] { return !here.smsc.sessions.empty() && !here.smsc.session(0).received.empty(); }));
    here.smsc.session(0).says(command::bind_transceiver_resp, 1, {}, status::invalid_password);
    REQUIRE(here.happens([&] { return !here.heard.lost.empty() && here.smsc.session(0).gone; }));
    CHECK(here.heard.lost.front().why == link_error::bind_refused);
    CHECK(here.heard.lost.front().refusal == status::invalid_password);
    CHECK(here.heard.bound.empty());
}

TEST_CASE("a bind that nobody answers is given up") {
    lab here;
    here.smsc.obliging = false;
    here.settings.bind_timeout = 100ms;
    here.starts();
    REQUIRE(here.happens([&] { return !here.heard.lost.empty(); }));
    CHECK(here.smsc.session(0).count(command::bind_transceiver) == 1);
    CHECK(here.heard.lost.front().why == link_error::bind_unanswered);
}

TEST_CASE("a closed door is told and tried again") {
    lab here;
    here.smsc.closes_its_door();
    here.starts();
    REQUIRE(here.happens([&] { return here.heard.lost.size() == 2; }));
    CHECK(here.heard.lost.front().why == boost::system::errc::connection_refused);
    CHECK(here.heard.lost.front().tries == 1);
    CHECK_FALSE(here.heard.lost.front().was_bound);
    CHECK(here.heard.lost.back().why == boost::system::errc::connection_refused);
    CHECK(here.heard.lost.back().tries == 2);
    CHECK_FALSE(here.link->is_bound());
}

TEST_CASE("a hung up link dials again and what was in flight is missing once") {
    lab here;
    here.binds();
    REQUIRE_FALSE(here.submits(70));
    REQUIRE(here.happens([&] { return here.smsc.session(0).count(command::submit_sm) == 1; }));
    here.smsc.session(0).hangs_up();
    REQUIRE(here.happens([&] { return here.heard.bound.size() == 2; }));
    CHECK(here.heard.lost.size() == 1);
    CHECK(here.heard.lost.front().why == link_error::closed_by_smsc);
    CHECK(here.heard.lost.front().tries == 1);
    CHECK(here.heard.lost.front().was_bound);
    CHECK(here.heard.missing == std::vector<ticket>{70});
    CHECK(here.heard.answered.empty());
    here.smsc.session(1).says(delivered(1, "again"));
    REQUIRE(here.happens([&] { return here.smsc.session(1).count(command::deliver_sm_resp) == 1; }));
}

TEST_CASE("a message of a lost connection is not answered over the next nor before its bind") {
    lab here;
    here.binds();
    here.heard.on_message = [] {};
    here.smsc.session(0).says(delivered(9, "*100#"));
    REQUIRE(here.happens([&] { return here.heard.messages.size() == 1; }));
    here.smsc.session(0).hangs_up();
    const delivery old = here.heard.messages.front().answer_to;
    REQUIRE(here.happens([&] {
        here.link->respond(old, status::ok); // while lost, dialling, binding and bound
        here.link->respond({}, status::ok);
        return here.heard.bound.size() == 2;
    }));
    here.heard.on_message = nullptr;
    here.smsc.session(1).says(delivered(10, "*100#"));
    REQUIRE(here.happens([&] { return here.smsc.session(1).received.size() == 2; }));
    CHECK(here.smsc.session(1).received.front().id == command::bind_transceiver);
    CHECK(here.smsc.session(1).received.back().sequence_number == 10);
}

TEST_CASE("a broken length gets its nack before the connection goes") {
    lab here;
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(wire::body{}.u32(15).u32(5).u32(0).u32(1));
    REQUIRE(here.happens([&] { return smsc.gone; }));
    CHECK(smsc.received.back() ==
          wire::sent_pdu{command::generic_nack, status::invalid_command_length, 0, {}});
    CHECK(here.link->counts().malformed == 1);
    CHECK(here.heard.lost.size() == 1);
    CHECK(here.heard.lost.front().why == link_error::broken_frame);
}

TEST_CASE("an unbind of theirs gets its response before the connection goes") {
    lab here;
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(command::unbind, 5);
    REQUIRE(here.happens([&] { return smsc.gone; }));
    CHECK(smsc.received.back() == wire::sent_pdu{command::unbind_resp, status::ok, 5, {}});
}

TEST_CASE("what the socket says of its end is passed on") {
    lab here;
    here.binds();
    here.smsc.session(0).breaks_off();
    REQUIRE(here.happens([&] { return !here.heard.lost.empty(); }));
    CHECK(here.heard.lost.front().why == boost::system::errc::connection_reset);
}

TEST_CASE("where the dialect wants it the screen leaves before the response it answers") {
    lab here;
    here.settings.speaks.respond = response_order::after_submit;
    here.binds();
    here.heard.on_message = [&] {
        REQUIRE_FALSE(here.submits(70));
        here.link->respond(here.heard.messages.front().answer_to, status::ok);
    };
    smsc_session& smsc = here.smsc.session(0);
    smsc.says(delivered(1, "*100#"));
    REQUIRE(here.happens([&] { return smsc.received.size() == 3; }));
    CHECK(smsc.received[1].id == command::submit_sm);
    CHECK(smsc.received[2].id == command::deliver_sm_resp);
}

TEST_CASE("a PDU that never finishes closes the connection") {
    lab here;
    here.settings.pdu_deadline = 150ms;
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    smsc.says({0, 0, 0, 16, 0});
    REQUIRE(here.happens([&] { return smsc.gone; }));
    CHECK(here.heard.lost.size() == 1);
    CHECK(here.heard.lost.front().why == link_error::pdu_unfinished);
}

TEST_CASE("an SMSC that falls silent is noticed") {
    lab here;
    here.settings.enquire_link_interval = 100ms;
    here.settings.enquire_link_timeout = 100ms;
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    REQUIRE(here.happens([&] { return smsc.gone; }));
    CHECK(smsc.count(command::enquire_link) == 1);
}

namespace {

/// The SMSC reads nothing more and asks until the link takes nothing more either. Says how many octets it
/// took.
std::size_t fills(lab& here, smsc_session& smsc) {
    smsc.deaf = true;
    smsc.says(command::enquire_link, 1); // its answer ends the read under way
    REQUIRE(here.happens([&] { return smsc.count(command::enquire_link_resp) == 1; }));
    auto many = std::make_shared<wire::bytes>();
    for (std::uint32_t number = 0; number < 4'096; ++number)
        append(*many, wire::pdu(command::enquire_link, number));
    smsc.repeats(many);
    std::size_t before = 0;
    do {
        before = smsc.repeated;
        here.loop.restart();
        here.loop.run_for(100ms);
    } while (smsc.repeated != before);
    return before;
}

} // namespace

TEST_CASE("an SMSC that reads nothing is not read from and is served when it reads again") {
    lab here;
    here.smsc.takes_little();
    here.binds();
    smsc_session& smsc = here.smsc.session(0);
    const std::size_t taken = fills(here, smsc);
    CHECK(taken < 64'000'000);
    smsc.silent = true;
    smsc.deaf = false;
    smsc.reads();
    const auto answers = [&] { return smsc.received.size() - 1; }; // all but the bind
    REQUIRE(
        here.happens([&] { return smsc.repeated != taken && answers() == 1 + smsc.repeated / header_size; }));
    CHECK(smsc.count(command::enquire_link_resp) == answers());
    CHECK(here.link->is_bound());
}

TEST_CASE("a stop doesn't wait for an SMSC that reads nothing") {
    lab here;
    here.settings.unbind_timeout = 50ms;
    here.smsc.takes_little();
    here.binds();
    (void)fills(here, here.smsc.session(0));
    here.link->stop();
    REQUIRE(here.happens([&] { return here.link->is_stopped(); }));
    CHECK(here.heard.lost.size() == 1);
}

TEST_CASE("an SMSC that reads nothing for too long is left") {
    lab here;
    here.settings.enquire_link_interval = 100ms;
    here.settings.enquire_link_timeout = 100ms;
    here.smsc.takes_little();
    here.binds();
    (void)fills(here, here.smsc.session(0));
    REQUIRE(here.happens([&] { return !here.heard.lost.empty(); }));
    CHECK(here.heard.lost.front().why == link_error::enquire_link_unanswered);
}

TEST_CASE("a pair of connections looks like one link") {
    lab here;
    here.settings.bind = bind_mode::transmitter_and_receiver;
    here.binds();
    REQUIRE(here.smsc.sessions.size() == 2);
    const bool first_sends = here.smsc.session(0).count(command::bind_transmitter) == 1;
    smsc_session& transmitter = here.smsc.session(first_sends ? 0 : 1);
    smsc_session& receiver = here.smsc.session(first_sends ? 1 : 0);
    CHECK(receiver.count(command::bind_receiver) == 1);
    CHECK(here.heard.bound.size() == 1);

    receiver.says(delivered(4, "*100#"));
    REQUIRE_FALSE(here.submits(70));
    REQUIRE(here.happens([&] {
        return receiver.count(command::deliver_sm_resp) == 1 && transmitter.count(command::submit_sm) == 1;
    }));
    transmitter.says(delivered(5, "*100#"));
    REQUIRE(here.happens([&] { return transmitter.count(command::deliver_sm_resp) == 1; }));
    CHECK(transmitter.received.back().status == status::invalid_bind_status);
    CHECK(here.heard.messages.size() == 1);
    CHECK(here.link->counts().refused_by_state == 1);

    receiver.hangs_up();
    REQUIRE(here.happens([&] { return !here.link->is_bound(); }));
    CHECK(here.heard.missing.empty());
    CHECK_FALSE(here.submits(71));
    here.link->stop();
    CHECK(here.happens([&] { return here.link->is_stopped(); }));
}

TEST_CASE("a stopped link unbinds and is gone when the SMSC agreed") {
    lab here;
    here.binds();
    here.link->stop();
    CHECK_FALSE(here.link->is_stopped());
    REQUIRE(here.happens([&] { return here.link->is_stopped() && here.smsc.session(0).gone; }));
    CHECK(here.smsc.session(0).received.back().id == command::unbind);
    CHECK(here.heard.lost.front().why == link_error::stopped);
    here.runs_what_is_ready();
    CHECK(here.smsc.sessions.size() == 1);
}

TEST_CASE("a stopped link doesn't wait for ever") {
    lab here;
    here.settings.unbind_timeout = 50ms;
    here.binds();
    here.smsc.session(0).obliging = false;
    here.link->stop();
    REQUIRE(here.happens([&] { return here.link->is_stopped() && here.smsc.session(0).gone; }));
    CHECK(here.smsc.session(0).count(command::unbind) == 1);
}

TEST_CASE("a link may be stopped at any step and comes to rest") {
    for (int steps = 0; steps < 24; ++steps) {
        CAPTURE(steps);
        lab here;
        here.starts();
        for (int i = 0; i < steps; ++i)
            here.loop.run_one_for(1ms);
        here.link->stop();
        REQUIRE(here.happens([&] { return here.link->is_stopped(); }));
    }
}

TEST_CASE("a link may be destroyed at any step and says nothing afterwards") {
    for (int steps = 0; steps < 24; ++steps) {
        lab here;
        here.starts();
        for (int i = 0; i < steps; ++i)
            here.loop.run_one_for(1ms);
        if (here.link->is_bound())
            CHECK_FALSE(here.submits(70));
        const std::size_t said = here.heard.bound.size();
        here.link.reset();
        here.runs_what_is_ready();
        CHECK(here.heard.bound.size() == said);
        CHECK(here.heard.lost.empty());
        CHECK(here.heard.missing.empty());
    }
}

TEST_CASE("a link may be destroyed by its listener whatever it is told") {
    lab by_message;
    by_message.binds();
    by_message.heard.on_message = [&] { by_message.link.reset(); };
    wire::bytes two = delivered(1, "a");
    append(two, delivered(2, "b"));
    by_message.smsc.session(0).says(two);
    REQUIRE(by_message.happens([&] { return by_message.smsc.session(0).gone; }));
    CHECK(by_message.heard.messages.size() == 1);

    lab by_answer;
    by_answer.binds();
    by_answer.heard.on_answer = [&] { by_answer.link.reset(); };
    REQUIRE_FALSE(by_answer.submits(70));
    REQUIRE_FALSE(by_answer.submits(71));
    two = wire::pdu(command::submit_sm_resp, 2);
    append(two, wire::pdu(command::submit_sm_resp, 3));
    by_answer.smsc.session(0).says(two);
    REQUIRE(by_answer.happens([&] { return by_answer.smsc.session(0).gone; }));
    CHECK(by_answer.heard.answered == std::vector<ticket>{70});

    lab by_loss;
    by_loss.binds();
    by_loss.heard.on_lost = [&] { by_loss.link.reset(); };
    by_loss.smsc.session(0).hangs_up();
    REQUIRE(by_loss.happens([&] { return by_loss.link == nullptr; }));
    by_loss.runs_what_is_ready();
}

TEST_CASE("a loop that goes before its links leaves nothing behind") {
    recorder heard;
    std::unique_ptr<smpp::link> link;
    {
        boost::asio::io_context loop;
        link_settings nowhere;
        nowhere.port = scripted_smsc{loop}.port();
        link = std::make_unique<smpp::link>(loop, nowhere, heard);
        link->start();
        loop.run_one_for(1ms);
        link.reset();
    }
    CHECK(heard.lost.empty());
}

TEST_CASE("what a listener throws leaves by the loop and isn't swallowed") {
    lab here;
    here.binds();
    here.heard.on_message = [] { throw std::runtime_error{"a defect"}; };
    here.smsc.session(0).says(delivered(1, "*100#"));
    CHECK_THROWS_AS((void)here.happens([] { return false; }), std::runtime_error);
}

} // namespace kabinet::smpp::link_test
