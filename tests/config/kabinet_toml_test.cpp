#include "config/kabinet_toml.hpp"

#include "config/toml.hpp"
#include "shipped.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include <unistd.h>

namespace kabinet_toml_test {

using namespace kabinet;
using namespace kabinet::config;
using namespace std::chrono_literals;

namespace {

const std::filesystem::path beside = shipped_folder() / "kabinet.toml";

constexpr std::string_view least = R"([store]
url = "sqlite:x.db"
key_file = "x.key"
[menus]
pack = "operators/megafon"
[[smsc]]
name = "main"
host = "192.0.2.1"
system_id = "me"
password = "fake"
)";

/// The findings on `least` with `more` appended, a line each.
std::string said_of(const std::string& more, std::string_view start = least) {
    std::vector<finding> findings;
    (void)read_settings(std::string{start} + more, beside, findings);
    std::string said;
    for (const finding& one : findings)
        said += std::to_string(one.line) + ' ' + one.what + '\n';
    return said;
}

std::string without(std::string_view part) {
    std::string text{least};
    return text.erase(text.find(part), part.size());
}

/// A file in the folder for temporary files, gone with its owner.
class scratch_file {
  public:
    scratch_file(std::string_view text, std::filesystem::perms mode)
        : path_{std::filesystem::temp_directory_path() /
                ("kabinet_toml_test." + std::to_string(::getpid()))} {
        std::ofstream{path_} << text;
        std::filesystem::permissions(path_, mode);
    }
    ~scratch_file() { std::filesystem::remove(path_); }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace

TEST_CASE("the shipped settings are read without a finding and mean what holds without them") {
    std::vector<finding> findings;
    const std::string text = read_file(beside, findings).value();
    const gateway::settings made = read_settings(text, beside, findings);
    CHECK(findings.empty());
    CHECK(made.store.database == shipped_folder() / "kabinet.db");
    CHECK(made.store.key_file == shipped_folder() / "kabinet.key");
    CHECK(made.pack == shipped_folder() / "operators/megafon");
    CHECK(made.cdr == shipped_folder() / "cdr.jsonl");
    CHECK(made.resume_within == gateway::settings{}.resume_within);
    CHECK(made.known == gateway::accounts_known::first_dial);
    CHECK(made.limits.dialogues == gateway::limits{}.dialogues);
    CHECK(made.limits.hash_queue == gateway::limits{}.hash_queue);
    CHECK(made.numbers.international_prefixes == numbering_plan{}.international_prefixes);
    REQUIRE(made.links.size() == 1);
    const smpp::link_settings& link = made.links.front();
    CHECK(link.name == "main");
    CHECK(link.group == "main");
    CHECK(link.port == 2775);
    CHECK(link.speaks == smpp::dialect{});
    CHECK(link.password->reveal() == "lab-only");
    CHECK(link.window == 100);
    CHECK(link.enquire_link_interval == 30s);
}

TEST_CASE("every remark of the shipped settings is a setting there is") {
    std::vector<finding> findings;
    std::string text = read_file(beside, findings).value();
    for (const char* hidden : {"# pilot_pack", "# pilot_numbers_file", "# system_type", "# address_range",
                               "# group", "# bind_timeout", "# enquire_link_interval",
                               "# enquire_link_timeout", "# pdu_deadline", "# unbind_timeout"}) {
        CAPTURE(hidden);
        const std::size_t at = text.find(hidden);
        REQUIRE(at != std::string::npos);
        text.erase(at, 2);
    }
    const gateway::settings made = read_settings(text, beside, findings);
    CHECK(findings.empty());
    CHECK(made.links.front().unbind_timeout == smpp::link_settings{}.unbind_timeout);
}

TEST_CASE("a pilot pack and its numbers stand together, beside the settings' file") {
    const auto with = [](std::string_view more) {
        std::string text{least};
        return text.insert(text.find("[[smsc]]"), more);
    };
    std::vector<finding> findings;
    const gateway::settings made = read_settings(
        with(
            "pilot_pack = \"operators/next\"\npilot_numbers_file = \"pilot.txt\"\nresume_within = \"90s\"\n"),
        beside, findings);
    CHECK(findings.empty());
    CHECK(made.pilot_pack == shipped_folder() / "operators/next");
    CHECK(made.pilot_numbers == shipped_folder() / "pilot.txt");
    CHECK(made.resume_within == 90s);
    CHECK(said_of("", with("pilot_pack = \"operators/next\"\n")).find("one of them is missing") !=
          std::string::npos);
    CHECK(said_of("", with("pilot_numbers_file = \"pilot.txt\"\n")).find("one of them is missing") !=
          std::string::npos);
    CHECK(said_of("", with("resume_within = \"2h\"\n")).find("resume_within is more than an hour") !=
          std::string::npos);
}

TEST_CASE("a link is read with all it says") {
    std::vector<finding> findings;
    const gateway::settings made = read_settings(std::string{least} + R"(port = 9000
system_type = "USSD"
address_range = "^7"
bind = "transmitter+receiver"
dialect = "no-session"
group = "centre"
carries = ["ussd"]
trusts_source = []
window = 10000
max_tps = 50
pdu_deadline = "2s"
[accounts]
known = "imported"
[limits]
dialogues = 5
visitor_numbers_per_hour = 0
hash_queue_ms = 100
[numbers]
country_code = "380"
national_length = 9
[log]
format = "json"
level = "debug"
)",
                                                 beside, findings);
    CHECK(findings.empty());
    const smpp::link_settings& link = made.links.front();
    CHECK(link.bind == smpp::bind_mode::transmitter_and_receiver);
    CHECK(link.speaks.session == smpp::session_id_kind::none);
    CHECK(link.group == "centre");
    CHECK(link.carries_ussd);
    CHECK_FALSE(link.carries_sms);
    CHECK_FALSE(link.trusts_ussd_source);
    CHECK_FALSE(link.trusts_sms_source);
    CHECK(link.window == 10'000);
    CHECK(link.max_tps == 50);
    CHECK(link.pdu_deadline == 2s);
    CHECK(made.known == gateway::accounts_known::imported);
    CHECK(made.limits.dialogues == 5);
    CHECK(made.limits.hash_queue == 100ms);
    CHECK(made.numbers.country_code == "380");
    CHECK(made.log.format == gateway::log_format::json);
    CHECK(made.log.level == gateway::log_level::debug);
}

TEST_CASE("what must be there is missed") {
    CHECK(said_of("", without("[store]\nurl = \"sqlite:x.db\"\nkey_file = \"x.key\"\n")) ==
          "1 store is missing\n");
    CHECK(said_of("", without("key_file = \"x.key\"\n")) == "1 key_file is missing\n");
    CHECK(said_of("", without("pack = \"operators/megafon\"\n")) == "4 pack is missing\n");
    CHECK(said_of("", without("name = \"main\"\n")) == "6 name is missing\n");
    CHECK(said_of("", without("host = \"192.0.2.1\"\n")) == "6 host is missing\n");
    CHECK(said_of("", without("system_id = \"me\"\n")) == "6 system_id is missing\n");
    CHECK(said_of("", without("password = \"fake\"\n")) == "6 either password_file or password is wanted\n");
}

TEST_CASE("each mistake is refused with its line") {
    CHECK(said_of("port = 0\n") == "11 port is 0, not 1 to 65535\n");
    CHECK(said_of("bind = \"receiver\"\n") ==
          "11 bind is \"receiver\", not one of \"transceiver\", \"transmitter+receiver\"\n");
    CHECK(said_of("window = 10001\n") == "11 window is 10001, not 1 to 10000\n");
    CHECK(said_of("carries = []\n") == "11 carries names nothing: \"ussd\", \"sms\" or both are wanted\n");
    CHECK(said_of("trusts_source = [\"mms\"]\n") ==
          "11 trusts_source names \"mms\", which is neither \"ussd\" nor \"sms\"\n");
    CHECK(said_of("system_type = \"thirteen char\"\n") == "11 system_type has more than 12 characters\n");
    CHECK(said_of("bind_timeout = \"1ms\"\n") == "11 bind_timeout must be 100ms at least\n");
    CHECK(said_of("colour = 1\n") == "11 there is no setting colour here\n");
    CHECK(said_of("[[smsc]]\nname = \"main\"\nhost = \"h\"\nsystem_id = \"me\"\npassword = \"x\"\n") ==
          "12 name is \"main\", which another link has\n");
    CHECK(said_of("[numbers]\ncountry_code = \"+7\"\n") == "11 prefixes of numbers are digits\n");
    CHECK(said_of("[numbers]\ncountry_code = \"\"\n").find("12 country_code") == 0);
    CHECK(said_of("[cdr]\n") == "11 file is missing\n");
    CHECK(said_of("[log]\nlevel = \"loud\"\n").find("12 level is \"loud\"") == 0);
    CHECK(said_of("dialect = \"klingon\"\n").find("11 there is no dialect klingon") == 0);
    CHECK(said_of("", "[store]\nurl = \"postgres://x\"\nkey_file = \"k\"\n")
              .find("2 url is \"postgres://x\", not sqlite: and a file") != std::string::npos);
}

TEST_CASE("a password stands in a file or in the settings but not in both") {
    CHECK(said_of("password_file = \"x\"\n").find("6 password and password_file are both given") == 0);
}

TEST_CASE("a password file is read without its last line end") {
    const scratch_file secret_file{"fake-pw\n", std::filesystem::perms::owner_read};
    std::vector<finding> findings;
    const std::string text =
        without("password = \"fake\"\n") + "password_file = \"" + secret_file.path().string() + "\"\n";
    const gateway::settings made = read_settings(text, beside, findings);
    CHECK(findings.empty());
    CHECK(made.links.front().password->reveal() == "fake-pw");
}

TEST_CASE("a password file that others can read is warned of and one that is missing refused") {
    const scratch_file secret_file{"fake-pw",
                                   std::filesystem::perms::owner_read | std::filesystem::perms::others_read};
    std::vector<finding> findings;
    const std::string start = without("password = \"fake\"\n") + "password_file = \"";
    (void)read_settings(start + secret_file.path().string() + "\"\n", beside, findings);
    REQUIRE(findings.size() == 1);
    CHECK_FALSE(is_refused(findings));
    CHECK(findings.front().what == "others than its owner can read this secret: chmod 600");
    CHECK(said_of("", start + "/nowhere/smsc.password\"\n") == "10 /nowhere/smsc.password is missing\n");
}

TEST_CASE("a password longer than the protocol has room for is warned of") {
    std::vector<finding> findings;
    std::string text{least};
    text.replace(text.find("fake"), 4, "fake-fake");
    (void)read_settings(text, beside, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().weighs == finding::weight::warning);
    CHECK(findings.front().line == 10);
}

namespace {

constexpr auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
constexpr std::string_view a_token = "fake-token-of-the-portal-0123456789";

/// The findings on an [http] table with that address, that token file and more.
std::string said_of_door(const std::string& listen, const scratch_file& tokens,
                         const std::string& more = {}) {
    return said_of("[http]\nlisten = \"" + listen + "\"\nportal_token_file = \"" + tokens.path().string() +
                   "\"\n" + more);
}

/// With the key in that file; what is in it is not the settings' to know.
std::string over_tls(const scratch_file& key) {
    return "certificate = \"kabinet.toml\"\nkey = \"" + key.path().string() + "\"\n";
}

} // namespace

TEST_CASE("the door is closed unless the settings open it") {
    std::vector<finding> findings;
    CHECK_FALSE(read_settings(least, beside, findings).door);
    const scratch_file tokens{
        "# of the portal\n" + std::string{a_token} + "\n\n" + std::string{a_token} + "2\n", owner_only};
    const auto made =
        read_settings(std::string{least} + "[http]\nlisten = \"[::1]:8080\"\nportal_token_file = \"" +
                          tokens.path().string() + "\"\n",
                      beside, findings);
    CHECK(findings.empty());
    REQUIRE(made.door);
    CHECK(made.door->address == "::1");
    CHECK(made.door->port == 8080);
    CHECK_FALSE(made.door->speaks_plain_text);
    REQUIRE(made.door->tokens->size() == 2);
    CHECK(made.door->tokens->at(0).reveal() == a_token);
    CHECK_FALSE(made.door->has_account);
}

TEST_CASE("the pages at /account are there where the settings say so") {
    const scratch_file tokens{a_token, owner_only};
    std::vector<finding> findings;
    const auto made =
        read_settings(std::string{least} + "[http]\nlisten = \"127.0.0.1:8080\"\nportal_token_file = \"" +
                          tokens.path().string() + "\"\naccount = true\n",
                      beside, findings);
    CHECK(findings.empty());
    REQUIRE(made.door);
    CHECK(made.door->has_account);
    CHECK(said_of_door("127.0.0.1:80", tokens, "account = 1\n") != "");
}

TEST_CASE("the remark on the door in the shipped settings is a table there is") {
    std::vector<finding> findings;
    std::string text = read_file(beside, findings).value();
    const scratch_file tokens{a_token, owner_only};
    for (const char* hidden : {"# [http]", "# listen", "# portal_token_file", "# plain_text", "# certificate",
                               "# key", "# client_ca", "# client_crl", "# account"}) {
        CAPTURE(hidden);
        const std::size_t at = text.find(hidden);
        REQUIRE(at != std::string::npos);
        text.erase(at, 2);
    }
    for (const std::string shown :
         {"\"portal.token\"", "\"door.crt\"", "\"door.key\"", "\"ca.crt\"", "\"ca.crl\""}) // any file will do
        text.replace(text.find(shown), shown.size(), '"' + tokens.path().string() + '"');
    const gateway::settings made = read_settings(text, beside, findings);
    CHECK(findings.empty());
    REQUIRE(made.door);
    CHECK(made.door->port == 8080);
}

TEST_CASE("an address the door can't have is refused") {
    const scratch_file tokens{a_token, owner_only};
    CHECK(said_of_door("127.0.0.1:0", tokens).empty());
    for (const char* wrong : {"", "8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                              "127.0.0.1:80x", "::1:8080", "[127.0.0.1]:80", "1.2.3.4.5:80"}) {
        CAPTURE(wrong);
        CHECK(said_of_door(wrong, tokens).find("12 listen is \"") == 0);
    }
}

TEST_CASE("passwords don't leave the machine in plain text unless the settings say so") {
    const scratch_file tokens{a_token, owner_only};
    for (const char* open : {"0.0.0.0:80", "192.0.2.1:80", "[::]:80"}) {
        CAPTURE(open);
        CHECK(said_of_door(open, tokens).find("12 listen is open to others") == 0);
        CHECK(said_of_door(open, tokens, "plain_text = true\n").empty());
    }
    CHECK(said_of_door("127.0.0.2:80", tokens).empty());
    CHECK(said_of_door("0.0.0.0:80", tokens, over_tls(tokens)).empty());
}

TEST_CASE("a door with TLS knows its files, and needs no tokens where clients show certificates") {
    const scratch_file any{a_token, owner_only};
    std::vector<finding> findings;
    const gateway::settings made =
        read_settings(std::string{least} + "[http]\nlisten = \"0.0.0.0:80\"\n" + over_tls(any) +
                          "client_ca = \"kabinet.toml\"\n" + "client_crl = \"kabinet.toml\"\n",
                      beside, findings);
    CHECK(findings.empty());
    REQUIRE(made.door);
    REQUIRE(made.door->tls);
    CHECK(made.door->tls->certificate == beside);
    CHECK(made.door->tls->key == any.path());
    CHECK(made.door->tls->client_ca == beside);
    CHECK(made.door->tls->client_crl == beside);
    CHECK(made.door->wants_certificates());
    CHECK(made.door->tokens == nullptr);
    CHECK(said_of("[http]\nlisten = \"0.0.0.0:80\"\n" + over_tls(any)) ==
          "11 portal_token_file is missing\n");
    CHECK(said_of("[http]\nlisten = \"0.0.0.0:80\"\n" + over_tls(any) + "client_ca = \"kabinet.toml\"\n" +
                  "operator_token_file = \"" + any.path().string() + "\"\n")
              .find("operator_token_file is of no use without portal_token_file") != std::string::npos);
}

TEST_CASE("what is wrong with the files of TLS is told with its line") {
    const scratch_file any{a_token, owner_only};
    const auto said = [&](const std::string& more) { return said_of_door("127.0.0.1:80", any, more); };
    const std::string key = "key = \"" + any.path().string() + "\"\n";
    CHECK(said("certificate = \"kabinet.toml\"\n") == "14 certificate is of no use without key\n");
    CHECK(said(key) == "14 key is of no use without certificate\n");
    CHECK(said("client_ca = \"kabinet.toml\"\n") ==
          "14 client_ca is of no use without certificate and key\n");
    CHECK(said(over_tls(any) + "client_crl = \"kabinet.toml\"\n") ==
          "16 client_crl is of no use without client_ca\n");
    CHECK(said("plain_text = true\n" + over_tls(any)) ==
          "14 plain_text is true, and certificate says that TLS is spoken: take out one of them\n");
    for (const char* name : {"certificate", "key", "client_ca", "client_crl"}) {
        CAPTURE(name);
        const std::string line = std::string{name} + " = ";
        std::string more = over_tls(any) + "client_ca = \"kabinet.toml\"\nclient_crl = \"kabinet.toml\"\n";
        more.replace(more.find(line) + line.size(), 1, "\"nowhere/");
        CHECK(said(more).find("nowhere") != std::string::npos);
        CHECK(said(more).find(" is missing\n") != std::string::npos);
        CHECK(said(line + "7\n") != "");
        CHECK(said(line + "\"\"\n").find("14 " + std::string{name} + " is empty\n") == 0);
    }
}

TEST_CASE("a key that others could read is refused") {
    const scratch_file shown{a_token, owner_only | std::filesystem::perms::others_read};
    const std::string said =
        said_of("[http]\nlisten = \"127.0.0.1:80\"\nclient_ca = \"kabinet.toml\"\n" + over_tls(shown));
    CHECK(said == "0 others than its owner can read it: chmod 600\n");
}

TEST_CASE("a token file is refused when others could read it or it holds no token") {
    const scratch_file shown{a_token, owner_only | std::filesystem::perms::group_read};
    CHECK(said_of_door("127.0.0.1:80", shown) == "0 others than its owner can read it: chmod 600\n");
    const scratch_file empty{"# nothing\n", owner_only};
    CHECK(said_of_door("127.0.0.1:80", empty).find("has no token") != std::string::npos);
    const std::string file = " = \"" + empty.path().string() + "\"\n";
    const std::string said =
        said_of("[http]\nlisten = \"127.0.0.1:80\"\noperator_token_file" + file + "portal_token_file" + file);
    for (const char* line : {"13 ", "14 "})
        CHECK(said.find(line + empty.path().string() + " has no token\n") != std::string::npos);
    const scratch_file odd{std::string{a_token} + "\nshort\nwith a blank, and long enough otherwise\n",
                           owner_only};
    CHECK(said_of_door("127.0.0.1:80", odd) ==
          "2 no token: 32 to 192 characters without blanks are wanted\n"
          "3 no token: 32 to 192 characters without blanks are wanted\n");
    CHECK(
        said_of("[http]\nlisten = \"127.0.0.1:80\"\nportal_token_file = \"nowhere\"\n").find("is missing") !=
        std::string::npos);
    CHECK(said_of("[http]\n") == "11 listen is missing\n11 portal_token_file is missing\n");
}

TEST_CASE("a token is the portal's or the operator's, not both") {
    const scratch_file one{a_token, owner_only};
    const std::string file = " = \"" + one.path().string() + "\"\n";
    CHECK(
        said_of("[http]\nlisten = \"127.0.0.1:80\"\noperator_token_file" + file + "portal_token_file" + file)
            .starts_with("13 operator_token_file has a token of the portal's"));
}

} // namespace kabinet_toml_test
