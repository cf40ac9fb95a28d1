// The outbox of a database whose gateway is gone: how each SMS ended, and whether it kept a secret.
#pragma once

#include "store/outbox.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kabinet::tests {

struct outbox_row {
    msisdn who;
    store::row_state state{};
    std::string action;
    bool holds_secret = false;
};

/// All rows, oldest first.
[[nodiscard]] std::vector<outbox_row> read_outbox(const std::filesystem::path& database);

/// How the rows of one subscriber stand, oldest first.
[[nodiscard]] std::vector<store::row_state> outbox_of(msisdn, const std::filesystem::path& database);

} // namespace kabinet::tests
