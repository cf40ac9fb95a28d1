#include "tests/smpp/scripted_smsc.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <array>
#include <csignal>

namespace odd_messages_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;
using namespace std::chrono_literals;
using smpp::command;
using smpp::status;
using smpp::tag;
using smpp::wire::body;

/// What differs from one deliver_sm to another.
struct text_message {
    std::string from = "79261320001";
    std::string to = "000110";
    std::string text = "00";
    std::uint8_t from_ton = 1;
    std::uint8_t esm_class = 0;
    std::uint8_t data_coding = 0;

    [[nodiscard]] body write() const {
        return body{}
            .text("")
            .octet(from_ton)
            .octet(1)
            .text(from)
            .octet(0)
            .octet(1)
            .text(to)
            .octet(esm_class)
            .octet(0, 2)
            .text("")
            .text("")
            .octet(0, 2)
            .octet(data_coding)
            .octet(0)
            .octet(static_cast<std::uint8_t>(text.size()))
            .characters(text);
    }
};

/// A gateway at an SMSC that says octet for octet what a test wants.
class raw_link {
  public:
    raw_link() {
        gateway_.start();
        REQUIRE(until([&] { return has(gateway_.log(), " ready"); }));
    }
    /// The status it was answered with; every request is answered within the limit.
    status say(command id, const body& what) {
        const std::uint32_t number = ++last_number_;
        smsc_.session(0).says(id, number, what);
        const smpp::wire::sent_pdu* answer = nullptr;
        REQUIRE(until([&] {
            answer = find(number);
            return answer != nullptr;
        }));
        last_answer_ = answer->id;
        return answer->status;
    }
    status say(const text_message& what) { return say(command::deliver_sm, what.write()); }
    void say_without_answer(command id, const body& what) { smsc_.session(0).says(id, ++last_number_, what); }
    [[nodiscard]] command last_answer() const { return last_answer_; }

    void await_replies(std::size_t count) {
        REQUIRE(until([&] { return count_submits() >= count; }));
    }
    /// How many SMS came before the reply to this one: what was asked earlier has been answered by then.
    [[nodiscard]] std::size_t count_replies_before(const text_message& what) {
        const std::size_t before = count_submits();
        REQUIRE(say(what) == status::ok);
        await_replies(before + 1);
        return before;
    }
    [[nodiscard]] std::size_t count_submits() { return smsc_.session(0).count(command::submit_sm); }
    [[nodiscard]] bool is_first_link_alive() { return smsc_.sessions.size() == 1 && !smsc_.session(0).gone; }
    [[nodiscard]] gateway_process& gateway() { return gateway_; }
    [[nodiscard]] int stop() {
        gateway_.running().send(SIGTERM);
        std::optional<int> code;
        (void)until([&] { return (code = gateway_.running().wait(0ms)).has_value(); });
        return code.value_or(-1);
    }

  private:
    template <class Question>
    bool until(Question is_so) {
        return wait_until(
            [&] {
                loop_.restart();
                loop_.poll();
                if (!smsc_.sessions.empty())
                    answer_submits();
                return is_so();
            },
            15s);
    }
    void answer_submits() {
        auto& received = smsc_.session(0).received;
        for (; answered_ < received.size(); ++answered_)
            if (received[answered_].id == command::submit_sm)
                smsc_.session(0).says(command::submit_sm_resp, received[answered_].sequence_number,
                                      body{}.text("1"));
    }
    const smpp::wire::sent_pdu* find(std::uint32_t number) {
        for (const auto& each : smsc_.session(0).received)
            if (smpp::is_response(each.id) && each.sequence_number == number)
                return &each;
        return nullptr;
    }

    boost::asio::io_context loop_;
    smpp::scripted_smsc smsc_{loop_};
    gateway_process gateway_{{{smsc_.port()}}};
    std::uint32_t last_number_ = 1'000;
    command last_answer_{};
    std::size_t answered_ = 0;
};

} // namespace

