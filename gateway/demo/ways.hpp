// How a pack is asked for what the demo shows: the codes and short messages that lead there.
#pragma once

#include "gateway/demo/voucher.hpp"
#include "menus/definition.hpp"

#include <optional>
#include <string>

namespace kabinet::gateway::demo {

struct short_message {
    std::string to;
    std::string text;

    friend bool operator==(const short_message&, const short_message&) = default;
};

/// What the pack has no way to is empty.
struct ways {
    std::string new_password; // dialled: issues one at once
    std::string menu;         // dialled: a menu
    short_message new_password_by_sms;
    short_message own_password_by_sms; // with the password that it sets
    std::string top_up{};              // dialled: the voucher's code is its last part
    short_message top_up_by_sms{};     // with the voucher's code

    friend bool operator==(const ways&, const ways&) = default;
};

/// The shortest code of each; a path through menus is one, too, where nothing it goes through is on a
/// condition. Without a voucher there is nothing to top up with.
[[nodiscard]] ways find_ways(const menus::definition&, const std::optional<voucher>& = std::nullopt);

/// `dial *105*00#`, or where there is no code `text: sms 611 PASSWORD`; empty where there is neither.
[[nodiscard]] std::string tell_way(const std::string& code, const short_message&);

/// What the phone in a terminal proposes: `Dial a code such as *105#, or text: sms 611 PASSWORD`.
[[nodiscard]] std::string write_hint(const ways&);

} // namespace kabinet::gateway::demo
