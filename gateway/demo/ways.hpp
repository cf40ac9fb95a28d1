// How a pack is asked for what the demo shows: the codes and short messages that lead there.
#pragma once

#include "menus/definition.hpp"

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

    friend bool operator==(const ways&, const ways&) = default;
};

/// The shortest code of each; a path through menus is one, too, where nothing it goes through is on a
/// condition.
[[nodiscard]] ways find_ways(const menus::definition&);

} // namespace kabinet::gateway::demo
