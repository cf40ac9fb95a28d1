#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

namespace commands_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t anna = 79261230001;
constexpr auto annas_number = "79261230001";

} // namespace

TEST_CASE("an operator asks a running gateway how it is and sends subscribers away for a while") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());

    const command_answer status = gateway.command({"status"});
    CHECK(status.code == 0);
    CHECK(has(status.text, "link main"));
    CHECK(has(status.text, "megafon"));

    REQUIRE(gateway.command({"maintenance", "on", "30"}).code == 0);
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    CHECK(has(phone.screen().text, "Идут работы"));
    REQUIRE(gateway.command({"maintenance", "off"}).code == 0);
    REQUIRE(phone.dial("*105*00#"));
    CHECK(has(phone.screen().text, "Пароль: "));

    REQUIRE(gateway.command({"maintenance", "on", "--action", "explain_login", "--until", "12:00"}).code ==
            0);
    CHECK(has(gateway.command({"status"}).text, "of explain_login until "));
    REQUIRE(phone.dial("*105*7*4#"));
    CHECK(has(phone.screen().text, "Идут работы, ничего не изменено. Снова с "));
    REQUIRE(phone.dial("*105*00#"));
    CHECK(has(phone.screen().text, "Пароль: "));
    REQUIRE(gateway.command({"maintenance", "off"}).code == 0);
    REQUIRE(phone.dial("*105*7*4#"));
    CHECK(has(phone.screen().text, "Пароль действует"));

    const command_answer trace = gateway.command({"trace", annas_number});
    CHECK(trace.code == 0);
    CHECK(has(trace.text, "dials main"));
    CHECK(has(trace.text, "issue_password issued"));
    CHECK(gateway.command({"dance"}).code == 2);
    CHECK(gateway.stop() == 0);
}

TEST_CASE("whoever is editing kabinet.toml still reaches the gateway that runs") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    const auto file = gateway.folder() / "kabinet.toml";
    const std::string whole = read_whole(file);
    write_whole(file, whole + "[limits]\nhash_queue = 1\n");
    const command_answer status = gateway.command({"status"});
    CHECK(status.code == 0);
    CHECK(has(status.text, "link main"));
    CHECK(has(status.text, "is broken, see `kabinet check`"));
    const command_answer reload = gateway.command({"reload"});
    CHECK(reload.code == 2);
    CHECK(has(reload.text, "there is no setting hash_queue here"));

    write_whole(file, whole + "[limits\n"); // not even the place of the socket can be read
    CHECK(gateway.command({"status"}).code == 2);
    write_whole(file, whole);
    CHECK(gateway.stop() == 0);
    write_whole(file, whole + "[limits]\nhash_queue = 1\n");
    const command_answer alone = gateway.command({"audit", "verify"});
    CHECK(alone.code == 2);
    CHECK(has(alone.text, "there is no setting hash_queue here"));
}

TEST_CASE("a reloaded pack is served and a broken one leaves the old one in service") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    const auto menus = gateway.folder() / "operators/megafon/menus.toml";
    auto phone = smsc.phone(anna);

    change_in(menus, "support = \"0550\"", "support = \"0551\"");
    CHECK(gateway.command({"reload"}).code == 0);
    REQUIRE(phone.dial("*105*8*2#"));
    CHECK(has(phone.screen().text, "0551"));
    REQUIRE(phone.hang_up());

    change_in(menus, "opens = \"more\"", "opens = \"nowhere\"");
    const command_answer refused = gateway.command({"reload"});
    CHECK(refused.code == 2);
    CHECK(has(refused.text, "menus.toml:"));
    CHECK(has(refused.text, "nothing was changed"));
    REQUIRE(phone.dial("*105*8*2#"));
    CHECK(has(phone.screen().text, "0551"));
    CHECK(gateway.stop() == 0);
    CHECK(has(gateway.log(), "what was read before is still served: ")); // and why, for a reload by signal
    CHECK(has(gateway.log(), "there is no screen nowhere"));
}

