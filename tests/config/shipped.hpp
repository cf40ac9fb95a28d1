// The configuration that is shipped, for tests that read it or break copies of it.
#pragma once

#include "config/pack_toml.hpp"

#include <filesystem>

namespace kabinet::config {

inline std::filesystem::path shipped_folder() {
    return std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path() / "config";
}

/// The shipped pack with its files named as if one stood in its folder.
inline pack_files shipped_pack() {
    std::vector<finding> findings;
    pack_files files = read_pack_files(shipped_folder() / "operators/megafon", findings).value();
    files.menus.file = "menus.toml";
    for (named_text& text : files.texts)
        text.file = "texts/" + std::filesystem::path{text.file}.filename().string();
    return files;
}

} // namespace kabinet::config
