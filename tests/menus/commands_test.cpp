#include "menus/commands.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace commands_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::string_view_literals;

namespace {

command_read read(std::string_view number, std::string_view text) {
    std::optional<command_read> command = read_command(sample_pack(), number, text);
    REQUIRE(command);
    return std::move(*command);
}

std::string chosen_by(std::string_view text) {
    const command_read command = read("000105", text);
    const auto* choose = std::get_if<choose_password>(&command.asked);
    return choose == nullptr ? "not a password" : std::string{choose->chosen.reveal()};
}

} // namespace

TEST_CASE("a keyword is read in any case and with Cyrillic letters that look alike") {
    for (const char* keyword : {"PAS", "pas", "Pas", "РАS", "раs", "РАЅ", "ＰＡＳ"}) {
        CAPTURE(keyword);
        CHECK(chosen_by(std::string{keyword} + " fake-Secret1") == "fake-Secret1");
    }
}

TEST_CASE("blanks around keyword and argument are dropped") {
    for (const char* text : {"  PAS   fake-Secret1  ", "PAS\tfake-Secret1\r\n", "PAS\u00A0fake-Secret1\u00A0",
                             "\uFEFFPAS \u200Bfake-Secret1", "PAS\u3000fake-Secret1"}) {
        CAPTURE(text);
        CHECK(chosen_by(text) == "fake-Secret1");
    }
}

TEST_CASE("the letters of an argument stay as they were typed") {
    CHECK(chosen_by("pas рАSwordSame") == "рАSwordSame");
}

TEST_CASE("an argument with blanks is kept whole for the rules to refuse") {
    CHECK(chosen_by("PAS fake Secret1") == "fake Secret1");
    CHECK(chosen_by("PAS fake\u00A0Secret1") == "fake\u00A0Secret1");
    const command_read command = read("000105", "PAS fake Secret1");
    CHECK(examine_password(std::get<choose_password>(command.asked).chosen, {}, subscriber) ==
          refusal::blanks);
}

TEST_CASE("an argument is never cut") {
    const std::string endless(500, 'x');
    const command_read command = read("000105", "PAS " + endless);
    CHECK(std::get<choose_password>(command.asked).chosen.is_truncated());
}

TEST_CASE("a keyword without its argument carries an empty one") {
    CHECK(chosen_by("PAS").empty());
    CHECK(chosen_by(" pas ").empty());
}

TEST_CASE("an SMS is empty without text or with blanks or a lone NUL") {
    for (std::string_view text : {""sv, " "sv, "\0"sv, " \r\n"sv, "\u00A0"sv}) {
        const command_read command = read("0001100", text);
        CHECK(command.is_understood);
        CHECK(kind_of(command.asked) == action_kind::issue_password);
    }
}

TEST_CASE("an empty SMS to a number that has nothing for it gets help") {
    const command_read command = read("000105", "");
    CHECK_FALSE(command.is_understood);
    CHECK(std::get<tell>(command.asked).text == "help");
}

TEST_CASE("both numbers take both forms") {
    for (const char* number : {"000110", "0001100"})
        for (const char* text : {"00", ""}) {
            const command_read command = read(number, text);
            CHECK(command.is_understood);
            CHECK(kind_of(command.asked) == action_kind::issue_password);
        }
}

TEST_CASE("anything else gets the help of that number") {
    for (const char* text : {"01", "000", "00 please", "hello", "PASS fake", "\xFF\xFE"}) {
        CAPTURE(text);
        const command_read command = read("000110", text);
        CHECK_FALSE(command.is_understood);
        CHECK(std::get<tell>(command.asked).text == "help");
    }
}

TEST_CASE("a closed service tells that it is closed") {
    const command_read command = read("000105", "s");
    CHECK(command.is_understood);
    CHECK(std::get<tell>(command.asked).text == "closed");
}

TEST_CASE("a number that isn't the pack's is nobody's command") {
    CHECK_FALSE(read_command(sample_pack(), "000999", "00"));
    CHECK_FALSE(read_command(sample_pack(), "", "00"));
    CHECK(read_command(sample_pack(), "+000110", "00"));
}

TEST_CASE("a transfer names a number in any form and then an amount, and is asked about first") {
    for (const char* text : {"GIVE 9262223344 100", "give +7 (926) 222-33-44 100",
                             "Give 8 926 222 33 44 100,00", "GIVE 9262223344\n100.00 "}) {
        CAPTURE(text);
        const command_read command = read("000110", text);
        CHECK(command.is_understood);
        CHECK(command.asks_first);
        const auto& asked = std::get<transfer>(command.asked);
        CHECK(asked.to == msisdn::from_digits(79262223344));
        CHECK(asked.amount == money::from_minor(10'000));
        CHECK(asked.fee == money::from_minor(500));
    }
}

TEST_CASE("a transfer that can't be read tells how it is sent and asks nothing") {
    for (const char* text : {"GIVE", "GIVE 9262223344", "GIVE 100", "GIVE 9262223344 0.50",
                             "GIVE 9262223344 501", "GIVE 100 9262223344", "GIVE nobody 100"}) {
        CAPTURE(text);
        const command_read command = read("000110", text);
        CHECK_FALSE(command.is_understood);
        CHECK_FALSE(command.asks_first);
        CHECK(std::get<tell>(command.asked).text == "transfer.how");
    }
}

TEST_CASE("a number is blocked by the word alone, once it is agreed to") {
    const command_read command = read("000110", "lost");
    CHECK(command.asks_first);
    CHECK(kind_of(command.asked) == action_kind::block_number);
    CHECK_FALSE(read("000110", "lost phone").is_understood);
}

TEST_CASE("four digits reply to a number that asks, alone or behind a word that takes nothing") {
    for (const char* text : {" 4172 ", "4172.", "4172!", "４１７２", "code 4172", "Код 4172.", "00 4172"}) {
        CAPTURE(text);
        const command_read command = read("000110", text);
        CHECK(view(command.reply) == "4172");
        CHECK(std::get<tell>(command.asked).text == "gateway.no_such_reply");
    }
    for (const char* text : {"0172", "417", "41723", "4172 x", "x172", "my code 4172", "GIVE 4172", "4172.."})
        CHECK_MESSAGE(read("000110", text).reply.empty(), text);
    CHECK(read("000105", "4172").reply.empty()); // nothing is asked there
    CHECK_FALSE(read("000105", "4172").is_understood);
}

TEST_CASE("a pack asks by SMS what a keyword of any of its numbers does") {
    CHECK(asks_by_sms(sample_pack(), action_kind::transfer));
    CHECK_FALSE(asks_by_sms(sample_pack(), action_kind::take_promise));
}

} // namespace commands_test
