#include "simulator/centre.hpp"

#include "tests/simulator/esme.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kabinet::simulator::centre_test {

namespace {

using namespace std::chrono_literals;
using smpp::command;
using smpp::status;

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr std::uint16_t no_session = 0;

/// A centre and what its watcher saw, in words.
struct scene {
    explicit scene(links_settings settings = {}, smpp::dialect speaks = {})
        : on{io, std::move(settings), std::move(speaks)} {
        on.watch([this](const event& what) { std::visit([this](const auto& each) { note(each); }, what); });
    }

    void note(const bound& seen) { seen_.push_back("bound " + std::string{seen.system_id}); }
    void note(const unbound&) { seen_.emplace_back("unbound"); }
    void note(const screen_shown& seen) {
        seen_.push_back((seen.awaits_input ? "asked " : "told ") + std::string{seen.text});
    }
    void note(const dialogue_ended&) { seen_.emplace_back("ended"); }
    void note(const part_received& seen) {
        seen_.push_back("part " + std::to_string(seen.number) + " of " + std::to_string(seen.total) + " of " +
                        std::to_string(seen.reference) + ": " + std::string{seen.text});
    }
    void note(const sms_received& seen) {
        seen_.push_back("sms " + std::string{seen.from} + ": " + std::string{seen.text});
    }
    void note(const delivered& seen) {
        seen_.push_back(seen.answer ? "delivered " + std::to_string(static_cast<std::uint32_t>(*seen.answer))
                                    : "not delivered");
    }
    void note(const refused& seen) { seen_.push_back("refused " + std::string{seen.why}); }

    [[nodiscard]] std::string next_seen() {
        if (!run_until(io, [this] { return !seen_.empty(); }))
            return "nothing";
        std::string first = std::move(seen_.front());
        seen_.erase(seen_.begin());
        return first;
    }
    [[nodiscard]] bool saw_nothing() const { return seen_.empty(); }

    /// An ESME that is bound, its event taken.
    [[nodiscard]] std::unique_ptr<esme> bound_esme() {
        auto made = std::make_unique<esme>(io, on.port());
        REQUIRE(made->bind<smpp::bind_transceiver>().header.status == status::ok);
        REQUIRE(next_seen() == "bound kabinet");
        return made;
    }

    boost::asio::io_context io;
    std::vector<std::string> seen_;
    centre on;
};

smpp::octets octets_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string text_of(smpp::octets octets) {
    return {octets.begin(), octets.end()};
}

/// Submits a screen; `session` 0 carries none.
void submit_screen(esme& by, std::uint8_t op, std::uint16_t session, std::string_view text,
                   std::uint32_t sequence_number = 50) {
    std::array<std::uint8_t, 32> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u8(smpp::tag::ussd_service_op, op);
    if (session != no_session)
        optional_part.add_u16(smpp::tag::its_session_info, session);
    smpp::submit_sm pdu;
    pdu.service_type = "USSD";
    pdu.source_addr = "105";
    pdu.destination_addr = "79261112233";
    pdu.short_message = octets_of(text);
    pdu.tlv = optional_part.list();
    by.send(pdu, sequence_number);
}

smpp::submit_sm sms(std::string_view text) {
    smpp::submit_sm pdu;
    pdu.source_addr = "000110";
    pdu.destination_addr = "79261112233";
    pdu.short_message = octets_of(text);
    return pdu;
}

/// Dials and takes the deliver_sm; returns its session.
std::uint16_t dial_menu(scene& with, esme& by) {
    REQUIRE(with.on.dial(anna, "*105#"));
    const auto begun = by.next();
    by.send(smpp::deliver_sm_resp{}, begun.header.sequence_number);
    REQUIRE(with.next_seen() == "delivered 0");
    return begun.as<smpp::deliver_sm>().tlv.find_u16(smpp::tag::its_session_info).value();
}

status answer_of(esme& by) {
    return by.next().header.status;
}

} // namespace

