// What menus.toml says besides its codes, screens and keywords: the pack's name and words, its policies and
// what it lends and sells.
#pragma once

#include "config/section.hpp"
#include "menus/draft.hpp"

#include <string_view>

namespace kabinet::config {

/// Every one of them that the file has; the others stay as they are.
void read_pack_settings(section& file, menus::draft& into);

/// A text with its line; empty where there is none.
[[nodiscard]] menus::marked_text read_marked(section&, std::string_view key);

} // namespace kabinet::config
