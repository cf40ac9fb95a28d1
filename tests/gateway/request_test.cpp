#include "gateway/request.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace kabinet::gateway {

TEST_CASE("every reason not to answer and every event has a name of its own") {
    std::set<std::string_view> names;
    for (const auto why :
         {unanswerable_reason::not_a_subscriber, unanswerable_reason::foreign_number,
          unanswerable_reason::address_too_long, unanswerable_reason::unknown_ussd_operation})
        names.insert(name_of(why));
    for (const auto event :
         {ussd_event::dial, ussd_event::one_shot, ussd_event::input, ussd_event::shown, ussd_event::gone})
        names.insert(name_of(event));
    CHECK(names.size() == 9);
    CHECK_FALSE(names.contains(""));
}

} // namespace kabinet::gateway
