#include "menus/fit.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace fit_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("a screen is measured in septets until one character needs UCS-2") {
    const screen_size size;
    CHECK(measure_screen("Balance [1]", size).used == 13);
    CHECK(measure_screen("Balance", size).is_gsm);
    CHECK(measure_screen("Баланс", size).used == 6);
    CHECK(measure_screen("Баланс", size).most == 80);
    CHECK(measure_screen("50 ₽", size).most == 80);
    CHECK(measure_screen("😀", size).used == 2);
}

TEST_CASE("broken UTF-8 fits nowhere") {
    CHECK_FALSE(measure_screen("\xFF", {}).fits());
    CHECK_FALSE(measure_sms("\xFF", 3).fits());
}

TEST_CASE("one SMS holds 160 septets or 70 characters and a part of several fewer") {
    CHECK(measure_sms("x", 1).most == 160);
    CHECK(measure_sms("ж", 1).most == 70);
    CHECK(measure_sms("x", 3).most == 457);
    CHECK(measure_sms("ж", 3).most == 199);
}

TEST_CASE("every placeholder has an example as long as it gets") {
    const draft pack = sample_draft();
    const forms writes{russian, "Europe/Moscow", "dd.MM HH:mm"};
    const longest_values longest = find_longest(pack, pack.languages[0], writes);
    const auto filled = [&](const char* text) { return fill(parse_phrase(text, {}).made, longest); };
    CHECK(filled("{until}").size() == 11);
    CHECK(filled("{at}").size() == 11);
    CHECK(filled("{login}") == "9999999999");
    CHECK(filled("{password}").size() == 8);
    CHECK(filled("{count}") == "999999");
    CHECK(filled("{count|вход|входа|входов}") == "входов");
    CHECK(filled("{code}").size() == 12); // *105*00# and the two keys to own
    CHECK(filled("{what}") == "пароль изменен");
    CHECK(filled("{by}") == "система");
    CHECK(std::ranges::count(filled("{operations}"), '\n') == sure_operations - 1);
}

TEST_CASE("a text has the terms of what its action is about") {
    draft pack = sample_draft();
    pack.transfers.fee = money::from_minor(500);
    draft_ware service;
    service.name = "beep";
    service.fee = money::from_minor(9'990);
    service.period = std::chrono::days{30};
    draft_ware package = service;
    package.kind = offer_kind::package;
    package.fee = money::from_minor(1'250'050);
    pack.wares = {service, package};
    const forms writes{russian, "Europe/Moscow", "dd.MM HH:mm"};
    const longest_values longest = find_longest(pack, pack.languages[0], writes);
    const auto fee_in = [&](std::string_view name) {
        return fill(parse_phrase("{fee}", {}).made, longest_in(name, longest));
    };
    CHECK(fee_in("transfer.terms.sms") == "5");
    CHECK(fee_in("connect_service.connected.screen") == "99,90");
    CHECK(fee_in("buy_package.bought.screen") == writes.write_money(package.fee));
    CHECK(fee_in("any.short_of.sms") == writes.write_money(package.fee)); // of whatever was asked
    const auto fee_on = [&](std::string_view screen) {
        const auto on = std::ranges::find(pack.screens, screen, &draft_screen::name);
        return fill(parse_phrase("{fee}", {}).made, longest_on(pack, *on, longest));
    };
    CHECK(fee_on("give") == "5");
    CHECK(fee_on("connect") == "99,90");
    CHECK(fee_on("buy") == writes.write_money(package.fee));
    CHECK(fee_on("service") == writes.write_money(package.fee)); // it tells what the account has, too
}

TEST_CASE("the examples that a text was measured with are told, each once and without lists") {
    const draft pack = sample_draft();
    const forms writes{russian, "Europe/Moscow", "dd.MM HH:mm"};
    const longest_values longest = find_longest(pack, pack.languages[0], writes);
    const auto told = [&](const char* text) {
        return describe_examples(parse_phrase(text, {}).made, longest);
    };
    CHECK(told("Помощь") == "");
    CHECK(told("{login}, {password}, {login}\n{operations}") ==
          ", {login} being \"9999999999\", {password} being \"mmmmmmmm\"");
}

TEST_CASE("of two texts the one of more characters is longer, however many octets they have") {
    CHECK(is_longer("500 MB a day", "СуперАОН"));
    CHECK_FALSE(is_longer("СуперАОН", "500 MB a day"));
    CHECK_FALSE(is_longer("abc", "абв"));
}

TEST_CASE("what is too much is told in characters and in octets of its alphabet") {
    CHECK(describe_excess({81, 80, false}) == "81 characters of 80, 1 too many (162 octets of 160)");
    CHECK(describe_excess({168, 160, true}) == "168 characters of 160, 8 too many (147 octets of 140)");
}

} // namespace fit_test
