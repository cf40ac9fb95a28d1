// What a database holds, read by a test after the gateway is gone: the way an auditor would, with the key
// file.
#pragma once

#include "store/secrets.hpp"
#include "values/msisdn.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::tests {

struct account_row {
    msisdn who;
    store::secret_kind kind{};
    store::password_hash hash; // opened with the key file
    std::size_t passwords = 0; // since the account was made
};

/// Accounts with a live password, by number.
[[nodiscard]] std::vector<account_row> read_accounts(const std::filesystem::path& database,
                                                     const std::filesystem::path& key_file);

/// Rows of the outbox that have not ended.
[[nodiscard]] std::size_t count_unfinished_sms(const std::filesystem::path& database);

/// Whether that is the subscriber's password.
[[nodiscard]] bool is_password(const account_row&, std::string_view clear);

} // namespace kabinet::tests
