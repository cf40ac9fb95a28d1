// A password or code in clear, for as short as it must be: prints as ***, wiped when it goes.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace kabinet {

class secret {
  public:
    /// The longest chosen password is 32 octets; what a subscriber types may be a whole USSD string.
    static constexpr std::size_t capacity = 192;

    secret() = default;
    /// Holds at most `capacity` octets of `clear`; a longer one makes `is_truncated()` true, and no
    /// check of a truncated secret may succeed.
    explicit secret(std::string_view clear);
    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    ~secret();

    /// A second one, asked for by name so that none is made by accident.
    [[nodiscard]] secret clone() const;

    /// The only way to the clear text. Name each caller in a review.
    [[nodiscard]] std::string_view reveal() const { return {octets_.data(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] bool is_truncated() const { return truncated_; }

    void wipe() noexcept;

  private:
    std::array<char, capacity> octets_{};
    std::uint8_t size_ = 0;
    bool truncated_ = false;
};

std::ostream& operator<<(std::ostream&, const secret&);

/// Zeroes memory in a way the optimizer keeps.
void wipe(void* memory, std::size_t size) noexcept;

} // namespace kabinet

template <>
struct fmt::formatter<kabinet::secret> : fmt::formatter<std::string_view> {
    auto format(const kabinet::secret&, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format("***", context);
    }
};
