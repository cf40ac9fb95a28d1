// The configuration that is shipped, for tests that read it or break copies of it.
#pragma once

#include "config/pack_toml.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace kabinet::config {

inline std::filesystem::path shipped_folder() {
    return std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path() / "config";
}

/// The names of all packs that are shipped.
inline std::vector<std::string> shipped_packs() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{shipped_folder() / "operators"})
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

/// A shipped pack with its files named as if one stood in its folder.
inline pack_files shipped_pack(const std::string& name = "megafon") {
    std::vector<finding> findings;
    pack_files files = read_pack_files(shipped_folder() / "operators" / name, findings).value();
    files.menus.file = "menus.toml";
    for (named_text& text : files.texts)
        text.file = "texts/" + std::filesystem::path{text.file}.filename().string();
    return files;
}

} // namespace kabinet::config
