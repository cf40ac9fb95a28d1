#include "simulator/player.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::player_test {

namespace {

using namespace std::chrono_literals;

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79261112244);

/// A script being played, with a clock that stands until it is told.
struct stage {
    explicit stage(std::string_view content)
        : parsed{parse_script(content, "test.txt")} {
        REQUIRE(parsed.findings.empty());
        go_on();
    }

    void see(const event& what) {
        playing.see(what);
        go_on();
    }
    void pass(std::chrono::milliseconds time) {
        now += time;
        go_on();
    }
    void hear(msisdn who, reply came) {
        playing.hear(who, std::move(came));
        go_on();
    }
    void go_on() {
        while (auto next = playing.go_on(now))
            said.push_back(std::move(*next));
    }
    [[nodiscard]] bool is_done() const { return playing.is_over() && !playing.failed(); }
    [[nodiscard]] std::string failure() const {
        return playing.failed() ? std::to_string(playing.failed()->line) + ": " + playing.failed()->what : "";
    }

    parsed_script parsed;
    steady_time now{1h};
    // begun at 10:00 UTC
    player playing{parsed.script, {utc_time{std::chrono::sys_days{2025y / 11 / 21} + 10h + 300ms}, now}};
    std::vector<script_step> said;
};

} // namespace

TEST_CASE("each step waits for what the one before it expects") {
    stage on{"subscriber 79261112233\ndial *105#\nscreen * 4 *\nanswer 4\nscreen Пароль: {password}\nend\n"};
    REQUIRE(on.said.size() == 1);
    CHECK(std::get<dial>(on.said[0].what).code == "*105#");
    on.see(screen_shown{anna, "1 Баланс\n4 Вход", true});
    CHECK_FALSE(on.playing.is_over());
    on.see(screen_shown{anna, "x 4 y", true});
    CHECK(on.failure().starts_with("5: another text than expected"));

    stage again{
        "subscriber 79261112233\ndial *105#\nscreen * 4 *\nanswer 4\nscreen Пароль: {password}\nend\n"};
    again.see(screen_shown{anna, "1 Баланс\n4 Вход", true});
    REQUIRE(again.said.size() == 2);
    CHECK(std::get<answer>(again.said[1].what).input == "4");
    again.see(screen_shown{anna, "Пароль: fakeword", false});
    CHECK(again.is_done());
}

TEST_CASE("what comes before it is expected is kept") {
    stage on{
        "subscriber 79261112233\ndial *105*00#\nscreen Пароль: {password}\nsms from 000110\n| {password}\n"};
    on.see(sms_received{anna, "000110", "fakeword"});
    CHECK(on.failure().empty());
    on.see(screen_shown{anna, "Пароль: fakeword", false});
    CHECK(on.is_done());
}

TEST_CASE("an sms from another number waits in the inbox") {
    stage on{"subscriber 79261112233\ntext 000110: 00\nsms from 000110\n| two\nsms from *\n| one\n"};
    on.see(sms_received{anna, "0500", "one"});
    CHECK_FALSE(on.playing.is_over());
    on.see(sms_received{anna, "000110", "two"});
    CHECK(on.is_done());
}

TEST_CASE("the parts of a long sms are no sms until it is whole") {
    stage on{"subscriber 79261112233\ntext 000110: 00\nsms from 000110\n| one two\n"};
    on.see(part_received{anna, 7, 2, 1, "one "});
    on.see(part_received{anna, 7, 2, 2, "two"});
    CHECK_FALSE(on.playing.is_over());
    on.see(sms_received{anna, "000110", "one two"});
    CHECK(on.is_done());
}

TEST_CASE("subscribers see only what is theirs") {
    stage on{"subscriber 79261112233 as anna\nsubscriber 79261112244 as boris\n"
             "anna dial *105#\nboris dial *105#\nanna screen a\nboris screen b\n"};
    REQUIRE(on.said.size() == 2);
    CHECK(on.said[0].who == anna);
    CHECK(on.said[1].who == boris);
    on.see(screen_shown{boris, "b", true});
    CHECK_FALSE(on.playing.is_over());
    on.see(screen_shown{anna, "a", true});
    CHECK(on.is_done());
}

TEST_CASE("a captured value is typed by the subscriber") {
    stage on{"subscriber 79261112233\ntext 000105: CODE\nsms from *\n| Код: {code}\n"
             "dial *105*{code}#\nscreen *\nanswer {code}\ntext 000105: {code}\n"};
    on.see(sms_received{anna, "000105", "Код: 123456"});
    REQUIRE(on.said.size() == 2);
    CHECK(std::get<dial>(on.said[1].what).code == "*105*123456#");
    on.see(screen_shown{anna, "?", true});
    REQUIRE(on.said.size() == 4);
    CHECK(std::get<answer>(on.said[2].what).input == "123456");
    CHECK(std::get<text_to>(on.said[3].what).body == "123456");
    CHECK(on.is_done());
}