TEST_CASE("robots and receipts and our own short code are acknowledged and never replied to") {
    raw_link to;
    for (const std::string source : {"MegaFon", "000110", "000105", "", "*105#", "12025550123456"})
        CHECK(to.say({.from = source, .from_ton = 5}) == status::ok);
    for (const std::uint8_t kind : std::array<std::uint8_t, 5>{0x04, 0x08, 0x10, 0x18, 0x20})
        CHECK(to.say({.to = "000105", .text = "PAS fakeWord1234", .esm_class = kind}) == status::ok);
    const body receipt_by_tlvs = text_message{.to = "000105", .text = "PAS fakeWord1234"}
                                     .write()
                                     .tlv(tag::receipted_message_id, "77")
                                     .tlv(tag::message_state, "\x02");
    CHECK(to.say(command::deliver_sm, receipt_by_tlvs) == status::ok);

    CHECK(to.count_replies_before({}) == 0);
    CHECK(to.is_first_link_alive());
    CHECK(to.stop() == 0);
    const auto& folder = to.gateway().folder();
    REQUIRE(read_accounts(folder / "kabinet.db", folder / "kabinet.key").size() == 1);
    CHECK(read_accounts(folder / "kabinet.db", folder / "kabinet.key")[0].passwords == 1);
    CHECK_FALSE(has(to.gateway().everything(), "fakeWord1234"));
}

TEST_CASE("an auto-responder at one of our numbers is not talked to for ever") {
    raw_link to;
    constexpr std::size_t most_replies = 30; // an hour, in the shipped pack
    for (std::size_t each = 0; each < most_replies; ++each) {
        const std::string text = "I am away until day " + std::to_string(each);
        CHECK(to.count_replies_before({.to = "000105", .text = text}) == each);
    }
    for (int each = 0; each < 5; ++each)
        CHECK(to.say({.to = "000105", .text = "still away " + std::to_string(each)}) == status::ok);
    const std::size_t and_one_notice = 1;
    CHECK(to.count_replies_before({.from = "79261320002"}) == most_replies + and_one_notice);
    CHECK(to.stop() == 0);
}

TEST_CASE("a data_sm is taken like a deliver_sm") {
    raw_link to;
    const body asked = body{}
                           .text("")
                           .octet(1, 2)
                           .text("79261320001")
                           .octet(0)
                           .octet(1)
                           .text("000110")
                           .octet(0, 3)
                           .tlv(tag::message_payload, "00");
    CHECK(to.say(command::data_sm, asked) == status::ok);
    CHECK(to.last_answer() == command::data_sm_resp);
    to.await_replies(1);
    CHECK(to.stop() == 0);
    const auto& folder = to.gateway().folder();
    CHECK(read_accounts(folder / "kabinet.db", folder / "kabinet.key").size() == 1);
}

TEST_CASE("what no subscriber means harms neither the link nor the next one") {
    raw_link to;
    CHECK(to.say(static_cast<command>(0x99), body{}) == status::invalid_command_id);
    CHECK(to.last_answer() == command::generic_nack);
    to.say_without_answer(command::alert_notification,
                          body{}.octet(1, 2).text("79261320001").octet(1, 2).text("000110"));
    to.say_without_answer(static_cast<command>(0x80000099), body{});
    to.say_without_answer(command::submit_sm_resp, body{}.text("no such"));
    for (const std::string text :
         {"\x1b", "'; DROP TABLE accounts; --", "%n%s", "${jndi:x}", "a\r\nb", "\x1b[2J"})
        CHECK(to.say({.to = "000111", .text = text}) == status::ok);
    CHECK(to.say({.to = "000105", .text = "PAS " + std::string(240, 'x')}) == status::ok);
    CHECK(to.say({.text = std::string("\x04\x3f\x04", 3), .data_coding = 8}) ==
          status::ok);                                                                   // half a character
    CHECK(to.say({.text = std::string("\xd8\x00", 2), .data_coding = 8}) == status::ok); // half a pair
    CHECK(to.say({.text = "\xff\xfe\xfd", .data_coding = 4}) == status::ok);
    CHECK(to.say({.text = "\x09\x00\x03", .esm_class = 0x40}) == status::ok); // a header past its end
    CHECK(to.say({.to = "000999"}) == status::ok);
    CHECK(to.say(command::deliver_sm, body{}.text("").octet(1)) != status::ok); // ends in mid-field
    CHECK(to.last_answer() == command::deliver_sm_resp);

    const std::size_t replies = to.count_replies_before({.from = "79261320002"});
    CHECK(replies == 11); // each text to a number of ours, also one that can't be read
    CHECK(to.is_first_link_alive());
    CHECK(to.stop() == 0);
    CHECK_FALSE(has(to.gateway().log(), "\x1b"));
}

} // namespace odd_messages_test
