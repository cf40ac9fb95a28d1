#include "store/secrets.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace secrets_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr std::string_view other_line = "2 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";
const account_binding account{7, secret_kind::generated, 3};
const outbox_binding row{outbox_id{11}, msisdn::from_digits(79261112233), utc_time{std::chrono::seconds{5}}};

} // namespace

TEST_CASE("a generated password is eight letters that nobody mistakes") {
    std::uint32_t next = 0;
    const auto made = generate_password([&](std::uint32_t bound) {
        CHECK(bound == password_letters.size());
        return next++ * 3;
    });
    CHECK(made.reveal() == "258cgkps");
    CHECK(std::string_view{password_letters}.find_first_of("aeiouy01l") == std::string_view::npos);
}

TEST_CASE("generated passwords use every letter and don't repeat") {
    std::set<std::string> seen;
    std::set<char> letters;
    for (int count = 0; count < 500; ++count) {
        const auto made = generate_password();
        CHECK(made.reveal().size() == generated_length);
        seen.emplace(made.reveal());
        letters.insert(made.reveal().begin(), made.reveal().end());
    }
    CHECK(seen.size() == 500);
    CHECK(letters.size() == password_letters.size());
}

TEST_CASE("a generated password is compared ignoring case and a chosen one is exact") {
    const secret clear{"k7mp9xw3"};
    const auto generated = hash_generated(clear, cheap).value();
    CHECK(verify(secret{"K7mP9Xw3"}, generated, secret_kind::generated));
    CHECK_FALSE(verify(secret{"k7mp9xw4"}, generated, secret_kind::generated));
    CHECK_FALSE(verify(secret{"k7mp9xw"}, generated, secret_kind::generated));

    const auto chosen = hash_chosen(secret{"Fake-Pass1"}, cheap).value();
    CHECK(verify(secret{"Fake-Pass1"}, chosen, secret_kind::chosen));
    CHECK_FALSE(verify(secret{"fake-pass1"}, chosen, secret_kind::chosen));
    CHECK_FALSE(verify(secret{""}, chosen, secret_kind::chosen));
}

TEST_CASE("two hashes of one password differ and don't hold it") {
    const secret clear{"k7mp9xw3"};
    const auto first = hash_generated(clear, cheap).value();
    CHECK(first.encoded != hash_generated(clear, cheap).value().encoded);
    CHECK(first.encoded.find("k7mp9xw3") == std::string::npos);
}

TEST_CASE("hashes cost what the house says") {
    CHECK(hash_generated(secret{"k7mp9xw3"}).value().encoded.substr(0, 29) ==
          "$argon2id$v=19$m=1024,t=1,p=1");
    CHECK(hash_chosen(secret{"Fake-Pass1"}).value().encoded.substr(0, 30) ==
          "$argon2id$v=19$m=19456,t=2,p=1");
}

TEST_CASE("a truncated secret is never hashed and never right") {
    const std::string full(secret::capacity, 'x');
    const secret truncated{full + "y"};
    REQUIRE(truncated.is_truncated());
    CHECK(hash_chosen(truncated, cheap).error() == secret_error::too_long);
    CHECK(hash_generated(truncated, cheap).error() == secret_error::too_long);
    const auto of_the_front = hash_chosen(secret{full}, cheap).value();
    CHECK_FALSE(verify(truncated, of_the_front, secret_kind::chosen));
}

TEST_CASE("a broken hash is never right") {
    CHECK_FALSE(verify(secret{"k7mp9xw3"}, password_hash{""}, secret_kind::chosen));
    CHECK_FALSE(verify(secret{"k7mp9xw3"}, password_hash{"$argon2id$v=19$m=8"}, secret_kind::chosen));
}

TEST_CASE("a sealed hash opens only where it was sealed") {
    const auto with = keys::parse(key_lines, "test.key");
    const password_hash hash{"$argon2id$fake"};
    const auto sealed = seal(with, hash, account);
    CHECK(open(with, sealed, account).value().encoded == hash.encoded);
    for (const auto& elsewhere :
         {account_binding{8, secret_kind::generated, 3}, account_binding{7, secret_kind::chosen, 3},
          account_binding{7, secret_kind::generated, 4}})
        CHECK(open(with, sealed, elsewhere).error() == secret_error::broken_seal);
}

