#include "gateway/cdr.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/json.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace kabinet::gateway::cdr_test {

using folder = kabinet::tests::temporary_folder;
using namespace std::chrono_literals;

namespace {

call_record some_record(std::string_view kind = "ussd") {
    call_record made;
    made.kind = kind;
    made.who = msisdn::from_digits(79261112233);
    made.link = "main";
    made.service = "*105*00#";
    made.began = utc_time{1'709'210'096'007'999us};
    made.ended = made.began + 1'250ms;
    made.screens = 2;
    made.did = "issue_password.replaced";
    made.end = "answered";
    return made;
}

std::vector<nlohmann::json> lines_of(const std::filesystem::path& file) {
    std::vector<nlohmann::json> all;
    std::ifstream opened{file};
    for (std::string line; std::getline(opened, line);)
        all.push_back(kabinet::tests::read_json(line));
    return all;
}

} // namespace

TEST_SUITE("call records") {
    TEST_CASE("a file that was moved away is begun anew when it is told so") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        const auto moved = of.path() / "cdr.jsonl.1";
        {
            call_records records{file};
            records.write(some_record("ussd"));
            const auto latest = std::chrono::steady_clock::now() + 3s;
            while (lines_of(file).empty() && std::chrono::steady_clock::now() < latest)
                std::this_thread::yield();
            std::filesystem::rename(file, moved);
            records.reopen();
            records.write(some_record("sms"));
        }
        REQUIRE(lines_of(moved).size() == 1);
        REQUIRE(lines_of(file).size() == 1);
        CHECK(lines_of(file)[0].at("kind") == "sms");
        CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms{0077}) ==
              std::filesystem::perms::none);
    }

    TEST_CASE("a record is one line of JSON with what a bill needs") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        {
            call_records records{file};
            records.write(some_record());
            CHECK(records.lost() == 0);
        }
        const auto all = lines_of(file);
        REQUIRE(all.size() == 1);
        CHECK(all[0] == nlohmann::json{{"at", "2024-02-29T12:34:56.007Z"},
                                       {"kind", "ussd"},
                                       {"msisdn", "79261112233"},
                                       {"link", "main"},
                                       {"service", "*105*00#"},
                                       {"ms", 1'250},
                                       {"screens", 2},
                                       {"did", "issue_password.replaced"},
                                       {"end", "answered"}});
    }

    TEST_CASE("an SMS has no screens and a look has no deed") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        {
            call_records records{file};
            call_record one = some_record("sms");
            one.did = {};
            records.write(one);
        }
        const auto all = lines_of(file);
        REQUIRE(all.size() == 1);
        CHECK_FALSE(all[0].contains("screens"));
        CHECK_FALSE(all[0].contains("did"));
    }

    TEST_CASE("whatever a phone sent stays one line that parses") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        {
            call_records records{file};
            call_record odd = some_record();
            for (const std::string_view service : {"a\nb\r\"}{", "%v %s {}", "\xFF\xD0", "\x1B[31m", ""}) {
                odd.service = service;
                records.write(odd);
            }
        }
        const auto all = lines_of(file);
        REQUIRE(all.size() == 5);
        CHECK(all[0]["service"] == "a\nb\r\"}{");
        CHECK(all[1]["service"] == "%v %s {}");
    }

    TEST_CASE("the file is born readable by its owner only") {
        using std::filesystem::perms;
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        const call_records records{file};
        CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
    }

    TEST_CASE("records of the run before stay") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        for (int run = 0; run < 2; ++run) {
            call_records records{file};
            records.write(some_record());
        }
        CHECK(lines_of(file).size() == 2);
    }

    TEST_CASE("a thousand records are a thousand lines in their order") {
        folder of;
        const auto file = of.path() / "cdr.jsonl";
        {
            call_records records{file};
            for (unsigned each = 0; each < 1'000; ++each) {
                call_record one = some_record();
                one.screens = each;
                records.write(one);
            }
        }
        const auto all = lines_of(file);
        REQUIRE(all.size() == 1'000);
        for (unsigned each = 0; each < 1'000; ++each)
            REQUIRE(all[each]["screens"] == each);
    }

    TEST_CASE("without a file no records are kept") {
        call_records none{{}};
        none.write(some_record());
        CHECK(none.lost() == 0);
    }

    TEST_CASE("a file that can't be written is a broken start that names it") {
        folder of;
        CHECK_THROWS_AS(call_records{of.path()}, std::runtime_error);
        CHECK_THROWS_WITH(call_records{of.path() / "no" / "cdr.jsonl"},
                          doctest::Contains("cdr.jsonl: can't be written"));
    }
}

} // namespace kabinet::gateway::cdr_test
