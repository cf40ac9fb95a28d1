#include "gateway/known_facts.hpp"

#include "gateway/sell.hpp"

namespace kabinet::gateway {
namespace {

using menus::fact;
using menus::fact_kind;

bool holds(const fact& asked, const store::account_traits& seen) {
    switch (asked.kind) {
    case fact_kind::level:
        return seen.level >= static_cast<access_level>(asked.which);
    case fact_kind::two_step:
        return seen.asks_code;
    case fact_kind::portal:
        return seen.has_way_in;
    case fact_kind::language:
    case fact_kind::promise:
    case fact_kind::points:
    case fact_kind::debt:
    case fact_kind::has:
    case fact_kind::connected:
        return false;
    }
    return false;
}

bool holds(const fact& asked, const store::purse_view& seen) {
    switch (asked.kind) {
    case fact_kind::promise:
        return seen.promise.has_value();
    case fact_kind::points:
        return seen.points > 0;
    case fact_kind::debt:
        return seen.balance < money{};
    case fact_kind::language:
    case fact_kind::level:
    case fact_kind::two_step:
    case fact_kind::portal:
    case fact_kind::has:
    case fact_kind::connected:
        return false;
    }
    return false;
}

template <class Holds>
menus::fact_set find_holding(const menus::definition& pack, Holds holds) {
    menus::fact_set holding;
    for (std::size_t at = 0; at < pack.facts.size(); ++at)
        if (holds(pack.facts[at]))
            holding = holding | menus::fact_set::of(at);
    return holding;
}

} // namespace

menus::fact_set facts_of(const menus::definition& pack, const store::account_traits& seen) {
    return find_holding(pack, [&](const fact& asked) { return holds(asked, seen); });
}

menus::fact_set facts_of(const menus::definition& pack, const store::purse_view& seen) {
    return find_holding(pack, [&](const fact& asked) { return holds(asked, seen); });
}

menus::fact_set facts_of(const menus::definition& pack, const store::holdings_view& seen) {
    return find_holding(pack, [&](const fact& asked) {
        return asked.kind == fact_kind::has && has(seen, pack.offers[asked.which]);
    });
}

} // namespace kabinet::gateway
