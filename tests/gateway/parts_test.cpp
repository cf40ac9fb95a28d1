#include "gateway/parts.hpp"

#include "menus/fit.hpp"
#include "menus/outcomes.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace kabinet::gateway::parts_test {

namespace {

std::string repeat(std::string_view what, std::size_t times) {
    std::string made;
    for (std::size_t each = 0; each < times; ++each)
        made += what;
    return made;
}

smpp::dialect with_coding(std::uint8_t data_coding) {
    smpp::dialect made;
    made.gsm_data_coding = data_coding;
    return made;
}

sms_layout layout_of(std::string_view text, const smpp::dialect& link = {}) {
    const auto as = lay_out_sms(link, text);
    REQUIRE(as.has_value());
    return *as;
}

std::vector<std::string> parts_of(std::string_view text, const smpp::dialect& link = {}) {
    const sms_layout as = layout_of(text, link);
    std::vector<std::string> parts;
    for (std::uint8_t number = 1; number <= as.parts; ++number)
        parts.emplace_back(find_part(text, as, number));
    return parts;
}

std::vector<std::size_t> sizes_of(std::string_view text, const smpp::dialect& link = {}) {
    std::vector<std::size_t> sizes;
    for (const std::string& each : parts_of(text, link))
        sizes.push_back(each.size());
    return sizes;
}

using sizes = std::vector<std::size_t>;

/// Texts of characters of every cost, always the same.
class random_texts {
  public:
    std::string next(bool is_gsm) {
        static constexpr std::array<std::string_view, 5> gsm{"a", "7", "é", "[", "€"};
        static constexpr std::array<std::string_view, 5> wide{"a", "я", "€", "😀", "𝄞"};
        const auto& from = is_gsm ? gsm : wide;
        const std::size_t size = random_() % 560 + 1;
        const std::size_t costly = random_() % 100; // of a hundred
        std::string made = is_gsm ? "" : "я";
        for (std::size_t each = 0; each < size; ++each)
            made += from.at(random_() % 100 < costly ? 3 + random_() % 2 : random_() % 3);
        return made;
    }

  private:
    std::mt19937 random_{23040};
};

} // namespace

