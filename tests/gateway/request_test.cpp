#include "gateway/request.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace kabinet::gateway::request_test {

TEST_CASE("every reason not to answer has a name of its own") {
    std::set<std::string_view> names;
    for (const unanswerable_reason why : unanswerable_reasons)
        names.insert(name_of(why));
    CHECK(names.size() == unanswerable_reasons.size());
    CHECK_FALSE(names.contains(""));
}

} // namespace kabinet::gateway::request_test
