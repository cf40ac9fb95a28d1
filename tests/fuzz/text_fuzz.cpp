// Whatever comes from the air or is typed: decoding is stable, counts agree with sizes, packing is undone.
#include "values/msisdn.hpp"
#include "values/text.hpp"

#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace kabinet;

namespace {

using octets = std::span<const std::uint8_t>;

constexpr std::array alphabets{alphabet::gsm7, alphabet::ucs2, alphabet::latin1, alphabet::cyrillic};
constexpr std::uint8_t carriage_return = 0x0D;

void require(bool holds) {
    if (!holds)
        std::abort();
}

std::string_view view(const short_text& text) {
    return {text.data(), text.size()};
}

void require_counted(std::string_view utf8, alphabet as, std::size_t size) {
    if (as == alphabet::gsm7)
        require(count_septets(utf8) == size);
    if (as == alphabet::ucs2)
        require(count_utf16(utf8) == size / 2);
}

void try_from_the_air(octets input, alphabet as) {
    const auto text = decode(input, as);
    if (!text)
        return;
    std::vector<std::uint8_t> again(input.size());
    const auto size = encode(view(*text), as, again);
    require(size.has_value());
    require_counted(view(*text), as, *size);
    const auto same = decode(octets{again}.first(*size), as);
    require(same.has_value() && view(*same) == view(*text));
}

void try_from_the_house(std::string_view utf8, alphabet as) {
    std::vector<std::uint8_t> out(2 * utf8.size());
    const auto size = encode(utf8, as, out);
    if (!size) {
        require(size.error() != text_error::too_long);
        return;
    }
    require_counted(utf8, as, *size);
    const auto back = decode(octets{out}.first(*size), as);
    if (utf8.size() <= short_text::static_capacity)
        require(back.has_value() && view(*back) == utf8);
    else
        require(back.error() == text_error::too_long);
}

void try_packing(octets input) {
    std::vector<std::uint8_t> septets(input.begin(), input.end());
    for (std::uint8_t& septet : septets)
        septet &= 0x7FU;
    std::vector<std::uint8_t> air(septets.size() + 1);
    const auto size = pack_ussd(septets, air);
    require(size.has_value());
    std::vector<std::uint8_t> back(septets.size() + 1);
    const auto count = unpack_ussd(octets{air}.first(*size), back);
    require(count.has_value());
    back.resize(*count);
    if (!septets.empty() && septets.size() % 8 == 0 && septets.back() == carriage_return)
        septets.push_back(carriage_return);
    require(back == septets);
}

void try_unpacking(octets input) {
    std::vector<std::uint8_t> septets(input.size() * 8 / 7);
    require(unpack_ussd(input, septets).has_value());
}

void try_number(std::string_view typed) {
    static const numbering_plan plan;
    const auto number = normalise(typed, plan);
    if (!number)
        return;
    const auto again = normalise(number->text(), plan);
    require(again.has_value() && *again == *number);
    require(number->text().size() == plan.country_code.size() + plan.national_length);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    const octets air{input, size};
    const std::string_view typed{reinterpret_cast<const char*>(input), size};
    for (const alphabet as : alphabets) {
        try_from_the_air(air, as);
        try_from_the_house(typed, as);
    }
    try_packing(air);
    try_unpacking(air);
    try_number(typed);
    return 0;
}
