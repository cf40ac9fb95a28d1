#include "config/upstream_toml.hpp"

#include "config/kabinet_toml.hpp"
#include "shipped.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

namespace upstream_toml_test {

using namespace kabinet;
using namespace kabinet::config;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view token_line = "fake-token-of-a-test-0123456789abcdef\n";

constexpr std::string_view before = R"([store]
url = "sqlite:x.db"
key_file = "x.key"
[menus]
pack = "operators/megafon"
[[smsc]]
name = "main"
host = "192.0.2.1"
system_id = "me"
password = "fake"
[billing]
)";

/// A folder with the shipped dialects beside it and the files that tables name.
struct place {
    place() {
        std::filesystem::create_directory_symlink(shipped_folder() / "dialects", folder.path() / "dialects");
        write("billing.token", token_line,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        write("any.pem", "", std::filesystem::perms::owner_read);
    }
    void write(const std::string& name, std::string_view text, std::filesystem::perms mode) const {
        std::ofstream{folder.path() / name} << text;
        std::filesystem::permissions(folder.path() / name, mode);
    }
    gateway::settings read(const std::string& table, std::vector<finding>& findings) const {
        return read_settings(std::string{before} + table, folder.path() / "kabinet.toml", findings);
    }
    /// The findings, a line each, without the folder.
    [[nodiscard]] std::string said_of(const std::string& table) const {
        std::vector<finding> findings;
        (void)read(table, findings);
        std::string said;
        for (const finding& one : findings)
            said += std::to_string(one.line) + ' ' + one.what + '\n';
        const std::string path = folder.path().string() + '/';
        for (auto found = said.find(path); found != std::string::npos; found = said.find(path))
            said.erase(found, path.size());
        return said;
    }
    kabinet::tests::temporary_folder folder;
};

constexpr const char* with_token = "token_file = \"billing.token\"\n";

} // namespace

TEST_CASE("without a table for it money is kept here") {
    const place here;
    std::vector<finding> findings;
    const auto read = read_settings(before.substr(0, before.find("[billing]")),
                                    here.folder.path() / "kabinet.toml", findings);
    CHECK(findings.empty());
    CHECK_FALSE(read.billing);
}

TEST_CASE("a billing system is where its url says") {
    const place here;
    std::vector<finding> findings;
    const auto read = here.read(
        std::string{"url = \"https://billing.example.net:8443\"\ndeadline = \"1500ms\"\nconnections = 4\n"} +
            with_token,
        findings);
    REQUIRE(findings.empty());
    REQUIRE(read.billing);
    CHECK(read.billing->host == "billing.example.net");
    CHECK(read.billing->port == 8443);
    CHECK(read.billing->is_tls);
    CHECK(read.billing->deadline == 1500ms);
    CHECK(read.billing->connections == 4);
    CHECK(read.billing->token->reveal() == token_line.substr(0, token_line.size() - 1));

    const auto plain = here.read(std::string{"url = \"http://[::1]/\"\n"} + with_token, findings);
    CHECK(findings.empty());
    CHECK(plain.billing->host == "::1");
    CHECK(plain.billing->port == 80);
    CHECK_FALSE(plain.billing->is_tls);
    CHECK(plain.billing->deadline == 3s);
}

TEST_CASE("a billing system that moved says where it was, as a url") {
    const place here;
    std::vector<finding> findings;
    const std::string at = "url = \"https://billing.example.net\"\n";
    const auto read = here.read(at + "moved_from = \"https://old.example.net\"\n" + with_token, findings);
    CHECK(findings.empty());
    CHECK(read.billing->moved_from == "old.example.net:443");
    CHECK(here.read(at + with_token, findings).billing->moved_from.empty());
    CHECK(here.said_of(at + "moved_from = \"old.example.net\"\n" + with_token).find("not the url") !=
          std::string::npos);
}

TEST_CASE("what is no url of a system is refused") {
    const place here;
    for (const char* url : {"billing.example.net", "ftp://x", "https://", "https://x/path", "https://me@x",
                            "https://x:", "https://x:0", "https://x:99999", "https://[::1", "https://x y"}) {
        CAPTURE(url);
        CHECK(here.said_of("url = \"" + std::string{url} + "\"\n" + with_token) ==
              "12 url is \"" + std::string{url} +
                  "\", not http:// or https:// with a host and perhaps a port\n");
    }
}

TEST_CASE("money doesn't travel in plain text unless somebody says so") {
    const place here;
    const std::string far = std::string{"url = \"http://billing.example.net\"\n"} + with_token;
    CHECK(here.said_of(far).find("12 ") == 0);
    CHECK(here.said_of(far).find("in plain text") != std::string::npos);
    CHECK(here.said_of(far + "plain_text = true\n").empty());
    CHECK(here.said_of(std::string{"url = \"http://127.0.0.1:8085\"\n"} + with_token).empty());
}

TEST_CASE("a token or a certificate is shown, from files that are there and nobody else's") {
    const place here;
    const std::string at = "url = \"https://x\"\n";
    CHECK(here.said_of(at) == "11 token_file is missing\n");
    CHECK(here.said_of(at + "certificate = \"any.pem\"\nkey = \"any.pem\"\n").empty());
    CHECK(here.said_of(at + "certificate = \"any.pem\"\n").find("without key") != std::string::npos);
    CHECK(here.said_of(at + with_token + "ca = \"nowhere.pem\"\n") == "14 nowhere.pem is missing\n");
    CHECK(here.said_of("url = \"http://127.0.0.1\"\nca = \"any.pem\"\n" + std::string{with_token})
              .find("without https") != std::string::npos);
    here.write("billing.token", token_line, std::filesystem::perms::all);
    CHECK(here.said_of(at + with_token).find("chmod 600") != std::string::npos);
    here.write("billing.token", std::string{token_line} + std::string{token_line},
               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CHECK(here.said_of(at + with_token).find("more than one token") != std::string::npos);
    CHECK(here.said_of("deadline = \"10ms\"\n" + at + with_token).find("between 100ms and 60s") !=
          std::string::npos);
    CHECK(here.said_of(at + with_token + "retries = 5\n").find("retries") != std::string::npos);
}

} // namespace upstream_toml_test