TEST_CASE("each kind of bind gets the response of its own kind") {
    scene with;
    esme both{with.io, with.on.port()};
    CHECK(both.bind<smpp::bind_transceiver>().as<smpp::bind_transceiver_resp>().system_id == "kabinet-sim");
    esme sends{with.io, with.on.port()};
    CHECK(sends.bind<smpp::bind_transmitter>().header.id == command::bind_transmitter_resp);
    esme takes{with.io, with.on.port()};
    CHECK(takes.bind<smpp::bind_receiver>().header.id == command::bind_receiver_resp);
}

TEST_CASE("only the login and password given are taken") {
    links_settings settings;
    settings.system_id = "kabinet";
    settings.password = std::make_shared<const secret>("fakeword");
    scene with{settings};
    esme by{with.io, with.on.port()};
    CHECK(by.bind<smpp::bind_transceiver>("somebody").header.status == status::invalid_system_id);
    CHECK(by.bind<smpp::bind_transceiver>("kabinet", "wrong").header.status == status::invalid_password);
    CHECK(with.saw_nothing());
    CHECK(by.bind<smpp::bind_transceiver>().header.status == status::ok);
    CHECK(by.bind<smpp::bind_transceiver>().header.status == status::already_bound);
}

TEST_CASE("a refused bind has the body that was asked for") {
    scene with;
    esme by{with.io, with.on.port()};
    with.on.faults().refuse_binds = bind_refusal{status::already_bound, refusal_body::none, 1};
    auto refusal = by.bind<smpp::bind_transceiver>();
    CHECK(refusal.header.status == status::already_bound);
    CHECK(refusal.body.empty());
    with.on.faults().refuse_binds = bind_refusal{status::bind_failed, refusal_body::one_nul, 1};
    refusal = by.bind<smpp::bind_transceiver>();
    CHECK(refusal.body == std::string_view{"\0", 1});
    with.on.faults().refuse_binds = bind_refusal{status::bind_failed, refusal_body::whole, 1};
    refusal = by.bind<smpp::bind_transceiver>();
    CHECK(refusal.body.size() > 1);
    CHECK(by.bind<smpp::bind_transceiver>().header.status == status::ok);
}

TEST_CASE("before a bind nothing but a bind is taken") {
    scene with;
    esme by{with.io, with.on.port()};
    by.send(sms("early"), 9);
    const auto answer = by.next();
    CHECK(answer.header.id == command::submit_sm_resp);
    CHECK(answer.header.status == status::invalid_bind_status);
    CHECK(answer.header.sequence_number == 9);
    CHECK_FALSE(with.on.dial(anna, "*105#"));
}

TEST_CASE("a receiver may not submit and a transmitter is delivered nothing") {
    scene with;
    esme sends{with.io, with.on.port()};
    CHECK(sends.bind<smpp::bind_transmitter>().header.status == status::ok);
    CHECK_FALSE(with.on.dial(anna, "*105#"));
    esme takes{with.io, with.on.port()};
    CHECK(takes.bind<smpp::bind_receiver>().header.status == status::ok);
    takes.send(sms("wrong way"));
    CHECK(answer_of(takes) == status::invalid_bind_status);
    CHECK(with.on.dial(anna, "*105#"));
    CHECK(takes.next().header.id == command::deliver_sm);
    submit_screen(sends, 17, 2, "done");
    CHECK(answer_of(sends) == status::ok);
}

