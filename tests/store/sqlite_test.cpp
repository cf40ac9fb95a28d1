// The database file itself: whose it is, what state it may be in, and what it must never hold.
#include "store/sqlite.hpp"

#include "store/schema.hpp"
#include "store/sqlite_connection.hpp"
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

namespace sqlite_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

struct house {
    [[nodiscard]] std::unique_ptr<backend> open() const {
        return std::make_unique<sqlite_backend>(file, with);
    }

    /// Why it doesn't open; empty when it does.
    [[nodiscard]] std::string refusal() const {
        try {
            static_cast<void>(open());
        } catch (const std::runtime_error& refused) {
            return refused.what();
        }
        return {};
    }

    void write(backend& to, const request& what) const {
        REQUIRE(to.begin().has_value());
        REQUIRE(to.fulfil(what).has_value());
        REQUIRE(to.commit().has_value());
    }

    /// Past the store, as somebody with a shell would.
    void run(const char* sql) const { sqlite::connection{file}.run(sql); }

    [[nodiscard]] std::filesystem::path log() const { return file.string() + "-wal"; }

    folder place;
    std::filesystem::path file = place.path() / "kabinet.db";
    keys with = keys::parse(key_lines, "test.key");
};

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a second gateway on one database is refused until the first has gone") {
    const house here;
    auto first = here.open();
    CHECK(holds(here.refusal(), "another gateway"));
    first.reset();
    CHECK(here.refusal().empty());
}

TEST_CASE("a newer schema is refused and left alone") {
    const house here;
    here.open().reset();
    here.run("PRAGMA user_version = 99");
    CHECK(holds(here.refusal(), "newer Kabinet (its schema is 99"));
    CHECK(sqlite::connection{here.file}.ask("PRAGMA user_version") == 99);
}

