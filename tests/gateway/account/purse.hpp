// A person with a purse before the pages of /account: what is in it, what is sold and lent, and how a page
// says it.
#pragma once

#include "tests/gateway/account/person.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::gateway::account::tests {

inline constexpr const char* chosen = "My-own-pass-1";
inline constexpr const char* code = "1000000001";
inline constexpr const char* terms_page = "/account/promise/confirm";

constexpr money rubles(std::int64_t whole) {
    return money::from_minor(whole * minor_of_major);
}

template <class Work>
void have_done(place& at, Work work) {
    bool is_done = false;
    boost::asio::co_spawn(at.loop, at_store(at.lane, std::move(work)), [&](std::exception_ptr, auto came) {
        REQUIRE(came.has_value());
        is_done = true;
    });
    REQUIRE(run_until(at.loop, [&] { return is_done; }));
}

inline void bring_in(place& at, std::string_view with, money worth, std::optional<utc_time> expires = {}) {
    const store::voucher sold{at.keys.mark_voucher(secret{with}), worth, expires};
    have_done(at, [sold](store::backend& rows) { return rows.add_vouchers(std::array{sold}); });
}

/// As the operator's system does.
inline void pay(place& at, money amount, std::int64_t points = 0) {
    REQUIRE(at.fulfil(anna, store::pay_in{amount, points}).is == store::verdict::paid_in);
}

inline void lend(place& at) {
    const menus::offer& on = at.pack->offers.front();
    const store::take_promise small{"small", on.amount, on.fee, on.term, at.pack->promise_floor};
    REQUIRE(at.fulfil(anna, small).is == store::verdict::promised);
}

inline person log_in(place& at, std::string language = "ru") {
    at.give_password(anna, chosen, true);
    person she{at, std::move(language)};
    she.log_in(anna, chosen);
    REQUIRE(she.path == "/account");
    return she;
}

/// With ordinary blanks: sums have others.
inline bool reads(const person& she, std::string_view text) {
    std::string plain = she.page;
    for (auto blank = plain.find("\u00a0"); blank != std::string::npos; blank = plain.find("\u00a0"))
        plain.replace(blank, 2, " ");
    return plain.find(text) != std::string::npos;
}

inline void type_voucher(person& she, std::string_view voucher) {
    she.look("/account/top-up");
    she.send("/account/top-up", {{"voucher", std::string{voucher}}});
}

inline void choose(person& she, std::string offer = "small") {
    she.look("/account/promise");
    she.send("/account/promise", {{"offer", std::move(offer)}});
}

/// What the confirmation has in it besides.
inline typed terms_on(const person& she) {
    return {{"offer", std::string{between(she.page, "name=\"offer\" value=\"", "\"")}},
            {"terms", std::string{between(she.page, "name=\"terms\" value=\"", "\"")}}};
}

inline std::string until_on(const place& at, utc_time until, const char* language) {
    return at.pack->speak(*language::from(language)).forms.write_time(until);
}

} // namespace kabinet::gateway::account::tests