TEST_CASE("a dialogue goes from the dialled code over a screen and an answer to its end") {
    scene with;
    const auto by = with.bound_esme();
    REQUIRE(with.on.dial(anna, "*105*00#"));
    const auto begun = by->next();
    const auto dialled = begun.as<smpp::deliver_sm>();
    CHECK(dialled.service_type == "USSD");
    CHECK(dialled.source_addr == "79261112233");
    CHECK(dialled.destination_addr == "105");
    CHECK(text_of(dialled.short_message) == "*105*00#");
    CHECK(dialled.tlv.find_u8(smpp::tag::ussd_service_op) == 1);
    const std::uint16_t session = dialled.tlv.find_u16(smpp::tag::its_session_info).value();
    CHECK((session & 1U) == 0);
    by->send(smpp::deliver_sm_resp{}, begun.header.sequence_number);
    CHECK(with.next_seen() == "delivered 0");

    submit_screen(*by, 2, session, "1 Yes");
    CHECK_FALSE(by->next().as<smpp::submit_sm_resp>().message_id.empty());
    CHECK(with.next_seen() == "asked 1 Yes");
    CHECK(with.on.answer(anna, "1"));
    CHECK_FALSE(with.on.answer(anna, "1"));
    const auto input = by->next().as<smpp::deliver_sm>();
    CHECK(input.tlv.find_u8(smpp::tag::ussd_service_op) == 18);
    CHECK(input.tlv.find_u16(smpp::tag::its_session_info) == session);
    CHECK(text_of(input.short_message) == "1");

    submit_screen(*by, 17, session, "Done");
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "told Done");
    CHECK_FALSE(with.on.answer(anna, "1"));
    CHECK_FALSE(with.on.has_dialogue(anna));
    CHECK(with.on.open_dialogues() == 0);
}

TEST_CASE("what can't be a screen of the dialogue is refused and not shown") {
    scene with;
    const auto by = with.bound_esme();
    const auto refused_with = [&](std::uint8_t op, std::uint16_t session, std::string_view text) {
        submit_screen(*by, op, session, text);
        return answer_of(*by);
    };
    CHECK(refused_with(17, 2, "late") == centre_status::no_such_dialogue);
    CHECK(with.next_seen() == "refused the subscriber has no dialogue");
    const std::uint16_t session = dial_menu(with, *by);
    CHECK(refused_with(2, 0x7776, "another's") == centre_status::other_session);
    CHECK(refused_with(17, no_session, "whose") == centre_status::other_session);
    CHECK(refused_with(2, session, "") == centre_status::submit_failed);
    CHECK(refused_with(18, session, "op") == centre_status::submit_failed);
    CHECK(refused_with(2, session, std::string(183, 'x')) == centre_status::screen_too_long);
    CHECK(refused_with(2, session, std::string(182, 'x')) == status::ok);
    CHECK(refused_with(2, session, "twice") == centre_status::dialogue_busy);
    for (const std::string_view why :
         {"refused another session than the subscriber's", "refused another session than the subscriber's",
          "refused an empty screen", "refused no such ussd_service_op",
          "refused the screen is longer than the air carries"})
        CHECK(with.next_seen() == why);
    CHECK(with.next_seen().starts_with("asked xxx"));
    CHECK(with.next_seen() == "refused the screen before it still awaits input");
}

TEST_CASE("hanging up is an abort of the session and a release from the gateway ends it without a screen") {
    smpp::dialect speaks;
    speaks.ops.abort_request = 128;
    scene with{{}, speaks};
    const auto by = with.bound_esme();
    const std::uint16_t session = dial_menu(with, *by);
    CHECK(with.on.hang_up(anna));
    CHECK_FALSE(with.on.hang_up(anna));
    const auto abort = by->next().as<smpp::deliver_sm>();
    CHECK(abort.tlv.find_u8(smpp::tag::ussd_service_op) == 129);
    CHECK(abort.tlv.find_u16(smpp::tag::its_session_info) == session);
    CHECK(abort.short_message.empty());

    REQUIRE(with.on.dial(anna, "*105#"));
    const auto again = by->next().as<smpp::deliver_sm>().tlv.find_u16(smpp::tag::its_session_info).value();
    CHECK(again != session);
    submit_screen(*by, 128, again, "");
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "ended");
}

TEST_CASE("a screen without a session opens a dialogue that the subscriber may answer") {
    scene with;
    const auto by = with.bound_esme();
    submit_screen(*by, 2, no_session, "Agree? 1 Yes");
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "asked Agree? 1 Yes");
    CHECK(with.on.answer(anna, "1"));
    const auto input = by->next().as<smpp::deliver_sm>();
    CHECK(input.destination_addr == "105");
    CHECK(input.tlv.find_u16(smpp::tag::its_session_info).has_value());
}

