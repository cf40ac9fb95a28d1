#include "smpp/outbound.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace outbound_test {

using namespace kabinet::smpp;
using lane = outbound::lane;

namespace {

void write(outbound& output, lane of, std::string_view words) {
    const std::span<std::uint8_t> place = output.room(of, words.size());
    REQUIRE(place.size() >= words.size());
    std::copy(words.begin(), words.end(), place.begin());
    output.commit(of, words.size());
}

std::string leaving(outbound& output) {
    std::string all;
    for (const octets each : output.begin_write())
        all.append(each.begin(), each.end());
    return all;
}

} // namespace

TEST_CASE("responses leave before requests and each lane keeps its order") {
    outbound output;
    write(output, lane::requests, "c");
    write(output, lane::responses, "a");
    write(output, lane::requests, "d");
    write(output, lane::responses, "b");
    CHECK(output.size() == 4);
    CHECK(leaving(output) == "abcd");
}

TEST_CASE("what is written during a write waits for the next and moves nothing that leaves") {
    outbound output;
    write(output, lane::requests, "first");
    const octets first = output.begin_write()[1];
    CHECK(output.is_writing());
    CHECK(output.size() == 0);
    write(output, lane::requests, std::string(10'000, 'x'));
    write(output, lane::responses, "y");
    CHECK(std::string(first.begin(), first.end()) == "first");
    output.written();
    CHECK_FALSE(output.is_writing());
    CHECK(leaving(output) == "y" + std::string(10'000, 'x'));
    output.written();
    CHECK(output.size() == 0);
    CHECK(leaving(output).empty());
}

TEST_CASE("room that isn't committed is given again") {
    outbound output;
    (void)output.room(lane::requests, 500);
    CHECK(output.size() == 0);
    write(output, lane::requests, "a");
    CHECK(leaving(output) == "a");
}

TEST_CASE("nothing is left of a lost connection whether it was leaving or waiting") {
    outbound output;
    write(output, lane::requests, "a");
    (void)output.begin_write();
    write(output, lane::responses, "b");
    output.clear();
    CHECK(output.size() == 0);
    CHECK_FALSE(output.is_writing());
    write(output, lane::requests, "c");
    CHECK(leaving(output) == "c");
}

} // namespace outbound_test
