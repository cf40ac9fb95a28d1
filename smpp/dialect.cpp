#include "smpp/dialect.hpp"

namespace kabinet::smpp {

std::optional<alphabet> alphabet_of(const dialect& link, std::uint8_t data_coding) {
    switch (data_coding) {
    case 0x00:
        return link.default_alphabet;
    case 0x01: // ASCII: the part of GSM 7-bit where they differ is what phones don't type
    case 0x03:
        return alphabet::latin1;
    case 0x06:
        return alphabet::cyrillic;
    case 0x08:
    case 0x48:
        return alphabet::ucs2;
    case 0x0F:
    case 0xF0:
    case 0xF1:
    case 0xF2:
    case 0xF3:
        return alphabet::gsm7;
    default: // 2, 4, 0x44: 8-bit binary; the rest nobody has met
        return std::nullopt;
    }
}

} // namespace kabinet::smpp
