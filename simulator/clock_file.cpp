#include "simulator/clock_file.hpp"

#include "simulator/whole_file.hpp"

#include <fmt/format.h>

namespace kabinet::simulator {

namespace {

constexpr std::chrono::hours a_day{24};
constexpr std::chrono::hours begins{9};

std::chrono::milliseconds until_it_begins(utc_time now) {
    const auto of_day = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()) % a_day;
    return (begins - of_day + a_day) % a_day;
}

} // namespace

clock_file::clock_file(std::string path, utc_time now)
    : path_{std::move(path)}
    , ahead_{until_it_begins(now)} {
    write();
}

void clock_file::advance(std::chrono::milliseconds by) {
    ahead_ += by;
    write();
}

void clock_file::write() const {
    write_whole(path_, fmt::format("+{}.{:03}\n", ahead_.count() / 1000, ahead_.count() % 1000));
}

} // namespace kabinet::simulator
