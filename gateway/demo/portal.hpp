// A portal of a few lines: asks the door about a password over a socket, as docs/openapi.yaml says.
#pragma once

#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kabinet::gateway::demo {

class portal {
  public:
    /// The token outlives it.
    portal(std::uint16_t door, const secret& token)
        : door_{door}
        , token_{token} {}

    /// The door's verdict in its own word, or `no answer`; waits for it for five seconds at most.
    [[nodiscard]] std::string log_in(msisdn, std::string_view password) const;

  private:
    std::uint16_t door_;
    const secret& token_;
};

/// The verdict in a whole HTTP answer; nothing in any other.
[[nodiscard]] std::string read_verdict(std::string_view http);

} // namespace kabinet::gateway::demo
