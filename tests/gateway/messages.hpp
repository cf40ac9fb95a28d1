// Messages as a centre would deliver them, put together in one line.
#pragma once

#include "gateway/translate.hpp"

#include <doctest/doctest.h>

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::tests {

using bytes = std::vector<std::uint8_t>;

inline bytes as_bytes(std::string_view characters) {
    return {characters.begin(), characters.end()};
}

inline bytes big_endian(std::u16string_view text) {
    bytes made;
    for (const char16_t unit : text) {
        made.push_back(static_cast<std::uint8_t>(unit >> 8U));
        made.push_back(static_cast<std::uint8_t>(unit));
    }
    return made;
}

/// A deliver_sm of 7 926 111 22 33 to 000110 that says `00`, until told otherwise.
class arriving {
  public:
    arriving& from(std::string_view number, std::uint8_t ton = 1, std::uint8_t npi = 1) {
        source_ = number;
        message_.source = {ton, npi, {}};
        return *this;
    }
    arriving& to(std::string_view number) {
        destination_ = number;
        return *this;
    }
    arriving& says(bytes text, std::uint8_t data_coding = 0) {
        text_ = std::move(text);
        message_.data_coding = data_coding;
        return *this;
    }
    arriving& says(std::string_view text, std::uint8_t data_coding = 0) {
        return says(as_bytes(text), data_coding);
    }
    arriving& classed(std::uint8_t esm_class) {
        message_.esm_class = esm_class;
        return *this;
    }
    arriving& op(std::uint8_t value) { return with(smpp::tag::ussd_service_op, {value}); }
    arriving& with(smpp::tag name, std::initializer_list<std::uint8_t> value) {
        tlvs_.add(name, {value.begin(), value.size()});
        return *this;
    }
    arriving& with(smpp::tag name, std::string_view value) {
        tlvs_.add(name, as_bytes(value));
        return *this;
    }

    [[nodiscard]] incoming read(const smpp::dialect& link = {}) {
        message_.source.characters = source_;
        message_.destination.characters = destination_;
        message_.text = text_;
        message_.tlv = tlvs_.list();
        return gateway::read(message_, link, {});
    }
    /// The test ends here when it reads as something else.
    template <class Wanted>
    [[nodiscard]] Wanted as(const smpp::dialect& link = {}) {
        const incoming came = read(link);
        REQUIRE(std::holds_alternative<Wanted>(came));
        return std::get<Wanted>(came);
    }

  private:
    smpp::message message_ = [] {
        smpp::message made;
        made.source = {1, 1, {}};
        made.destination = {0, 1, {}};
        return made;
    }();
    std::string source_ = "79261112233";
    std::string destination_ = "000110";
    bytes text_ = as_bytes("00");
    std::array<std::uint8_t, 512> place_{};
    smpp::tlv_writer tlvs_{place_};
};

inline smpp::dialect keeping_session_in(smpp::session_id_kind kind) {
    smpp::dialect made;
    made.session = kind;
    made.session_tag = 0x1501;
    return made;
}

} // namespace kabinet::gateway::tests
