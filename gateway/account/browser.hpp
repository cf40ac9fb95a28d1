// What a browser says of itself in its headers, and what it is told in ours. Pure.
#pragma once

#include "gateway/door/http.hpp"
#include "values/language.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::account {

/// Of a Cookie header; empty when it isn't there.
[[nodiscard]] std::string_view find_cookie(std::string_view header, std::string_view name);

/// Of an Accept-Language header (RFC 9110 12.5.4), the dearest first; regions are left out.
[[nodiscard]] std::vector<language> read_accepted(std::string_view header);

/// `lang=ru` of a query, and nothing else.
[[nodiscard]] std::string_view find_language(std::string_view query);

/// Without what stands around it.
[[nodiscard]] std::string_view trim(std::string_view text, std::string_view around = " \t");

/// The value of a field of the address's query, as it stands there; empty where there is none.
[[nodiscard]] std::string_view find_field(const door::request&, std::string_view name);

/// The address of whoever asks. A proxy on this machine is believed, and of what it says the last word, which
/// is its own; anybody else is who he is.
[[nodiscard]] std::string find_visitor(const door::request&);

/// Nothing runs, loads, frames or is sent on but what is ours.
void guard(door::answer&);

/// To another page, with GET.
[[nodiscard]] door::answer go_to(std::string_view path);

/// `+7 926 111-22-33`; a number of another length without groups.
[[nodiscard]] std::string write_number(std::string_view digits);

/// `tel:*105*00%23`, without the scheme.
[[nodiscard]] std::string write_dialled(std::string_view code);

/// Where an address leads: what is dialled, a site or a mailbox. Empty for any other.
[[nodiscard]] std::string write_link(std::string_view address);

} // namespace kabinet::gateway::account
