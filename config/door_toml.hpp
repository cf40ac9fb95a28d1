// The [http] table of kabinet.toml: the portal's door, its tokens and its certificates.
#pragma once

#include "config/section.hpp"
#include "gateway/settings.hpp"

#include <filesystem>
#include <vector>

namespace kabinet::config {

/// Relative paths start from `folder`. Says whether the files are there and whom they are shown to, not what
/// is in those of TLS.
[[nodiscard]] gateway::door_settings read_door(section&, const std::filesystem::path& folder,
                                               std::vector<finding>& findings);

} // namespace kabinet::config
