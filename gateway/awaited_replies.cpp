#include "gateway/awaited_replies.hpp"

#include "menus/commands.hpp"
#include "store/keys.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::gateway {

static_assert(store::reply_length == menus::reply_digits);

std::optional<agreed> agreed_of(const menus::action& asked) {
    if (const auto* given = std::get_if<menus::transfer>(&asked))
        return *given;
    if (const auto* blocked = std::get_if<menus::block_number>(&asked))
        return *blocked;
    return std::nullopt;
}

menus::action action_of(const agreed& what) {
    return std::visit([](const auto& each) { return menus::action{each}; }, what);
}

awaited_replies::terms awaited_replies::await(msisdn who, const agreed& what, instant now) {
    forget_old(now.steady);
    while (order_.size() >= most_ && !order_.empty()) {
        const due oldest = order_.front();
        order_.pop_front();
        drop_ended(oldest.who, oldest.ends);
    }
    const steady_time ends = now.steady + life;
    std::vector<question>& of_one = asked_[who];
    const auto same = std::ranges::find_if(
        of_one, [&](const question& each) { return !each.is_agreed && each.what == what; });
    order_.push_back({ends, who});
    if (same != of_one.end()) {
        same->ends = ends;
        return {same->code.clone(), now.utc + life};
    }
    if (of_one.size() >= most_of_one)
        of_one.erase(of_one.begin());
    secret code = draw_unused(of_one);
    of_one.push_back({what, code.clone(), store::keys::draw_request_id(), ends});
    return {std::move(code), now.utc + life};
}

std::optional<awaited_replies::reply> awaited_replies::take(msisdn who, std::string_view code, instant now) {
    forget_old(now.steady);
    const auto of_one = asked_.find(who);
    if (of_one == asked_.end())
        return std::nullopt;
    const auto found = std::ranges::find_if(of_one->second,
                                            [&](const question& each) { return each.code.reveal() == code; });
    if (found == of_one->second.end())
        return std::nullopt;
    found->is_agreed = true;
    return reply{found->what, found->id};
}

void awaited_replies::forget_old(steady_time now) {
    while (!order_.empty() && order_.front().ends <= now) {
        const msisdn who = order_.front().who;
        order_.pop_front();
        drop_ended(who, now);
    }
}

/// What was asked again ends later than it was to.
void awaited_replies::drop_ended(msisdn who, steady_time now) {
    const auto of_one = asked_.find(who);
    if (of_one == asked_.end())
        return;
    std::erase_if(of_one->second, [=](const question& each) { return each.ends <= now; });
    if (of_one->second.empty())
        asked_.erase(of_one);
}

secret awaited_replies::draw_unused(const std::vector<question>& others) const {
    for (;;) {
        secret drawn = store::generate_reply(draws_);
        const bool is_used = std::ranges::any_of(
            others, [&](const question& each) { return each.code.reveal() == drawn.reveal(); });
        if (!is_used)
            return drawn;
    }
}

} // namespace kabinet::gateway
