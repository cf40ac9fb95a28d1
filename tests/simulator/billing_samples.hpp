// Orders, names and books that the billing system's tests have in common.
#pragma once

#include "simulator/billing_books.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace kabinet::simulator {

inline constexpr msisdn anna = msisdn::from_digits(79261112233);
inline constexpr msisdn boris = msisdn::from_digits(79261112244);
inline constexpr msisdn nobody = msisdn::from_digits(79990000000);

/// 21 November 2026, 12:40 UTC.
inline constexpr utc_time noon{std::chrono::sys_days{std::chrono::November / 21 / 2026} +
                               std::chrono::hours{12} + std::chrono::minutes{40}};

[[nodiscard]] inline money roubles(std::int64_t whole) {
    return money::from_minor(whole * minor_of_major);
}

[[nodiscard]] inline std::string name(unsigned number) {
    return fmt::format("{:032x}", number);
}

[[nodiscard]] inline top_up use_voucher(std::string code, msisdn who = anna) {
    return {who, std::move(code)};
}

/// 300 roubles for three days, for a fee of 20, down to -30.
[[nodiscard]] inline take_promise lend(msisdn who = anna) {
    return {who, "medium", roubles(300), roubles(20), std::chrono::days{3}, roubles(-30)};
}

/// For a fee of 5; 10 must be left.
[[nodiscard]] inline transfer give(std::int64_t whole, msisdn from = anna, msisdn to = boris) {
    return {from, to, roubles(whole), roubles(5), roubles(10)};
}

inline constexpr std::chrono::days month{30};

/// For 30 a month, and 5 at first; kept for ten days unpaid. Doesn't go with `silent`.
[[nodiscard]] inline connect_service connect(std::string ware = "beep", msisdn who = anna) {
    return {who, {std::move(ware), roubles(5), roubles(30), month, std::chrono::days{10}}, {"silent"}};
}

/// For 40 a month, and kept for good.
[[nodiscard]] inline change_tariff change_to(std::string ware = "fast", msisdn who = anna) {
    return {who, {std::move(ware), money{}, roubles(40), month, {}}, false};
}

/// 100 minutes and 50 megabytes for 60 a month; kept for ten days unpaid.
[[nodiscard]] inline buy_package buy(std::string ware = "talk", msisdn who = anna) {
    return {who, {std::move(ware), money{}, roubles(60), month, std::chrono::days{10}}, {100, 0, 50}, true};
}

[[nodiscard]] inline books_settings sample_books() {
    books_settings made;
    made.opening = roubles(100);
    made.points = 35;
    made.strangers = {nobody};
    made.vouchers = {{"1000000001", {roubles(100), {}}},
                     {"1000000002", {roubles(250), noon + std::chrono::days{1}}},
                     {"1000000003", {roubles(50), noon}},
                     {"1000000009", {most_money, {}}}};
    return made;
}

/// Books and what they had kept, step by step.
struct kept_books {
    explicit kept_books(books_settings settings = sample_books())
        : books{std::move(settings)} {
        books.keep_with([this](const billing_change& made) { kept.push_back(made); });
    }
    kept_books(const kept_books&) = delete;
    kept_books& operator=(const kept_books&) = delete;

    std::vector<billing_change> kept;
    billing_books books;
};

} // namespace kabinet::simulator