TEST_CASE("a sealed SMS secret opens only in its row for its number and expiry") {
    const auto with = keys::parse(key_lines, "test.key");
    const auto sealed = seal(with, secret{"fake2345"}, row);
    CHECK(open(with, sealed, row).value().reveal() == "fake2345");
    auto elsewhere = row;
    elsewhere.row = outbox_id{12};
    CHECK(open(with, sealed, elsewhere).error() == secret_error::broken_seal);
    elsewhere = row;
    elsewhere.who = boris;
    CHECK(open(with, sealed, elsewhere).error() == secret_error::broken_seal);
    elsewhere = row;
    elsewhere.expires += std::chrono::microseconds{1};
    CHECK(open(with, sealed, elsewhere).error() == secret_error::broken_seal);
}

TEST_CASE("a seal with any bit changed or octets missing is broken") {
    const auto with = keys::parse(key_lines, "test.key");
    const auto sealed = seal(with, secret{"fake2345"}, row);
    for (std::size_t at = 2; at < sealed.size(); ++at) { // the first two name the key
        auto changed = sealed;
        changed[at] ^= 1U;
        CHECK(open(with, changed, row).error() == secret_error::broken_seal);
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK(open(with, std::span{sealed}.first(size), row).has_error());
}

TEST_CASE("while keys rotate both open and the last one seals") {
    const auto before = keys::parse(key_lines, "test.key");
    const auto rotated = keys::parse(fmt::format("{}{}", key_lines, other_line), "test.key");
    const auto after = keys::parse(other_line, "test.key");
    const auto old_seal = seal(before, secret{"fake2345"}, row);
    const auto new_seal = seal(rotated, secret{"fake2345"}, row);
    CHECK(open(rotated, old_seal, row).has_value());
    CHECK(open(after, new_seal, row).has_value());
    CHECK(open(before, new_seal, row).error() == secret_error::unknown_key);
    CHECK(open(after, old_seal, row).error() == secret_error::unknown_key);
}

TEST_CASE("two seals of one secret have nothing in common to see") {
    const auto with = keys::parse(key_lines, "test.key");
    CHECK(seal(with, secret{"fake2345"}, row) != seal(with, secret{"fake2345"}, row));
}

TEST_CASE("an empty secret can be sealed and opened") {
    const auto with = keys::parse(key_lines, "test.key");
    CHECK(open(with, seal(with, secret{}, row), row).value().empty());
}

TEST_CASE("a code is six digits and each as likely as any") {
    int next = 0;
    const auto counting = [&](std::uint32_t bound) {
        CHECK(bound == 10);
        return static_cast<std::uint32_t>(next++ % 10);
    };
    CHECK(generate_code(counting).reveal() == "012345");
    std::set<std::string> seen;
    for (int count = 0; count < 200; ++count) {
        const secret made = generate_code();
        CHECK(made.reveal().size() == 6);
        CHECK(made.reveal().find_first_not_of("0123456789") == std::string_view::npos);
        seen.emplace(made.reveal());
    }
    CHECK(seen.size() > 190);
}

TEST_CASE("a reply is four digits and begins with no 0") {
    std::uint32_t most = 0;
    const auto highest = [&](std::uint32_t bound) { return most = bound - 1; };
    const auto lowest = [](std::uint32_t) { return 0U; };
    CHECK(generate_reply(highest).reveal() == "9999");
    CHECK(generate_reply(lowest).reveal() == "1000");
    std::set<std::string> seen;
    for (int count = 0; count < 200; ++count)
        seen.emplace(generate_reply().reveal());
    CHECK(seen.size() > 150);
}

TEST_CASE("a ticket is read by whoever has the key and by nobody who changed it") {
    const keys with = keys::parse(key_lines, "test.key");
    const ticket made{anna, ticket_use::regime, at(10min).utc};
    const std::string text = write_ticket(with, made);
    CHECK(text != write_ticket(with, made));
    CHECK(text.find(anna.text()) == std::string::npos);
    CHECK(text.size() == write_ticket(with, {msisdn::from_digits(1), ticket_use::password, {}}).size());
    const auto read = read_ticket(with, text);
    REQUIRE(read.has_value());
    CHECK(read->who == anna);
    CHECK(read->use == ticket_use::regime);
    CHECK(read->expires == at(10min).utc);
    for (std::size_t octet = 0; octet < text.size(); ++octet) {
        std::string changed = text;
        changed[octet] = changed[octet] == 'A' ? 'B' : 'A';
        CHECK_FALSE(read_ticket(with, changed).has_value());
    }
    for (const std::string& wrong :
         {std::string{}, text.substr(1), text + "A", std::string(500, 'A'), std::string("=")})
        CHECK_FALSE(read_ticket(with, wrong).has_value());
    const keys others = keys::parse("1 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n", "other.key");
    CHECK_FALSE(read_ticket(others, text).has_value());
}

} // namespace secrets_test
