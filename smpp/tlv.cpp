#include "smpp/tlv.hpp"

#include <algorithm>

namespace kabinet::smpp {

std::optional<tlv_list> tlv_list::over(octets raw) {
    std::size_t at = 0;
    while (at < raw.size()) {
        if (raw.size() - at < 4)
            return std::nullopt;
        const std::size_t length = static_cast<std::size_t>(raw[at + 2]) << 8U | raw[at + 3];
        if (raw.size() - at - 4 < length)
            return std::nullopt;
        at += 4 + length;
    }
    return tlv_list{raw};
}

std::optional<octets> tlv_list::find(smpp::tag wanted) const {
    for (tlv each : *this)
        if (each.tag == wanted)
            return each.value;
    return std::nullopt;
}

std::optional<std::uint8_t> tlv_list::find_u8(smpp::tag wanted) const {
    const auto value = find(wanted);
    if (!value || value->size() != 1)
        return std::nullopt;
    return value->front();
}

std::optional<std::uint16_t> tlv_list::find_u16(smpp::tag wanted) const {
    const auto value = find(wanted);
    if (!value || value->size() != 2)
        return std::nullopt;
    return static_cast<std::uint16_t>((*value)[0] << 8U | (*value)[1]);
}

void tlv_writer::add(smpp::tag name, octets value) {
    if (place_.size() - size_ < 4 + value.size() || value.size() > 0xFFFF) {
        whole_ = false;
        return;
    }
    const auto number = static_cast<std::uint16_t>(name);
    std::uint8_t* out = place_.data() + size_;
    *out++ = static_cast<std::uint8_t>(number >> 8U);
    *out++ = static_cast<std::uint8_t>(number);
    *out++ = static_cast<std::uint8_t>(value.size() >> 8U);
    *out++ = static_cast<std::uint8_t>(value.size());
    std::copy(value.begin(), value.end(), out);
    size_ += 4 + value.size();
}

void tlv_writer::add_u8(smpp::tag name, std::uint8_t value) {
    add(name, octets{&value, 1});
}

void tlv_writer::add_u16(smpp::tag name, std::uint16_t value) {
    const std::array<std::uint8_t, 2> both{static_cast<std::uint8_t>(value >> 8U),
                                           static_cast<std::uint8_t>(value)};
    add(name, both);
}

} // namespace kabinet::smpp