TEST_CASE("a notice is confirmed by the phone and ends") {
    scene with;
    const auto by = with.bound_esme();
    submit_screen(*by, 3, no_session, "Your debt is paid");
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "told Your debt is paid");
    CHECK(by->next().as<smpp::deliver_sm>().tlv.find_u8(smpp::tag::ussd_service_op) == 19);
    CHECK_FALSE(with.on.has_dialogue(anna));
}

TEST_CASE("the end bit ends a dialogue where the dialect has one") {
    smpp::dialect speaks;
    speaks.end_bit = true;
    scene with{{}, speaks};
    const auto by = with.bound_esme();
    const std::uint16_t session = dial_menu(with, *by);
    submit_screen(*by, 2, static_cast<std::uint16_t>(session | 1U), "Bye");
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "told Bye");
    REQUIRE(with.on.dial(anna, "*105#"));
    CHECK(by->next().header.id == command::deliver_sm);
    CHECK(with.on.hang_up(anna));
    CHECK((by->next().as<smpp::deliver_sm>().tlv.find_u16(smpp::tag::its_session_info).value() & 1U) == 1);
}

TEST_CASE("a dialect without sessions keeps one dialogue a subscriber") {
    smpp::dialect speaks;
    speaks.session = smpp::session_id_kind::none;
    scene with{{}, speaks};
    const auto by = with.bound_esme();
    REQUIRE(with.on.dial(anna, "*105#"));
    CHECK_FALSE(by->next().as<smpp::deliver_sm>().tlv.find_u16(smpp::tag::its_session_info));
    submit_screen(*by, 2, no_session, "menu");
    CHECK(answer_of(*by) == status::ok);
    submit_screen(*by, 17, no_session, "too early");
    CHECK(answer_of(*by) == centre_status::dialogue_busy);
}

TEST_CASE("the dialled string stands in the destination where the dialect wants it") {
    smpp::dialect speaks;
    speaks.dialled_in_destination = true;
    scene with{{}, speaks};
    const auto by = with.bound_esme();
    REQUIRE(with.on.dial(anna, "*105*00#"));
    const auto dialled = by->next();
    CHECK(dialled.as<smpp::deliver_sm>().destination_addr == "*105*00#");
    CHECK(dialled.as<smpp::deliver_sm>().short_message.empty());
}

TEST_CASE("a subscriber's sms reaches the gateway in the alphabet it needs") {
    scene with;
    const auto by = with.bound_esme();
    with.on.text(anna, "000105", "PAS fakeword1");
    const auto latin = by->next();
    CHECK(latin.as<smpp::deliver_sm>().destination_addr == "000105");
    CHECK(latin.as<smpp::deliver_sm>().data_coding == 0);
    CHECK(text_of(latin.as<smpp::deliver_sm>().short_message) == "PAS fakeword1");
    with.on.text(anna, "0500", "ДА");
    const auto cyrillic = by->next();
    CHECK(cyrillic.as<smpp::deliver_sm>().data_coding == 8);
    CHECK(text_of(cyrillic.as<smpp::deliver_sm>().short_message) == "\x04\x14\x04\x10");
    with.on.text(anna, "0001100", "");
    CHECK(by->next().as<smpp::deliver_sm>().sm_length == 0);
}

TEST_CASE("a long sms goes in parts that name one reference") {
    scene with;
    const auto by = with.bound_esme();
    with.on.text(anna, "000105", std::string(152, 'a') + "€" + std::string(152, 'b'));
    const auto first = by->next();
    const auto second = by->next();
    const auto one = first.as<smpp::deliver_sm>();
    const auto two = second.as<smpp::deliver_sm>();
    CHECK(one.esm_class == smpp::esm_class::udh_indicator);
    // the euro sign is an escape and a septet, which a part's end doesn't separate
    REQUIRE(one.short_message.size() == 6 + 152);
    REQUIRE(two.short_message.size() == 6 + 154 - 1);
    CHECK(one.short_message[3] == two.short_message[3]);
    CHECK(one.short_message[4] == 3);
    CHECK(one.short_message[5] == 1);
    CHECK(two.short_message[5] == 2);
}

