#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <sstream>

namespace call_records_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;
using nlohmann::json;

constexpr std::uint64_t first = 79261310000;

std::vector<json> read_records(const gateway_process& of) {
    std::istringstream lines{read_whole(of.folder() / "cdr.jsonl")};
    std::vector<json> all;
    for (std::string line; std::getline(lines, line);)
        all.push_back(json::parse(line));
    return all;
}

/// The records of one subscriber, in the order they were written.
std::vector<json> records_of(std::uint64_t digits, const std::vector<json>& all) {
    std::vector<json> own;
    for (const json& each : all)
        if (each.at("msisdn") == std::to_string(digits))
            own.push_back(each);
    return own;
}

std::vector<std::string> ends_of(std::uint64_t digits, const std::vector<json>& all) {
    std::vector<std::string> ends;
    for (const json& each : records_of(digits, all))
        ends.push_back(each.at("end"));
    return ends;
}

using strings = std::vector<std::string>;

} // namespace

TEST_CASE("each dialogue and each command has one record that says how it ended and holds no secret") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));

    auto answered = smsc.phone(first);
    REQUIRE(answered.dial("*105*00#"));
    const std::string password = password_in(answered.screen().text);
    CHECK(password_in(answered.sms().text) == password);

    auto aborted = smsc.phone(first + 1);
    REQUIRE(aborted.dial("*105#"));
    CHECK(aborted.screen().awaits_input);
    REQUIRE(aborted.hang_up());

    auto replaced = smsc.phone(first + 2);
    REQUIRE(replaced.dial("*105*01#"));
    CHECK(replaced.screen().awaits_input);
    REQUIRE(replaced.dial("*105*01#"));
    CHECK(replaced.screen().awaits_input);
    REQUIRE(replaced.answer("fakeWord1234"));
    CHECK(replaced.screen().awaits_input);
    REQUIRE(replaced.answer("fakeWord1234"));
    CHECK(has(replaced.screen().text, "Новый пароль установлен"));

    auto texting = smsc.phone(first + 3);
    texting.text("000105", "PAS fakeWord5678");
    CHECK(has(texting.sms().text, "Пароль изменен"));
    texting.text("000105", "PAS short");
    CHECK(has(texting.sms().text, "короче"));

    auto refused = smsc.phone(first + 4);
    smsc.ask([](simulator::centre& on) {
        on.faults().refuse_submits = simulator::submit_refusal{smpp::status::system_error, 1};
    });
    REQUIRE(refused.dial("*105#"));
    CHECK(refused.refused() == smpp::status::system_error);
    CHECK(gateway.stop() == 0);

    const auto all = read_records(gateway);
    CHECK(ends_of(first, all) == strings{"answered"});
    CHECK(ends_of(first + 1, all) == strings{"aborted"});
    CHECK(ends_of(first + 2, all) == strings{"replaced", "answered"});
    CHECK(ends_of(first + 3, all) == strings{"answered", "answered"});
    CHECK(ends_of(first + 4, all) == strings{"screen refused"});

    const json dialogue = records_of(first, all).at(0);
    CHECK(dialogue.at("kind") == "ussd");
    CHECK(dialogue.at("link") == "main");
    CHECK(dialogue.at("screens") == 1);
    CHECK(dialogue.at("did") == "issue_password.issued");
    CHECK(records_of(first + 2, all).at(1).at("did") == "choose_password.chosen");
    CHECK(records_of(first + 2, all).at(1).at("screens") == 3);
    const json command = records_of(first + 3, all).at(1);
    CHECK(command.at("kind") == "sms");
    CHECK(command.at("service") == "000105");
    CHECK(command.at("did") == "choose_password.too_short");
    for (const std::string& secret : {password, std::string{"fakeWord1234"}, std::string{"fakeWord5678"}})
        CHECK_FALSE(has(gateway.everything(), secret));
}

TEST_CASE("a dialogue ends by its idle timer or its total timer or with its link and the record says which") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port(), "main", "dialect = \"hasty\""}}};
    const auto dialects = gateway.folder() / "dialects";
    std::filesystem::copy_file(dialects / "standard.toml", dialects / "hasty.toml");
    change_in(dialects / "hasty.toml", "idle_timeout = \"2min\"", "idle_timeout = \"2s\"");
    change_in(dialects / "hasty.toml", "total_timeout = \"10min\"", "total_timeout = \"5s\"");
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));

    auto idle = smsc.phone(first);
    REQUIRE(idle.dial("*105#"));
    CHECK(idle.screen().awaits_input);
    auto chatty = smsc.phone(first + 1);
    REQUIRE(chatty.dial("*105#"));
    seen_screen shown = chatty.screen();
    for (bool goes_down = true; shown.awaits_input; goes_down = !goes_down) {
        (void)wait_until([] { return false; }, 300ms); // never idle
        REQUIRE(chatty.answer(goes_down ? "8" : "0"));
        shown = chatty.screen();
    }
    CHECK(has(shown.text, "Время вышло"));
    REQUIRE(wait_until([&] { return has(read_whole(gateway.folder() / "cdr.jsonl"), "no answer"); }, 5s));
    REQUIRE(idle.answer("8"));
    CHECK(has(idle.screen().text, "Время вышло"));

    auto cut_off = smsc.phone(first + 2);
    REQUIRE(cut_off.dial("*105#"));
    CHECK(cut_off.screen().awaits_input);
    smsc.ask([](simulator::centre& on) { on.drop(); });
    REQUIRE(wait_until([&] { return has(read_whole(gateway.folder() / "cdr.jsonl"), "link lost"); }, 5s));
    CHECK(gateway.stop() == 0);
    const auto all = read_records(gateway);
    CHECK(ends_of(first, all) == strings{"no answer"});
    CHECK(ends_of(first + 1, all) == strings{"took too long"});
    CHECK(ends_of(first + 2, all) == strings{"link lost"});
}

} // namespace call_records_test
