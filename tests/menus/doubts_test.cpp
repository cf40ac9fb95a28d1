#include "menus/doubts.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace doubts_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("there is no doubt of a pack that is understood") {
    CHECK(find_doubts(sample_draft()) == doubts{});
    draft pack = sample_draft(); // a screen that nothing leads to is a mistake, not a doubt
    pack.screens.push_back(menu_of("island", {}));
    CHECK(find_doubts(pack) == doubts{});
}

TEST_CASE("a table that isn't understood puts all in doubt") {
    draft pack = sample_draft();
    pack.is_whole = false;
    const doubts found = find_doubts(pack);
    CHECK((found.of_tables && found.of_reach && found.of_uses));
}

TEST_CASE("a screen that isn't there puts in doubt what leads to screens, and those that nothing leads to") {
    draft pack = sample_draft();
    pack.codes.front().leads.opens = "acount";
    pack.screens.push_back(menu_of("island", {}));
    const doubts found = find_doubts(pack);
    CHECK_FALSE(found.of_tables);
    CHECK((found.of_reach && found.of_uses));
    CHECK(found.screens.contains("island"));
    CHECK(found.screens.contains("account"));
    CHECK_FALSE(found.screens.contains("own")); // another code leads there
}

TEST_CASE("an action or an offer that isn't there puts in doubt what is said, not what leads where") {
    for (const bool is_offer : {false, true}) {
        draft pack = sample_draft();
        draft_target& leads = pack.codes[1].leads;
        (is_offer ? leads.offer : leads.does) = "nothing";
        const doubts found = find_doubts(pack);
        CHECK_FALSE(found.of_reach);
        CHECK(found.of_uses);
        CHECK(found.screens.empty());
    }
}

TEST_CASE("a text that isn't known, or a language, puts in doubt what is said") {
    draft pack = sample_draft();
    pack.languages[0].texts.front().is_known = false;
    CHECK(find_doubts(pack).of_uses);
    pack = sample_draft();
    pack.languages[1].is_read = false;
    CHECK(find_doubts(pack).of_uses);
    CHECK_FALSE(find_doubts(pack).of_reach);
}

} // namespace doubts_test
