// The story a demo plays on the terminal, a line a step: a password is dialled for and logs in, wrong ones
// close the login and an SMS says so, another dial opens it again.
#pragma once

#include "gateway/demo/portal.hpp"
#include "gateway/demo/stage.hpp"
#include "gateway/demo/ways.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kabinet::gateway::demo {

/// What of a pack decides how the story goes.
struct login_rules {
    std::uint32_t wrong_passwords = 0; // that close a login
    bool is_once = true;               // a password is good for one login
};

/// The gateway is bound. Ends early, with a line that says so, when something doesn't come. Where the pack
/// has no code for a password one is asked for by SMS; where it has no word for that either, that is all of
/// the story.
void tell_story(stage&, const portal&, const ways&, const login_rules&);

/// What there is to try after the story, a line each: how to get a password that is still good, and the
/// voucher.
[[nodiscard]] std::string propose(const ways&, const std::optional<voucher>&);

/// The first word that looks like a password the gateway makes; empty when there is none.
[[nodiscard]] std::string find_password(std::string_view text);

} // namespace kabinet::gateway::demo
