#include "store/feed.hpp"

#include <algorithm>

namespace kabinet::store {
namespace {

using std::chrono::microseconds;

template <class Value>
void keep_where_silent(std::optional<Value>& said, const std::optional<Value>& known) {
    if (!said)
        said = known;
}

void keep_where_silent(std::string& said, const std::string& known) {
    if (said.empty())
        said = known;
}

std::optional<utc_time> news(const std::optional<utc_time>& known, const std::optional<utc_time>& said,
                             utc_time now) {
    if (!said || (known && *said <= *known))
        return std::nullopt;
    return std::min(*said, now);
}

} // namespace

subscriber merge(subscriber known, const subscriber& said, bool is_full) {
    subscriber made = said;
    keep_where_silent(made.code_word, known.code_word);
    made.sim_changed = std::max(made.sim_changed, known.sim_changed);
    made.owner_changed = std::max(made.owner_changed, known.owner_changed);
    if (is_full)
        return made;
    keep_where_silent(made.status, known.status);
    keep_where_silent(made.reason, known.reason);
    keep_where_silent(made.type, known.type);
    keep_where_silent(made.region, known.region);
    keep_where_silent(made.speaks, known.speaks);
    keep_where_silent(made.zone, known.zone);
    keep_where_silent(made.is_ported_out, known.is_ported_out);
    keep_where_silent(made.level, known.level);
    keep_where_silent(made.email, known.email);
    return made;
}

number_state state_of(const subscriber& of) {
    if (of.is_ported_out.value_or(false))
        return {account_status::left, bar_reason::unsaid};
    if (of.status == account_status::barred)
        return {account_status::barred, find_bar(of.reason)};
    return {};
}

std::optional<utc_time> news_of_change(const subscriber* known, const subscriber& said, utc_time now) {
    static const subscriber nobody;
    const subscriber& before = known == nullptr ? nobody : *known;
    return std::max(news(before.sim_changed, said.sim_changed, now),
                    news(before.owner_changed, said.owner_changed, now));
}

std::optional<utc_time> cooldown_after(std::optional<utc_time> changed, microseconds cooldown, utc_time now) {
    if (!changed || *changed + cooldown <= now)
        return std::nullopt;
    return *changed + cooldown;
}

} // namespace kabinet::store
