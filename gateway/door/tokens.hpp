// The tokens that let in, by their marks: comparing marks tells nothing about a token by its time.
#pragma once

#include "store/keys.hpp"
#include "values/secret.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kabinet::gateway::door {

class tokens {
  public:
    /// `keys` outlive it.
    tokens(const store::keys& keys, std::span<const secret> known)
        : keys_{keys} {
        for (const secret& each : known)
            marks_.push_back(mark(each.reveal()));
    }
    [[nodiscard]] bool knows(std::string_view presented) const {
        return std::ranges::find(marks_, mark(presented)) != marks_.end();
    }

  private:
    [[nodiscard]] store::fingerprint mark(std::string_view token) const {
        return keys_.mark("portal token", token);
    }
    const store::keys& keys_;
    std::vector<store::fingerprint> marks_;
};

/// Who may come with which.
struct credentials {
    std::optional<tokens> of_portal; // none: whoever has come as far as the door's paths is the portal
    tokens of_operator;              // its systems, which tell of SIMs and owners
};

} // namespace kabinet::gateway::door
