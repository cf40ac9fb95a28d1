// The stage with a gateway that is a few PDUs: what the phone does and sees.
#include "gateway/demo/stage.hpp"

#include "tests/simulator/esme.hpp"
#include "tests/support/json.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <sstream>

namespace kabinet::gateway::demo::stage_test {

using simulator::esme;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);

/// Whom the stage plays to: writes it down, on the stage's thread.
class listener {
  public:
    explicit listener(stage& at)
        : at_{at} {
        listen();
    }
    ~listener() { at_.play_to(nullptr); }
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;

    /// What was told since the last look, each by its name. Replacing the audience waits for what came
    /// before.
    std::vector<std::string> taken() {
        listen();
        const std::scoped_lock mine{guard_}; // more may come while this is read
        const auto news = kabinet::tests::read_json(events_.write_after(seen_));
        seen_ = events_.last();
        std::vector<std::string> names;
        for (const auto& each : news["events"])
            names.push_back(each["is"]);
        return names;
    }

  private:
    void listen() {
        at_.play_to([this](phone_event what) {
            const std::scoped_lock mine{guard_};
            events_.add(std::move(what), {});
        });
    }

    stage& at_;
    std::mutex guard_;
    event_list events_{anna};
    std::uint64_t seen_ = 0;
};

/// A stage with a gateway bound to it.
struct bound_stage {
    bound_stage() {
        REQUIRE(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
        REQUIRE(on.wait_bound());
    }
    std::string next_delivered() {
        const auto next = by.next();
        by.send(smpp::deliver_sm_resp{}, next.header.sequence_number);
        const auto text = next.as<smpp::deliver_sm>().short_message;
        return {text.begin(), text.end()};
    }
    void send_sms(std::string_view text) {
        smpp::submit_sm pdu;
        pdu.source_addr = "000110";
        pdu.destination_addr = "79261112233";
        pdu.short_message = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
        by.send(pdu);
    }

    std::ostringstream terminal;
    stage on{smpp::dialect{}, anna, terminal};
    listener audience{on};
    boost::asio::io_context io;
    esme by{io, on.port()};
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a code is dialled and hung up, from the page and from the terminal") {
    bound_stage with;
    CHECK(with.audience.taken() == names{"link"});
    with.on.key_in("*105#");
    CHECK(with.next_delivered() == "*105#");
    with.on.hang_up();
    CHECK(with.next_delivered().empty());
    CHECK(with.audience.taken() == names{"dialled", "over"});
    with.on.type("*106#");
    CHECK(with.next_delivered() == "*106#");
    with.on.type("hang up");
    CHECK(with.next_delivered().empty());
    CHECK(with.audience.taken() == names{"dialled", "over"});
    with.on.hang_up();
    CHECK(with.audience.taken().empty());
}

TEST_CASE("an SMS leaves the phone and one arrives") {
    bound_stage with;
    with.audience.taken();
    with.on.send_sms("000105", "PAS fakeword");
    CHECK(with.next_delivered() == "PAS fakeword");
    auto awaited = with.on.listen(0, 1);
    with.send_sms("hi");
    REQUIRE(awaited.wait_for(5s) == std::future_status::ready);
    CHECK(awaited.get().sms == names{"hi"});
    CHECK(with.audience.taken() == names{"sent", "sms"});
}

TEST_CASE("nobody waits for a gateway that is gone") {
    bound_stage with;
    auto before = with.on.listen(1, 1);
    with.by.close();
    REQUIRE(before.wait_for(5s) == std::future_status::ready);
    CHECK(before.get().screens.empty());
    auto after = with.on.listen(1, 1);
    REQUIRE(after.wait_for(5s) == std::future_status::ready);
    CHECK(after.get().sms.empty());
}

TEST_CASE("what awaits no answer and is no code is told so") {
    bound_stage with;
    with.audience.taken();
    with.on.key_in("1");
    CHECK(with.audience.taken() == names{"not_taken"});
}

TEST_CASE("the terminal is told what to try, in the words that were given") {
    std::ostringstream terminal;
    {
        stage on{smpp::dialect{}, anna, terminal, "Dial *111#"};
        on.greet();
        on.play_to(nullptr); // waits for what came before
    }
    CHECK(terminal.str() == "This is the phone of 79261112233. Dial *111#\n");
}

TEST_CASE("a dial without a network gets no answer") {
    std::ostringstream terminal;
    stage on{smpp::dialect{}, anna, terminal};
    listener hears{on};
    on.key_in("*105#");
    CHECK(hears.taken() == names{"dialled", "not_taken"});
}

} // namespace kabinet::gateway::demo::stage_test
