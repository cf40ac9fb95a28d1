#include "gateway/at_store.hpp"
#include "gateway/office.hpp"
#include "gateway/translate.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

std::string written(const store::audit_entry& row) {
    return fmt::format("{}  {:<6} {} {}", write_for_eyes(row.at), store::name_of(row.by),
                       store::name_of(row.what), store::name_of(row.came));
}

/// What staff read in place of an outcome's word.
std::string_view explain(std::string_view word) {
    return word == "unknown_number" ? "has no account and isn't in the feed, or has left" : word;
}

enum class lifting { done, done_but_blocked, unknown_number, blocked };

result<lifting> lift(store::backend& rows, msisdn who, utc_time now) {
    const auto facts = rows.inspect(who, now);
    if (!facts)
        return facts.error();
    const bool is_blocked = *facts && (*facts)->blocked;
    const bool is_cooling = *facts && (*facts)->cooldown_until.value_or(now) > now;
    if (is_blocked && !is_cooling)
        return lifting::blocked;
    const auto changed = rows.change(who, store::lift_limits{}, now);
    if (!changed)
        return changed.error();
    if (!*changed)
        return lifting::unknown_number;
    return is_blocked ? lifting::done_but_blocked : lifting::done;
}

} // namespace

wish office::wish_of_staff(msisdn who) const {
    wish made;
    made.id = store::keys::draw_request_id(); // each command is a wish of its own
    made.pack = packs_().of(who);
    made.by.who = who;
    made.by.by = store::channel::staff;
    made.by.speaks = made.pack->languages.front().code;
    made.by.may_register = false;
    made.sms_from = sender_address(made.pack->sender);
    made.sms_to = subscriber_address(who);
    made.now = read_clocks();
    return made;
}

asio::awaitable<int> office::issue(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    wish made = wish_of_staff(*who);
    made.asked = menus::issue_password{};
    performed done = co_await with_.performs.run(std::move(made));
    if (!done.is_done || store::is_refusal(done.came.is)) {
        if (done.held) // staff are told, and nobody else
            with_.rows.settle({{*done.held, store::settling::cancel}}, read_clocks(), [](const auto&) {});
        at.complain(fmt::format("{}: {}{}", who->text(),
                                done.is_hopeless ? "the store refuses it for good" : explain(done.word),
                                done.came.until ? " until " + write_for_eyes(*done.came.until) : ""));
        co_return errand_refused;
    }
    if (done.due && with_.running != nullptr)
        with_.running->send(std::move(*done.due));
    at.print(fmt::format("{}: a new password goes to the subscriber by SMS", who->text()));
    co_return errand_done;
}

asio::awaitable<int> office::unblock(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    auto work = [who = *who, now = read_clocks().utc](store::backend& rows) { return lift(rows, who, now); };
    const result<lifting> came = co_await at_store(with_.rows, work);
    if (!came || *came == lifting::unknown_number) {
        at.complain(came ? fmt::format("{}: has no account", who->text()) : came.error().message());
        co_return errand_refused;
    }
    if (*came == lifting::blocked) {
        at.complain(fmt::format("{}: the access is closed; only a new password opens it: "
                                "kabinet accounts issue {}",
                                who->text(), who->text()));
        co_return errand_refused;
    }
    at.print(
        fmt::format("{}: limits and cool-down are lifted{}", who->text(),
                    *came == lifting::done ? "" : "; the access is closed until there is a new password"));
    co_return errand_done;
}

asio::awaitable<int> office::block_number(arguments typed, counter& at) {
    return change_number(typed[0], true, at);
}

asio::awaitable<int> office::unblock_number(arguments typed, counter& at) {
    return change_number(typed[0], false, at);
}

asio::awaitable<int> office::change_number(const std::string& typed, bool blocks, counter& at) {
    const auto who = read_number(typed, at);
    if (!who)
        co_return errand_broken;
    performed done = co_await with_.performs.change_number(wish_of_staff(*who), blocks);
    if (!done.is_done || done.is_refused) {
        at.complain(fmt::format("{}: {}", who->text(),
                                done.is_hopeless ? "the store refuses it for good" : explain(done.word)));
        co_return errand_refused;
    }
    if (with_.running != nullptr && blocks) {
        store::ended_access ended;
        ended.who = *who;
        ended.cancelled = std::move(done.other->overtaken);
        ended.sms = std::move(done.other->notice);
        with_.running->end_access(std::move(ended));
    } else if (with_.running != nullptr && done.other->notice) {
        with_.running->send(std::move(*done.other->notice));
    }
    at.print(fmt::format(
        "{}: the number is {}, and hears of it by SMS{}", who->text(), blocks ? "blocked" : "unblocked",
        done.word == store::name_of(store::verdict::still_barred) ? "; what the operator barred stays so"
                                                                  : ""));
    co_return errand_done;
}

asio::awaitable<int> office::show_audit(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    auto read = [who = *who](store::backend& rows) { return rows.trace(who, events_shown); };
    const result<std::vector<store::audit_entry>> entries = co_await at_store(with_.rows, read);
    if (!entries) {
        at.complain(entries.error().message());
        co_return errand_refused;
    }
    if (entries->empty())
        at.print(fmt::format("{}: nothing is on record", who->text()));
    for (auto each = entries->rbegin(); each != entries->rend(); ++each)
        at.print(written(*each));
    co_return errand_done;
}

asio::awaitable<int> office::verify_audit(arguments, counter& at) {
    auto check = [](store::backend& rows) { return rows.verify_audit(); };
    const result<store::audit_check> checked = co_await beside_store(with_.rows, check);
    if (!checked) {
        at.complain(checked.error().message());
        co_return errand_refused;
    }
    if (checked->first_broken) {
        at.complain(fmt::format("row {} is missing or was changed; {} rows before it are as written",
                                *checked->first_broken, checked->rows));
        co_return errand_refused;
    }
    at.print(fmt::format("{} rows, all as they were written", checked->rows));
    auto add_up = [](store::backend& rows) { return rows.verify_ledger(); };
    const result<store::ledger_check> sums = co_await beside_store(with_.rows, add_up);
    if (!sums) {
        at.complain(sums.error().message());
        co_return errand_refused;
    }
    if (sums->unbalanced || sums->wrong_sum) {
        at.complain(
            sums->unbalanced
                ? fmt::format("the entries of operation {} don't sum to nothing", *sums->unbalanced)
                : fmt::format("the balance of account {} isn't the sum of its entries", *sums->wrong_sum));
        co_return errand_refused;
    }
    at.print(fmt::format("{} operations of money, every sum right", sums->operations));
    co_return errand_done;
}

} // namespace kabinet::gateway
