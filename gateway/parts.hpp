// A text as an SMS: the alphabet it travels in and where it is cut into parts. Pure; doesn't know how a part
// is written into a submit_sm.
#pragma once

#include "smpp/dialect.hpp"
#include "values/text.hpp"

#include <boost/system/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kabinet::gateway {

/// What a link writes a text in, and the text's length on the air: in UTF-16 units where that is UCS-2, else
/// in septets, for a centre makes GSM text of every other alphabet.
struct text_length {
    alphabet in = alphabet::gsm7;
    std::size_t units = 0;
};

/// In the alphabet of the link's coding for GSM text where that has all characters, else in UCS-2;
/// `bad_utf8`.
[[nodiscard]] boost::system::result<text_length> measure_text(const smpp::dialect&, std::string_view utf8);

/// How a text leaves: all parts are in one alphabet.
struct sms_layout {
    alphabet in = alphabet::gsm7;
    std::uint8_t parts = 1;

    friend bool operator==(const sms_layout&, const sms_layout&) = default;
};

/// As few parts as there can be, of whole characters: of 160 septets or 70 UTF-16 units where there is one,
/// of 153 or 67 where there are more (3GPP TS 23.040 9.2.3.24.1). `bad_utf8`; `too_long` over 255 parts.
[[nodiscard]] boost::system::result<sms_layout> lay_out_sms(const smpp::dialect&, std::string_view utf8);

/// One part of a text that was laid out so. `number` runs from 1.
[[nodiscard]] std::string_view find_part(std::string_view utf8, const sms_layout&, std::uint8_t number);

/// The user data header before one of several parts (9.2.3.24.1, IE 0x00). A link carries SMS a septet an
/// octet, so no fill bits stand after it: the centre that packs puts them there.
using part_header = std::array<std::uint8_t, 6>;
[[nodiscard]] part_header write_part_header(std::uint8_t reference, const sms_layout&, std::uint8_t number);

} // namespace kabinet::gateway
