// PDUs as octets, put together by hand and not by the codec under test; and visitors that fill, or lay open,
// every field of a PDU without naming it.
#pragma once

#include "smpp/codec.hpp"

#include <array>
#include <deque>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <vector>

namespace kabinet::smpp::wire {

using bytes = std::vector<std::uint8_t>;

/// A body in the making: `body{}.octet(1).text("7926")`.
class body : public bytes {
  public:
    body& octet(std::uint8_t value, std::size_t times = 1) {
        insert(end(), times, value);
        return *this;
    }
    body& u16(std::uint16_t value) {
        return octet(static_cast<std::uint8_t>(value >> 8U)).octet(static_cast<std::uint8_t>(value));
    }
    body& u32(std::uint32_t value) {
        return u16(static_cast<std::uint16_t>(value >> 16U)).u16(static_cast<std::uint16_t>(value));
    }
    body& characters(std::string_view value) {
        insert(end(), value.begin(), value.end());
        return *this;
    }
    /// With its NUL.
    body& text(std::string_view value) { return characters(value).octet(0); }
    body& tlv(tag name, std::string_view value) {
        return u16(static_cast<std::uint16_t>(name))
            .u16(static_cast<std::uint16_t>(value.size()))
            .characters(value);
    }
};

inline bytes pdu(command id, std::uint32_t sequence_number, const bytes& of = {},
                 status result = status::ok) {
    body whole;
    whole.u32(static_cast<std::uint32_t>(header_size + of.size()))
        .u32(static_cast<std::uint32_t>(id))
        .u32(static_cast<std::uint32_t>(result))
        .u32(sequence_number);
    whole.insert(whole.end(), of.begin(), of.end());
    return whole;
}

/// A PDU that left, taken apart no further than its header.
struct sent_pdu {
    command id{};
    smpp::status status{};
    std::uint32_t sequence_number = 0;
    wire::bytes body;

    friend bool operator==(const sent_pdu&, const sent_pdu&) = default;
};

inline sent_pdu seen(octets pdu) {
    const header head = decode_header(pdu);
    return {head.id, head.status, head.sequence_number, {pdu.begin() + header_size, pdu.end()}};
}

/// A deliver_sm of 7 926 111 22 33 to `*100#`, up to and with sm_length; what follows is the test's.
inline body deliver_sm_up_to_text(std::uint8_t sm_length) {
    return body{}
        .text("USSD")
        .octet(1)
        .octet(1)
        .text("79261112233")
        .octet(0)
        .octet(1)
        .text("*100#")
        .octet(0, 3)
        .text("")
        .text("")
        .octet(0, 2)
        .octet(15)
        .octet(0)
        .octet(sm_length);
}

inline body deliver_sm_saying(std::string_view text) {
    return deliver_sm_up_to_text(static_cast<std::uint8_t>(text.size())).characters(text);
}

template <class... Pdus>
struct pdu_types {};
using all_pdus = pdu_types<bind_receiver, bind_receiver_resp, bind_transmitter, bind_transmitter_resp,
                           bind_transceiver, bind_transceiver_resp, outbind, submit_sm, submit_sm_resp,
                           deliver_sm, deliver_sm_resp, data_sm, data_sm_resp, alert_notification>;

template <class Test, class... Pdus>
void for_each_pdu(pdu_types<Pdus...>, Test test) {
    (test(std::type_identity<Pdus>{}), ...);
}
/// Calls the test with a std::type_identity of each PDU the codec knows.
template <class Test>
void for_each_pdu(Test test) {
    for_each_pdu(all_pdus{}, test);
}

/// Gives each field a value of its own, strings and short_message as long as they may be.
class filler {
  public:
    void octet(std::uint8_t& field) {
        last_octet_ = &field;
        field = ++counter_;
    }
    void c_octets(std::string_view& field, std::size_t limit) {
        field = kept_.emplace_back(limit, static_cast<char>('A' + ++counter_ % 26));
    }
    void optional_c_octets(std::string_view& field, std::size_t limit) { c_octets(field, limit); }
    void counted_octets(octets& field, std::size_t /*length*/) {
        *last_octet_ = 254;
        field = {reinterpret_cast<const std::uint8_t*>(kept_.emplace_back(254, 'm').data()), 254};
    }
    void optional_part(tlv_list& field) {
        tlv_writer writer{place_};
        writer.add_u8(tag::ussd_service_op, 1);
        writer.add_u16(tag::its_session_info, 0x1234);
        field = writer.list();
    }

  private:
    std::deque<std::string> kept_;
    std::array<std::uint8_t, 64> place_{};
    std::uint8_t* last_octet_ = nullptr;
    std::uint8_t counter_ = 0;
};

/// The fields in wire order, each as the octets of its value; the optional part as it stands on the wire.
class laid_open {
  public:
    template <class Pdu>
    explicit laid_open(const Pdu& pdu) {
        Pdu::visit(pdu, *this);
    }
    void octet(std::uint8_t field) { fields.emplace_back(1, static_cast<char>(field)); }
    void c_octets(std::string_view field, std::size_t /*limit*/) { fields.emplace_back(field); }
    void optional_c_octets(std::string_view field, std::size_t /*limit*/) { fields.emplace_back(field); }
    void counted_octets(octets field, std::size_t /*length*/) {
        fields.emplace_back(field.begin(), field.end());
    }
    void optional_part(const tlv_list& field) { fields.emplace_back(field.raw().begin(), field.raw().end()); }

    std::vector<std::string> fields;
};

template <class Pdu>
std::vector<std::string> fields_of(const Pdu& pdu) {
    return laid_open{pdu}.fields;
}

} // namespace kabinet::smpp::wire
