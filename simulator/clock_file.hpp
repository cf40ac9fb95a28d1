// How far the clock of a gateway under test is ahead, in a file that libfaketime reads. Moves no clock
// itself.
#pragma once

#include "values/instant.hpp"

#include <chrono>
#include <string>

namespace kabinet::simulator {

class clock_file {
  public:
    /// Begins at nine in the morning, UTC, the next one after `now`: what a script says of days and hours
    /// then holds whenever it is played. Throws std::runtime_error where the file can't be written, as
    /// `advance` does.
    clock_file(std::string path, utc_time now);

    void advance(std::chrono::milliseconds by);
    [[nodiscard]] std::chrono::milliseconds ahead() const { return ahead_; }

  private:
    void write() const;

    std::string path_;
    std::chrono::milliseconds ahead_;
};

} // namespace kabinet::simulator
