// `kabinet check`: what is wrong with the files, and the pack drawn or walked for whoever edits it. Of the
// program: it puts rooms together that don't know each other.
#pragma once

#include "values/finding.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kabinet::gateway {

struct check_wish {
    std::filesystem::path file = "kabinet.toml";
    bool tree = false;
    bool dot = false;
    bool pilot = false;   // draws the pack that pilots try
    std::string walker;   // a number; empty: nobody walks
    std::string language; // of the walk; empty: the pack's first
};

/// One a line on stderr, and whether they may not be all.
void print_findings(const std::vector<finding>&);

/// The program's exit code. Findings go to stderr, what was asked for to stdout.
[[nodiscard]] int run_check(const check_wish&);

} // namespace kabinet::gateway
