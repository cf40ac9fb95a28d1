// What a link is told at start: where the SMSC is, who we are to it, and how much it takes.
#pragma once

#include "smpp/dialect.hpp"
#include "values/secret.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace kabinet::smpp {

enum class bind_mode : std::uint8_t { transceiver, transmitter_and_receiver };

struct link_settings {
    std::string name;
    std::string host = "127.0.0.1";
    std::uint16_t port = 2775;

    std::string system_id;
    std::shared_ptr<const secret> password = std::make_shared<const secret>();
    std::string system_type;
    std::string address_range;
    bind_mode bind = bind_mode::transceiver;

    dialect speaks;
    bool carries_ussd = true;
    bool carries_sms = true;
    std::string group; // links of one centre share dialogues and repeats; the name where not given
    bool trusts_ussd_source = true;
    bool trusts_sms_source = true;

    std::uint32_t window = 100; // requests of ours awaiting a response, 1 to 10,000
    std::uint32_t max_tps = 0;  // submits a second, each part counts; 0: no limit

    std::chrono::milliseconds bind_timeout{30'000};
    std::chrono::milliseconds enquire_link_interval{30'000}; // of silence
    std::chrono::milliseconds enquire_link_timeout{10'000};
    std::chrono::milliseconds pdu_deadline{10'000}; // a begun PDU is whole by then
    std::chrono::milliseconds unbind_timeout{5'000};
};

} // namespace kabinet::smpp
