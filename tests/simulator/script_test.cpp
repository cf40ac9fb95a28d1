#include "simulator/script.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kabinet::simulator::script_test {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view whole_script = R"(# M1: a new password by USSD
subscriber 79261112233 as anna
subscriber 8(926)111-22-44 as boris
dial *105*00#
within 30s screen Пароль: {password}
     | Один вход, до {until}.
end           # the dialogue must have ended
anna sms from 000110
     | Пароль: {password}
answer 4
hang up
text 000105: PAS {password}
     | second line
text 0001100:
redeliver
silence 2s
portal password/set ticket=x password={password} on=true
within 5s says ok session={session} *
     | {at} log_in portal
boris says 422
operator change at={now}
)";

const std::string file = "m1.txt";
constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79261112244);

/// What is wrong with a script, as `line: words`; empty when nothing is.
std::string first_finding(std::string_view content) {
    const auto parsed = parse_script(content, file);
    if (parsed.findings.empty())
        return {};
    return std::to_string(parsed.findings.front().line) + ": " + parsed.findings.front().what;
}

} // namespace

TEST_CASE("a script with every kind of step is read in the order of its lines") {
    const auto parsed = parse_script(whole_script, file);
    REQUIRE(parsed.findings.empty());
    const auto& steps = parsed.script.steps;
    REQUIRE(steps.size() == 14);

    CHECK(steps[0].line == 4);
    CHECK(steps[0].who == boris);
    CHECK(std::get<dial>(steps[0].what).code == "*105*00#");
    CHECK(steps[0].within == usual_patience);
    CHECK(std::get<expect_screen>(steps[1].what).text.source() ==
          "Пароль: {password}\nОдин вход, до {until}.");
    CHECK(steps[1].within == 30s);
    CHECK(std::holds_alternative<expect_end>(steps[2].what));
    CHECK(steps[2].within == usual_patience);
    CHECK(steps[3].who == anna);
    CHECK(std::get<expect_sms>(steps[3].what).from == "000110");
    CHECK(std::get<expect_sms>(steps[3].what).text.source() == "Пароль: {password}");
    CHECK(steps[4].who == boris);
    CHECK(std::get<answer>(steps[4].what).input == "4");
    CHECK(std::holds_alternative<hang_up>(steps[5].what));
    CHECK(std::get<text_to>(steps[6].what).number == "000105");
    CHECK(std::get<text_to>(steps[6].what).body == "PAS {password}\nsecond line");
    CHECK(std::get<text_to>(steps[7].what).body.empty());
    CHECK(std::holds_alternative<redeliver>(steps[8].what));
    CHECK(std::holds_alternative<expect_silence>(steps[9].what));
    CHECK(steps[9].within == 2s);
    CHECK(std::get<ask_door>(steps[10].what).by == asker::portal);
    CHECK(std::get<ask_door>(steps[10].what).path == "password/set");
    CHECK(std::get<ask_door>(steps[10].what).fields.size() == 3);
    CHECK(std::get<expect_reply>(steps[11].what).rows == "{at} log_in portal");
    CHECK(std::get<expect_reply>(steps[11].what).names() == std::vector<std::string>{"at", "session"});
    CHECK(steps[11].within == 5s);
    CHECK(std::get<expect_reply>(steps[12].what).status == 422);
    CHECK(steps[12].who == boris);
    CHECK(std::get<ask_door>(steps[13].what).by == asker::operator_system);
}

TEST_CASE("a hash that belongs to a code or a text is no comment") {
    const auto parsed = parse_script("subscriber 79261112233\n"
                                     "dial #100#\n"
                                     "dial *105#  # the menu\n"
                                     "screen Наберите *105*00# или # сами\n"
                                     "  # a comment may be set in\n"
                                     "     | # this is text\n"
                                     "end  #\n",
                                     file);
    REQUIRE(parsed.findings.empty());
    const auto& steps = parsed.script.steps;
    CHECK(std::get<dial>(steps[0].what).code == "#100#");
    CHECK(std::get<dial>(steps[1].what).code == "*105#");
    CHECK(std::get<expect_screen>(steps[2].what).text.source() ==
          "Наберите *105*00# или # сами\n# this is text");
}

TEST_CASE("lines of a screen may all be set off and may be empty") {
    const auto parsed = parse_script("subscriber 79261112233\nscreen\n| one\n|\n| three\r\n", file);
    REQUIRE(parsed.findings.empty());
    CHECK(std::get<expect_screen>(parsed.script.steps[0].what).text.source() == "one\n\nthree");
}

