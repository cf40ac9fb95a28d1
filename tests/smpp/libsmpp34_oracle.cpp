#include "tests/smpp/libsmpp34_oracle.hpp"

#include <algorithm>
#include <concepts>
#include <string_view>

#include <stdint.h>
extern "C" {
#include <libsmpp34/def_frame/data_sm.tlv>
#include <libsmpp34/def_frame/deliver_sm.tlv>
#include <libsmpp34/def_frame/submit_sm.tlv>
#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>

#include <libsmpp34/smpp34_params.h>
}

namespace kabinet::smpp::oracle {

namespace {

// The library keeps some optional parameters as numbers and others as octets, by tag and PDU: its own lists
// say which.
#define U08(instance, name, text) visitor.number(instance name)
#define U16(instance, name, text) visitor.number(instance name)
#define U32(instance, name, text) visitor.number(instance name)
#define OCTET16(instance, name, size) visitor.octets(instance name, instance length);
template <class Visitor>
void visit_parameter(const submit_sm_t&, tlv_t* one, Visitor& visitor) {
    do_tlv_submit_sm(one)
}
template <class Visitor>
void visit_parameter(const deliver_sm_t&, tlv_t* one, Visitor& visitor) {
    do_tlv_deliver_sm(one)
}
template <class Visitor>
void visit_parameter(const data_sm_t&, tlv_t* one, Visitor& visitor) {
    do_tlv_data_sm(one)
}
#undef U08
#undef U16
#undef U32
#undef OCTET16

struct parameter_writer {
    std::string& out;

    template <std::unsigned_integral Number>
    void number(Number value) {
        for (std::size_t left = sizeof value; left-- > 0;)
            out.push_back(static_cast<char>(value >> 8U * left));
    }
    void octets(const std::uint8_t* from, std::size_t length) {
        out.append(reinterpret_cast<const char*>(from), length);
    }
};

struct parameter_reader {
    std::string_view& in;

    template <std::unsigned_integral Number>
    void number(Number& value) {
        std::uint32_t read = 0;
        for (std::size_t left = sizeof value; left > 0; --left, in.remove_prefix(1))
            read = read << 8U | static_cast<std::uint8_t>(in.front());
        value = static_cast<Number>(read);
    }
    void octets(std::uint8_t* to, std::size_t length) {
        std::copy_n(in.begin(), length, to);
        in.remove_prefix(length);
    }
};

/// The library's struct to fields.
struct field_writer {
    fields& out;

    void octet(std::uint8_t value) { out.emplace_back(1, static_cast<char>(value)); }
    template <std::size_t size>
    void text(const std::uint8_t (&value)[size]) {
        out.emplace_back(value, std::find(value, value + size, 0));
    }
    void counted(const std::uint8_t* value, std::size_t length) { out.emplace_back(value, value + length); }
    template <class Pdu>
    void parameters(const Pdu& pdu) {
        std::string raw; // the library's list is last first
        for (tlv_t* one = pdu.tlv; one != nullptr; one = one->next) {
            std::string wire;
            parameter_writer writer{wire};
            visit_parameter(pdu, one, writer);
            raw.insert(0, wire);
        }
        out.push_back(raw);
    }
};

/// Fields to the library's struct.
struct field_reader {
    fields::const_iterator next;

