#include "gateway/feed_file.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::feed_file_test {

namespace {

const numbering_plan russian;

std::string header_refusal(std::string_view header) {
    feed_reader reader{russian};
    const auto came = reader.read_header(header);
    return came ? "" : came.error().why;
}

std::string line_refusal(std::string_view header, std::string_view line) {
    feed_reader reader{russian};
    REQUIRE(reader.read_header(header).has_value());
    const auto came = reader.read(line);
    return came ? "" : came.error().why;
}

feed_line read(std::string_view header, std::string_view line) {
    feed_reader reader{russian};
    REQUIRE(reader.read_header(header).has_value());
    auto came = reader.read(line);
    REQUIRE(came.has_value());
    return std::move(*came);
}

} // namespace

TEST_SUITE("feed file") {
    TEST_CASE("columns come in any order and what is empty is not said") {
        const feed_line line = read("region,msisdn,status,ported_out,level,language,code_word",
                                    "\"Казань, Татарстан\",8 926 111-22-33,barred,1,own,en,fakeword");
        CHECK(line.row.who == msisdn::from_digits(79261112233));
        CHECK(line.row.region == "Казань, Татарстан");
        CHECK(line.row.status == store::account_status::barred);
        CHECK(line.row.is_ported_out == true);
        CHECK(line.row.level == access_level::own_number);
        CHECK(line.row.speaks == *language::from("en"));
        CHECK(line.code_word.reveal() == "fakeword");

        const feed_line silent = read("msisdn,status,region,ported_out", "79261112233,,,");
        CHECK_FALSE(silent.row.status);
        CHECK_FALSE(silent.row.is_ported_out);
        CHECK(silent.row.region.empty());
        CHECK(silent.code_word.empty());
    }

    TEST_CASE("a header is refused with the column that is wrong") {
        CHECK(header_refusal("msisdn,sattus") == "there is no column \"sattus\"");
        CHECK(header_refusal("msisdn,status,msisdn") == "the column msisdn stands twice");
        CHECK(header_refusal("status,region") == "the column msisdn is missing");
        CHECK(header_refusal("msisdn,") == "there is no column \"\"");
        CHECK(header_refusal("\"msisdn") == "a quote is open or stands in the middle of a field");
        CHECK(header_refusal("\"msisdn\",status\r").empty());
    }

    TEST_CASE("a bad field is named by its column and never shown") {
        struct row {
            const char* header;
            const char* line;
            const char* why;
        };
        const row table[] = {
            {"msisdn", "", "msisdn: no number of ours"},
            {"msisdn", "000110", "msisdn: no number of ours"},
            {"msisdn", "+84912345678", "msisdn: no number of ours"},
            {"msisdn,status", "79261112233,asleep", "status: active or barred"},
            {"msisdn,language", "79261112233,Russian", "language: two small letters, such as ru"},
            {"msisdn,zone", "79261112233,Mars/Base", "zone: no time zone such as Europe/Moscow"},
            {"msisdn,ported_out", "79261112233,yes", "ported_out: 1 or 0"},
            {"msisdn,level", "79261112233,god", "level: view, own or all"},
            {"msisdn,email", "79261112233,nobody", "email: no address"},
            {"msisdn,email", "79261112233,a b@c", "email: no address"},
            {"msisdn,sim_changed_at", "79261112233,21.11.2025",
             "sim_changed_at: no time such as 2025-11-21T10:00:00Z"},
            {"msisdn,region", "79261112233,\xD0", "region: broken UTF-8"},
            {"msisdn,region", "79261112233,a\tb", "region: a control character"},
            {"msisdn,status", "79261112233", "1 fields where the header has 2"},
            {"msisdn", "79261112233,active", "2 fields where the header has 1"},
            {"msisdn", "\"79261112233", "a quote is open or stands in the middle of a field"},
        };
        for (const row& each : table) {
            CAPTURE(std::string{each.line});
            CHECK(line_refusal(each.header, each.line) == each.why);
        }
        CHECK(line_refusal("msisdn,region", "79261112233," + std::string(101, 'x')) ==
              "region: more than 100 characters");
        CHECK(line_refusal("msisdn,code_word", "79261112233," + std::string(193, 'x')) ==
              "code_word: too long");
    }

    TEST_CASE("an export reads back as what was exported") {
        store::subscriber of;
        of.who = msisdn::from_digits(79261112233);
        of.status = store::account_status::active;
        of.reason = "back, at last";
        of.type = "person";
        of.speaks = *language::from("en");
        of.zone = "Asia/Omsk";
        of.sim_changed = utc_time{std::chrono::seconds{1'700'000'000}};
        of.is_ported_out = false;
        of.level = access_level::all_numbers;
        of.email = "fake@example.net";
        of.code_word = store::password_hash{"never shown"};
        const std::string line = write_feed_line(of);
        CHECK(line == "79261112233,active,\"back, at last\",person,,en,Asia/Omsk,2023-11-14T22:13:20Z,,0,all,"
                      "fake@example.net");
        const store::subscriber again = read(write_feed_header(), line).row;
        CHECK(write_feed_line(again) == line);
        CHECK_FALSE(again.code_word);
    }
}

} // namespace kabinet::gateway::feed_file_test