TEST_CASE("a broken script is refused with its line and the reason") {
    struct row {
        std::string_view content;
        std::string_view finding;
    };
    constexpr std::string_view who = "subscriber 79261112233\n";
    const std::array<row, 36> rows{{
        {"", "0: nothing to play"},
        {"# only words\n", "1: nothing to play"},
        {"dial *105#\n", "1: whose step is it?"},
        {"end\n", "1: whose step is it?"},
        {"subscriber\n", "1: '' is not a subscriber's number"},
        {"subscriber 000105\n", "1: '000105' is not a subscriber's number"},
        {"subscriber 79261112233 like anna\n", "1: write 'subscriber NUMBER as NAME'"},
        {"subscriber 79261112233 as\n", "1: write 'subscriber NUMBER as NAME'"},
        {"subscriber 79261112233 as anna maria\n", "1: write 'subscriber NUMBER as NAME'"},
        {"subscriber 79261112233 as a\nsubscriber 79261112244 as a\n", "2: the name 'a' is taken"},
        {"subscriber 79261112233\ndail *105#\n", "2: 'dail' is neither a step nor a subscriber's name"},
        {"subscriber 79261112233\nboris dial *105#\n", "2: 'boris' is neither"},
        {"subscriber 79261112233\ndial\n", "2: what is dialled?"},
        {"subscriber 79261112233\nanswer   # 1\n", "2: what is answered?"},
        {"subscriber 79261112233\nhang\n", "2: write 'hang up'"},
        {"subscriber 79261112233\nhang on\n", "2: write 'hang up'"},
        {"subscriber 79261112233\ntext 000105 PAS x\n", "2: write 'text NUMBER: WORDS'"},
        {"subscriber 79261112233\ntext : PAS x\n", "2: write 'text NUMBER: WORDS'"},
        {"subscriber 79261112233\nredeliver twice\n", "2: 'twice' stands after a step that takes no words"},
        {"subscriber 79261112233\nlater\n", "2: '' is not a time such as 90s, 25h or 3d"},
        {"subscriber 79261112233\nlater until 24:00\n", "2: 'until 24:00' is not a time"},
        {"subscriber 79261112233\nlater until 9:00\n", "2: 'until 9:00' is not a time"},
        {"subscriber 79261112233\nlater 367d\n", "2: '367d' is not a time"},
        {"subscriber 79261112233\nend now\n", "2: 'now' stands after a step that takes no words"},
        {"subscriber 79261112233\nscreen\nend\n", "2: a text is expected, and none is written"},
        {"subscriber 79261112233\nsms from 000110\n", "2: a text is expected, and none is written"},
        {"subscriber 79261112233\nsms to 000110\n", "2: write 'sms from NUMBER'"},
        {"subscriber 79261112233\nsilence\n", "2: '' is not a time"},
        {"subscriber 79261112233\nwithin soon screen x\n", "2: 'soon' is not a time"},
        {"subscriber 79261112233\nanswer {code}\n", "2: nothing was captured as {code} before this line"},
        {"subscriber 79261112233\nportal\n", "2: what is asked?"},
        {"subscriber 79261112233\nportal login password={x}\n", "2: nothing was captured as {x}"},
        {"subscriber 79261112233\noperator change now\n", "2: 'now' is not NAME=VALUE"},
        {"subscriber 79261112233\nsays\n", "2: what is said?"},
        {"portal login\n", "1: whose step is it?"},
        {"subscriber 79261112233\nscreen {now}\n", "2: {now} is the time of a step"},
    }};
    CHECK(first_finding(std::string{who} + "end\n| more\n").starts_with("3: '|' goes on with the text"));
    for (const row& each : rows) {
        CAPTURE(each.content);
        CAPTURE(first_finding(each.content));
        CHECK(first_finding(each.content).starts_with(each.finding));
    }
}

TEST_CASE("everything wrong is found at once and a refused line takes its text with it") {
    const auto parsed = parse_script("subscriber nobody\n"
                                     "scren x\n"
                                     "| more of it\n"
                                     "sms from\n"
                                     "subscriber 79261112233\n"
                                     "text 000105: PAS {password}\n"
                                     "screen ok {password}\n"
                                     "answer {password}\n",
                                     file);
    REQUIRE(parsed.findings.size() == 4);
    CHECK(parsed.findings[0].file == file);
    CHECK(parsed.findings[0].line == 1);
    CHECK(parsed.findings[1].line == 2);
    CHECK(parsed.findings[2].line == 4);
    CHECK(parsed.findings[3].line == 6);
}

TEST_CASE("a time is a number and its unit") {
    CHECK(parse_duration("10s") == 10s);
    CHECK(parse_duration("500ms") == 500ms);
    CHECK(parse_duration("2m") == 2min);
    CHECK(parse_duration("60m") == 1h);
    CHECK(parse_duration("1h") == 1h);
    CHECK(parse_duration("36h", 2 * 24h) == 36h);
    CHECK(parse_duration("2d", 2 * 24h) == 48h);
    CHECK_FALSE(parse_duration("3d", 2 * 24h));
    for (const std::string_view wrong :
         {"", "s", "10", "10 s", "0s", "-1s", "2h", "1d", "1.5s", "61m", "1w", "99999999999999999999s",
          "9223372036854775807d", "3600001ms", "10sec"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_duration(wrong));
    }
}

} // namespace kabinet::simulator::script_test