TEST_CASE("an expectation fails at its time limit and not before") {
    stage on{"subscriber 79261112233\ndial *105#\nwithin 3s screen x\n"};
    CHECK(on.playing.deadline() == on.now + 3s);
    on.pass(2999ms);
    CHECK_FALSE(on.playing.is_over());
    on.pass(1ms);
    CHECK(on.failure() == "3: no screen came within 3s");
}

TEST_CASE("the time limit of a step begins with the step") {
    stage on{"subscriber 79261112233\ndial *105#\nscreen x\nend\n"};
    on.pass(9s);
    on.see(screen_shown{anna, "x", true});
    on.pass(9s);
    CHECK_FALSE(on.playing.is_over());
    on.pass(1s);
    CHECK(on.failure().starts_with("4: the dialogue is still open"));
}

TEST_CASE("a dialogue that ended without a screen fails at once") {
    stage on{"subscriber 79261112233\ndial *105#\nscreen x\n"};
    on.see(dialogue_ended{anna});
    CHECK(on.failure() == "3: the dialogue ended without a screen");
}

TEST_CASE("nobody answers or hangs up without a dialogue") {
    stage answering{"subscriber 79261112233\nanswer 1\n"};
    CHECK(answering.failure() == "2: there is no dialogue to answer");
    stage hanging_up{"subscriber 79261112233\ndial *105#\nscreen x\nhang up\n"};
    hanging_up.see(screen_shown{anna, "x", false});
    CHECK(hanging_up.failure() == "4: there is no dialogue to hang up");
    stage waiting{"subscriber 79261112233\ndial *105#\nanswer 1\n"};
    waiting.pass(10s);
    CHECK(waiting.failure().starts_with("3: no screen awaits input within"));
}

TEST_CASE("hanging up leaves the subscriber free") {
    stage on{"subscriber 79261112233\ndial *105#\nhang up\nend\n"};
    REQUIRE(on.said.size() == 2);
    CHECK(std::holds_alternative<hang_up>(on.said[1].what));
    CHECK(on.is_done());
}

TEST_CASE("silence lasts its time when nothing comes") {
    stage on{"subscriber 79261112233\nsilence 2s\n"};
    on.see(sms_received{boris, "000110", "not hers"});
    on.pass(1999ms);
    CHECK_FALSE(on.playing.is_over());
    on.pass(1ms);
    CHECK(on.is_done());
}

TEST_CASE("silence is broken by a screen or an sms, unread ones too, and neither shows a secret") {
    stage on{"subscriber 79261112233\nsilence 2s\n"};
    on.see(sms_received{anna, "000110", "Пароль: fakeword"});
    CHECK(on.failure() == "2: an SMS from 000110 came into the silence\n       got | Пароль: ****");
    stage unread{"subscriber 79261112233\ndial *105#\nscreen a\nsilence 2s\n"};
    unread.playing.see(screen_shown{anna, "a", true});
    unread.see(screen_shown{anna, "Код: 123456", true});
    CHECK(unread.failure() == "4: a screen came into the silence\n       got | Код: ****");
}

TEST_CASE("a wrong text is shown beside the expected one with secrets masked") {
    stage on{"subscriber 79261112233\ndial *105*00#\nscreen Пароль: {password}\n| lk.megafon.ru\n"};
    on.see(screen_shown{anna, "Пароль: fakeword\nlk.example.ru", false});
    CHECK(on.failure() == "3: another text than expected\n"
                          "  expected | Пароль: {password}\n"
                          "  expected | lk.megafon.ru\n"
                          "       got | Пароль: ****\n"
                          "       got | lk.example.ru");
}

TEST_CASE("another password in the sms than on the screen is named and not shown") {
    stage on{
        "subscriber 79261112233\ndial *105*00#\nscreen Пароль: {password}\nsms from *\n| {password} ваш\n"};
    on.see(screen_shown{anna, "Пароль: fakeword", false});
    on.see(sms_received{anna, "000110", "otherword ваш"});
    CHECK(on.failure() == "4: a captured value is not what it was before\n"
                          "  expected | {password} ваш\n"
                          "       got | **** ваш");
}

TEST_CASE("a failure tells what the network saw go wrong") {
    stage on{"subscriber 79261112233\ndial *105#\nscreen x\n"};
    on.see(refused{anna, static_cast<smpp::status>(0x407), "the subscriber has no dialogue"});
    on.pass(10s);
    CHECK(on.failure().find("refused what the gateway sent with 0x407: the subscriber has no dialogue") !=
          std::string::npos);

    stage answered{"subscriber 79261112233\ntext 000110: 00\nsms from *\n| x\n"};
    answered.see(delivered{anna, smpp::status::ok});
    answered.see(delivered{anna, smpp::status::temporary_error});
    answered.pass(10s);
    CHECK(answered.failure().find("answered what the subscriber sent with 0x64") != std::string::npos);
}

