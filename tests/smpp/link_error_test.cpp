#include "smpp/link_error.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace link_error_test {

using namespace kabinet::smpp;

TEST_CASE("each link error has words of its own in a category of its own") {
    std::set<std::string> words;
    for (int code = static_cast<int>(link_error::not_bound);
         code <= static_cast<int>(link_error::closed_by_smsc); ++code) {
        const boost::system::error_code error = static_cast<link_error>(code);
        CHECK(error.category() == link_category());
        CHECK(error.message() != "unknown link error");
        CHECK(words.insert(error.message()).second);
    }
    CHECK(link_category().message(99) == "unknown link error");
    CHECK(std::string{link_category().name()} == "smpp.link");
}

} // namespace link_error_test
