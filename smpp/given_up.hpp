// Requests given up lately, so that a response which comes late still says whose it was. Forgets the oldest.
#pragma once

#include "smpp/link_event.hpp"

#include <array>
#include <optional>

namespace kabinet::smpp {

class given_up {
  public:
    void remember(std::uint32_t sequence_number, ticket known_by) {
        lately_[next_] = {sequence_number, known_by};
        next_ = (next_ + 1) % lately_.size();
    }

    /// Whose response that late one is; nothing the second time.
    [[nodiscard]] std::optional<ticket> take(std::uint32_t sequence_number) {
        if (sequence_number == 0) // never ours (SMPP 3.4 5.1.4)
            return std::nullopt;
        for (request& each : lately_)
            if (each.sequence_number == sequence_number) {
                each.sequence_number = 0;
                return each.known_by;
            }
        return std::nullopt;
    }

    void forget_all() { lately_ = {}; }

  private:
    struct request {
        std::uint32_t sequence_number = 0; // 0: none
        ticket known_by = 0;
    };
    std::array<request, 256> lately_{};
    std::size_t next_ = 0;
};

} // namespace kabinet::smpp
