// What the operator's people ask about an account and do to it. Never shows a secret or a hash.
#pragma once

#include "store/outcome.hpp"
#include "store/request.hpp"
#include "store/rules.hpp"
#include "store/secrets.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace kabinet::store {

struct account_facts {
    utc_time created{};
    utc_time last_use{}; // by its subscriber
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid; // of a number that is barred
    std::optional<utc_time> stopped;     // blocked by its subscriber, since then
    language speaks;
    std::optional<utc_time> blocked; // since when
    std::optional<utc_time> cooldown_until;
    std::optional<secret_kind> kind; // none before the first password
    std::int64_t version = 0;        // how many passwords there were
    bool is_live = false;            // whether a login may succeed
    bool wants_sim = false;          // but only shortly after the SIM asked: too many were wrong
    std::optional<utc_time> expires;
    std::optional<utc_time> used;
    std::vector<utc_time> issues; // of the last day, for the limits
    bool asks_code = false;       // a login wants a code from an SMS, too
    bool is_automatic = false;    // the SIM's own mobile data is a login
    bool has_pin = false;
};

/// What a login may see and do now.
struct login_view {
    verdict is = verdict::no_login; // that, level, or no refusal
    access_level reaches = access_level::view;
};

/// One line of an account's archive.
struct audit_entry {
    std::int64_t seq = 0;
    utc_time at{};
    channel by = channel::staff;
    effect_kind what = effect_kind::tell;
    verdict came = verdict::told;
};

struct audit_check {
    std::int64_t rows = 0;                    // that were right, from the first on
    std::optional<std::int64_t> first_broken; // the number of a row that is missing or was changed
};

/// The operator barred the number, or no longer does.
struct set_bar {
    bool is_barred = true;
    bar_reason why = bar_reason::unsaid;
};
/// Access is closed and the password dead until the subscriber asks for another one.
struct block {};
/// After a change of SIM or owner.
struct cool_down {
    utc_time until;
};
/// Limits and cool-down go; a block stays, for only a new password opens it.
struct lift_limits {};

using account_change = std::variant<set_bar, block, cool_down, lift_limits>;

} // namespace kabinet::store
