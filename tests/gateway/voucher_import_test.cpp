#include "gateway/clocks.hpp"
#include "gateway/voucher_import.hpp"
#include "tests/gateway/desk.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <algorithm>

namespace kabinet::gateway::voucher_import_test {

using namespace tests;
using store::verdict;
using store::tests::octets_of;

namespace {

constexpr std::string_view first_code = "4071826395", second_code = "4071826396";

int take(desk& on, std::deque<std::string> lines) {
    return on.run({"vouchers", "import", "vouchers.csv"}, std::move(lines));
}

/// What comes of typing it at a phone.
store::outcome type(desk& on, std::string_view code) {
    store::request asked;
    asked.id = store::keys::draw_request_id();
    asked.by.who = anna;
    asked.what = store::top_up{on.keys.mark_voucher(secret{code}), 50, std::chrono::hours{1}};
    asked.now = read_clocks();
    const auto awaited = boost::asio::make_work_guard(on.loop);
    std::optional<store::outcome> done;
    on.lane.once(std::move(asked), [&](auto came) { done = came.value(); });
    REQUIRE(run_until(on.loop, [&] { return done.has_value(); }));
    return *done;
}

bool repeats(const desk& on, std::string_view digits) {
    const auto has = [&](const std::string& line) { return line.find(digits) != std::string::npos; };
    return std::ranges::any_of(on.at.printed, has) || std::ranges::any_of(on.at.complaints, has);
}

} // namespace

TEST_SUITE("vouchers at the office") {
    TEST_CASE("a file is taken, and its codes are worth what it says") {
        desk on;
        CHECK(take(on, {"code,amount,expires", "4071826395,100,", "4071826396,250.50,2099-12-31"}) ==
              errand_done);
        CHECK(on.at.printed == std::vector<std::string>{"2 new, 0 known before, 0 lines bad"});
        CHECK(type(on, first_code).sums.amount == money::from_minor(100'00));
        CHECK(type(on, second_code).sums.amount == money::from_minor(250'50));
        CHECK(type(on, first_code).is == verdict::used_voucher);
    }

    TEST_CASE("columns come in any order and without the one that need not be there") {
        desk on;
        CHECK(take(on, {"expires,amount,code", "2020-01-01T00:00:00Z,\"99,90\",4071-8263 95"}) ==
              errand_done);
        CHECK(on.said("1 new, 0 known before, 0 lines bad; out of date already: 1"));
        CHECK(type(on, first_code).is == verdict::old_voucher);
        CHECK(take(on, {"amount,code", "99.9,4071826396"}) == errand_done);
        CHECK(type(on, second_code).sums.amount == money::from_minor(99'90));
    }

    TEST_CASE("what editors of tables put before and behind the lines is passed over") {
        desk on;
        CHECK(take(on, {"\xEF\xBB\xBF"
                        "code,amount\r",
                        "4071826395,100\r", "\r", "", "\"4071826396\",\"10\"\r"}) == errand_done);
        CHECK(on.said("2 new, 0 known before, 0 lines bad"));
        CHECK(type(on, first_code).is == verdict::topped_up);
        CHECK(type(on, second_code).is == verdict::topped_up);
    }

    TEST_CASE("a header that isn't right takes nothing") {
        const std::pair<const char*, const char*> rows[] = {
            {"code,worth", "line 1: column 2 is none of code, amount and expires"},
            {"Code,amount", "line 1: column 1 is none of code, amount and expires"},
            {"code,amount,", "line 1: column 3 is none of code, amount and expires"},
            {"code,amount,code", "line 1: the column code stands there twice"},
            {"code,expires", "line 1: the columns code and amount are wanted"},
            {"amount", "line 1: the columns code and amount are wanted"},
            {"\"code,amount", "line 1: a quote is out of place"},
        };
        for (const auto& [header, complaint] : rows) {
            CAPTURE(header);
            desk on;
            CHECK(take(on, {header, "4071826395,100"}) == errand_broken);
            CHECK(on.at.complaints == std::vector<std::string>{complaint});
            CHECK(on.at.printed.empty());
            CHECK(type(on, first_code).is == verdict::wrong_voucher);
        }
        desk on;
        CHECK(take(on, {}) == errand_broken);
        CHECK(on.complained("there is no header line"));
    }

    TEST_CASE("a file without a header is refused without a word of its first code") {
        desk on;
        CHECK(take(on, {"4071826395,100,", "4071826396,100,"}) == errand_broken);
        CHECK(on.at.complaints.size() == 1);
        CHECK_FALSE(repeats(on, "407182639"));
    }

    TEST_CASE("bad lines are told by number and reason, never by code, and good ones are taken") {
        desk on;
        CHECK(take(on, {"code,amount,expires", "4071826395,100,", "40718263,100", "4071826397,0,",
                        "4071826397,-5,", "4071826397,1e3,", "4071826397,9223372036854775807,",
                        "4071826397,1.005,", "4071826397,,", "4071826397,100,tomorrow",
                        "4071826397,100,2099-13-01", "4071826397,100,,", "4071\"826397,100,",
                        "4071826396,100,"}) == errand_refused);
        const std::string amount = "amount: no sum of money, such as 100 or 99.90";
        const std::string expires = "expires: no time, such as 2027-12-31T21:00:00Z";
        const std::string fields = "not as many fields as the header has";
        CHECK(on.at.complaints ==
              std::vector<std::string>{"line 3: " + fields, "line 4: " + amount, "line 5: " + amount,
                                       "line 6: " + amount, "line 7: " + amount, "line 8: " + amount,
                                       "line 9: " + amount, "line 10: " + expires, "line 11: " + expires,
                                       "line 12: " + fields, "line 13: a quote is out of place"});
        CHECK(on.said("2 new, 0 known before, 11 lines bad"));
        CHECK_FALSE(repeats(on, "40718"));
        CHECK(type(on, first_code).is == verdict::topped_up);
        CHECK(type(on, second_code).is == verdict::topped_up);
        CHECK(type(on, "4071826397").is == verdict::wrong_voucher);
    }

    TEST_CASE("a code that nobody could type is a bad line") {
        desk on; // whose pack takes 8 to 20 digits
        CHECK(take(on, {"code,amount", "4071826,1", "407182639540718263951,1", "40718263x5,1", ",1",
                        std::string(300, '4') + ",1", "40718263,1", "40718263954071826395,1"}) ==
              errand_refused);
        CHECK(on.at.complaints.size() == 5);
        CHECK(on.complained("line 2: code: not 8 to 20 digits, as the pack says of vouchers"));
        CHECK(on.said("2 new, 0 known before, 5 lines bad"));
        CHECK_FALSE(repeats(on, "40718"));
        CHECK(type(on, "40718263").is == verdict::topped_up);
    }

    TEST_CASE("a code that is known is counted and stays as it was") {
        desk on;
        CHECK(take(on, {"code,amount", "4071826395,100", "4071826395,100"}) == errand_done);
        CHECK(on.said("1 new, 1 known before, 0 lines bad"));
        CHECK(type(on, first_code).is == verdict::topped_up);
        CHECK(take(on, {"code,amount", "4071826395,900", "4071826396,100"}) == errand_done);
        CHECK(on.said("1 new, 1 known before, 0 lines bad"));
        CHECK(type(on, first_code).is == verdict::used_voucher);
    }

    TEST_CASE("a long file is taken in batches, all of it") {
        desk on;
        std::deque<std::string> lines{"code,amount"};
        for (int each = 0; each < 1'001; ++each)
            lines.push_back(std::to_string(4'071'820'000 + each) + ",1");
        CHECK(take(on, std::move(lines)) == errand_done);
        CHECK(on.said("1001 new, 0 known before, 0 lines bad"));
        CHECK(type(on, "4071821000").is == verdict::topped_up);
    }

    TEST_CASE("no code is in the database") {
        desk on;
        CHECK(take(on, {"code,amount", "4071826395,100", "4071826396,100"}) == errand_done);
        CHECK(type(on, first_code).is == verdict::topped_up);
        const std::string at_rest =
            octets_of(on.place.path() / "kabinet.db") + octets_of(on.place.path() / "kabinet.db-wal");
        CHECK(at_rest.size() > 4096);
        CHECK(at_rest.find("407182639") == std::string::npos);
    }
}

} // namespace kabinet::gateway::voucher_import_test