TEST_CASE("a pilot's number gets the next pack on the live code until a reload takes it out of the file") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    const auto next = gateway.folder() / "operators/megafon-next";
    std::filesystem::copy(gateway.folder() / "operators/megafon", next,
                          std::filesystem::copy_options::recursive);
    change_in(next / "menus.toml", "support = \"0550\"", "support = \"0559\"");
    change_in(gateway.folder() / "kabinet.toml", "[menus]\n",
              "[menus]\npilot_pack = \"operators/megafon-next\"\npilot_numbers_file = \"pilot.txt\"\n");
    write_whole(gateway.folder() / "pilot.txt", "# staff\n8 (926) 123-00-01\n");
    gateway.start();
    REQUIRE(smsc.wait_bound());
    CHECK(has(gateway.command({"status"}).text, "megafon, numbers: 1"));
    auto pilot = smsc.phone(anna);
    auto other = smsc.phone(anna + 1);
    REQUIRE(pilot.dial("*105*8*2#"));
    CHECK(has(pilot.screen().text, "0559"));
    REQUIRE(other.dial("*105*8*2#"));
    CHECK(has(other.screen().text, "0550"));
    pilot.text("0001100", "what is this");
    CHECK(pilot.sms().from == "0001100");

    write_whole(gateway.folder() / "pilot.txt", "Anna\n");
    CHECK(gateway.command({"reload"}).code == 2);
    REQUIRE(pilot.hang_up());
    REQUIRE(pilot.dial("*105*8*2#"));
    CHECK(has(pilot.screen().text, "0559"));
    write_whole(gateway.folder() / "pilot.txt", "79261239999\n");
    CHECK(gateway.command({"reload"}).code == 0);
    REQUIRE(pilot.hang_up());
    REQUIRE(pilot.dial("*105*8*2#"));
    CHECK(has(pilot.screen().text, "0550"));
    CHECK(gateway.stop() == 0);
}

TEST_CASE("staff start a password that arrives at the phone and that they never see") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}, "[accounts]\nknown = \"imported\"\n"};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    CHECK(has(phone.screen().text, "не зарегистрирован"));
    CHECK(gateway.command({"accounts", "issue", annas_number}).code == 1);

    const auto feed = gateway.folder() / "feed.csv";
    write_whole(feed, "msisdn,language,code_word\n89261230001,en,fakeword\nlots,ru,\n");
    const command_answer imported = gateway.command({"subscribers", "import", feed.string()});
    CHECK(imported.code == 1);
    CHECK(has(imported.text, "line 3: msisdn: no number of ours"));
    CHECK(has(imported.text, "1 new"));
    std::filesystem::remove(feed);

    const command_answer issued = gateway.command({"accounts", "issue", annas_number});
    CHECK(issued.code == 0);
    const seen_sms sms = phone.sms();
    const std::string label = "Password: ";
    REQUIRE(has(sms.text, label));
    const std::string password = sms.text.substr(label.size(), 8);
    CHECK_FALSE(has(issued.text, password));
    CHECK(gateway.command({"accounts", "unblock", annas_number}).code == 0);
    CHECK(has(gateway.command({"audit", "show", annas_number}).text, "staff  issue_password issued"));
    const command_answer verified = gateway.command({"audit", "verify"});
    CHECK(verified.code == 0);
    CHECK(has(verified.text, "all as they were written"));

    REQUIRE(phone.dial("*105*8*3#"));
    CHECK(has(phone.screen().text, "login opened, office"));

    CHECK(has(gateway.command({"subscribers", "show", annas_number}).text, "generated, number 1, live"));
    const command_answer exported = gateway.command({"subscribers", "export"});
    CHECK(exported.code == 0);
    CHECK(has(exported.text, "79261230001,,,,,en,"));
    CHECK(gateway.stop() == 0);
    CHECK_FALSE(has(gateway.everything(), password));
    CHECK_FALSE(has(gateway.everything(), "fakeword"));
}

