// An operator's pack, a folder of files, as menus knows it. What is wrong with it beyond its syntax is
// found by menus/validation.hpp.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"
#include "values/msisdn.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::config {

struct named_text {
    std::string file; // as findings name it
    std::string text;
    bool is_read = true; // false: it is there, but can't be read
};

struct pack_files {
    named_text menus;              // menus.toml
    std::vector<named_text> texts; // texts/ru.toml and so on
    std::string blocklist;         // blocklist.txt, a password a line; may be empty
};

/// The files of the pack in `folder`; each that can't be read is a finding.
[[nodiscard]] std::optional<pack_files> read_pack_files(const std::filesystem::path& folder,
                                                        std::vector<finding>&);

/// Touches no disk. The draft is as good as the files are.
[[nodiscard]] menus::draft read_pack(const pack_files&, const numbering_plan&, std::vector<finding>&);

/// Both, and validation; nothing when anything refuses the pack.
[[nodiscard]] std::optional<menus::draft> load_draft(const std::filesystem::path& folder,
                                                     const numbering_plan&, std::vector<finding>&);

/// That draft made what is served.
[[nodiscard]] std::optional<menus::definition> load_pack(const std::filesystem::path& folder,
                                                         const numbering_plan&, std::vector<finding>&);

} // namespace kabinet::config