TEST_CASE("a portal asks with what was captured, and its answer is compared") {
    stage on{"subscriber 79261112233\ndial *105*00#\nscreen Пароль: {password}\n"
             "portal login password={password} at={now}\nsays ok session={session}\n"
             "portal account session={session}\nsays logged_out\n"};
    on.pass(90s);
    CHECK(on.failure().starts_with("3: no screen came"));

    stage again{"subscriber 79261112233\ndial *105*00#\nwithin 2m screen Пароль: {password}\n"
                "portal login password={password} at={now}\nsays ok session={session}\n"
                "portal account session={session}\nsays logged_out\n"};
    again.pass(90s);
    again.see(screen_shown{anna, "Пароль: fakeword", false});
    REQUIRE(again.said.size() == 2);
    const auto& asked = std::get<ask_door>(again.said[1].what);
    CHECK(asked.fields[0].value == "fakeword");
    CHECK(asked.fields[1].value == "2025-11-21T10:01:30Z");
    again.hear(anna, {200, {{"verdict", "ok"}, {"session", "fakeSession"}}, {}, {}});
    REQUIRE(again.said.size() == 3);
    CHECK(std::get<ask_door>(again.said[2].what).fields[0].value == "fakeSession");
    again.hear(anna, {200, {{"verdict", "logged_out"}}, {}, {}});
    CHECK(again.is_done());
}

TEST_CASE("a request waits for the answer to the one before, which nobody need read") {
    stage on{"subscriber 79261112233 as anna\nsubscriber 79261112244 as boris\n"
             "anna portal login\nboris portal login\nanna portal account\nboris says denied\nanna says ok\n"};
    CHECK(on.said.size() == 2);
    on.hear(boris, {200, {{"verdict", "denied"}}, {}, {}});
    CHECK(on.said.size() == 2);
    on.hear(anna, {200, {{"verdict", "denied"}}, {}, {}});
    CHECK(on.said.size() == 3);
    on.hear(anna, {200, {{"verdict", "ok"}}, {}, {}});
    CHECK(on.is_done());

    stage unanswered{"subscriber 79261112233\nportal login\nportal login\n"};
    unanswered.pass(10s);
    CHECK(unanswered.failure() == "3: the request before it got no answer within 10s");
}

TEST_CASE("an answer that is another, doesn't come or wasn't asked for ends the script") {
    const char* const script = "subscriber 79261112233\nportal login\nsays ok session={session}\n";
    stage other{script};
    other.hear(anna, {200, {{"verdict", "ok"}, {"session", "fakeSession"}, {"level", "all"}}, {}, {}});
    CHECK(other.failure() == "3: another text than expected\n"
                             "  expected | ok session={session}\n"
                             "       got | ok session=**** level=all");
    stage late{script};
    late.pass(10s);
    CHECK(late.failure() == "3: no answer came within 10s");
    stage closed{script};
    closed.hear(anna, {0, {}, {}, "Connection refused"});
    CHECK(closed.failure() == "3: the door gave no answer: Connection refused");
    stage unasked{"subscriber 79261112233\nsays ok\n"};
    CHECK(unasked.failure() == "2: nothing was asked that has an unread answer");
    stage rows{"subscriber 79261112233\nportal archive\nsays ok\n| {at} log_in\n"};
    rows.hear(anna, {200, {{"verdict", "ok"}}, {"10:00 issue_password"}, {}});
    CHECK(rows.failure() == "3: another text than expected\n  expected | ok\n  expected | {at} log_in\n"
                            "       got | ok\n       got | 10:00 issue_password");
}

TEST_CASE("time that a script lets pass is in the time of the steps after it") {
    stage on{"subscriber 79261112233\nlater 25h\noperator change at={now}\nsilence 2s\n"};
    REQUIRE(on.said.size() == 2);
    CHECK(std::get<let_pass>(on.said[0].what).by == 25h);
    CHECK(std::get<ask_door>(on.said[1].what).fields[0].value == "2025-11-22T11:00:00Z");
    on.pass(1999ms); // what waits, waits as long as ever
    CHECK_FALSE(on.playing.is_over());
    on.pass(1ms);
    CHECK(on.is_done());
}

TEST_CASE("what can't be done ends the script at its line") {
    stage on{"subscriber 79261112233\ndial *105#\nscreen x\n"};
    on.playing.give_up("no gateway is bound");
    CHECK(on.failure() == "2: no gateway is bound");
    CHECK(on.playing.is_over());
}

} // namespace kabinet::simulator::player_test
