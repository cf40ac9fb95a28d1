#include "store/keys.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace keys_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr std::string_view other_line = "2 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";

std::string refusal_of(std::string_view lines) {
    try {
        static_cast<void>(keys::parse(lines, "test.key"));
    } catch (const std::runtime_error& refused) {
        return refused.what();
    }
    return {};
}

std::filesystem::path write_file(const folder& in, std::string_view lines, mode_t mode) {
    const auto file = in.path() / "test.key";
    std::ofstream{file} << lines;
    ::chmod(file.c_str(), mode);
    return file;
}

} // namespace

TEST_CASE("a key file may hold comments and blank lines and several keys") {
    const auto with =
        keys::parse(fmt::format("# made by hand\n\n{}  \t\r\n{}", key_lines, other_line), "test.key");
    CHECK(with.current(seal_purpose::account).id == 2);
    CHECK(with.find(1, seal_purpose::account) != nullptr);
    CHECK(with.find(2, seal_purpose::outbox) != nullptr);
    CHECK(with.find(3, seal_purpose::outbox) == nullptr);
}

TEST_CASE("a broken key file is refused with its line") {
    struct broken {
        std::string_view lines;
        std::string_view where;
    };
    const broken table[] = {
        {"", "test.key: no key"},
        {"# nothing\n", "test.key: no key"},
        {"\n1\n", "test.key:2: a line is"},
        {"0 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test.key:1: a key's id"},
        {"65536 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test.key:1: a key's id"},
        {"one AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test.key:1: a key's id"},
        {"1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n", "test.key:1: a key is 32"},
        {"1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==\n", "test.key:1: a key is 32"},
        {"1 not base64 at all\n", "test.key:1: a key is 32"},
        {"1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= x\n", "test.key:1: a key is 32"},
        {"1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n1 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n",
         "test.key:2: a second key 1"},
    };
    for (const auto& one : table) {
        CAPTURE(one.lines);
        CHECK(refusal_of(one.lines).substr(0, one.where.size()) == one.where);
    }
}

TEST_CASE("a refusal never shows a key") {
    const auto refused = refusal_of("1 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8= x\n");
    CHECK(refused.find("ICEi") == std::string::npos);
}

TEST_CASE("a key file that others may read is refused") {
    const folder here;
    for (const mode_t mode : {0644U, 0640U, 0604U, 0620U}) {
        const auto file = write_file(here, key_lines, mode);
        CHECK_THROWS_AS(static_cast<void>(keys::read(file)), std::runtime_error);
    }
    for (const mode_t mode : {0600U, 0400U})
        CHECK_NOTHROW(static_cast<void>(keys::read(write_file(here, key_lines, mode))));
}

TEST_CASE("a key file that is missing or no file is refused by name") {
    const folder here;
    CHECK_THROWS_WITH_AS(static_cast<void>(keys::read(here.path() / "none.key")),
                         doctest::Contains("none.key"), std::runtime_error);
    CHECK_THROWS_AS(static_cast<void>(keys::read("/dev/null")), std::runtime_error);
}

TEST_CASE("keygen makes a file that can be read and never overwrites one") {
    const folder here;
    const auto file = here.path() / "new.key";
    generate_key_file(file);
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0600U);
    const auto made = octets_of(file);
    CHECK_NOTHROW(static_cast<void>(keys::read(file)));
    CHECK_THROWS_AS(generate_key_file(file), std::runtime_error);
    CHECK(octets_of(file) == made);

    generate_key_file(here.path() / "other.key");
    CHECK(octets_of(here.path() / "other.key") != made);
}

TEST_CASE("a request's name depends on each part and where it ends") {
    const auto with = keys::parse(key_lines, "test.key");
    const std::set<request_id> names{
        with.name_request({"a", "b"}), with.name_request({"ab"}),     with.name_request({"ab", ""}),
        with.name_request({"", "ab"}), with.name_request({"b", "a"}), with.name_request({}),
    };
    CHECK(names.size() == 6);
    CHECK(with.name_request({"a", "b"}) == with.name_request({"a", "b"}));
}

TEST_CASE("names and tokens depend on the key file and stay over a rotation") {
    const auto before = keys::parse(key_lines, "test.key");
    const auto rotated = keys::parse(fmt::format("{}{}", key_lines, other_line), "test.key");
    const auto foreign = keys::parse(other_line, "test.key");
    CHECK(before.name_request({"a"}) == rotated.name_request({"a"}));
    CHECK(before.token(anna) == rotated.token(anna));
    CHECK(before.mark("a", "b") == rotated.mark("a", "b"));
    CHECK(before.name_request({"a"}) != foreign.name_request({"a"}));
    CHECK(before.token(anna) != foreign.token(anna));
}

TEST_CASE("a token tells numbers apart and shows none") {
    const auto with = keys::parse(key_lines, "test.key");
    CHECK(with.token(anna) == with.token(anna));
    CHECK(with.token(anna) != with.token(boris));
    CHECK(with.token(anna).size() == 16);
    CHECK(with.token(anna).find("2233") == std::string::npos);
}

TEST_CASE("marks differ by purpose") {
    const auto with = keys::parse(key_lines, "test.key");
    CHECK(with.mark("entry", "fake2345") == with.mark("entry", "fake2345"));
    CHECK(with.mark("entry", "fake2345") != with.mark("wish", "fake2345"));
    CHECK(with.mark("entry", "fake2345") != with.mark("entry", "fake2346"));
}

} // namespace keys_test
