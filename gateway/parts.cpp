#include "gateway/parts.hpp"

#include "menus/fit.hpp"
#include "menus/page.hpp"

#include <limits>

namespace kabinet::gateway {

namespace {

constexpr std::size_t most_parts = std::numeric_limits<std::uint8_t>::max();

/// Of a text that GSM 7-bit has.
bool is_in(alphabet narrow, std::string_view utf8) {
    std::array<std::uint8_t, menus::long_text::static_capacity> place;
    return narrow == alphabet::gsm7 || (narrow != alphabet::ucs2 && encode(utf8, narrow, place).has_value());
}

/// The characters that the first of several parts holds.
std::string_view cut_part(std::string_view utf8, alphabet in) {
    const bool is_wide = in == alphabet::ucs2;
    std::size_t room = is_wide ? menus::part_characters : menus::part_septets;
    std::size_t end = 0;
    while (end < utf8.size()) {
        const std::string_view next = utf8.substr(end, next_code_point(utf8.substr(end)).size);
        const std::size_t units = (is_wide ? count_utf16(next) : count_septets(next)).value();
        if (units > room)
            break;
        room -= units;
        end += next.size();
    }
    return utf8.substr(0, end);
}

} // namespace

boost::system::result<text_length> measure_text(const smpp::dialect& link, std::string_view utf8) {
    const alphabet narrow = smpp::alphabet_of(link, link.gsm_data_coding).value_or(alphabet::gsm7);
    if (const auto septets = count_septets(utf8); septets && is_in(narrow, utf8))
        return text_length{narrow, *septets};
    const auto utf16 = count_utf16(utf8);
    if (!utf16)
        return text_error::bad_utf8;
    return text_length{alphabet::ucs2, *utf16};
}

boost::system::result<sms_layout> lay_out_sms(const smpp::dialect& link, std::string_view utf8) {
    const auto length = measure_text(link, utf8);
    if (!length)
        return length.error();
    sms_layout made{length->in, 1};
    if (length->units <= (made.in == alphabet::ucs2 ? menus::sms_characters : menus::sms_septets))
        return made;
    std::size_t parts = 0;
    for (; !utf8.empty(); utf8.remove_prefix(cut_part(utf8, made.in).size()))
        if (++parts > most_parts)
            return text_error::too_long;
    made.parts = static_cast<std::uint8_t>(parts);
    return made;
}

std::string_view find_part(std::string_view utf8, const sms_layout& as, std::uint8_t number) {
    if (as.parts == 1)
        return utf8;
    for (std::uint8_t before = 1; before < number; ++before)
        utf8.remove_prefix(cut_part(utf8, as.in).size());
    return cut_part(utf8, as.in);
}

part_header write_part_header(std::uint8_t reference, const sms_layout& as, std::uint8_t number) {
    return {5, 0x00, 3, reference, as.parts, number};
}

} // namespace kabinet::gateway
