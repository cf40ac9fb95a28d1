// What a text costs on the air with each placeholder at its longest, and whether that fits its channel.
#pragma once

#include "menus/definition.hpp"
#include "menus/wanted.hpp"

#include <array>
#include <string>
#include <string_view>

namespace kabinet::menus {

/// What a text says of what is lent or sold.
struct longest_terms {
    std::string title{};
    std::string price{};
    std::string fee{};
    std::string period{};
    std::string term{};
};

/// An example of each placeholder, as long as it can get.
struct longest_values {
    std::string time;
    std::string login;
    std::string code;
    std::string operations;
    std::string what;
    std::string by;
    std::string balance;
    std::string points;
    std::string amount;
    std::string movements;
    std::string totals;
    std::string day;
    longest_terms terms{};                          // of whatever the pack has
    std::array<longest_terms, offer_kinds> kinds{}; // of what it has of each
    std::string transfer_fee{};
    std::string units{};            // of a package
    std::string holdings{};         // of services
    std::string package_holdings{}; // and of packages
    std::string password = "mmmmmmmm";
};

/// The same for the text of that name: it lists only what its action does, has the terms of the pack's that
/// its action is about, and what a reply agrees to has a code of fewer digits.
[[nodiscard]] longest_values longest_in(std::string_view name, longest_values);

/// The same for a screen: a confirmation says the terms of what it confirms. What an account has already it
/// has by its own terms, perhaps of an older pack: so on other screens they may be whatever the pack has.
[[nodiscard]] longest_values longest_on(const draft&, const draft_screen&, longest_values);

/// Which takes more room: an octet more or less says nothing of that, for a Russian letter has two.
[[nodiscard]] bool is_longer(std::string_view one, std::string_view other);

/// The longest forms in one language of a draft.
[[nodiscard]] longest_values find_longest(const draft&, const draft_language&, const forms&);

[[nodiscard]] std::string fill(const phrase&, const longest_values&);

/// Which examples those were: `, {fee} being "99,90"`. Empty where there is none; without lists.
[[nodiscard]] std::string describe_examples(const phrase&, const longest_values&);

/// Septets of a GSM text, UTF-16 units of any other, and the most there may be.
struct length {
    std::size_t used = 0;
    std::size_t most = 0;
    bool is_gsm = true;

    [[nodiscard]] bool fits() const { return used <= most; }
};

/// `85 characters of 80, 5 too many (170 octets of 160)`.
[[nodiscard]] std::string describe_excess(const length&);

[[nodiscard]] length measure_screen(std::string_view text, const screen_size&);

/// A message of one part has 140 octets.
inline constexpr std::size_t sms_septets = 160;
inline constexpr std::size_t sms_characters = 70;

/// Each of several parts has six of its octets before the text (3GPP TS 23.040 9.2.3.24.1).
inline constexpr std::size_t part_septets = 153;
inline constexpr std::size_t part_characters = 67;

/// A text that fits so many parts leaves in no more of them, wherever it is cut.
[[nodiscard]] length measure_sms(std::string_view text, std::uint8_t parts);

} // namespace kabinet::menus
