// What the store's tests stand on: a database of their own, keys, a clock that only they move, and wishes
// in one line.
#pragma once

#include "store/backend.hpp"
#include "store/keys.hpp"
#include "store/secrets.hpp"
#include "store/sqlite.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

namespace kabinet::store::tests {

using namespace std::chrono_literals;
using folder = kabinet::tests::memory_folder;

inline constexpr hash_cost cheap{8192, 1};
inline constexpr std::string_view key_lines = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
inline const msisdn anna = msisdn::from_digits(79261112233);
inline const msisdn boris = msisdn::from_digits(79262223344);

inline std::string octets_of(const std::filesystem::path& file) {
    std::ifstream opened{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{opened}, {}};
}

inline instant at(std::chrono::microseconds since_start) {
    constexpr utc_time start{std::chrono::microseconds{1'700'000'000'000'000}};
    return {start + since_start, steady_time{since_start}};
}

/// Argon2id once for the whole run: what a test compares is which hash stands, never its cost.
inline const password_hash& some_hash() {
    static const password_hash made = *hash_generated(secret{"k7mp9xw3"}, cheap);
    return made;
}

inline result_sms an_sms(std::string_view clear = {}) {
    result_sms sms;
    sms.action = "issue_password";
    sms.from.characters = "0001100";
    sms.to.ton = 1;
    sms.to.npi = 1;
    sms.to.characters = "79261112233";
    sms.group = "main";
    sms.clear = secret{clear};
    return sms;
}

inline request wish(const keys& with, std::string_view id, effect what, instant now, msisdn who = anna) {
    request made;
    made.id = with.name_request({"test", id});
    made.repeats_within = 1min;
    made.by.who = who;
    made.what = std::move(what);
    made.now = now;
    return made;
}

inline issue_password issue() {
    return {some_hash()};
}
inline choose_password choose() {
    return {some_hash()};
}

} // namespace kabinet::store::tests
