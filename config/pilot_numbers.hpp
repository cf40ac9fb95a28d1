// The file of numbers that try a pack before all get it: a number a line, in any form; `#` begins a remark.
#pragma once

#include "values/finding.hpp"
#include "values/msisdn.hpp"

#include <filesystem>
#include <vector>

namespace kabinet::config {

/// Sorted, each once. What is no number is a finding with its line; a file without any is warned of.
[[nodiscard]] std::vector<msisdn> load_pilot_numbers(const std::filesystem::path& file, const numbering_plan&,
                                                     std::vector<finding>&);

} // namespace kabinet::config
