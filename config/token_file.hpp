// Files that kabinet.toml names and that hold secrets: where they are, whether others can read them, and the
// tokens in them.
#pragma once

#include "config/section.hpp"
#include "values/secret.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace kabinet::config {

/// False when the table has no such key. A file that isn't there is a finding. Relative paths start from
/// `folder`.
bool read_file_name(section&, std::string_view key, const std::filesystem::path& folder,
                    std::vector<finding>&, std::filesystem::path& into, std::string_view advice = {});

/// A finding when more than its owner can read it.
void refuse_if_others_read(const std::filesystem::path&, std::vector<finding>&);

/// A token a line, blank lines and `#` comments between; readable by its owner only.
[[nodiscard]] std::shared_ptr<const std::vector<secret>>
read_tokens(section&, std::string_view key, const std::filesystem::path&, std::vector<finding>&);

} // namespace kabinet::config
