// The keys that live outside the database, and what is named or marked with them. Knows no SQL, and
// hands no master key to anyone.
#pragma once

#include "store/request.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// 32 octets of a subkey, wiped when they go.
class key {
  public:
    static constexpr std::size_t size = 32;

    key() = default;
    key(const key&) = default;
    key& operator=(const key&) = default;
    ~key();

    [[nodiscard]] std::span<std::uint8_t, size> octets() { return octets_; }
    [[nodiscard]] std::span<const std::uint8_t, size> octets() const { return octets_; }

  private:
    std::array<std::uint8_t, size> octets_{};
};

/// What a sealed secret is for; each has its own subkey.
enum class seal_purpose : std::uint8_t { account = 1, outbox = 2, ticket = 3 };

/// A key file: lines of `id base64`, 32 octets each, blank lines and `#` comments between. The last line
/// seals, all of them open. The first line names requests and marks numbers, so it stays in the file as
/// long as the audit shall be read.
class keys {
  public:
    /// Throws std::runtime_error (`file:line: reason`) when the file can't be read, is readable by others
    /// than its owner, or is broken.
    [[nodiscard]] static keys read(const std::filesystem::path& file);

    /// The same from text that is already here; `name` stands in the messages.
    [[nodiscard]] static keys parse(std::string_view lines, std::string_view name);

    /// Of all parts, each with its length, so that no two lists of parts are the same name by accident.
    [[nodiscard]] request_id name_request(std::initializer_list<std::string_view> parts) const;

    /// Of a wish that nothing names: no other has it.
    [[nodiscard]] static request_id draw_request_id();

    /// What a thing looked like, for comparing it later without keeping it.
    [[nodiscard]] fingerprint mark(std::string_view purpose, std::string_view what) const;

    /// Of what a person typed, after the portal's own key for it, without which it says nothing.
    [[nodiscard]] fingerprint mark_typed(std::string_view portal_key,
                                         std::initializer_list<const secret*> typed) const;
    /// Of a one-time code: good for that number and that purpose.
    [[nodiscard]] fingerprint mark_code(msisdn, code_purpose, const secret& code) const;

    /// Of a voucher's code, whoever has it.
    [[nodiscard]] fingerprint mark_voucher(const secret& code) const;

    /// Of an app's PIN: good for that number.
    [[nodiscard]] fingerprint mark_pin(msisdn, const secret& pin) const;

    /// The same as a number, where a fingerprint is longer than it need be.
    [[nodiscard]] std::int64_t short_mark(std::string_view purpose, std::string_view what) const;

    /// A subscriber in the audit: the same number is the same token, and only the key leads from one to
    /// the other.
    [[nodiscard]] std::uint64_t number_token(msisdn) const;
    /// The token as a log line has it: 16 hex digits.
    [[nodiscard]] std::string token(msisdn) const;

    /// The next link of the audit chain.
    [[nodiscard]] fingerprint chain(const fingerprint& last, std::span<const std::uint8_t> row) const;

    struct sealing_key {
        std::uint16_t id;
        const key& with;
    };
    [[nodiscard]] sealing_key current(seal_purpose) const;
    /// Null when the file has no key of that id.
    [[nodiscard]] const key* find(std::uint16_t id, seal_purpose) const;
    /// To know that key again; nothing when the file has none of that id.
    [[nodiscard]] std::optional<std::int64_t> mark_of(std::uint16_t id) const;

  private:
    struct entry {
        std::uint16_t id = 0;
        std::int64_t mark = 0;
        key account;
        key outbox;
        key ticket;

        [[nodiscard]] const key& of(seal_purpose purpose) const {
            switch (purpose) {
            case seal_purpose::account:
                return account;
            case seal_purpose::outbox:
                return outbox;
            case seal_purpose::ticket:
                break;
            }
            return ticket;
        }
    };

    keys() = default;
    void add(std::uint16_t id, const key& master);
    [[nodiscard]] const entry* find(std::uint16_t id) const;

    std::vector<entry> entries_;
    key names_;
    key marks_;
    key tokens_;
    key chain_;
};

/// Makes a key file with one new key, mode 0600. Throws std::runtime_error when it can't be written or a
/// file of that name exists.
void generate_key_file(const std::filesystem::path& file);

} // namespace kabinet::store
