#include "tests/gateway/account/purse.hpp"

#include <array>

namespace kabinet::gateway::account::tests {

void bring_in(place& at, std::string_view with, money worth, std::optional<utc_time> expires) {
    const store::voucher sold{at.keys.mark_voucher(secret{with}), worth, expires};
    const auto come =
        at.in_store([sold](store::backend& rows) { return rows.add_vouchers(std::array{sold}); });
    REQUIRE(come.has_value());
}

void pay(place& at, money amount, std::int64_t points) {
    REQUIRE(at.fulfil(anna, store::pay_in{amount, points}).is == store::verdict::paid_in);
}

void lend(place& at) {
    const menus::offer& on = at.pack->offers.front();
    const store::take_promise small{"small", on.amount, on.fee, on.term, at.pack->promise_floor};
    REQUIRE(at.fulfil(anna, small).is == store::verdict::promised);
}

bool reads(const person& she, std::string_view text) {
    std::string plain = she.page;
    for (auto blank = plain.find("\u00a0"); blank != std::string::npos; blank = plain.find("\u00a0"))
        plain.replace(blank, 2, " ");
    return plain.find(text) != std::string::npos;
}

void type_voucher(person& she, std::string_view voucher) {
    she.look("/account/top-up");
    she.send("/account/top-up", {{"voucher", std::string{voucher}}});
}

void choose(person& she, std::string offer) {
    she.look("/account/promise");
    she.send("/account/promise", {{"offer", std::move(offer)}});
}

typed terms_on(const person& she) {
    return {{"offer", std::string{between(she.page, "name=\"offer\" value=\"", "\"")}},
            {"terms", std::string{between(she.page, "name=\"terms\" value=\"", "\"")}}};
}

std::string until_on(const place& at, utc_time until, const char* language) {
    return at.pack->speak(*language::from(language)).forms.write_time(until);
}

} // namespace kabinet::gateway::account::tests
