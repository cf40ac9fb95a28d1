// Where an operator's command is typed and read, wherever its terminal is. Knows no command.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kabinet::gateway {

/// Exit codes of every command.
inline constexpr int errand_done = 0;
inline constexpr int errand_refused = 1;
inline constexpr int errand_broken = 2;

/// Lines are without their end.
class counter {
  public:
    virtual ~counter() = default;
    /// A line of the file or input that goes with the command; nothing at its end.
    [[nodiscard]] virtual boost::asio::awaitable<std::optional<std::string>> read_line() = 0;
    virtual void print(std::string_view line) = 0;
    virtual void complain(std::string_view line) = 0;
    /// Waits until what was printed has left: for who prints more than memory should hold.
    [[nodiscard]] virtual boost::asio::awaitable<void> flush() = 0;
};

} // namespace kabinet::gateway
