#include "store/bars.hpp"

#include <algorithm>
#include <array>

namespace kabinet::store {
namespace {

struct bar_row {
    bar_reason why;
    verdict told;
    bool opens_ways_in;
    bool opens_login;
    bool opens_purse;
};
constexpr std::array table{
    bar_row{bar_reason::unsaid, verdict::barred, false, false, false},
    bar_row{bar_reason::debt, verdict::barred_debt, true, true, true}, // he must be able to pay it
    bar_row{bar_reason::own_request, verdict::barred_own_request, false, false, false},
    bar_row{bar_reason::inactivity, verdict::barred_inactivity, false, false, false},
    bar_row{bar_reason::fraud, verdict::barred_fraud, false, false, false},
    bar_row{bar_reason::lost, verdict::barred_lost, false, false, false},
    bar_row{bar_reason::ended, verdict::barred_ended, false, false, false},
};
static_assert([] {
    for (std::size_t at = 0; at < table.size(); ++at)
        if (static_cast<std::size_t>(table[at].why) != at)
            return false;
    return true;
}());

struct bar_word {
    std::string_view word;
    bar_reason means;
};
constexpr std::array words{
    bar_word{"debt", bar_reason::debt},
    bar_word{"own-request", bar_reason::own_request},
    bar_word{"suspended", bar_reason::own_request},
    bar_word{"inactivity", bar_reason::inactivity},
    bar_word{"fraud", bar_reason::fraud},
    bar_word{"lost", bar_reason::lost},
    bar_word{"ended", bar_reason::ended},
};

/// Another program may have written a reason that this one doesn't know.
const bar_row& row_of(bar_reason why) {
    const auto at = static_cast<std::size_t>(why);
    return at < table.size() ? table[at] : table.front();
}

} // namespace

matter matter_of(effect_kind what) {
    switch (what) {
    case effect_kind::issue_password:
    case effect_kind::choose_password:
    case effect_kind::send_code:
    case effect_kind::close_portal:
    case effect_kind::set_switch:
    case effect_kind::set_pin:
        return matter::ways_in;
    case effect_kind::log_in:
    case effect_kind::log_in_by_pin:
    case effect_kind::log_in_by_sim:
        return matter::login;
    case effect_kind::top_up:
    case effect_kind::take_promise:
    case effect_kind::pay_in:
    case effect_kind::receive_transfer:
        return matter::purse;
    default:
        return matter::other;
    }
}

bar_reason find_bar(std::string_view word) {
    const auto found = std::ranges::find(words, word, &bar_word::word);
    return found == words.end() ? bar_reason::unsaid : found->means;
}

bool is_open(number_state of, matter what) {
    if (of.is != account_status::barred)
        return of.is == account_status::active;
    const bar_row& row = row_of(of.why);
    switch (what) {
    case matter::ways_in:
        return row.opens_ways_in;
    case matter::login:
        return row.opens_login;
    case matter::purse:
        return row.opens_purse;
    case matter::other:
        break;
    }
    return false;
}

verdict refusal_of(number_state of) {
    return of.is == account_status::barred ? row_of(of.why).told : verdict::unknown_number;
}

} // namespace kabinet::store
