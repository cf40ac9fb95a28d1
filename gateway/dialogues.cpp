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
    , spokes_(spokes, none)
    , wheel_time_{std::chrono::floor<std::chrono::seconds>(now.time_since_epoch())} {
    by_subscriber_.reserve(most); // a rehash with many under way would stop the loop
    free_.reserve(most);
}

dialogue* dialogues::begin(std::uint16_t group, msisdn who, const session& of) {
    if (dialogue* older = find(group, who))
        end(*older);
    if (size() >= most_)
        return nullptr;
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(entries_.size()));
        entries_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    entry& taken = entries_[slot];
    const std::uint32_t generation = taken.of.id.generation + 1;
    taken.of = dialogue{};
    taken.of.id = {slot, generation};
    taken.of.group = group;
    taken.of.who = who;
    taken.of.session = of;
    taken.is_open = true;
    by_subscriber_.emplace(key_of(group, who), slot);
    return &taken.of;
}

dialogue* dialogues::find(std::uint16_t group, msisdn who) {
    const auto found = by_subscriber_.find(key_of(group, who));
    return found == by_subscriber_.end() ? nullptr : &entries_[found->second].of;
}

dialogue* dialogues::find(std::uint16_t group, msisdn who, const session& of) {
    dialogue* found = find(group, who);
    return found != nullptr && found->session.key == of.key ? found : nullptr;
}

dialogue* dialogues::find(dialogue_id id) {
    if (id.slot >= entries_.size())
        return nullptr;
    entry& there = entries_[id.slot];
    return there.is_open && there.of.id == id ? &there.of : nullptr;
}

void dialogues::end(dialogue& of) {
    entry& ended = entries_[of.id.slot];
    unlink(ended);
    by_subscriber_.erase(key_of(of.group, of.who));
    ended.is_open = false;
    ended.of.pack.reset();
    free_.push_back(of.id.slot);
}

void dialogues::set_deadline(dialogue& of, steady_time at) {
    entry& timed = entries_[of.id.slot];
    unlink(timed);
    timed.deadline = at;
    // Never behind the wheel's hand, and never further than once round.
    const steady_time furthest = wheel_time_ + spoke_width * (spokes - 1);
    timed.spoke = spoke_of(std::clamp(at, wheel_time_, furthest));
    timed.next = spokes_[timed.spoke];
    timed.previous = none;
    if (timed.next != none)
        entries_[timed.next].previous = of.id.slot;
    spokes_[timed.spoke] = of.id.slot;
    timed.is_on_wheel = true;
}

void dialogues::unlink(entry& from) {
    if (!from.is_on_wheel)
        return;
    (from.previous == none ? spokes_[from.spoke] : entries_[from.previous].next) = from.next;
    if (from.next != none)
        entries_[from.next].previous = from.previous;
    from.is_on_wheel = false;
}

} // namespace kabinet::gateway
