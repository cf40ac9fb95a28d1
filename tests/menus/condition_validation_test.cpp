#include "menus/condition_validation.hpp"

#include "menus/condition.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace condition_validation_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

using sentences = std::vector<std::string>;

/// Each item of the password menu on such a condition, of which the first has one of its own.
draft password_menu_on(std::string first, std::string second = {}) {
    draft pack = sample_draft();
    draft_screen& menu = *std::ranges::find(pack.screens, "password", &draft_screen::name);
    menu.where.line = 40;
    menu.items[0].leads.when = std::move(first);
    menu.items[0].leads.where.line = 41;
    menu.items[1].leads.when = std::move(second);
    menu.items[1].leads.where.line = 42;
    return pack;
}

draft_target& item_of(draft& pack, std::string_view screen, std::size_t at) {
    return std::ranges::find(pack.screens, screen, &draft_screen::name)->items.at(at).leads;
}

/// Both items of the menu that every service is opened through.
draft service_menu_on(std::string first, std::string second) {
    draft pack = sample_draft();
    item_of(pack, "service", 0).when = std::move(first);
    item_of(pack, "service", 1).when = std::move(second);
    return pack;
}

std::vector<finding> found_in(const draft& pack) {
    std::vector<finding> findings;
    validate_conditions(pack, find_doubts(pack), findings);
    return findings;
}

sentences said_of(const draft& pack) {
    sentences said;
    for (const finding& each : found_in(pack))
        said.push_back(each.what);
    return said;
}

} // namespace

TEST_CASE("conditions that leave everybody something are well") {
    CHECK(said_of(password_menu_on("two_step")).empty());
    CHECK(said_of(password_menu_on("two_step", "not two_step")).empty());
    CHECK(said_of(password_menu_on("language ru", "language en")).empty());
    CHECK(said_of(password_menu_on("level all", "not level all and not promise")).size() == 1);
}

TEST_CASE("what is no condition is told with its line and the facts there are") {
    for (const char* when : {"weather", "two_step or portal", "language de", "level view", "points 5"}) {
        CAPTURE(when);
        const std::vector<finding> findings = found_in(password_menu_on(when));
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].line == 41);
        CHECK(findings[0].what.starts_with('"' + std::string{when} + "\" is no condition: "));
        CHECK(findings[0].what.ends_with(list_fact_words()));
    }
}

TEST_CASE("each wrong condition of a menu is told, and the right ones beside them are well") {
    const std::vector<std::string> said = said_of(password_menu_on("weather", "level full"));
    REQUIRE(said.size() == 2);
    CHECK(said[0].starts_with("\"weather\" is no condition"));
    CHECK(said[1].starts_with("\"level full\" is no condition"));
    CHECK(said_of(password_menu_on("weather", "portal")).size() == 1);
}

TEST_CASE("a condition that never holds is told") {
    for (const char* when : {"points and not points", "language ru and language en",
                             "level all and not level own", "not language ru and not language en"}) {
        CAPTURE(when);
        CHECK(said_of(password_menu_on(when)) == sentences{'"' + std::string{when} + "\" never holds"});
    }
}

TEST_CASE("a menu that shows nobody anything somewhere says for whom, at its own line") {
    const std::vector<finding> findings = found_in(password_menu_on("promise", "points and not two_step"));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].line == 40);
    CHECK(findings[0].what == "password shows no item where not promise and not points and not two_step");
    CHECK(said_of(password_menu_on("level own", "level all")) ==
          sentences{"password shows no item where not level own and not level all"});
}

TEST_CASE("whether something is connected may be asked where an offer leads, or the item names one") {
    CHECK(said_of(service_menu_on("not connected", "connected")).empty());
    draft pack = sample_draft();
    item_of(pack, "services", 4).when = "not connected"; // of the tariff that it names itself
    item_of(pack, "services", 0).when = "not connected and not has talk";
    CHECK(said_of(pack).empty());
}

TEST_CASE("it is refused where no offer leads, with the line of the item") {
    const std::vector<finding> findings = found_in(password_menu_on("points", "connected"));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].line == 42);
    CHECK(findings[0].what ==
          "\"connected\" asks about an offer: the item names none, and password is opened with none");
    CHECK(findings[1].line == 40);
    CHECK(findings[1].what == "password shows no item where not points and not connected");
}