TEST_CASE("parts of a long sms are joined by the header or by sar parameters in any order") {
    scene with;
    const auto by = with.bound_esme();
    auto part = sms(std::string_view{"\x05\x00\x03\x07\x02\x02 world", 12});
    part.esm_class = smpp::esm_class::udh_indicator;
    by->send(part, 2);
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "part 2 of 2 of 7:  world");
    CHECK(with.saw_nothing());
    part.short_message = octets_of(std::string_view{"\x06\x08\x04\x00\x07\x02\x01wide", 11});
    by->send(part, 3);
    CHECK(answer_of(*by) == status::ok);
    part.short_message = octets_of(std::string_view{"\x05\x00\x03\x07\x02\x01hello", 11});
    by->send(part, 4);
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "part 1 of 2 of 7: wide");
    // 8 and 16 bits wide, the references are the same number
    CHECK(with.next_seen() == "sms 000110: wide world");
    CHECK(with.next_seen() == "part 1 of 2 of 7: hello");

    std::array<std::uint8_t, 32> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u16(smpp::tag::sar_msg_ref_num, 9);
    optional_part.add_u8(smpp::tag::sar_total_segments, 1);
    optional_part.add_u8(smpp::tag::sar_segment_seqnum, 1);
    auto whole = sms("alone");
    whole.tlv = optional_part.list();
    by->send(whole, 5);
    CHECK(answer_of(*by) == status::ok);
    CHECK(with.next_seen() == "part 1 of 1 of 9: alone");
    CHECK(with.next_seen() == "sms 000110: alone");
}

TEST_CASE("a data_sm brings its text in message_payload") {
    scene with;
    const auto by = with.bound_esme();
    const std::string text(400, 'x');
    std::array<std::uint8_t, 512> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add(smpp::tag::message_payload, octets_of(text));
    smpp::data_sm pdu;
    pdu.source_addr = "000110";
    pdu.destination_addr = "+79261112233";
    pdu.tlv = optional_part.list();
    by->send(pdu);
    CHECK(by->next().header.id == command::data_sm_resp);
    CHECK(with.next_seen() == "sms 000110: " + text);
}

TEST_CASE("an sms no phone could read is refused") {
    scene with;
    const auto by = with.bound_esme();
    auto broken = sms("\x1b");
    by->send(broken);
    CHECK(answer_of(*by) == centre_status::submit_failed);
    broken = sms("x");
    broken.data_coding = 4;
    by->send(broken);
    CHECK(answer_of(*by) == centre_status::submit_failed);
    broken = sms("x");
    broken.destination_addr = "MegaFon";
    by->send(broken);
    CHECK(answer_of(*by) == status::invalid_destination);
    broken = sms("\x05\x00\x03");
    broken.esm_class = smpp::esm_class::udh_indicator;
    by->send(broken);
    CHECK(answer_of(*by) == centre_status::submit_failed);
}

TEST_CASE("a receipt follows an sms that asks for one or comes before its response") {
    scene with;
    const auto by = with.bound_esme();
    auto asked = sms("hi");
    asked.registered_delivery = 1;
    by->send(asked);
    const auto answer = by->next();
    const auto receipt = by->next();
    CHECK(answer.header.id == command::submit_sm_resp);
    CHECK(receipt.as<smpp::deliver_sm>().esm_class == smpp::esm_class::delivery_receipt);
    CHECK(receipt.as<smpp::deliver_sm>().tlv.find_u8(smpp::tag::message_state) == 2);
    const std::string id{answer.as<smpp::submit_sm_resp>().message_id};
    CHECK(text_of(receipt.as<smpp::deliver_sm>().short_message).starts_with("id:" + id + " "));

    with.on.faults().receipts = receipt_moment::before_response;
    by->send(asked);
    CHECK(by->next().header.id == command::deliver_sm);
    CHECK(by->next().header.id == command::submit_sm_resp);
    with.on.faults().receipts = receipt_moment::never;
    by->send(asked);
    CHECK(by->next().header.id == command::submit_sm_resp);
    CHECK(by->is_quiet());
}

