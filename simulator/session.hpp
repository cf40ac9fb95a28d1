// The number of a USSD session as a centre writes it and reads it back, for each kind a dialect knows.
// Keeps no sessions.
#pragma once

#include "smpp/dialect.hpp"
#include "smpp/tlv.hpp"

#include <cstdint>
#include <optional>

namespace kabinet::simulator {

/// As it stands on the wire: two octets, or four in a vendor's parameter.
using session_word = std::uint32_t;

/// The word of a centre's `count`-th session; never one with the end bit.
[[nodiscard]] session_word first_word(const smpp::dialect&, std::uint32_t count);

/// The word of the session's next step: centres that key on octet 1 alone count steps in octet 2.
[[nodiscard]] session_word next_word(const smpp::dialect&, session_word);

[[nodiscard]] bool is_same_session(const smpp::dialect&, session_word, session_word);

/// Adds what the dialect carries a session in; nothing at all where it carries none.
void add_session(smpp::tlv_writer&, const smpp::dialect&, session_word, bool ends);

[[nodiscard]] std::optional<session_word> find_session(const smpp::tlv_list&, const smpp::dialect&);

/// Whether the end bit of its_session_info is set, where the dialect gives it a meaning (protocol 1.2).
[[nodiscard]] bool has_end_bit(const smpp::tlv_list&, const smpp::dialect&);

} // namespace kabinet::simulator
