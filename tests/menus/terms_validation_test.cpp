// What the head of a confirmation must say before it is agreed to, by what it may be asking about.
#include "menus/terms_validation.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace terms_validation_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

using sentences = std::vector<std::string>;

/// The findings of the sample pack with the English head of a confirmation changed, and perhaps more.
sentences said_with(
    const std::string& screen, std::string head, const std::function<void(draft&)>& change = [](draft&) {}) {
    draft pack = sample_draft();
    change(pack);
    put_text(pack, 1, "confirmation." + screen + ".head", std::move(head));
    sentences said;
    for (const finding& each : validate(pack))
        said.push_back(each.what);
    return said;
}

sentences lacking(const std::string& screen, const std::string& offer, const std::string& what) {
    return {"confirmation." + screen + ".head doesn't say the terms of " + offer + ": " + what +
            " wanted in it"};
}

/// Changes what an offer of the sample pack costs, in whole units.
auto costs(std::size_t ware, std::int64_t price, std::int64_t fee) {
    return [=](draft& pack) {
        pack.wares[ware].price = money::from_minor(price * minor_of_major);
        pack.wares[ware].fee = money::from_minor(fee * minor_of_major);
    };
}
constexpr std::size_t beep = 0, hush = 1, wide = 3; // in the sample pack

} // namespace

TEST_CASE("a fee of each period is said with its period, and all that is taken at once with it") {
    // beep: 10 once, 50 each period
    CHECK(said_with("connect", "Connect {title} for {price}?") ==
          lacking("connect", "beep", "{amount}, {fee} and {period} are"));
    CHECK(said_with("connect", "Connect {title} for {amount}?") ==
          lacking("connect", "beep", "{fee} and {period} are"));
    CHECK(said_with("connect", "{title}: {fee} for {period}?") == lacking("connect", "beep", "{amount} is"));
    CHECK(said_with("connect", "{title}: {price} now, then {fee} for {period}?") ==
          lacking("connect", "beep", "{amount} is")); // 60 are taken now
    CHECK(said_with("connect", "{title}: {amount}, then {fee}?") ==
          lacking("connect", "beep", "{period} is"));
    CHECK(said_with("connect", "{title}: {amount}, then {fee} for {period}?").empty());
}

TEST_CASE("a price of nothing doesn't stand for a fee, which is taken at once") {
    CHECK(said_with("connect", "Connect {title} for {price}?", costs(beep, 0, 150)) ==
          lacking("connect", "beep", "{amount}, {fee} and {period} are"));
    CHECK(said_with("connect", "{title}: {price} now, then {fee} for {period}?", costs(beep, 0, 150)) ==
          lacking("connect", "beep", "{amount} is"));
    CHECK(said_with("connect", "{title}: {fee} for {period}?", costs(beep, 0, 150)).empty());
}

TEST_CASE("what is paid once is said as price or as amount, and what is free says nothing") {
    CHECK(said_with("connect", "Connect {title}?", costs(beep, 20, 0)) ==
          lacking("connect", "beep", "{price} or {amount} is"));
    CHECK(said_with("connect", "{title} for {fee}?", costs(beep, 20, 0)) ==
          lacking("connect", "beep", "{price} or {amount} is"));
    CHECK(said_with("connect", "Connect {title} for {price}?", costs(beep, 20, 0)).empty());
    CHECK(said_with("connect", "Connect {title} for {amount}?", costs(beep, 20, 0)).empty());
    CHECK(said_with("connect", "Connect {title}?", costs(beep, 0, 0)).empty());
}

TEST_CASE("the head says the terms of every offer that leads there, and each is told once") {
    sentences both = lacking("connect", "beep", "{fee} and {period} are");
    both.push_back(lacking("connect", "hush", "{price} or {amount} is").front());
    const auto change = [](draft& pack) {
        costs(beep, 0, 50)(pack);
        costs(hush, 10, 0)(pack);
    };
    CHECK(said_with("connect", "Connect {title}?", change) == both);
    CHECK(said_with("connect", "Connect {title} for {amount}?", change) ==
          lacking("connect", "beep", "{fee} and {period} are"));
    CHECK(said_with("connect", "Connect {title}?", [](draft& pack) {
              costs(beep, 0, 50)(pack);
              costs(hush, 0, 70)(pack);
          }) == lacking("connect", "beep", "{fee} and {period} are"));
}

