#include "gateway/maintenance_words.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

namespace maintenance_words_test {

using namespace kabinet;
using namespace kabinet::gateway;
using namespace std::chrono_literals;

namespace {

constexpr utc_time now{std::chrono::sys_days{std::chrono::year{2025} / 11 / 21} + 8h}; // 11:00 in Moscow

maintenance_words read(std::vector<std::string> typed) {
    return read_maintenance(typed, menus::sample_pack(), now);
}

} // namespace

TEST_CASE("maintenance is of everything or of one action, with an end or without") {
    CHECK(read({"on"}).is_on);
    CHECK_FALSE(read({"on"}).of);
    CHECK_FALSE(read({"on"}).until);
    CHECK_FALSE(read({"off"}).is_on);
    CHECK(read({"on", "30"}).until == now + 30min);
    CHECK(read({"on", "--until", "12:00"}).until == now + 1h);
    CHECK(read({"on", "--until", "10:30"}).until == now + 23h + 30min);
    const maintenance_words one = read({"on", "--action", "take_promise", "--until", "12:00"});
    CHECK(one);
    CHECK(one.of == menus::action_kind::take_promise);
    CHECK(one.until == now + 1h);
    CHECK(read({"off", "--action", "transfer"}).of == menus::action_kind::transfer);
}

TEST_CASE("what is typed otherwise is told") {
    for (const std::vector<std::string>& typed :
         std::initializer_list<std::vector<std::string>>{{},
                                                         {"perhaps"},
                                                         {"off", "10"},
                                                         {"off", "--until", "12:00"},
                                                         {"on", "10", "20"},
                                                         {"on", "10", "--until", "12:00"}})
        CHECK(read(typed).error.starts_with("usage: kabinet maintenance on|off"));
    for (const char* minutes : {"0", "-5", "soon", "10x", "999999", "--action", "--until"})
        CHECK(read({"on", minutes}).error.find("1 to 10080 minutes") != std::string::npos);
    for (const char* time : {"24:00", "12:60", "1200", "12:0", "noon!", "-1:30"})
        CHECK(read({"on", "--until", time}).error.find("no time of day") != std::string::npos);
    CHECK(read({"on", "--action", "dance"})
              .error.starts_with(
                  "there is no action dance; there are issue_password, choose_password, set_language, "));
    CHECK_FALSE(read({"on", "--action", "tell"}));
}

} // namespace maintenance_words_test
