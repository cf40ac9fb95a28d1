#include "gateway/dialogues.hpp"

#include <algorithm>

namespace kabinet::gateway {

std::size_t dialogues::key_hash::operator()(const key& of) const noexcept {
    std::uint64_t mixed = of.both * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 32U;
    return static_cast<std::size_t>(mixed * 0xD6E8FEB86659FD93ULL);
}

dialogues::dialogues(std::size_t most, steady_time now)
    : most_{most}
    , spokes_(spokes, nullptr)
    , wheel_time_{std::chrono::floor<std::chrono::seconds>(now.time_since_epoch())} {
    by_subscriber_.reserve(most); // a rehash with many under way would stop the loop
    open_.reserve(most);
}

dialogue* dialogues::begin(std::uint16_t group, msisdn who, const session& of) {
    if (dialogue* older = find(group, who))
        end(*older);
    if (size() >= most_)
        return nullptr;
    const dialogue_id id = open_.put({});
    dialogue& begun = open_.find(id)->of;
    begun.id = id;
    begun.group = group;
    begun.who = who;
    begun.session = of;
    by_subscriber_.emplace(key_of(group, who), id);
    return &begun;
}

dialogue* dialogues::find(std::uint16_t group, msisdn who) {
    const auto found = by_subscriber_.find(key_of(group, who));
    return found == by_subscriber_.end() ? nullptr : find(found->second);
}

dialogue* dialogues::find(std::uint16_t group, msisdn who, const session& of) {
    dialogue* found = find(group, who);
    return found != nullptr && found->session.key == of.key ? found : nullptr;
}

dialogue* dialogues::find(dialogue_id id) {
    entry* found = open_.find(id);
    return found == nullptr ? nullptr : &found->of;
}

void dialogues::end(dialogue& of) {
    unlink(entry_of(of));
    by_subscriber_.erase(key_of(of.group, of.who));
    open_.drop(dialogue_id{of.id}); // a copy: its own goes with it
}

void dialogues::set_deadline(dialogue& of, steady_time at) {
    entry& timed = entry_of(of);
    unlink(timed);
    timed.deadline = at;
    // Never behind the wheel's hand, and never further than once round.
    const steady_time furthest = wheel_time_ + spoke_width * (spokes - 1);
    timed.spoke = spoke_of(std::clamp(at, wheel_time_, furthest));
    timed.previous = nullptr;
    timed.next = spokes_[timed.spoke];
    if (timed.next != nullptr)
        timed.next->previous = &timed;
    spokes_[timed.spoke] = &timed;
    timed.is_on_wheel = true;
}

void dialogues::unlink(entry& from) {
    if (!from.is_on_wheel)
        return;
    (from.previous == nullptr ? spokes_[from.spoke] : from.previous->next) = from.next;
    if (from.next != nullptr)
        from.next->previous = from.previous;
    from.is_on_wheel = false;
}

} // namespace kabinet::gateway
