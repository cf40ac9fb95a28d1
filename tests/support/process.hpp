// A program under test, as a process of its own: started, signalled, waited for with a limit. Killed when a
// test forgets it.
#pragma once

#include "tests/support/folder.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace kabinet::tests {

class process {
  public:
    /// stdout and stderr go to `output`. Throws std::system_error when it can't be started.
    process(const std::vector<std::string>& command, const std::filesystem::path& output);
    ~process();
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    void send(int signal);
    /// The exit code, 128 and the signal where it died of one; nothing when the limit passed.
    [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds limit);
    [[nodiscard]] bool is_running();

  private:
    pid_t id_ = -1;
    std::optional<int> ended_;
};

[[nodiscard]] std::string read_whole(const std::filesystem::path&);
void write_whole(const std::filesystem::path&, const std::string&);

void pause_between_looks();

/// Looks every few milliseconds whether it is so yet; false when the limit passed.
template <class Question>
[[nodiscard]] bool wait_until(Question is_so, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() >= end)
            return false;
        pause_between_looks();
    }
    return true;
}

} // namespace kabinet::tests
