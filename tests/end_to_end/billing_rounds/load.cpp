#include "tests/end_to_end/billing_rounds/load.hpp"

#include "tests/support/process.hpp"
#include "tests/support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace kabinet::tests {

using store::channel;
using store::effect_kind;

namespace {

constexpr std::uint64_t first_number = 79266000000;
constexpr std::size_t at_once = 12;
constexpr std::uint64_t longest_pause_ms = 800;
constexpr std::array<std::int64_t, 3> offers{100, 300, 500}; // the pack's, by their keys
constexpr std::uint64_t least_given = 10;
constexpr std::uint64_t most_given = 500;

std::uint64_t below(std::mt19937_64& drawn, std::uint64_t limit) {
    return std::uniform_int_distribution<std::uint64_t>{0, limit - 1}(drawn);
}

money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

std::string dialled(const money_wish& of) {
    if (of.what == effect_kind::top_up)
        return fmt::format("*105*2*1*{}#", of.voucher);
    if (of.ware != nullptr)
        return std::string{of.ware->code};
    if (of.what == effect_kind::transfer)
        return fmt::format("*105*2*4*{}*{}#", of.party, of.amount.minor() / minor_of_major);
    const auto* offer = std::ranges::find(offers, of.amount.minor() / minor_of_major);
    return fmt::format("*105*3*{}#", offer - offers.begin() + 1);
}

/// The terms, which are read before they are agreed to.
std::string terms(const money_wish& of) {
    if (of.ware != nullptr)
        return fmt::format("{}: ", of.ware->title);
    const std::string_view first = of.what == effect_kind::transfer ? "Перевести" : "Обещ. платеж";
    return fmt::format("{} {} р. на ", first, as_told(of.amount));
}

/// Of what is sold by such an order; past the end where nothing is.
std::size_t find_first(effect_kind what) {
    const auto* const found = std::ranges::find(sold_wares, what, &sold_ware::what);
    return static_cast<std::size_t>(found - sold_wares.begin());
}

void pause_up_to(std::uint64_t most_ms, std::mt19937_64& drawn) {
    std::this_thread::sleep_for(std::chrono::milliseconds{below(drawn, most_ms)});
}

} // namespace

std::string as_told(money of) {
    std::string written = write_money(of);
    if (written.ends_with(".00"))
        return written.substr(0, written.size() - 3);
    return written.replace(written.find('.'), 1, ",");
}

