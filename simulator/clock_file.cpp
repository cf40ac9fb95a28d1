#include "simulator/clock_file.hpp"

#include "simulator/whole_file.hpp"

#include <fmt/format.h>

namespace kabinet::simulator {

clock_file::clock_file(std::string path)
    : path_{std::move(path)} {
    write();
}

void clock_file::advance(std::chrono::milliseconds by) {
    passed_ += by;
    write();
}

void clock_file::write() const {
    write_whole(path_, fmt::format("+{}.{:03}\n", passed_.count() / 1000, passed_.count() % 1000));
}

} // namespace kabinet::simulator
