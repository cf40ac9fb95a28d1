// A table of kabinet.toml that names a system of the operator's, asked over HTTP: [billing], [network].
#pragma once

#include "config/section.hpp"
#include "gateway/settings.hpp"

#include <filesystem>
#include <vector>

namespace kabinet::config {

/// Relative paths start from `folder`. Says whether the files are there, not what is in those of TLS.
[[nodiscard]] gateway::upstream_settings read_upstream(section&, const std::filesystem::path& folder,
                                                       std::vector<finding>& findings);

/// The same of [billing], which may have moved.
[[nodiscard]] gateway::upstream_settings read_billing(section&, const std::filesystem::path& folder,
                                                      std::vector<finding>& findings);

} // namespace kabinet::config
