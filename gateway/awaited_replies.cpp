#include "gateway/awaited_replies.hpp"

#include "menus/commands.hpp"
#include "menus/make_action.hpp"
#include "store/keys.hpp"

#include <algorithm>

namespace kabinet::gateway {

static_assert(store::reply_length == menus::reply_digits);

namespace {

template <std::size_t At>
constexpr bool is_proposed_if_needed() {
    using kind = std::variant_alternative_t<At, menus::action>;
    return menus::needs_reply(static_cast<menus::action_kind>(At)) == std::is_constructible_v<proposal, kind>;
}
static_assert([]<std::size_t... At>(std::index_sequence<At...>) {
    return (is_proposed_if_needed<At>() && ...);
}(std::make_index_sequence<std::variant_size_v<menus::action>>{}));

} // namespace

std::optional<proposal> proposal_of(const menus::action& asked) {
    if (const auto* given = std::get_if<menus::transfer>(&asked))
        return *given;
    if (const auto* blocked = std::get_if<menus::block_number>(&asked))
        return *blocked;
    return std::nullopt;
}

menus::action action_of(const proposal& what) {
    return std::visit([](const auto& each) { return menus::action{each}; }, what);
}

question awaited_replies::ask(msisdn who, const proposal& what, instant now) {
    forget_old(now.steady);
    while (order_.size() >= most_ && !order_.empty()) {
        const due oldest = order_.front();
        order_.pop_front();
        drop_ended(oldest.who, oldest.ends);
    }
    const steady_time ends = now.steady + life;
    order_.push_back({ends, who});
    std::vector<awaited>& of_one = asked_[who];
    question made;
    made.until = now.utc + life;
    const auto same = std::ranges::find(of_one, what, &awaited::what);
    if (same != of_one.end() && !same->is_done) {
        same->ends = ends;
        made.code = same->code.clone();
        return made;
    }
    awaited added{what, draw_unused(of_one), store::keys::draw_request_id(), ends, false};
    made.code = added.code.clone();
    made.is_again = same != of_one.end();
    if (made.is_again)
        of_one.erase(same);
    make_room(of_one);
    of_one.push_back(std::move(added));
    return made;
}

std::optional<awaited_replies::reply> awaited_replies::find(msisdn who, std::string_view code, instant now) {
    forget_old(now.steady);
    const auto of_one = asked_.find(who);
    if (of_one == asked_.end())
        return std::nullopt;
    const auto found =
        std::ranges::find_if(of_one->second, [&](const awaited& each) { return each.code.reveal() == code; });
    if (found == of_one->second.end())
        return std::nullopt;
    return reply{found->what, found->id};
}

void awaited_replies::conclude(msisdn who, const store::request_id& id, bool is_refused) {
    const auto of_one = asked_.find(who);
    if (of_one == asked_.end())
        return;
    const auto found = std::ranges::find(of_one->second, id, &awaited::id);
    if (found == of_one->second.end())
        return;
    found->is_done = true;
    if (is_refused)
        of_one->second.erase(found);
}

void awaited_replies::forget_old(steady_time now) {
    while (!order_.empty() && order_.front().ends <= now) {
        const msisdn who = order_.front().who;
        order_.pop_front();
        drop_ended(who, now);
    }
}

/// What is done goes first, then what was asked for the longest ago.
void awaited_replies::make_room(std::vector<awaited>& of_one) {
    if (of_one.size() < most_of_one)
        return;
    of_one.erase(std::ranges::min_element(of_one, {}, [](const awaited& each) {
        return std::pair{!each.is_done, each.ends};
    }));
}

/// What was asked again ends later than it was to.
void awaited_replies::drop_ended(msisdn who, steady_time now) {
    const auto of_one = asked_.find(who);
    if (of_one == asked_.end())
        return;
    std::erase_if(of_one->second, [=](const awaited& each) { return each.ends <= now; });
    if (of_one->second.empty())
        asked_.erase(of_one);
}

secret awaited_replies::draw_unused(const std::vector<awaited>& others) const {
    for (;;) {
        secret drawn = store::generate_reply(draws_);
        const bool is_used = std::ranges::any_of(
            others, [&](const awaited& each) { return each.code.reveal() == drawn.reveal(); });
        if (!is_used)
            return drawn;
    }
}

} // namespace kabinet::gateway
