#include "menus/condition_validation.hpp"

#include "menus/condition.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

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

std::vector<finding> found_in(const draft& pack) {
    std::vector<finding> findings;
    validate_conditions(pack, findings);
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
}
