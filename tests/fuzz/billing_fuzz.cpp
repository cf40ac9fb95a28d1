// Any octets as a billing system's answer, with any status: either it is no answer, or all that texts need of
// it is there and within what money may be.
#include "gateway/upstream/billing_words.hpp"
#include "menus/offer.hpp"
#include "values/money.hpp"

#include <array>
#include <cstdlib>
#include <string>

using namespace kabinet;
using namespace kabinet::gateway::upstream;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

bool is_held(money of) {
    return of <= most_money && -of <= most_money;
}

void look_at_end(const store::order_end& end) {
    using store::verdict;
    require(!end.says.balance || is_held(*end.says.balance));
    switch (end.is) {
    case verdict::topped_up:
        require(end.says.balance && end.says.amount && is_held(*end.says.amount));
        return;
    case verdict::promised:
        require(end.says.balance && end.until);
        return;
    case verdict::transferred:
        require(end.says.balance && end.party_balance && is_held(*end.party_balance));
        return;
    case verdict::bought:
    case verdict::extended:
    case verdict::stopped:
        require(end.says.balance && end.until);
        return;
    case verdict::connected:
    case verdict::switched:
    case verdict::disconnected:
        require(end.says.balance.has_value());
        return;
    case verdict::conflict:
        require(!end.conflict.empty());
        return;
    case verdict::short_of:
    case verdict::below_floor:
    case verdict::promise_unpaid:
        require(end.says.balance.has_value());
        return;
    case verdict::promise_open:
        require(end.until.has_value());
        return;
    default:
        require(store::is_refusal(end.is));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    constexpr std::array<unsigned, 4> statuses{200, 202, 404, 500};
    using kind = store::effect_kind;
    constexpr std::array orders{kind::top_up,          kind::take_promise,       kind::transfer,
                                kind::connect_service, kind::disconnect_service, kind::change_tariff,
                                kind::buy_package,     kind::stop_package};
    if (size == 0)
        return 0;
    const http_answer came{statuses[input[0] % statuses.size()],
                           std::string{reinterpret_cast<const char*>(input) + 1, size - 1}};
    if (const auto purse = read_purse(came); purse && purse->is_known) {
        require(is_held(purse->balance) && purse->points >= 0 && purse->points <= most_money.minor());
        require(!purse->promise || is_held(purse->promise->amount));
    }
    if (const auto seen = read_movements(came))
        for (const store::movement& each : seen->last)
            require(is_held(each.amount) && store::name_of(each.what) != "unknown");
    if (const auto seen = read_holdings(came))
        for (const store::holding& each : seen->has) {
            require(is_held(each.fee) && each.fee >= money{} && each.period >= std::chrono::seconds{});
            require(store::is_within_bounds(each.holds) && store::is_within_bounds(each.left));
            require(store::name_text(each.kind, each.name).size() <= menus::title_name{}.max_size());
        }
    for (const auto what : orders)
        if (const auto read = read_order(came, what); read && read->is == order_answer::state::ended)
            look_at_end(read->end);
    return 0;
}