TEST_CASE("the database of another program is refused and left alone") {
    const house here;
    here.run("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    const auto before = octets_of(here.file);
    CHECK(holds(here.refusal(), "another program"));
    CHECK(octets_of(here.file) == before);
}

TEST_CASE("a file that is no database is refused and left alone") {
    const house here;
    std::ofstream{here.file} << std::string(8192, 'x');
    CHECK(holds(here.refusal(), "kabinet.db: "));
    CHECK(octets_of(here.file) == std::string(8192, 'x'));
}

TEST_CASE("a database cut short is refused") {
    const house here;
    here.open().reset();
    std::filesystem::resize_file(here.file, std::filesystem::file_size(here.file) / 2);
    CHECK(holds(here.refusal(), "kabinet.db: "));
}

TEST_CASE("a log that is no log or stands alone is refused and left alone") {
    const house here;
    here.open().reset();
    std::ofstream{here.log()} << std::string(4096, 'x');
    CHECK(holds(here.refusal(), "no write-ahead log"));
    CHECK(octets_of(here.log()).size() == 4096);
    std::filesystem::remove(here.file);
    std::ofstream{here.log(), std::ios::binary} << std::string("\x37\x7f\x06\x82", 4) + std::string(28, '\0');
    CHECK(holds(here.refusal(), "without its database"));
}

TEST_CASE("a log cut in the middle of a batch brings back whole batches only") {
    const house here;
    const auto copy = here.place.path() / "copy.db";
    {
        const auto behind = here.open();
        here.write(*behind, wish(here.with, "dial 1", issue(), at(0s)));
        here.write(*behind, wish(here.with, "dial 2", issue(), at(1s), boris));
        std::filesystem::copy_file(here.file, copy); // what a machine that lost power would find
        std::filesystem::copy_file(here.log(), copy.string() + "-wal");
    }
    std::filesystem::resize_file(copy.string() + "-wal",
                                 std::filesystem::file_size(copy.string() + "-wal") - 100);
    sqlite_backend found{copy, here.with};
    CHECK(found.inspect(anna, at(2s).utc)->has_value());
    CHECK_FALSE(found.inspect(boris, at(2s).utc)->has_value());
    CHECK(found.verify_audit()->rows == 1);
    CHECK_FALSE(found.verify_audit()->first_broken);
}

TEST_CASE("a changed or missing or moved audit row is found") {
    struct row {
        const char* sql;
        std::int64_t broken;
    };
    const row table[] = {
        {"UPDATE audit SET verdict = 4 WHERE seq = 2", 2},
        {"UPDATE audit SET token = token + 1 WHERE seq = 3", 3},
        {"UPDATE audit SET previous = NULL WHERE seq = 2", 2},
        {"DELETE FROM audit WHERE seq = 2", 2},
        {"DELETE FROM audit WHERE seq = 1", 1},
        {"UPDATE audit SET link = zeroblob(16) WHERE seq = 1", 1},
    };
    for (const auto& one : table) {
        CAPTURE(std::string{one.sql});
        const house here;
        const auto behind = here.open();
        for (const auto* id : {"dial 1", "dial 2", "dial 3"})
            here.write(*behind, wish(here.with, id, issue(), at(0s)));
        here.write(*behind, wish(here.with, "dial 4", tell{"help"}, at(0s)));
        REQUIRE(behind->verify_audit()->rows == 4);
        here.run(one.sql);
        CHECK(behind->verify_audit()->first_broken == one.broken);
    }
}

TEST_CASE("no secret is in the database or its log in clear") {
    const house here;
    const auto hash = hash_generated(secret{"canary22"}, cheap).value();
    {
        const auto behind = here.open();
        for (const auto* id : {"dial 1", "dial 2"}) {
            auto asked = wish(here.with, id, issue_password{hash}, at(0s));
            asked.sms = an_sms("canary22");
            here.write(*behind, asked);
        }
        here.write(*behind, wish(here.with, "dial 3", choose_password{hash}, at(0s)));
        const auto bytes = octets_of(here.file) + octets_of(here.log());
        REQUIRE(holds(bytes, "issue_password"));
        CHECK_FALSE(holds(bytes, "canary22"));
        CHECK_FALSE(holds(bytes, "argon2"));
        CHECK_FALSE(holds(bytes, std::string_view{hash.encoded}.substr(30)));
    }
    CHECK_FALSE(holds(octets_of(here.file), "canary22"));
}

TEST_CASE("an SMS that ended keeps no sealed secret") {
    const house here;
    auto asked = wish(here.with, "dial 1", issue(), at(0s));
    asked.sms = an_sms("fake2345");
    const auto behind = here.open();
    here.write(*behind, asked);
    REQUIRE(sqlite::connection{here.file}.ask("SELECT count(sealed) FROM outbox") == 1);
    here.write(*behind, wish(here.with, "dial 2", choose(), at(1s)));
    CHECK(sqlite::connection{here.file}.ask("SELECT count(sealed) FROM outbox") == 0);
    CHECK(sqlite::connection{here.file}.ask("SELECT state FROM outbox") == 13);
}

TEST_CASE("an SMS sealed with a key that is gone has failed") {
    house here;
    const std::string first{key_lines};
    here.with = keys::parse(first + "2 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n", "test.key");
    auto asked = wish(here.with, "dial 1", issue(), at(0s));
    asked.sms = an_sms("fake2345");
    here.write(*here.open(), asked);
    here.with = keys::parse(first, "test.key");
    CHECK(holds(here.refusal(), "sealed with a key 2 too, which the key file lacks"));
    here.run("DELETE FROM sealing_keys WHERE id = 2"); // somebody wants it all the same
    const auto behind = here.open();
    REQUIRE(behind->begin().has_value());
    CHECK(behind->claim(10, at(1s).utc)->empty());
    REQUIRE(behind->commit().has_value());
    CHECK(sqlite::connection{here.file}.ask("SELECT state FROM outbox") == 12);
}

TEST_CASE("adding up the ledger finds an operation that moved nothing, and one that doesn't balance") {
    const house here;
    const auto behind = here.open();
    CHECK_FALSE(behind->verify_ledger().value().unbalanced);
    here.run("INSERT INTO operations (seq, name, mark, at) VALUES (7, x'07', x'00', 0)");
    CHECK(behind->verify_ledger().value().unbalanced == 7);
    here.run("INSERT INTO entries (purse, seq, line, unit, kind, amount) VALUES (-1, 7, 0, 1, 1, 500)");
    CHECK(behind->verify_ledger().value().unbalanced == 7);
    here.run("INSERT INTO entries (purse, seq, line, unit, kind, amount) VALUES (-2, 7, 1, 1, 1, -500)");
    CHECK_FALSE(behind->verify_ledger().value().unbalanced);
}

TEST_CASE("a payment that was marked by its account is known again") {
    const house here;
    const auto behind = here.open();
    auto asked = wish(here.with, "till 7", pay_in{money::from_minor(5'000), 3}, at(0s));
    here.write(*behind, asked);
    here.run("DROP TRIGGER operations_stay"); // and write what an earlier version did
    sqlite::connection beside{here.file};
    const auto whose = beside.ask("SELECT max(purse) FROM entries");
    const auto mark =
        here.with.mark("operation", fmt::format("-2 1 2 -5000;{0} 1 2 5000;-5 2 3 -3;{0} 2 3 3;", whose));
    sqlite::statement{beside, "UPDATE operations SET mark = ?"}.run(sqlite::octets{mark});
    const auto pay_again = [&] {
        REQUIRE(behind->begin().has_value());
        const auto came = behind->fulfil(asked);
        REQUIRE(behind->commit().has_value());
        return came;
    };
    asked.now = at(48h); // the wish is forgotten
    CHECK(pay_again().value().is_repeat);
    std::get<pay_in>(asked.what).amount = money::from_minor(5'001);
    CHECK(pay_again().error() == store_error::conflict);
}

TEST_CASE("a log that a reader still needs isn't waited for") {
    const house here;
    const auto behind = here.open();
    here.write(*behind, wish(here.with, "dial 1", issue(), at(0s)));
    sqlite::connection long_backup{here.file};
    long_backup.run("BEGIN");
    CHECK(long_backup.ask("SELECT count(*) FROM accounts") > 0);
    here.write(*behind, wish(here.with, "dial 2", issue(), at(20min)));
    const auto began = std::chrono::steady_clock::now();
    CHECK_FALSE(behind->truncate_log().value());
    CHECK(std::chrono::steady_clock::now() - began < sqlite::usual_patience);
    CHECK(behind->checkpoint().value() > 0);
    long_backup.run("COMMIT");
    CHECK(behind->truncate_log().value());
}

TEST_CASE("checkpoints empty the log into the file") {
    const house here;
    const auto behind = here.open();
    here.write(*behind, wish(here.with, "dial 1", issue(), at(0s)));
    CHECK(behind->checkpoint().value() > 0);
    CHECK(behind->truncate_log().value());
    CHECK(std::filesystem::file_size(here.log()) == 0);
    CHECK(behind->checkpoint().value() == 0);
}

TEST_CASE("the database and what stands beside it are readable by their owner only") {
    const house here;
    const mode_t before = ::umask(0022);
    { std::ofstream{here.file}; } // made by somebody else, for all to read
    std::filesystem::permissions(here.file, std::filesystem::perms{0644});
    auto on = here.open();
    here.write(*on, wish(here.with, "dial 1", issue(), at(0s)));
    ::umask(before);
    std::size_t seen = 0;
    for (const auto& each : std::filesystem::directory_iterator{here.place.path()}) {
        CAPTURE(each.path());
        ++seen;
        CHECK((each.status().permissions() & std::filesystem::perms{0077}) == std::filesystem::perms::none);
    }
    CHECK(seen == 4); // the database, its log, the log's index, the lock
}

TEST_CASE("orders without an end stay with the billing system that they were asked for at") {
    const house here;
    const auto open = [&](std::optional<billing_place> place) {
        return std::make_unique<sqlite_backend>(here.file, here.with, false, place);
    };
    const auto in_batch = [](sqlite_backend& on, auto work) {
        REQUIRE(on.begin().has_value());
        work();
        REQUIRE(on.commit().has_value());
    };
    request_id name{};
    {
        const auto on = open(billing_place{"billing:1"});
        in_batch(*on, [&] {
            auto asked =
                wish(here.with, "dial 1", take_promise{"small", money::from_minor(100), {}, 24h, {}}, at(0s));
            name = on->begin_order(asked).value().name.value();
        });
    }
    for (const char* other : {"billing:2", ""})
        CHECK_THROWS_WITH_AS(open(billing_place{other}),
                             doctest::Contains("1 orders to the billing system at billing:1"),
                             std::runtime_error);
    CHECK_NOTHROW(open(std::nullopt)); // a command beside the gateway asks nobody
    {
        const auto on = open(billing_place{"billing:3", "billing:1"}); // the same one, elsewhere now
        order_end came;
        came.is = verdict::not_done;
        in_batch(*on, [&] { on->end_order(name, came, true, at(1s).utc).value(); });
    }
    CHECK_NOTHROW(open(billing_place{"billing:2"}));
}

TEST_CASE("a batch that never began is rolled back to nowhere") {
    const house here;
    auto on = here.open();
    here.write(*on, wish(here.with, "dial 1", issue(), at(0s)));
    on->roll_back();
    here.write(*on, wish(here.with, "dial 2", issue(), at(1s)));
    const auto checked = on->verify_audit();
    REQUIRE(checked.has_value());
    CHECK(checked->rows == 2);
    CHECK_FALSE(checked->first_broken);
}

TEST_CASE("another key file than the database's own is refused and changes nothing") {
    house here;
    {
        auto on = here.open();
        here.write(*on, wish(here.with, "dial 1", issue(), at(0s)));
    }
    const keys own = here.with;
    here.with = keys::parse("1 AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "other.key");
    CHECK(holds(here.refusal(), "sealed with another key file"));
    here.with = own;
    auto on = here.open();
    here.write(*on, wish(here.with, "dial 2", issue(), at(1s)));
    CHECK_FALSE(on->verify_audit()->first_broken);
}

TEST_CASE("a key that sealed stays in the key file, and two of them open what each sealed") {
    house here;
    const std::string first{key_lines};
    const std::string second = "2 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";
    const auto has_password = [&](backend& of, msisdn who) {
        REQUIRE(of.begin().has_value());
        const login_facts facts = of.look_before_login(who, 5, at(2s).utc).value();
        REQUIRE(of.commit().has_value());
        return password_check{here.with, cheap}.is_right(secret{"k7mp9xw3"}, facts).value();
    };
    here.write(*here.open(), wish(here.with, "dial 1", issue(), at(0s)));
    here.with = keys::parse(first + second, "test.key");
    {
        const auto both = here.open();
        here.write(*both, wish(here.with, "dial 2", issue(), at(1s), boris));
        CHECK(has_password(*both, anna));
        CHECK(has_password(*both, boris));
    }
    here.with = keys::parse(first, "old.key");
    CHECK(holds(here.refusal(), "a key 2 too"));
    here.with = keys::parse(first + "2 AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "other.key");
    CHECK(holds(here.refusal(), "a key 2 too"));
    here.with = keys::parse(first + second + "3 AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test.key");
    CHECK(has_password(*here.open(), boris));
}

TEST_CASE("a sealed hash in another account's row opens nothing there") {
    const house here;
    auto on = here.open();
    here.write(*on, wish(here.with, "dial 1", issue(), at(0s)));
    here.write(*on, wish(here.with, "dial 2", issue(), at(0s), boris));
    const auto is_right = [&] {
        REQUIRE(on->begin().has_value());
        const login_facts facts = on->look_before_login(boris, 5, at(1s).utc).value();
        REQUIRE(on->commit().has_value());
        return password_check{here.with, cheap}.is_right(secret{"k7mp9xw3"}, facts).value();
    };
    CHECK(is_right());
    here.run("UPDATE accounts SET sealed = (SELECT sealed FROM accounts WHERE id = 1) WHERE id = 2");
    CHECK_FALSE(is_right());
}

TEST_CASE("rows that are cut off the end of the audit are missed") {
    house here;
    auto on = here.open();
    for (int each = 0; each < 5; ++each)
        here.write(*on, wish(here.with, std::to_string(each), tell{"help"}, at(0s)));
    CHECK(on->verify_audit()->rows == 5);
    here.run("DELETE FROM audit WHERE seq = 5");
    CHECK(on->verify_audit()->first_broken == 5);
    here.run("DELETE FROM audit");
    CHECK(on->verify_audit()->first_broken == 1);
    here.run("UPDATE meta SET value = 0 WHERE name = 'audit'");
    CHECK_FALSE(on->verify_audit()->first_broken); // nothing is left that says there ever was a row
}

TEST_CASE("who is erased stands nowhere in the file any more") {
    house here;
    {
        auto on = here.open();
        for (int each = 0; each < 50; ++each) {
            auto asked = wish(here.with, std::to_string(each), tell{"help"}, at(0s));
            asked.sms = an_sms("");
            asked.sms->to.characters = "79261112233";
            here.write(*on, asked);
        }
        REQUIRE(on->begin().has_value());
        REQUIRE(on->erase(anna, at(1s).utc).has_value());
        REQUIRE(on->commit().has_value());
        REQUIRE(on->truncate_log().value());
    }
    CHECK_FALSE(holds(octets_of(here.file), "79261112233"));
}

TEST_CASE("what takes long ends soon when it is hurried and leaves no half of a backup") {
    const house here;
    auto on = here.open();
    REQUIRE(on->begin().has_value());
    for (int each = 0; each < 2'000; ++each)
        REQUIRE(on->fulfil(wish(here.with, std::to_string(each), tell{"help"}, at(0s))).has_value());
    REQUIRE(on->commit().has_value());
    const auto copy = here.place.path() / "copy.db";
    on->hurry();
    CHECK_FALSE(on->verify_audit().has_value());
    CHECK_FALSE(on->back_up(copy).has_value());
    CHECK_FALSE(std::filesystem::exists(copy));
    here.write(*on, wish(here.with, "the writer goes on", issue(), at(1s)));
}

TEST_CASE("what a database of an earlier Kabinet says of bars means today what it meant there") {
    house here;
    {
        sqlite::connection old{here.file};
        for (std::size_t step = 0; step < 5; ++step)
            old.run(schema_steps()[step]);
        old.run("PRAGMA application_id = 1262568009; PRAGMA user_version = 5;"
                "INSERT INTO subscribers (msisdn, status, reason, type, region, zone, ported_out, email, "
                "added_at, seen)"
                " VALUES (79261112233, 2, 'debt', '', '', '', NULL, '', 1, 0),"
                " (79262223344, 2, 'lost', '', '', '', 0, '', 1, 0), (79263334455, 2, 'debt', '', '', '', 1, "
                "'', 1, 0);"
                "INSERT INTO accounts (id, msisdn, status, language, created_at) VALUES"
                " (7, 79261112233, 1, 'en', 1), (8, 79262223344, 2, 'en', 1), (9, 79263334455, 3, 'en', 1),"
                " (10, 79264445566, 1, 'en', 1)");
    }
    const auto opened = here.open();
    const auto facts = [&](std::uint64_t digits) {
        return opened->inspect(msisdn::from_digits(digits), at(0s).utc).value().value();
    };
    CHECK(facts(79261112233).status == account_status::barred);
    CHECK(facts(79261112233).bar == bar_reason::debt);
    CHECK(facts(79262223344).bar == bar_reason::lost);
    CHECK(facts(79263334455).status == account_status::left);
    CHECK(facts(79264445566).status == account_status::active);
    CHECK(facts(79264445566).last_use > at(0s).utc); // nobody knows when: the term begins today
}

TEST_CASE("a database of an earlier Kabinet goes on with all that stands in it") {
    house here;
    REQUIRE(schema_steps().size() >= 2);
    {
        sqlite::connection old{here.file};
        old.run(schema_steps()[0]);
        old.run("PRAGMA application_id = 1262568009; PRAGMA user_version = 1;"
                "INSERT INTO accounts (id, msisdn, language, created_at, kind, version, blocked_at)"
                " VALUES (7, 79261112233, 'en', 1, 1, 3, 5)");
    }
    const auto opened = here.open();
    const auto facts = opened->inspect(anna, at(0s).utc).value();
    REQUIRE(facts);
    CHECK(facts->version == 3);
    CHECK(facts->speaks == *language::from("en"));
    here.write(*opened, wish(here.with, "dial", issue(), at(0s)));
    CHECK(opened->inspect(anna, at(1s).utc).value()->version == 4);
    CHECK(opened->inspect(anna, at(1s).utc).value()->is_live);
    CHECK(opened->look_before_login(boris, 5, at(1s).utc).value().sealed.empty());
}

} // namespace sqlite_test
