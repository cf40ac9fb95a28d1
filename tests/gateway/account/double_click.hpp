// A form that is sent a second time before its first sending is answered.
#pragma once

#include "tests/gateway/account/person.hpp"

#include <string>
#include <vector>

namespace kabinet::gateway::account::tests {

/// The form that is open; where both lead.
inline std::vector<std::string> click_twice(place& at, const person& who, const std::string& to,
                                            const typed& fields) {
    std::vector<std::string> led;
    for (int count = 0; count < 2; ++count)
        boost::asio::co_spawn(at.loop, at.pages.respond(who.make_form(to, fields)),
                              [&](std::exception_ptr thrown, const answer& made) {
                                  REQUIRE_FALSE(thrown);
                                  led.push_back(header_of(made, "Location"));
                              });
    REQUIRE(run_until(at.loop, [&] { return led.size() == 2; }));
    return led;
}

} // namespace kabinet::gateway::account::tests
