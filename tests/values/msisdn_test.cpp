#include "values/msisdn.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <unordered_set>

namespace msisdn_test {

using namespace kabinet;

namespace {

std::uint64_t digits_of(std::string_view address, const numbering_plan& plan = {}) {
    const auto number = normalise(address, plan);
    REQUIRE_MESSAGE(number.has_value(), address);
    return number->digits();
}

boost::system::error_code refusal_of(std::string_view address, const numbering_plan& plan = {}) {
    return normalise(address, plan).error();
}

} // namespace

TEST_CASE("every way to write a mobile number names one subscriber") {
    for (const std::string_view address : {
             "89261112233",
             "+79261112233",
             "79261112233",
             "9261112233",
             "0079261112233",
             "81079261112233",
             "8 (926) 111-22-33",
             "+7 926 111 22 33",
             "  +7(926)1112233  ",
             "(+7) 926-111-22-33",
             "8-926-111-22-33",
             "+7\u00A0926\u00A0111\u00A022\u00A033",
             "\u00A0926 111 22 33\u00A0",
             "\t9261112233\t",
             "8 10 7 926 111 22 33",
             "00 7 926 111-22-33",
             "8\u00A0(926)\u00A0111-22-33",
         }) {
        CAPTURE(address);
        CHECK(digits_of(address) == 79261112233);
    }
}

TEST_CASE("a fixed line of the country is kept when written with country code or trunk prefix") {
    CHECK(digits_of("74951234567") == 74951234567);
    CHECK(digits_of("+7 495 123-45-67") == 74951234567);
    CHECK(digits_of("84951234567") == 74951234567);
    CHECK(digits_of("88003330890") == 78003330890);
}

TEST_CASE("ten bare digits are a subscriber only when they are mobile") {
    CHECK(digits_of("9000000000") == 79000000000);
    CHECK(refusal_of("4951234567") == msisdn_error::foreign);
    CHECK(refusal_of("7926111223") == msisdn_error::foreign);
    CHECK(refusal_of("8926111223") == msisdn_error::foreign);
}

TEST_CASE("another country's number is foreign") {
    for (const std::string_view address :
         {"+380501234567", "380501234567", "00380501234567", "810380501234567", "+14155550100",
          "+442079460000", "+8613800138000"}) {
        CAPTURE(address);
        CHECK(refusal_of(address) == msisdn_error::foreign);
    }
}

TEST_CASE("after a plus stands a country code and never a trunk prefix or a bare number") {
    CHECK(refusal_of("+84912345678") == msisdn_error::foreign);   // Vietnam
    CHECK(refusal_of("0084912345678") == msisdn_error::foreign);  //
    CHECK(refusal_of("+9607712345") == msisdn_error::foreign);    // the Maldives
    CHECK(refusal_of("+810901234567") == msisdn_error::foreign);  // Japan, not the prefix 810
    CHECK(refusal_of("+0079261112233") == msisdn_error::foreign); // no country code begins with 0
    CHECK(refusal_of("81089261112233") == msisdn_error::foreign); // one prefix after another
    CHECK(refusal_of("00810926111223") == msisdn_error::foreign); //
}

TEST_CASE("a digit too few or too many makes no subscriber of the country") {
    CHECK(refusal_of("7926111223") == msisdn_error::foreign);
    CHECK(refusal_of("792611122334") == msisdn_error::foreign);
    CHECK(refusal_of("892611122334") == msisdn_error::foreign);
    CHECK(refusal_of("92611122334") == msisdn_error::foreign);
    CHECK(refusal_of("1234567") == msisdn_error::foreign);
}

TEST_CASE("services and robots are not subscribers") {
    for (const std::string_view address : {"",
                                           " ",
                                           "+",
                                           "()",
                                           "0",
                                           "000105",
                                           "111",
                                           "0550",
                                           "123456",
                                           "+700000",
                                           "00123456",
                                           "8101234",
                                           "MegaFon",
                                           "*105#",
                                           "*105*00#",
                                           "#100#",
                                           "7926111223a",
                                           "79261112233#",
                                           "7926.111.22.33",
                                           "7926/1112233",
                                           "７９２６１１１２２３３",
                                           "\xC2",
                                           "\xA0 9261112233",
                                           "79261112233\xC2"}) {
        CAPTURE(address);
        CHECK(refusal_of(address) == msisdn_error::not_a_subscriber);
    }
    const std::string_view with_nul{"7926\0001112233", 12};
    CHECK(refusal_of(with_nul) == msisdn_error::not_a_subscriber);
}

TEST_CASE("a plus stands once and before every digit") {
    CHECK(refusal_of("++79261112233") == msisdn_error::not_a_subscriber);
    CHECK(refusal_of("+ +79261112233") == msisdn_error::not_a_subscriber);
    CHECK(refusal_of("7+9261112233") == msisdn_error::not_a_subscriber);
    CHECK(refusal_of("79261112233+") == msisdn_error::not_a_subscriber);
}

TEST_CASE("fifteen digits are a number and sixteen are not") {
    CHECK(refusal_of("123456789012345") == msisdn_error::foreign);
    CHECK(refusal_of("1234567890123456") == msisdn_error::not_a_subscriber);
    CHECK(refusal_of("810123456789012345") == msisdn_error::foreign);
    CHECK(refusal_of("8101234567890123456") == msisdn_error::not_a_subscriber);
    CHECK(refusal_of(std::string(1000, '9')) == msisdn_error::not_a_subscriber);
    CHECK(refusal_of("7926" + std::string(1000, ' ') + "1112233") == boost::system::error_code{});
}

TEST_CASE("another country's plan is followed as written") {
    const numbering_plan belarus{"375", "80", {"00", "810"}, "29", 9};
    CHECK(digits_of("80291234567", belarus) == 375291234567);
    CHECK(digits_of("+375 29 123-45-67", belarus) == 375291234567);
    CHECK(digits_of("291234567", belarus) == 375291234567);
    CHECK(digits_of("810375291234567", belarus) == 375291234567);
    CHECK(refusal_of("171234567", belarus) == msisdn_error::foreign);
    CHECK(refusal_of("+79261112233", belarus) == msisdn_error::foreign);
}

TEST_CASE("a number is printed whole for the wire and masked for the log") {
    const auto number = msisdn::from_digits(79261112233);
    CHECK(number.text() == "79261112233");
    CHECK(number.masked() == "7926***2233");
    CHECK(msisdn::from_digits(123456789012345).masked() == "1234***2345");
}

TEST_CASE("the mask of a short number hides at least four digits") {
    CHECK(msisdn::from_digits(1234567890).masked() == "***7890");
    CHECK(msisdn::from_digits(12345678).masked() == "***5678");
    CHECK(msisdn::from_digits(1234567).masked() == "***");
    CHECK(msisdn::from_digits(105).masked() == "***");
    CHECK(msisdn{}.masked() == "***");
}

TEST_CASE("numbers are equal ordered and hashed by their digits") {
    const auto lower = msisdn::from_digits(79260000001);
    const auto higher = msisdn::from_digits(79260000002);
    CHECK(lower == msisdn::from_digits(79260000001));
    CHECK(lower < higher);
    std::unordered_set<std::size_t> low_bits;
    for (std::uint64_t last = 0; last < 1024; ++last)
        low_bits.insert(std::hash<msisdn>{}(msisdn::from_digits(79261110000 + last)) & 1023U);
    CHECK(low_bits.size() > 512);
}

TEST_CASE("each number error says what it is in a category of its own") {
    for (const msisdn_error each : {msisdn_error::not_a_subscriber, msisdn_error::foreign}) {
        const boost::system::error_code error = each;
        CHECK(error.category() == msisdn_category());
        CHECK(error.message() != "unknown number error");
    }
    CHECK(msisdn_category().message(99) == "unknown number error");
    CHECK(std::string{msisdn_category().name()} == "kabinet.msisdn");
}

} // namespace msisdn_test
