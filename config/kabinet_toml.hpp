// kabinet.toml as the settings of every room. Reads the files it names, but not the pack.
#pragma once

#include "gateway/settings.hpp"
#include "values/finding.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace kabinet::config {

/// `file` is where `text` came from: relative paths in it are relative to its folder, and dialects stand
/// in the folder `dialects` beside it.
[[nodiscard]] gateway::settings read_settings(std::string_view text, const std::filesystem::path& file,
                                              std::vector<finding>&);

} // namespace kabinet::config
