// How one make of SMSC or USSD centre speaks SMPP: what differs between them, as plain settings, and the
// questions the gateway asks of them. Adding a centre is a file in config/dialects, not code.
#pragma once

#include "values/address.hpp"
#include "values/text.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace kabinet::smpp {

/// Where a centre keeps the number of a USSD session.
enum class session_id_kind : std::uint8_t {
    none,                   // the MSISDN alone: one dialogue a subscriber
    its_session_info,       // TLV 0x1383, two octets, the lowest bit says "end"
    user_message_reference, // TLV 0x0204, two octets
    vendor_tlv,             // `session_tag`, up to four octets
};

/// Values of ussd_service_op (SMPP 3.4 5.3.2.44, and the vendors' own from 128 on).
struct ussd_ops {
    std::uint8_t one_shot = 0;                                // PSSD indication
    std::uint8_t begin = 1;                                   // PSSR indication
    std::uint8_t ask = 2;                                     // USSR request: show and wait
    std::uint8_t one_shot_answer = 16;                        // PSSD response
    std::uint8_t answer = 17;                                 // PSSR response: show and end
    std::uint8_t input = 18;                                  // USSR confirm
    std::uint8_t shown = 19;                                  // USSN confirm
    std::uint8_t abort = 129;                                 // theirs
    std::uint8_t last_input = 146;                            // their input, dialogue closed
    std::optional<std::uint8_t> abort_request = std::nullopt; // ours, where the centre knows one: 128 mostly

    friend bool operator==(const ussd_ops&, const ussd_ops&) = default;
};

/// When the deliver_sm_resp leaves, seen from the screen that answers the same deliver_sm.
enum class response_order : std::uint8_t { before_submit, after_submit };

struct dialect {
    std::string name = "standard";

    std::string ussd_service_type = "USSD"; // of the screens we send; may be empty
    session_id_kind session = session_id_kind::its_session_info;
    std::uint16_t session_tag = 0;           // with vendor_tlv
    std::uint16_t session_key_mask = 0xFFFE; // of the two octets: which bits name the session
    bool end_bit = false;                    // its_session_info's lowest bit ends the dialogue, both ways
    ussd_ops ops;
    bool dialled_in_destination = false; // the dialled string stands in destination_addr, not in the text

    std::uint8_t gsm_data_coding = 0;           // written for GSM 7-bit text
    std::uint8_t ucs2_data_coding = 8;          // written for everything else
    alphabet default_alphabet = alphabet::gsm7; // what data_coding 0 means here
    bool packed_ussd = false;                   // eight septets in seven octets, both ways
    std::optional<std::uint8_t> source_ton;     // of the source address in what we send; else as it came
    std::optional<std::uint8_t> source_npi;

    response_order respond = response_order::before_submit;
    std::uint32_t temporary_status = 0x64; // "try later" that this centre retries (0x58, 0x08, 0x14, 0x64)

    std::chrono::milliseconds response_timeout{10'000}; // of each request we send
    std::chrono::milliseconds answer_deadline{10'000};  // a subscriber waits no longer for a screen
    std::chrono::milliseconds idle_timeout{120'000};    // a screen waits no longer for a subscriber
    std::chrono::milliseconds total_timeout{600'000};   // of a whole dialogue

    friend bool operator==(const dialect&, const dialect&) = default;
};

/// The alphabet behind a data_coding that came (0, 1, 3, 6, 8, 15, 72, 0xF0-0xF3 and so on);
/// nothing for binary and unknown ones.
[[nodiscard]] std::optional<alphabet> alphabet_of(const dialect&, std::uint8_t data_coding);

} // namespace kabinet::smpp
