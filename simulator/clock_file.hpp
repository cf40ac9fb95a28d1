// How far the clock of a gateway under test is ahead, in a file that libfaketime reads. Moves no clock
// itself.
#pragma once

#include <chrono>
#include <string>

namespace kabinet::simulator {

class clock_file {
  public:
    /// No time has passed yet. Throws std::runtime_error where the file can't be written, as `advance` does.
    explicit clock_file(std::string path);

    void advance(std::chrono::milliseconds by);

  private:
    void write() const;

    std::string path_;
    std::chrono::milliseconds passed_{};
};

} // namespace kabinet::simulator
