#include "simulator/voucher_file.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::voucher_file_test {

namespace {

std::vector<std::string> complaints(std::string_view content) {
    std::vector<std::string> those;
    for (const finding& each : parse_vouchers(content, "v.csv").findings)
        those.push_back(describe(each));
    return those;
}

} // namespace

TEST_CASE("vouchers are read with their worth and until when they are good") {
    const auto parsed = parse_vouchers("\xEF\xBB\xBF"
                                       "code,amount,expires\r\n"
                                       "1000000001,100,\r\n"
                                       "\"1000 0000-02\",\"250,50\",2099-12-31\r\n"
                                       "\r\n"
                                       "1000000003,50,2020-01-01T21:00:00Z",
                                       "v.csv");
    CHECK(parsed.findings.empty());
    REQUIRE(parsed.vouchers.size() == 3);
    CHECK(parsed.vouchers.at("1000000001").worth == money::from_minor(10'000));
    CHECK_FALSE(parsed.vouchers.at("1000000001").expires);
    CHECK(parsed.vouchers.at("1000000002").worth == money::from_minor(25'050));
    CHECK(parsed.vouchers.at("1000000002").expires ==
          utc_time{std::chrono::sys_days{std::chrono::December / 31 / 2099}});
    CHECK(parsed.vouchers.at("1000000003").expires ==
          utc_time{std::chrono::sys_days{std::chrono::January / 1 / 2020} + std::chrono::hours{21}});
    CHECK(parse_vouchers("amount,code\n1,12345678\n", "v.csv").vouchers.size() == 1);
}

TEST_CASE("a header that isn't right takes nothing, and isn't repeated: it may be a code") {
    using those = std::vector<std::string>;
    CHECK(complaints("") == those{"v.csv:1: column 1 is none of code, amount and expires"});
    CHECK(complaints("1000000001,100\n") == those{"v.csv:1: column 1 is none of code, amount and expires"});
    CHECK(complaints("code,amount,code\n") == those{"v.csv:1: the column code stands there twice"});
    CHECK(complaints("code,expires\n") == those{"v.csv:1: the columns code and amount are wanted"});
    CHECK(complaints("code,\"amount\n") == those{"v.csv:1: a quote is out of place"});
}

TEST_CASE("bad lines are told by number and column, the others taken") {
    const std::string_view content = "code,amount,expires\n"
                                     "1234567,100,\n"
                                     "123456789012345678901,100,\n"
                                     "1234567x,100,\n"
                                     "12345678,0,\n"
                                     "12345678,-5,\n"
                                     "12345678,1.005,\n"
                                     "12345678,100,soon\n"
                                     "12345678,100\n"
                                     "\"12345678\"9,100,\n"
                                     "1234\"5678,100,\n"
                                     "12345678,100,\n"
                                     "1234-5678,200,\n";
    CHECK(complaints(content) == std::vector<std::string>{
                                     "v.csv:2: code: not 8 to 20 digits",
                                     "v.csv:3: code: not 8 to 20 digits",
                                     "v.csv:4: code: not 8 to 20 digits",
                                     "v.csv:5: amount: no sum of money, such as 100 or 99.90",
                                     "v.csv:6: amount: no sum of money, such as 100 or 99.90",
                                     "v.csv:7: amount: no sum of money, such as 100 or 99.90",
                                     "v.csv:8: expires: no time, such as 2027-12-31T21:00:00Z",
                                     "v.csv:9: not as many fields as the header has",
                                     "v.csv:10: a quote is out of place",
                                     "v.csv:11: a quote is out of place",
                                     "v.csv:13: code: it is there twice",
                                 });
    const auto parsed = parse_vouchers(content, "v.csv");
    REQUIRE(parsed.vouchers.size() == 1);
    CHECK(parsed.vouchers.at("12345678").worth == money::from_minor(10'000));
}

} // namespace kabinet::simulator::voucher_file_test