TEST_CASE("submits are refused as often as asked and then taken") {
    scene with;
    const auto by = with.bound_esme();
    with.on.faults().refuse_submits = submit_refusal{status::throttled, 2, submit_kind::sms};
    const std::uint16_t session = dial_menu(with, *by);
    submit_screen(*by, 17, session, "not an sms");
    CHECK(answer_of(*by) == status::ok);
    for (const status expected : {status::throttled, status::throttled, status::ok}) {
        by->send(sms("hi"));
        CHECK(answer_of(*by) == expected);
    }
    CHECK(with.next_seen() == "told not an sms");
    CHECK(with.next_seen().starts_with("refused"));
    CHECK(with.next_seen().starts_with("refused"));
    CHECK(with.next_seen() == "sms 000110: hi");
}

TEST_CASE("a response that never comes leaves the text on the phone") {
    scene with;
    const auto by = with.bound_esme();
    with.on.faults().answers_submits = false;
    by->send(sms("hi"));
    CHECK(by->is_quiet());
    CHECK(with.next_seen() == "sms 000110: hi");
}

TEST_CASE("a delayed response comes in its time and holds nothing else up") {
    scene with;
    const auto by = with.bound_esme();
    with.on.faults().response_delay = 1h;
    by->send(sms("hi"), 8);
    CHECK(by->is_quiet());
    with.on.faults().response_delay = 1ms;
    by->send(sms("hi"), 9);
    CHECK(by->next().header.sequence_number == 9);
}

TEST_CASE("a message is delivered again under the same number and a new one and on another link") {
    scene with;
    const auto first = with.bound_esme();
    CHECK_FALSE(with.on.redeliver(anna, redelivery::same_number));
    with.on.text(anna, "000110", "00");
    const auto once = first->next();
    first->send(smpp::deliver_sm_resp{}, once.header.sequence_number);
    CHECK(with.next_seen() == "delivered 0");

    CHECK(with.on.redeliver(anna, redelivery::same_number));
    const auto same = first->next();
    CHECK(same.header.sequence_number == once.header.sequence_number);
    CHECK(same.body == once.body);
    first->send(smpp::deliver_sm_resp{}, same.header.sequence_number);
    CHECK(with.next_seen() == "delivered 0");

    CHECK(with.on.redeliver(anna, redelivery::new_number));
    const auto renumbered = first->next();
    CHECK(renumbered.header.sequence_number == once.header.sequence_number + 1);
    CHECK(renumbered.body == once.body);

    CHECK_FALSE(with.on.redeliver(anna, redelivery::other_link));
    const auto second = with.bound_esme();
    CHECK(with.on.redeliver(anna, redelivery::other_link));
    CHECK(second->next().body == once.body);
}

TEST_CASE("an unanswered sms comes again to the next link and a dialogue of a lost link ends") {
    scene with;
    auto by = with.bound_esme();
    with.on.text(anna, "000110", "00");
    const auto once = by->next();
    REQUIRE(with.on.dial(anna, "*105#"));
    CHECK(by->next().header.id == command::deliver_sm);
    by->close();
    CHECK(with.next_seen() == "not delivered");
    CHECK(with.next_seen() == "not delivered");
    CHECK(with.next_seen() == "unbound");
    CHECK(with.next_seen() == "ended");
    const auto again = with.bound_esme();
    CHECK(again->next().body == once.body);
    CHECK(again->is_quiet());
}

TEST_CASE("an sms without a link waits for one") {
    scene with;
    with.on.text(anna, "000110", "00");
    const auto by = with.bound_esme();
    CHECK(text_of(by->next().as<smpp::deliver_sm>().short_message) == "00");
}

TEST_CASE("no more than the window awaits responses") {
    links_settings settings;
    settings.window = 2;
    scene with{settings};
    const auto by = with.bound_esme();
    for (const std::string_view text : {"one", "two", "three"})
        with.on.text(anna, "000110", text);
    const auto one = by->next();
    CHECK(text_of(by->next().as<smpp::deliver_sm>().short_message) == "two");
    by->send(smpp::deliver_sm_resp{}, one.header.sequence_number, status::queue_full);
    CHECK(with.next_seen() == "delivered 20");
    CHECK(text_of(by->next().as<smpp::deliver_sm>().short_message) == "three");
}