TEST_SUITE("the parts of an SMS") {
    TEST_CASE("one part holds 160 septets or 70 characters and each of several 153 or 67") {
        CHECK(sizes_of("") == sizes{0});
        CHECK(sizes_of(std::string(160, 'x')) == sizes{160});
        CHECK(sizes_of(std::string(161, 'x')) == sizes{153, 8});
        CHECK(sizes_of(std::string(306, 'x')) == sizes{153, 153});
        CHECK(sizes_of(std::string(307, 'x')) == sizes{153, 153, 1});
        CHECK(sizes_of(std::string(459, 'x')) == sizes{153, 153, 153});
        CHECK(sizes_of(repeat("я", 70)) == sizes{140});
        CHECK(sizes_of(repeat("я", 71)) == sizes{134, 8});
        CHECK(sizes_of(repeat("я", 134)) == sizes{134, 134});
        CHECK(sizes_of(repeat("я", 201)) == sizes{134, 134, 134});
    }

    TEST_CASE("no part begins within an escape pair") {
        CHECK(parts_of(repeat("€", 80)) == std::vector{repeat("€", 80)});
        const std::string before(152, 'x');
        CHECK(parts_of(before + "€" + std::string(10, 'y')) ==
              std::vector{before, "€" + std::string(10, 'y')});
        CHECK(parts_of(repeat("€", 81)) == std::vector{repeat("€", 76), repeat("€", 5)});
    }

    TEST_CASE("no surrogate pair is split") {
        const std::string before = repeat("я", 66);
        CHECK(parts_of(before + "😀" + "яяя") == std::vector{before, std::string{"😀яяя"}});
        CHECK(parts_of(repeat("😀", 35)).size() == 1);
        CHECK(parts_of(repeat("😀", 36)) == std::vector{repeat("😀", 33), repeat("😀", 3)});
    }

    TEST_CASE("one character that GSM lacks makes all parts UCS-2") {
        const std::string text = std::string(200, 'x') + "я";
        CHECK(layout_of(text) == sms_layout{alphabet::ucs2, 3});
        CHECK(sizes_of(text) == sizes{67, 67, 68});
    }

    TEST_CASE("another alphabet of the link is counted in the septets that its centre makes of it") {
        const smpp::dialect latin = with_coding(3);
        CHECK(layout_of(std::string(160, '['), latin) == sms_layout{alphabet::latin1, 3});
        CHECK(sizes_of(repeat("é", 161), latin) == sizes{306, 16});
        CHECK(layout_of(repeat("Δ", 71), latin) == sms_layout{alphabet::ucs2, 2}); // GSM has it, Latin-1 not
        CHECK(lay_out_sms(with_coding(6), "№ 1")->in == alphabet::ucs2);
        CHECK(lay_out_sms(with_coding(6), "1")->in == alphabet::cyrillic);
        CHECK(layout_of(std::string(71, 'x'), with_coding(8)) == sms_layout{alphabet::ucs2, 2});
    }

    TEST_CASE("broken text and one beyond 255 parts can't travel") {
        CHECK(lay_out_sms({}, "a\xFF").error() == text_error::bad_utf8);
        CHECK(lay_out_sms({}, std::string(255 * 153, 'x'))->parts == 255);
        CHECK(lay_out_sms({}, std::string(255 * 153 + 1, 'x')).error() == text_error::too_long);
    }

    TEST_CASE("a header says which part of which message follows") {
        CHECK(write_part_header(0x2A, {alphabet::gsm7, 3}, 2) == part_header{5, 0, 3, 0x2A, 3, 2});
    }

    TEST_CASE("whatever is cut makes the same text again and each part fits the air") {
        random_texts texts;
        for (int each = 0; each < 2'000; ++each) {
            CAPTURE(each);
            const bool is_gsm = each % 2 == 0;
            const std::string text = texts.next(is_gsm);
            REQUIRE(layout_of(text).in == (is_gsm ? alphabet::gsm7 : alphabet::ucs2));
            std::string whole;
            const std::vector<std::string> parts = parts_of(text);
            for (const std::string& part : parts) {
                const std::size_t used = (is_gsm ? count_septets(part) : count_utf16(part)).value();
                const std::size_t most = parts.size() == 1 ? (is_gsm ? 160U : 70U) : (is_gsm ? 153U : 67U);
                REQUIRE(used <= most);
                REQUIRE_FALSE(part.empty());
                whole += part;
            }
            REQUIRE(whole == text);
        }
    }

    TEST_CASE("what a pack's check lets through leaves in no more parts than it promised") {
        random_texts texts;
        int held = 0;
        for (int each = 0; each < 4'000; ++each) {
            const std::string text = texts.next(each % 2 == 0);
            for (std::uint8_t most = 1; most <= 5; ++most)
                if (menus::measure_sms(text, most).fits()) {
                    CAPTURE(text);
                    REQUIRE(lay_out_sms({}, text)->parts <= most);
                    ++held;
                }
        }
        CHECK(held > 4'000);
    }

    TEST_CASE(
        "a pair on every seam makes of the longest text a check lets through as many parts as promised") {
        const std::string gsm =
            std::string(152, 'x') + "€" + std::string(150, 'y') + "€" + std::string(151, 'z');
        const std::string wide = repeat("я", 66) + "😀" + repeat("я", 64) + "😀" + repeat("я", 65);
        for (const std::string& longest : {gsm, wide}) {
            CHECK(menus::measure_sms(longest, 3).fits());
            CHECK_FALSE(menus::measure_sms(longest + "z", 3).fits());
            CHECK(layout_of(longest).parts == 3);
            CHECK(layout_of(longest + "z").parts == 4);
        }
    }
}

} // namespace kabinet::gateway::parts_test
