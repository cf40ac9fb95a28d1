// A small file that another process waits for or reads again and again, and never sees half of.
#pragma once

#include <string>
#include <string_view>

namespace kabinet::simulator {

/// Throws std::runtime_error with one line where it can't be written.
void write_whole(const std::string& path, std::string_view content);

} // namespace kabinet::simulator