TEST_CASE("a confirmation of its own for what is free needn't speak of fees") {
    const auto apart = [](draft& pack) {
        pack.screens.push_back(
            menu_of("connect_free", {{"1", acts("connect_service")}}, screen_kind::confirmation));
        std::ranges::find(pack.screens, "services", &draft_screen::name)->items[1].leads =
            leads_to("connect_free", 1, "hush");
        for (std::size_t language = 0; language < 2; ++language) {
            put_text(pack, language, "confirmation.connect_free.head", "{title}?");
            put_text(pack, language, "confirmation.connect_free.1", "Ok");
        }
    };
    CHECK(said_with("connect_free", "Connect {title}, free?", apart).empty());
    CHECK(said_with("connect_free", "Connect {title}, free?", [&](draft& pack) {
              apart(pack);
              costs(hush, 0, 1)(pack);
          }) == lacking("connect_free", "hush", "{fee} and {period} are"));
}

TEST_CASE("a tariff's fee is said as a service's is") {
    CHECK(said_with("tariff", "{title}: {amount}, then {fee}?") == lacking("tariff", "wide", "{period} is"));
    CHECK(said_with("tariff", "{title}: {price}, then {fee} for {period}?") ==
          lacking("tariff", "wide", "{amount} is"));
    CHECK(said_with("tariff", "Change to {title}?", costs(wide, 0, 0)).empty());
}

TEST_CASE("a package says its price and for how long it is paid") {
    CHECK(said_with("buy", "Buy {title}?") == lacking("buy", "talk", "{price} and {period} are"));
    CHECK(said_with("buy", "{title} for {price}?") == lacking("buy", "talk", "{period} is"));
    CHECK(said_with("buy", "{title} for {period}, {minutes} minutes?") ==
          lacking("buy", "talk", "{price} is"));
}

TEST_CASE("to let go of something costs nothing, so nothing is wanted") {
    CHECK(said_with("disconnect", "Let go?").empty());
    CHECK(said_with("stop", "Let go?").empty());
}

TEST_CASE("a promised payment says what is lent and its fee, a transfer what is given and its fee") {
    CHECK(said_with("loan", "A loan until {until}?") == lacking("loan", "small", "{amount} and {fee} are"));
    CHECK(said_with("loan", "Take {amount} until {until}?") == lacking("loan", "small", "{fee} is"));
    const auto free = [](draft& pack) {
        pack.promises[0].fee = money{};
        pack.transfers.fee = money{};
    };
    CHECK(said_with("loan", "Take {amount} until {until}?", free).empty());
    CHECK(said_with("loan", "A loan?", free) == lacking("loan", "small", "{amount} is"));
    CHECK(said_with("give", "To {party}?") == lacking("give", "a transfer", "{amount} and {fee} are"));
    CHECK(said_with("give", "{amount} to {party}?") == lacking("give", "a transfer", "{fee} is"));
    CHECK(said_with("give", "{amount} to {party}?", free).empty());
}

TEST_CASE("it is told with the line of the text, and only that of the language that lacks it") {
    draft pack = sample_draft();
    put_text(pack, 0, "confirmation.give.head", "{amount} на {party}?");
    const std::vector<finding> findings = validate(pack);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().file == "ru.toml");
    CHECK(findings.front().line == pack.languages[0].find("confirmation.give.head")->where.line);
}

TEST_CASE("an offer that isn't what the action is for lends it no terms") {
    CHECK(said_with("connect", "Connect {title}?", [](draft& pack) {
              std::ranges::find(pack.screens, "services", &draft_screen::name)->items[0].leads.offer = "wide";
          }) == sentences{"wide is a tariff, not a service"});
}

TEST_CASE("of a head that isn't understood it isn't told what it lacks") {
    CHECK(said_with("connect", "{title}: {amount}, then {charge} for {period}?") ==
          sentences{"confirmation.connect.head: {charge} is neither a placeholder nor a word of the pack"});
    CHECK(said_with("connect", "") == sentences{"confirmation.connect.head is empty"});
}

TEST_CASE("an SMS that a reply agrees to says the amount, the fee and the code") {
    const auto said_by_sms = [](std::string words) {
        draft pack = sample_draft();
        put_text(pack, 1, "transfer.terms", std::move(words));
        sentences said;
        for (const finding& each : validate(pack))
            said.push_back(each.what);
        return said;
    };
    CHECK(said_by_sms("{amount} to {party}, fee {fee}\nReply: {password}").empty());
    CHECK(said_by_sms("{amount}, fee {fee}\nReply: {password}") ==
          sentences{"transfer.terms.sms doesn't say the terms of a transfer: {party} is wanted in it"});
    CHECK(said_by_sms("To {party}?\nReply: {password}") ==
          sentences{
              "transfer.terms.sms doesn't say the terms of a transfer: {amount} and {fee} are wanted in it"});
    CHECK(said_by_sms("{amount} to {party}, fee {fee}?") ==
          sentences{"transfer.terms.sms must say {password}"});
}

} // namespace terms_validation_test
