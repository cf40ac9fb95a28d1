// A dialect file, config/dialects/NAME.toml, as the settings smpp knows.
#pragma once

#include "config/toml.hpp"
#include "smpp/dialect.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::config {

/// What a key doesn't say stays as the standard dialect has it.
[[nodiscard]] smpp::dialect read_dialect(std::string_view text, const std::string& file,
                                         std::vector<finding>&);

/// The dialect called `name` in `folder`; a finding at `asked_by` when there is none.
[[nodiscard]] smpp::dialect load_dialect(const std::filesystem::path& folder, const std::string& name,
                                         const mark& asked_by, std::vector<finding>&);

} // namespace kabinet::config