TEST_CASE("a long feed with many bad lines passes the socket both ways") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    std::string lines = "msisdn,region\n";
    constexpr int many = 10'000;
    for (int each = 0; each < many; ++each)
        lines += std::to_string(79260000000 + each) + ",Казань\nlots,Казань\n";
    lines += std::string(100'000, 'x') + "\n79261230001,Омск";
    write_whole(gateway.folder() / "feed.csv", lines);
    const command_answer imported =
        gateway.command({"subscribers", "import", (gateway.folder() / "feed.csv").string()});
    CHECK(imported.code == 1);
    CHECK(has(imported.text, "10001 new"));
    const command_answer exported = gateway.command({"subscribers", "export"});
    CHECK(std::count(exported.text.begin(), exported.text.end(), '\n') == many + 2);
    CHECK(gateway.stop() == 0);
}

TEST_CASE("a backup of a running gateway serves in its place") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    const std::string password = password_in(phone.screen().text);
    const auto copy = gateway.folder() / "copy.db";
    CHECK(gateway.command({"backup", copy.string()}).code == 0);
    CHECK(gateway.command({"backup", copy.string()}).code == 1);
    CHECK(gateway.command({"subscribers", "erase", annas_number}).code == 0);
    CHECK(gateway.command({"subscribers", "show", annas_number}).code == 1);
    CHECK(gateway.stop() == 0);
    CHECK(read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key").empty());

    for (const char* file : {"kabinet.db-wal", "kabinet.db-shm"})
        std::filesystem::remove(gateway.folder() / file);
    std::filesystem::rename(copy, gateway.folder() / "kabinet.db");
    gateway.start();
    REQUIRE(smsc.wait_bound());
    CHECK(has(gateway.command({"subscribers", "show", annas_number}).text, "live"));
    CHECK(gateway.stop() == 0);
    const auto accounts = read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
    REQUIRE(accounts.size() == 1);
    CHECK(is_password(accounts[0], password));
}

TEST_CASE("with no gateway running commands do their work themselves") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    const auto feed = gateway.folder() / "feed.csv";
    write_whole(feed, "#full\nmsisdn,status\n79261230001,active\n79261230002,active\n#end\n");
    CHECK(gateway.command({"subscribers", "import", feed.string()}).code == 0);
    CHECK(gateway.command({"subscribers", "import", (gateway.folder() / "none.csv").string()}).code == 2);
    CHECK(gateway.command({"accounts", "issue", annas_number}).code == 0);
    CHECK(gateway.command({"accounts", "unblock", annas_number}).code == 0);
    CHECK(has(gateway.command({"audit", "show", annas_number}).text, "issue_password issued"));
    CHECK(gateway.command({"audit", "verify"}).code == 0);
    CHECK(gateway.command({"trace", annas_number}).code == 0);
    CHECK(has(gateway.command({"subscribers", "show", annas_number}).text, "live"));
    CHECK(gateway.command({"subscribers", "erase", "79261230002"}).code == 0);
    CHECK_FALSE(has(gateway.command({"subscribers", "export"}).text, "79261230002"));
    CHECK(gateway.command({"backup", (gateway.folder() / "copy.db").string()}).code == 0);
    for (const char* running_only : {"status", "reload"}) {
        const command_answer refused = gateway.command({running_only});
        CHECK(refused.code == 1);
        CHECK(has(refused.text, "no gateway is running"));
    }

    gateway.start(); // and what they left is sent
    REQUIRE(smsc.wait_bound());
    CHECK(has(smsc.phone(anna).sms().text, "Пароль: "));
    CHECK(gateway.stop() == 0);
}

TEST_CASE("a restarted gateway speaks the language a subscriber chose before") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*8*1*2#"));
    CHECK(has(phone.screen().text, "in English now"));
    REQUIRE(phone.hang_up());
    CHECK(gateway.stop() == 0);
    gateway.start();
    REQUIRE(smsc.wait_bound());
    REQUIRE(phone.dial("*105*8#"));
    CHECK(has(phone.screen().text, "Archive of operations"));
    CHECK(gateway.stop() == 0);
}

} // namespace commands_test
