// A text file of a pack, texts/ru.toml: its language as menus knows it.
#pragma once

#include "config/section.hpp"
#include "menus/draft.hpp"

#include <string>
#include <vector>

namespace kabinet::config {

/// `code` is what the file is called. A text that can't be read is kept as one that isn't known.
[[nodiscard]] menus::draft_language read_texts(section file, const std::string& code, std::vector<finding>&);

} // namespace kabinet::config