    void octet(std::uint8_t& value) { value = static_cast<std::uint8_t>((next++)->front()); }
    template <std::size_t size>
    void text(std::uint8_t (&value)[size]) {
        std::copy_n(next->begin(), std::min(next->size(), size - 1), value);
        ++next;
    }
    void counted(std::uint8_t* value, std::size_t length) {
        std::copy_n(next->begin(), length, value);
        ++next;
    }
    template <class Pdu>
    void parameters(Pdu& pdu) {
        std::string_view raw = *next++;
        std::vector<tlv_t> all;
        parameter_reader reader{raw};
        while (!raw.empty())
            visit_parameter(pdu, &all.emplace_back(), reader);
        for (auto one = all.rbegin(); one != all.rend(); ++one)
            build_tlv(&pdu.tlv, &*one);
    }
};

template <class Bind, class Visitor>
void visit_bind(Bind& pdu, Visitor& visitor) {
    visitor.text(pdu.system_id);
    visitor.text(pdu.password);
    visitor.text(pdu.system_type);
    visitor.octet(pdu.interface_version);
    visitor.octet(pdu.addr_ton);
    visitor.octet(pdu.addr_npi);
    visitor.text(pdu.address_range);
}
template <class Visitor>
void visit(bind_receiver_t& pdu, Visitor& visitor) {
    visit_bind(pdu, visitor);
}
template <class Visitor>
void visit(bind_transmitter_t& pdu, Visitor& visitor) {
    visit_bind(pdu, visitor);
}
template <class Visitor>
void visit(bind_transceiver_t& pdu, Visitor& visitor) {
    visit_bind(pdu, visitor);
}

template <class Pdu, class Visitor>
void visit_addresses(Pdu& pdu, Visitor& visitor) {
    visitor.text(pdu.service_type);
    visitor.octet(pdu.source_addr_ton);
    visitor.octet(pdu.source_addr_npi);
    visitor.text(pdu.source_addr);
    visitor.octet(pdu.dest_addr_ton);
    visitor.octet(pdu.dest_addr_npi);
    visitor.text(pdu.destination_addr);
    visitor.octet(pdu.esm_class);
}
/// submit_sm and deliver_sm.
template <class Pdu, class Visitor>
void visit(Pdu& pdu, Visitor& visitor) {
    visit_addresses(pdu, visitor);
    visitor.octet(pdu.protocol_id);
    visitor.octet(pdu.priority_flag);
    visitor.text(pdu.schedule_delivery_time);
    visitor.text(pdu.validity_period);
    visitor.octet(pdu.registered_delivery);
    visitor.octet(pdu.replace_if_present_flag);
    visitor.octet(pdu.data_coding);
    visitor.octet(pdu.sm_default_msg_id);
    visitor.octet(pdu.sm_length);
    visitor.counted(pdu.short_message, pdu.sm_length);
    visitor.parameters(pdu);
}
template <class Visitor>
void visit(data_sm_t& pdu, Visitor& visitor) {
    visit_addresses(pdu, visitor);
    visitor.octet(pdu.registered_delivery);
    visitor.octet(pdu.data_coding);
    visitor.parameters(pdu);
}

template <class Pdu>
void let_go(Pdu& pdu) {
    if constexpr (requires { pdu.tlv; })
        destroy_tlv(pdu.tlv);
}

template <class Pdu>
std::optional<unpacked> unpack_as(std::span<const std::uint8_t> wire) {
    Pdu pdu{};
    std::optional<unpacked> made;
    if (smpp34_unpack2(&pdu, wire.data(), static_cast<int>(wire.size())) == 0) {
        made.emplace();
        made->command_status = pdu.command_status;
        made->sequence_number = pdu.sequence_number;
        field_writer writer{made->fields};
        visit(pdu, writer);
    }
    let_go(pdu);
    return made;
}

template <class Pdu>
std::optional<std::vector<std::uint8_t>> pack_as(std::uint32_t command_id, const unpacked& of) {
    Pdu pdu{};
    pdu.command_id = command_id;
    pdu.command_status = of.command_status;
    pdu.sequence_number = of.sequence_number;
    field_reader reader{of.fields.begin()};
    visit(pdu, reader);
    std::vector<std::uint8_t> wire(8192);
    int size = 0;
    const bool packed = smpp34_pack2(wire.data(), static_cast<int>(wire.size()), &size, &pdu) == 0;
    let_go(pdu);
    if (!packed)
        return std::nullopt;
    wire.resize(static_cast<std::size_t>(size));
    return wire;
}

} // namespace

std::optional<unpacked> unpack(std::span<const std::uint8_t> pdu) {
    switch (pdu[7] | pdu[6] << 8U) {
    case BIND_RECEIVER:
        return unpack_as<bind_receiver_t>(pdu);
    case BIND_TRANSMITTER:
        return unpack_as<bind_transmitter_t>(pdu);
    case BIND_TRANSCEIVER:
        return unpack_as<bind_transceiver_t>(pdu);
    case SUBMIT_SM:
        return unpack_as<submit_sm_t>(pdu);
    case DELIVER_SM:
        return unpack_as<deliver_sm_t>(pdu);
    case DATA_SM:
        return unpack_as<data_sm_t>(pdu);
    default:
        return std::nullopt;
    }
}

std::optional<std::vector<std::uint8_t>> pack(std::uint32_t command_id, const unpacked& of) {
    switch (command_id) {
    case BIND_RECEIVER:
        return pack_as<bind_receiver_t>(command_id, of);
    case BIND_TRANSMITTER:
        return pack_as<bind_transmitter_t>(command_id, of);
    case BIND_TRANSCEIVER:
        return pack_as<bind_transceiver_t>(command_id, of);
    case SUBMIT_SM:
        return pack_as<submit_sm_t>(command_id, of);
    case DELIVER_SM:
        return pack_as<deliver_sm_t>(command_id, of);
    case DATA_SM:
        return pack_as<data_sm_t>(command_id, of);
    default:
        return std::nullopt;
    }
}

} // namespace kabinet::smpp::oracle