TEST_CASE("what nobody answers in time is told once and its late response no more") {
    links_settings settings;
    settings.response_timeout = 5ms;
    scene with{settings};
    const auto by = with.bound_esme();
    with.on.text(anna, "000110", "00");
    const auto late = by->next();
    CHECK(with.next_seen() == "not delivered");
    by->send(smpp::deliver_sm_resp{}, late.header.sequence_number, status::ok);
    CHECK(by->is_quiet());
    CHECK(with.saw_nothing());
}

TEST_CASE("an unknown request is nacked and the link stays") {
    scene with;
    const auto by = with.bound_esme();
    by->send_header(static_cast<command>(0x0000ABCD), 3);
    const auto nack = by->next();
    CHECK(nack.header.id == command::generic_nack);
    CHECK(nack.header.status == status::invalid_command_id);
    CHECK(nack.header.sequence_number == 3);
    by->send_header(command::deliver_sm_resp, 999);
    CHECK(by->is_quiet());
}

TEST_CASE("a length nobody can mean is nacked and closes the link") {
    scene with;
    const auto by = with.bound_esme();
    by->send_raw(std::array<std::uint8_t, 16>{0, 0, 0, 15});
    CHECK(by->next().header.status == status::invalid_command_length);
    CHECK(by->is_closed());
    CHECK(with.next_seen() == "unbound");
}

TEST_CASE("an unbind is answered and closed from either side") {
    scene with;
    const auto by = with.bound_esme();
    by->send_header(command::unbind, 5);
    CHECK(by->next().header.id == command::unbind_resp);
    CHECK(by->is_closed());
    CHECK(with.next_seen() == "unbound");

    const auto other = with.bound_esme();
    with.on.unbind();
    const auto asked = other->next();
    CHECK(asked.header.id == command::unbind);
    other->send_header(command::unbind_resp, asked.header.sequence_number);
    CHECK(other->is_closed());
}

TEST_CASE("the centre asks for life and may be deaf to it or drop the link or send anything") {
    scene with;
    const auto by = with.bound_esme();
    with.on.ask_for_life();
    CHECK(by->next().header.id == command::enquire_link);
    with.on.faults().answers_enquire_link = false;
    by->send_header(command::enquire_link, 4);
    by->send(sms("after"), 6);
    CHECK(by->next().header.sequence_number == 6);
    with.on.send_raw(std::array<std::uint8_t, 16>{0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0x80, 0, 0, 0});
    CHECK(by->next().header.sequence_number == 0x80000000);
    with.on.drop();
    CHECK(by->is_closed());
}

TEST_CASE("a centre that stopped reading goes on where it was") {
    scene with;
    const auto by = with.bound_esme();
    with.on.stop_reading();
    by->send(sms("later"), 7);
    with.io.restart();
    with.io.poll();
    CHECK(with.saw_nothing());
    with.on.resume_reading();
    CHECK(by->next().header.sequence_number == 7);
    CHECK(with.next_seen() == "sms 000110: later");
}

TEST_CASE("a pdu may come octet by octet and many may come at once") {
    scene with;
    const auto by = with.bound_esme();
    std::array<std::uint8_t, 256> place;
    const auto size = smpp::encode(sms("slow"), status::ok, 11, place).value();
    for (std::size_t at = 0; at < size; ++at) {
        by->send_raw(smpp::octets{place}.subspan(at, 1));
        with.io.restart();
        with.io.poll();
    }
    CHECK(answer_of(*by) == status::ok);
    std::vector<std::uint8_t> many;
    for (int count = 0; count < 1000; ++count)
        many.insert(many.end(), place.begin(), place.begin() + static_cast<std::ptrdiff_t>(size));
    by->send_raw(many);
    for (int count = 0; count < 1000; ++count)
        REQUIRE(answer_of(*by) == status::ok);
}

TEST_CASE("a stopped centre takes nobody") {
    scene with;
    const auto by = with.bound_esme();
    const std::uint16_t port = with.on.port();
    with.on.stop();
    CHECK(by->is_closed());
    CHECK_THROWS(esme(with.io, port));
}

} // namespace kabinet::simulator::centre_test
