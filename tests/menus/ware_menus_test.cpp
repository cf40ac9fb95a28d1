// What menus do about what is sold: the offer that a menu was opened with goes down to the confirmation, its
// terms are read there, and what the account has stands on the screen.
#include "menus/fit.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace ware_menus_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

constexpr utc_time noon{std::chrono::seconds{1'769'083'200}}; // 2026-01-22 12:00 UTC
using sentences = std::vector<std::string>;

std::string written(const boost::system::result<short_text>& text) {
    return text ? std::string{view(*text)} : text.error().message();
}

std::string screen_at(const place& at, holding_state has = holding_state::none) {
    fields known = fields_of(sample_pack(), at, noon);
    known.has = has;
    return written(render(sample_pack(), at, known));
}

place shown_by(const step& taken) {
    REQUIRE(std::holds_alternative<show>(taken));
    return std::get<show>(taken).at;
}

sentences said(const std::function<void(draft&)>& change) {
    draft pack = sample_draft();
    change(pack);
    sentences all;
    for (const finding& each : validate(pack))
        all.push_back(each.what);
    return all;
}

draft_target& item_of(draft& pack, std::string_view screen, std::size_t at = 0) {
    return std::ranges::find(pack.screens, screen, &draft_screen::name)->items.at(at).leads;
}

} // namespace

TEST_CASE("one screen serves every service: it says the terms of the one it was opened with") {
    const place beep = shown_by(dial(sample_pack(), "*105*12*1#", english));
    CHECK(screen_at(beep) == "Ring-back: 10 and 50 a 30 days\n1 Connect\n2 Disconnect\n0 Back");
    const place hush = shown_by(dial(sample_pack(), "*105*12*2#", english));
    CHECK(screen_at(hush).starts_with("Silence: 0 and 0 a 30 days\n"));
    CHECK(shows_holding(sample_pack(), beep));
    CHECK_FALSE(shows_holding(sample_pack(), shown_by(dial(sample_pack(), "*105*12#", english))));
}

TEST_CASE("what the account has stands there instead, on the same page with the same items") {
    const place beep = shown_by(dial(sample_pack(), "*105*12*1#", english));
    CHECK(screen_at(beep, holding_state::held) == "Ring-back is on, 50\n1 Connect\n2 Disconnect\n0 Back");
    CHECK(screen_at(beep, holding_state::paused) == "Ring-back waits, 50\n1 Connect\n2 Disconnect\n0 Back");
}

TEST_CASE("a dialled path stops at the terms of the service it went through, and an entry agrees to them") {
    for (const char* dialled : {"*105*12*1*1#", "*105*12*1*1*1#"}) {
        const place at = shown_by(dial(sample_pack(), dialled, english));
        CHECK(screen_at(at) == "Ring-back: 60, then 50 for 30 days, from 21 Feb 15:00?\n1 Yes\n0 Back");
        const step agreed = type(at, "1");
        const auto& asked = std::get<connect_service>(std::get<perform>(agreed).asked);
        CHECK(view(asked.on.name) == "beep");
        CHECK(asked.on.amount == money::from_minor(1'000));
        CHECK(asked.on.fee == money::from_minor(5'000));
        CHECK(asked.on.term == std::chrono::days{30});
        REQUIRE(asked.on.conflicts.size() == 1);
        CHECK(view(asked.on.conflicts.front()) == "hush");
    }
    const step let_go = type(shown_by(dial(sample_pack(), "*105*12*2*2#", english)), "1");
    CHECK(view(std::get<disconnect_service>(std::get<perform>(let_go).asked).name) == "hush");
}

TEST_CASE("a tariff and a package are agreed to in the same way") {
    const place tariff = shown_by(dial(sample_pack(), "*105*12*5#", english));
    CHECK(screen_at(tariff) == "Wide: 400, then 300 for 30 days?\n1 Yes\n0 Back");
    CHECK(view(std::get<change_tariff>(std::get<perform>(type(tariff, "1")).asked).on.name) == "wide");
    const place package = shown_by(dial(sample_pack(), "*105*12*7*1#", english));
    CHECK(screen_at(package) == "Talk for 150, 30 days?\n1 Yes\n0 Back");
    const step bought = type(package, "1");
    const auto& on = std::get<buy_package>(std::get<perform>(bought).asked).on;
    CHECK(on.minutes == 100);
    CHECK(on.at_once() == money::from_minor(15'000));
    CHECK(seen(type(shown_by(dial(sample_pack(), "*105*12*7*2#", english)), "1")) == "perform stop_package");
}

TEST_CASE("a list stands on a screen as far as it fits, and whether all of it does can be asked") {
    std::vector<holding> many(
        3, holding{"paid", title_of(offer_kind::service, "beep"), money::from_minor(5'000), 0, noon});
    fields known;
    known.holdings = many;
    known.count = many.size();
    const std::string_view text = "list_services.listed.screen";
    CHECK(written(render(sample_pack(), text, russian, known)) ==
          "3:\nГудок 50 22.01\nГудок 50 22.01\nГудок 50 22.01");
    CHECK(shows_all(sample_pack(), text, russian, known));
    many.resize(7, many.front());
    known.holdings = many;
    known.count = many.size();
    CHECK_FALSE(shows_all(sample_pack(), text, russian, known));
    const std::string cut = written(render(sample_pack(), text, russian, known));
    CHECK(cut.starts_with("7:\nГудок"));
    CHECK(measure_screen(cut, {}).fits());
}

TEST_CASE("what a pack has no words for any more is called by its name") {
    fields known;
    known.title = title_of(offer_kind::service, "gone");
    CHECK(written(render(sample_pack(), "disconnect_service.disconnected.screen", english, known)) ==
          "gone is off.");
}

TEST_CASE("what is sold is refused where it can't be right") {
    CHECK(said([](draft&) {}).empty());
    CHECK(said([](draft& pack) { pack.wares[0].conflicts = {"nothing"}; }) ==
          sentences{"beep conflicts with nothing, which is no other service",
                    "hush conflicts with beep, which doesn't say so"});
    CHECK(said([](draft& pack) { pack.wares[1].conflicts.clear(); }) ==
          sentences{"beep conflicts with hush, which doesn't say so"});
    CHECK(said([](draft& pack) { pack.wares[0].conflicts.push_back("wide"); }) ==
          sentences{"beep conflicts with wide, which is no other service"});
    CHECK(said([](draft& pack) { pack.wares[0].period = std::chrono::hours{36}; }) ==
          sentences{"the period of beep must be whole days, a year at most"});
    CHECK(said([](draft& pack) { pack.wares[0].fee = money::from_minor(-1); }) ==
          sentences{"price and fee of beep must not be below nothing, nor more than anybody has"});
    CHECK(said([](draft& pack) { pack.wares[2].is_default = false; }) ==
          sentences{"one tariff must be the default one, of those who chose none"});
    CHECK(said([](draft& pack) { pack.wares[3].is_default = true; }) ==
          sentences{"plain is the default tariff already",
                    "the default tariff must have no fee: nobody has agreed to it"});
    CHECK(said([](draft& pack) { pack.wares[4].minutes = 0; }) ==
          sentences{"the package talk holds nothing"});
    CHECK(said([](draft& pack) { pack.wares[4].fee = money{}; }) ==
          sentences{"the package talk has no price"});
    CHECK(said([](draft& pack) { pack.kept_unpaid = std::chrono::hours{1}; }) ==
          sentences{"fees: what can't be paid is kept for a day at least"});
    const auto twice = said([](draft& pack) { pack.promises.front().name = "beep"; });
    CHECK(std::ranges::find(twice, "the offer beep is given twice") != twice.end());
}

TEST_CASE("an action is about what it is for, and about what is sold") {
    CHECK(said([](draft& pack) { item_of(pack, "services").offer = "wide"; }) ==
          sentences{"wide is a tariff, not a service"});
    CHECK(said([](draft& pack) { item_of(pack, "services", 4).offer = "small"; }) ==
          sentences{"small is a promise, not a tariff"});
    CHECK(said([](draft& pack) { item_of(pack, "services").offer.clear(); }) ==
          sentences{"service asks about an offer: say which, offer = \"...\""});
    CHECK(said([](draft& pack) { item_of(pack, "services", 4).offer.clear(); }) ==
          sentences{"tariff asks about an offer: say which, offer = \"...\""});
    const auto two = said([](draft& pack) { item_of(pack, "package", 1).opens = "tariff"; });
    CHECK(std::ranges::find(two, "package asks about offers of two kinds") != two.end());
    CHECK(said([](draft& pack) { pack.wares[0].is_sold = false; }) ==
          sentences{"beep isn't sold any more, and service sells it"});
    CHECK(said([](draft& pack) {
              pack.wares[0].is_sold = false;
              item_of(pack, "services").opens = "disconnect"; // to let go of it is always offered
          }).empty());
    CHECK(said([](draft& pack) {
              pack.wares[0].is_sold = false;
              item_of(pack, "services").opens = "disconnect";
              draft_target keyword = acts("connect_service");
              keyword.offer = "beep";
              pack.short_numbers[0].keywords.push_back({"BEEP", keyword});
          }) == sentences{"beep isn't sold any more"});
    CHECK(said([](draft& pack) {
              pack.short_numbers[0].keywords.push_back({"BEEP", acts("connect_service")});
          }) == sentences{"connect_service by SMS needs an offer to be named"});
}

TEST_CASE("a tariff is shown only where there are any") {
    const auto without = said([](draft& pack) {
        std::erase_if(pack.wares, [](const draft_ware& each) { return each.kind == offer_kind::tariff; });
    });
    CHECK(std::ranges::find(without, "show_tariff needs a tariff that the pack has") != without.end());
}

TEST_CASE("a head for what the account has may be no longer than the one it stands for") {
    CHECK(said([](draft& pack) {
              put_text(pack, 1, "menu.service.held",
                       "{title} is connected to your number, and costs {fee} "
                       "for each period that begins");
          })
              .front()
              .starts_with("menu.service.held is longer than the head it stands for: "));
    const auto missing = said([](draft& pack) {
        for (draft_language& each : pack.languages)
            std::erase_if(each.texts,
                          [](const draft_text& text) { return text.name == "menu.service.paused"; });
    });
    REQUIRE(missing.size() == 2);
    CHECK(missing.front().starts_with("the text menu.service.paused is missing"));
}

} // namespace ware_menus_test
