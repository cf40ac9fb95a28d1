// PDUs on their way out of one connection: two lanes, of which the one of responses leaves first, and all
// that is ready leaves in one write. Each lane's two buffers are swapped at a write and keep their memory.
#pragma once

#include "smpp/tlv.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace kabinet::smpp {

class outbound {
  public:
    enum class lane : std::uint8_t { responses, requests };

    /// Where the next PDU of that lane is written: at least `size` octets. `commit` says how many it took.
    [[nodiscard]] std::span<std::uint8_t> room(lane of, std::size_t size) { return waiting(of).room(size); }
    void commit(lane of, std::size_t size) { waiting(of).size += size; }

    /// What waits for the next write.
    [[nodiscard]] std::size_t size() const {
        const pair& both = pairs_[filling_];
        return both[0].size + both[1].size;
    }
    [[nodiscard]] bool is_writing() const { return writing_; }

    /// Everything that waits, responses first. Stays untouched until `written`.
    [[nodiscard]] std::array<octets, 2> begin_write() {
        const pair& leaving = pairs_[filling_];
        filling_ ^= 1U;
        writing_ = true;
        return {leaving[0].view(), leaving[1].view()};
    }
    void written() {
        empty(pairs_[filling_ ^ 1U]);
        writing_ = false;
    }
    void clear() {
        for (pair& each : pairs_)
            empty(each);
        writing_ = false;
    }

  private:
    struct buffer {
        std::vector<std::uint8_t> place;
        std::size_t size = 0;

        std::span<std::uint8_t> room(std::size_t wanted) {
            if (place.size() - size < wanted)
                place.resize(std::max(place.size() * 2, size + wanted));
            return std::span{place}.subspan(size);
        }
        [[nodiscard]] octets view() const { return octets{place}.first(size); }
    };
    using pair = std::array<buffer, 2>; // one a lane

    buffer& waiting(lane of) { return pairs_[filling_][static_cast<std::size_t>(of)]; }
    static void empty(pair& both) { both[0].size = both[1].size = 0; }

    std::array<pair, 2> pairs_;
    std::size_t filling_ = 0;
    bool writing_ = false;
};

} // namespace kabinet::smpp
