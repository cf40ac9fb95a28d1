#include "store/sqlite_times.hpp"

#include <algorithm>

namespace kabinet::store::sqlite {
namespace {

constexpr std::size_t time_size = 8;
// Room from the start for what limits usually count: a row that grows splits its page, and pages are what
// an effect costs.
constexpr std::size_t usual_times = 4;

} // namespace

void pack_times(std::span<const utc_time> times, std::vector<std::uint8_t>& into) {
    into.clear();
    for (const auto time : times.last(std::min(times.size(), most_times)))
        for (std::size_t octet = 0; octet < time_size; ++octet)
            into.push_back(
                static_cast<std::uint8_t>(static_cast<std::uint64_t>(time.time_since_epoch().count()) >>
                                          (8 * (time_size - 1 - octet))));
    into.resize(std::max(into.size(), usual_times * time_size));
}

std::vector<utc_time> unpack_times(octets packed) {
    std::vector<utc_time> times;
    for (; packed.size() >= time_size; packed = packed.subspan(time_size)) {
        std::uint64_t count = 0;
        for (const auto octet : packed.first<time_size>())
            count = count << 8U | octet;
        if (count != 0)
            times.emplace_back(std::chrono::microseconds{static_cast<std::int64_t>(count)});
    }
    return times;
}

} // namespace kabinet::store::sqlite
