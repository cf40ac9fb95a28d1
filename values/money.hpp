// An amount of the one currency of a pack, in its minor unit. Whole numbers only; whose it is and what it is
// called stands elsewhere.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kabinet {

/// May be below zero: a debt. Sums of amounts within `most_money` don't overflow.
class money {
  public:
    constexpr money() = default;
    [[nodiscard]] static constexpr money from_minor(std::int64_t units) { return money{units}; }

    [[nodiscard]] constexpr std::int64_t minor() const { return minor_; }

    friend constexpr auto operator<=>(money, money) = default;
    friend constexpr money operator+(money left, money right) { return money{left.minor_ + right.minor_}; }
    friend constexpr money operator-(money left, money right) { return money{left.minor_ - right.minor_}; }
    friend constexpr money operator-(money of) { return money{-of.minor_}; }

  private:
    explicit constexpr money(std::int64_t units)
        : minor_{units} {}

    std::int64_t minor_ = 0;
};

/// The minor unit is a hundredth of the currency.
inline constexpr std::int64_t minor_of_major = 100;
/// The most that is ever held, owed or moved at once: one short of a billion. No sum of two overflows, and
/// what a text says of money has a longest form.
inline constexpr money most_money = money::from_minor(99'999'999'999);

/// Whether it may be moved at all: more than nothing, and no more than that.
[[nodiscard]] constexpr bool is_amount(money of) {
    return of > money{} && of <= most_money;
}

/// `120`, `120.5`, `120,50`, `-30`: at most two digits after the point, and within `most_money`. Blanks
/// within aren't taken.
[[nodiscard]] std::optional<money> read_money(std::string_view text);

/// `120.50`, always with two digits after the point.
[[nodiscard]] std::string write_money(money);

} // namespace kabinet
