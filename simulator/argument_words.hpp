// What the arguments of several commands are made of: files, places, tokens, times, numbers. All throw
// broken_arguments, and name the option or the file.
#pragma once

#include "values/finding.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

/// An argument or a file that can't be used; each line of `what` says where and why.
struct broken_arguments : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(const std::vector<finding>&);

[[nodiscard]] std::string read_whole(const std::string& path);

struct place {
    std::string host;
    std::uint16_t port = 0;
};
[[nodiscard]] place read_place(std::string_view option, const std::string& text);
/// The same of this machine alone.
[[nodiscard]] place read_loopback(std::string_view option, const std::string& text);

/// The first of a file with a token a line; none without a file.
[[nodiscard]] std::shared_ptr<const secret> read_token(const std::string& path);

/// Such as `30s`, `500ms` or `2m`.
[[nodiscard]] std::chrono::milliseconds read_time(std::string_view option, const std::string& text);

[[nodiscard]] msisdn read_number(std::string_view option, const std::string& text);

} // namespace kabinet::simulator