voucher_stock::voucher_stock(std::uint64_t seed)
    : begins{fmt::format("49{:09}", seed % 1'000'000'000)} {}

std::string voucher_stock::code(std::size_t which) const {
    return fmt::format("{}{:05}", begins, which);
}

money voucher_stock::worth(std::size_t which) {
    constexpr std::size_t different = 290;
    return money::from_minor(static_cast<std::int64_t>(1'000 + which % different * 100 + which % 2 * 50));
}

std::string voucher_stock::file() const {
    std::string lines = "code,amount,expires\n";
    for (std::size_t each = 0; each < most; ++each)
        fmt::format_to(std::back_inserter(lines), "{},{},\n", code(each), write_money(worth(each)));
    return lines;
}

money_load::money_load(centre_thread& smsc, course& of, const voucher_stock& vouchers, std::uint64_t seed)
    : smsc_{smsc}
    , course_{of}
    , vouchers_{vouchers} {
    dice seeds{seed};
    for (std::size_t each = 0; each < at_once; ++each)
        threads_.emplace_back([this, mine = seeds()] { work(mine); });
}

void money_load::join() {
    for (std::thread& each : threads_)
        if (each.joinable())
            each.join();
}

void money_load::work(std::uint64_t seed) {
    dice drawn{seed};
    try {
        while (!course_.is_over()) {
            if (const auto life = course_.serving())
                play_subscriber(*life, drawn);
            pause_up_to(longest_pause_ms, drawn);
        }
    } catch (const std::exception& broken) {
        course_.note_broken(broken.what());
    }
}

/// A number's few wishes, one after the other as far as their screens say what came of them: so what comes by
/// SMS later is known to be of the last.
void money_load::play_subscriber(course::life life, dice& drawn) {
    const std::uint64_t who = first_number + subscribers_++;
    caller mine{smsc_, who, course_, life};
    if (below(drawn, 3) == 0 && !look_at_balance(mine))
        return;
    if (below(drawn, 3) == 0 && !text_voucher(mine, who, drawn))
        return;
    std::array kinds{effect_kind::top_up,          effect_kind::take_promise,  effect_kind::transfer,
                     effect_kind::connect_service, effect_kind::change_tariff, effect_kind::buy_package};
    std::ranges::shuffle(kinds, drawn);
    const std::size_t wanted = 1 + below(drawn, kinds.size());
    for (std::size_t each = 0; each < wanted && !course_.is_over(); ++each)
        if (!dial_wish(mine, make_wish(kinds[each], who, drawn)))
            return;
}

/// Of a number that has done nothing yet: what it has is known, and a lie about it is seen.
bool money_load::look_at_balance(caller& mine) {
    if (!mine.at().dial("*105#") || !mine.acknowledgement())
        return false;
    const auto shown = mine.screen();
    if (!shown)
        return false;
    insist(shown->text.starts_with(fmt::format("Баланс {} р.\n", as_told(opening))) ||
               shown->text.starts_with("Личный кабинет\n"),
           "the first screen says the balance as the books have it, or none: " + shown->text);
    ++balances_;
    return mine.at().hang_up() && mine.acknowledgement();
}

bool money_load::text_voucher(caller& mine, std::uint64_t who, dice& drawn) {
    money_wish made = make_wish(effect_kind::top_up, who, drawn);
    made.by = channel::sms;
    mine.at().text("000110", "ваучер " + made.voucher);
    // where the link is lost the centre brings it again, and its second answer comes at some time
    made.is_acknowledged = mine.acknowledgement() == smpp::status::ok;
    const bool goes_on = made.is_acknowledged;
    keep(std::move(made));
    return goes_on;
}

bool money_load::dial_wish(caller& mine, money_wish made) {
    if (!mine.at().dial(dialled(made)))
        return false;
    if (made.what != effect_kind::top_up) {
        const auto asked = mine.acknowledgement() ? mine.screen() : std::nullopt;
        if (!asked)
            return false;
        insist(asked->text.starts_with(terms(made)), "terms are read first: " + asked->text);
        if (!mine.at().answer("1"))
            return false;
    }
    const auto status = mine.acknowledgement();
    insist(!status || status == smpp::status::ok, "a wish is taken");
    made.is_acknowledged = status.has_value();
    const auto told = mine.screen();
    const bool says_outcome = told && !is_put_off(told->text);
    if (says_outcome)
        made.screen = told->text;
    keep(std::move(made));
    return says_outcome && mine.is_served();
}

money_wish money_load::make_wish(effect_kind what, std::uint64_t who, dice& drawn) {
    money_wish made;
    made.who = who;
    made.what = what;
    if (what == effect_kind::top_up)
        made.voucher = draw_code(drawn);
    if (what == effect_kind::take_promise)
        made.amount = rubles(offers[below(drawn, offers.size())]);
    if (const std::size_t first = find_first(what); first != sold_wares.size()) {
        made.ware = &sold_wares[first + below(drawn, 2)]; // of each kind there are two
        made.amount = made.ware->at_once;
    }
    if (what == effect_kind::transfer) {
        made.party = first_friend + below(drawn, friends);
        made.amount =
            rubles(static_cast<std::int64_t>(least_given + below(drawn, most_given - least_given + 1)));
    }
    return made;
}

/// A good one mostly; now and then one that somebody has typed before, or that there isn't.
std::string money_load::draw_code(dice& drawn) {
    constexpr std::size_t highest = 99'999;
    const std::size_t taken = vouchers_taken_;
    const std::uint64_t kind = below(drawn, 10);
    if (kind == 0)
        return vouchers_.code(highest - below(drawn, highest - voucher_stock::most));
    if (kind == 1 && taken != 0)
        return vouchers_.code(below(drawn, taken));
    const std::size_t next = vouchers_taken_++;
    insist(next < voucher_stock::most, "there are vouchers for the whole run");
    return vouchers_.code(next);
}

void money_load::keep(money_wish one) {
    const std::scoped_lock lock{mutex_};
    wishes_.push_back(std::move(one));
}

} // namespace kabinet::tests
