// A command of the operator's from the command line: by the gateway that runs on this configuration, or by
// itself where none runs. Knows no command.
#pragma once

#include "gateway/pack_set.hpp"
#include "gateway/settings.hpp"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace kabinet::gateway {

/// Where the commands of a running gateway are taken: beside its database.
[[nodiscard]] std::filesystem::path socket_path(const settings&);

/// Prints what is to be told and returns the exit code. Without a running gateway it takes the store's lock;
/// only `subscribers import` makes a database where there was none. Throws std::runtime_error with one line
/// for the operator when the store can't be opened.
[[nodiscard]] int run_errand(const settings&, const std::function<read_packs()>& load,
                             const std::vector<std::string>& words, std::istream* file);

} // namespace kabinet::gateway
