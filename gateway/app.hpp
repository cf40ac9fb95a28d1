// The composition of a running gateway: who is made of what, in which order it starts, and how it ends.
#pragma once

#include "gateway/settings.hpp"
#include "menus/definition.hpp"

#include <memory>

namespace kabinet::gateway {

class app {
  public:
    /// Opens the store and takes its lock. Throws std::runtime_error with one line for the operator.
    app(settings, menus::definition pack);
    ~app();

    /// Serves until SIGTERM or SIGINT: then takes nothing new, finishes what is under way, unbinds. A second
    /// signal ends it at once. Returns the process's exit code.
    [[nodiscard]] int run();
    /// As the first signal does; from any thread.
    void end();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

/// No core file and no debugger of another user: both would show passwords.
void guard_memory();

} // namespace kabinet::gateway
