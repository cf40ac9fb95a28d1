// A person with a purse before the pages of /account: what is in it, what is sold and lent, and how a page
// says it.
#pragma once

#include "tests/gateway/account/person.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::gateway::account::tests {

inline constexpr const char* code = "1000000001";
inline constexpr const char* terms_page = "/account/promise/confirm";

constexpr money rubles(std::int64_t whole) {
    return money::from_minor(whole * minor_of_major);
}

template <class Work>
void have_done(place& at, Work work) {
    REQUIRE(at.in_store(std::move(work)).has_value());
}

void bring_in(place& at, std::string_view with, money worth, std::optional<utc_time> expires = {});

/// As the operator's system does.
void pay(place& at, money amount, std::int64_t points = 0);

void lend(place& at);

/// With ordinary blanks: sums have others.
bool reads(const person& she, std::string_view text);

void type_voucher(person& she, std::string_view voucher);

void choose(person& she, std::string offer = "small");

/// What the confirmation has in it besides.
typed terms_on(const person& she);

std::string until_on(const place& at, utc_time until, const char* language);

} // namespace kabinet::gateway::account::tests
