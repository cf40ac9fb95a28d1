#include "gateway/known_facts.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

namespace known_facts_test {

using namespace kabinet;
using menus::fact;
using menus::fact_kind;
using menus::fact_set;

namespace {

constexpr std::uint16_t own = static_cast<std::uint16_t>(access_level::own_number);
constexpr std::uint16_t all = static_cast<std::uint16_t>(access_level::all_numbers);

menus::definition asking_about(std::vector<fact> facts) {
    menus::definition made = menus::sample_pack();
    made.facts = std::move(facts);
    return made;
}

store::holding had(store::ware_kind kind, std::string name) {
    store::holding made;
    made.kind = kind;
    made.name = std::move(name);
    return made;
}

} // namespace

TEST_CASE("an account's traits tell what holds of it, and nothing of its money") {
    const menus::definition pack = asking_about({{fact_kind::points, 0},
                                                 {fact_kind::level, own},
                                                 {fact_kind::level, all},
                                                 {fact_kind::two_step, 0},
                                                 {fact_kind::portal, 0},
                                                 {fact_kind::language, 0}});
    store::account_traits seen;
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(1) | fact_set::of(2)));
    seen.level = access_level::own_number;
    seen.asks_code = true;
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(1) | fact_set::of(3)));
    seen.level = access_level::view;
    seen.has_way_in = true;
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(3) | fact_set::of(4)));
}

TEST_CASE("a purse tells what holds of the money, and nothing of the account") {
    const menus::definition pack = asking_about(
        {{fact_kind::level, own}, {fact_kind::promise, 0}, {fact_kind::points, 0}, {fact_kind::debt, 0}});
    store::purse_view seen;
    CHECK(gateway::facts_of(pack, seen).empty());
    seen.points = 1;
    seen.balance = money::from_minor(-1);
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(2) | fact_set::of(3)));
    seen.balance = money{};
    seen.promise = store::purse_view::loan{money::from_minor(100), {}};
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(1) | fact_set::of(2)));
}

TEST_CASE("what an account has tells of each offer that is asked about, by its kind and name") {
    // by their index: a promised payment, beep, hush, plain, wide, talk
    const menus::definition pack = asking_about({{fact_kind::has, 1},
                                                 {fact_kind::has, 4},
                                                 {fact_kind::has, 5},
                                                 {fact_kind::debt, 0},
                                                 {fact_kind::has, 3}});
    store::holdings_view seen;
    CHECK(gateway::facts_of(pack, seen) == fact_set::of(4)); // the tariff of whoever chose none
    seen.has = {had(store::ware_kind::service, "talk"), had(store::ware_kind::package, "beep")};
    CHECK(gateway::facts_of(pack, seen) == fact_set::of(4)); // called the same, but other things
    seen.has = {had(store::ware_kind::service, "beep"), had(store::ware_kind::tariff, "wide"),
                had(store::ware_kind::package, "talk")};
    seen.has[0].is_paused = true;
    CHECK(gateway::facts_of(pack, seen) == (fact_set::of(0) | fact_set::of(1) | fact_set::of(2)));
    seen.has = {had(store::ware_kind::tariff, "plain")};
    CHECK(gateway::facts_of(pack, seen) == fact_set::of(4));
}

} // namespace known_facts_test
