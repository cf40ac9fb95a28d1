// Requests of ours that await a response: found by sequence_number in any order, timed out in the order sent.
// Bounded and allocated once. Knows nothing of what it keeps.
#pragma once

#include "values/instant.hpp"

#include <bit>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kabinet::smpp {

template <class Awaited>
class window {
  public:
    /// At most `size` requests at once; each is late `response_timeout` after it was sent.
    window(std::uint32_t size, std::chrono::milliseconds response_timeout)
        : slots_(std::bit_ceil(size * 2))
        , most_{size}
        , timeout_{response_timeout} {}

    /// Takes a place and numbers the request: 1 to 0x7FFFFFFF, then 1 again (SMPP 3.4 5.1.4). A number still
    /// awaited is passed over. Nothing when the window is full.
    [[nodiscard]] std::optional<std::uint32_t> open(Awaited awaited, steady_time now) {
        if (is_full())
            return std::nullopt;
        std::uint32_t sequence = next();
        while (slot_of(sequence).sequence != 0)
            sequence = next();
        slot& taken = slot_of(sequence);
        taken.sequence = sequence;
        taken.late_at = now + timeout_;
        taken.awaited = std::move(awaited);
        append(taken);
        ++open_;
        return sequence;
    }

    /// The request a response belongs to; nothing for a late or foreign number.
    [[nodiscard]] std::optional<Awaited> close(std::uint32_t sequence) {
        slot& found = slot_of(sequence);
        if (sequence == 0 || found.sequence != sequence)
            return std::nullopt;
        return release(found);
    }

    struct overdue {
        std::uint32_t sequence_number = 0;
        Awaited awaited{};
    };
    /// The oldest request if its time is up by `now`.
    [[nodiscard]] std::optional<overdue> take_late(steady_time now) {
        if (oldest_ == none || slots_[oldest_].late_at > now)
            return std::nullopt;
        const std::uint32_t sequence = slots_[oldest_].sequence;
        return overdue{sequence, release(slots_[oldest_])};
    }

    /// The oldest request, late or not: for a link that is gone.
    [[nodiscard]] std::optional<Awaited> take_any() {
        if (oldest_ == none)
            return std::nullopt;
        return release(slots_[oldest_]);
    }

    [[nodiscard]] std::optional<steady_time> next_deadline() const {
        if (oldest_ == none)
            return std::nullopt;
        return slots_[oldest_].late_at;
    }
    /// When the oldest request that awaits its response was sent.
    [[nodiscard]] std::optional<steady_time> oldest() const {
        if (oldest_ == none)
            return std::nullopt;
        return slots_[oldest_].late_at - timeout_;
    }
    [[nodiscard]] bool is_full() const { return open_ == most_; }
    [[nodiscard]] std::uint32_t size() const { return open_; }

    /// The number of a request nobody awaits here (enquire_link, unbind): from the same row of numbers.
    [[nodiscard]] std::uint32_t number_alone() {
        std::uint32_t sequence = next();
        while (slot_of(sequence).sequence != 0)
            sequence = next();
        return sequence;
    }

    /// For tests of the wrap: the next number is the one after `sequence`.
    void continue_after(std::uint32_t sequence) { last_ = sequence; }

  private:
    using index = std::uint32_t;
    static constexpr index none = ~index{0};

    struct slot {
        std::uint32_t sequence = 0; // 0: free
        index newer = none;
        index older = none;
        steady_time late_at{};
        Awaited awaited{};
    };

    slot& slot_of(std::uint32_t sequence) { return slots_[sequence & (slots_.size() - 1)]; }

    std::uint32_t next() {
        last_ = last_ >= 0x7FFFFFFF ? 1 : last_ + 1;
        return last_;
    }

    void append(slot& taken) {
        const auto at = static_cast<index>(&taken - slots_.data());
        taken.older = newest_;
        taken.newer = none;
        (newest_ == none ? oldest_ : slots_[newest_].newer) = at;
        newest_ = at;
    }

    Awaited release(slot& freed) {
        (freed.older == none ? oldest_ : slots_[freed.older].newer) = freed.newer;
        (freed.newer == none ? newest_ : slots_[freed.newer].older) = freed.older;
        freed.sequence = 0;
        --open_;
        return std::exchange(freed.awaited, Awaited{});
    }

    std::vector<slot> slots_;
    std::uint32_t most_;
    std::uint32_t open_ = 0;
    std::uint32_t last_ = 0;
    index oldest_ = none;
    index newest_ = none;
    std::chrono::milliseconds timeout_;
};

} // namespace kabinet::smpp
