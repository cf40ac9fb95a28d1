// The composition of a running gateway: who is made of what, in which order it starts, and how it ends.
#pragma once

#include "gateway/pack_set.hpp"
#include "gateway/settings.hpp"
#include "values/finding.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kabinet::gateway {

/// Reads the packs again for a reload: nothing when anything is refused, and then the findings say why.
using pack_reader = std::function<std::optional<read_packs>(std::vector<finding>&)>;

class app {
  public:
    /// Opens the store and takes its lock. Throws std::runtime_error with one line for the operator.
    app(settings, read_packs, pack_reader);
    ~app();

    /// Serves until SIGTERM or SIGINT: then takes nothing new, finishes what is under way, unbinds. A second
    /// signal ends it at once. Returns the process's exit code.
    [[nodiscard]] int run();
    /// As the first signal does; from any thread.
    void end();
    /// Where the portal's door is open; nothing when it is closed.
    [[nodiscard]] std::optional<std::uint16_t> door_port() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::gateway