TEST_CASE("what isn't sold can't be had") {
    const auto said_at = [](const char* when, const char* offer) {
        draft pack = password_menu_on(when);
        item_of(pack, "password", 0).offer = offer;
        const std::vector<finding> findings = found_in(pack);
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].line == 41);
        return findings[0].what;
    };
    CHECK(said_at("not has gudok", "") == "\"not has gudok\": the pack sells no gudok");
    const std::string lent = " asks whether one has small, which is a promised payment: ask \"promise\"";
    CHECK(said_at("has small", "") == "\"has small\"" + lent);
    CHECK(said_at("connected", "small") == "\"connected\"" + lent);
    CHECK(said_at("has", "").starts_with("\"has\" is no condition: "));
    CHECK(said_at("connected beep", "").starts_with("\"connected beep\" is no condition: "));

    draft pack = sample_draft(); // a menu of promised payments
    pack.codes.push_back({"*105*16#", leads_to("loans", 1, "small")});
    draft_target asking = leads_to("loan", 43);
    asking.when = "not connected";
    pack.screens.push_back(menu_of("loans", {{"1", leads_to("loan")}, {"2", asking}}));
    CHECK(said_of(pack) == sentences{"\"not connected\"" + lent});
}

TEST_CASE("a menu that shows nothing to whoever has what it is about, or hasn't, is told") {
    CHECK(said_of(service_menu_on("not connected", "not connected")) ==
          sentences{"service shows no item where connected"});
    draft pack = sample_draft();
    for (std::size_t at = 0; at < 7; ++at)
        item_of(pack, "services", at).when = at == 0 ? "has beep" : "has talk and not debt";
    CHECK(said_of(pack) ==
          sentences{"services shows no item where not has beep and not has talk and not debt"});
}

TEST_CASE("nobody has two tariffs") {
    draft pack = password_menu_on("not has wide", "not has plain");
    CHECK(said_of(pack).empty());
    CHECK(said_of(password_menu_on("has wide and has plain")) ==
          sentences{"\"has wide and has plain\" never holds"});
    CHECK(said_of(password_menu_on("has beep and has talk")).empty());
}

TEST_CASE("a pack asks about 64 facts at most, each offer that leads to a menu one of them") {
    const auto with_services = [](std::size_t count) {
        draft pack = service_menu_on("not connected", "connected");
        for (std::size_t at = 0; at < count; ++at) {
            draft_ware sold = pack.wares[1];
            sold.name = "s" + std::to_string(at);
            pack.wares.push_back(sold);
            pack.codes.push_back(
                {"*105*1" + std::to_string(100 + at) + "#", leads_to("service", 1, sold.name)});
        }
        return said_of(pack);
    };
    CHECK(with_services(62).empty()); // beep and hush are there already
    CHECK(with_services(63) == sentences{"the conditions of a pack name 64 facts at most, each offer that "
                                         "\"connected\" may be asked of among them"});
}

TEST_CASE("a condition stands only with an item of a menu") {
    const auto is_refused_at = [](draft pack) {
        const std::vector<finding> findings = validate(pack);
        return std::ranges::any_of(findings, [](const finding& each) {
            return each.what == "when stands only with an item of a menu";
        });
    };
    draft pack = sample_draft();
    pack.codes[0].leads.when = "points";
    CHECK(is_refused_at(pack));
    pack = sample_draft();
    std::ranges::find(pack.screens, "order", &draft_screen::name)->items[0].leads.when = "points";
    CHECK(is_refused_at(pack));
    pack = sample_draft();
    pack.short_numbers[0].keywords[0].leads.when = "points";
    CHECK(is_refused_at(pack));
    pack = sample_draft();
    std::ranges::find(pack.screens, "whom", &draft_screen::name)->items[0].leads.when = "points";
    CHECK(is_refused_at(pack));
}

TEST_CASE("the text for who dials what isn't there is wanted only where something may be away") {
    const auto asks = [](const draft& pack) {
        return std::ranges::any_of(validate(pack), [](const finding& each) {
            return each.what.starts_with("the text nav.hidden is missing; menus.toml:41");
        });
    };
    CHECK(asks(password_menu_on("points")));
    CHECK_FALSE(asks(sample_draft()));
}

TEST_CASE("the facts of a draft are each listed once, in their order") {
    const draft pack = password_menu_on("two_step and not points", "points and language en");
    CHECK(facts_in(pack) ==
          std::vector<fact>{{fact_kind::two_step, 0}, {fact_kind::points, 0}, {fact_kind::language, 1}});
    draft about = service_menu_on("not connected", "connected and not has talk");
    item_of(about, "services", 4).when = "not connected";
    item_of(about, "package", 0).when = "connected";
    // by their index: the promised payment, beep, hush, plain, wide, talk
    CHECK(facts_in(about) ==
          std::vector<fact>{
              {fact_kind::has, 4}, {fact_kind::has, 1}, {fact_kind::has, 2}, {fact_kind::has, 5}});
}

} // namespace condition_validation_test
