#include "tests/support/accounts.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <stdexcept>

namespace kabinet::tests {

std::vector<account_row> read_accounts(const std::filesystem::path& database,
                                       const std::filesystem::path& key_file) {
    const store::keys keys = store::keys::read(key_file);
    SQLite::Database opened{database.string(), SQLite::OPEN_READWRITE};
    SQLite::Statement rows{opened, "SELECT id, msisdn, kind, version, sealed FROM accounts"
                                   " WHERE sealed IS NOT NULL ORDER BY msisdn"};
    std::vector<account_row> all;
    while (rows.executeStep()) {
        account_row one;
        one.who = msisdn::from_digits(static_cast<std::uint64_t>(rows.getColumn(1).getInt64()));
        one.kind = static_cast<store::secret_kind>(rows.getColumn(2).getInt());
        const SQLite::Column sealed = rows.getColumn(4);
        const auto* octets = static_cast<const std::uint8_t*>(sealed.getBlob());
        const store::account_binding where{rows.getColumn(0).getInt64(), one.kind,
                                           rows.getColumn(3).getInt64()};
        auto hash = store::open(keys, {octets, static_cast<std::size_t>(sealed.getBytes())}, where);
        if (!hash)
            throw std::runtime_error{"a sealed hash doesn't open: " + hash.error().message()};
        one.hash = std::move(*hash);
        one.passwords = static_cast<std::size_t>(rows.getColumn(3).getInt64());
        all.push_back(std::move(one));
    }
    return all;
}

std::size_t count_unfinished_sms(const std::filesystem::path& database) {
    SQLite::Database opened{database.string(), SQLite::OPEN_READWRITE};
    return static_cast<std::size_t>(
        opened.execAndGet("SELECT count(*) FROM outbox WHERE state < 10").getInt());
}

bool is_password(const account_row& of, std::string_view clear) {
    return store::verify(secret{clear}, of.hash, of.kind);
}

} // namespace kabinet::tests
