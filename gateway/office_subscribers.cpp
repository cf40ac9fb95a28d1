#include "gateway/at_store.hpp"
#include "gateway/feed_import.hpp"
#include "gateway/office.hpp"
#include "gateway/voucher_import.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::size_t exported_at_once = 1'000;

struct known_subscriber {
    std::optional<store::account_facts> account;
    std::optional<store::subscriber> in_feed;
};

result<known_subscriber> find(store::backend& rows, msisdn who, utc_time now) {
    auto account = rows.inspect(who, now);
    if (!account)
        return account.error();
    auto in_feed = rows.find_subscriber(who);
    if (!in_feed)
        return in_feed.error();
    return known_subscriber{std::move(*account), std::move(*in_feed)};
}

std::string_view name_of(store::account_status status) {
    switch (status) {
    case store::account_status::active:
        return "active";
    case store::account_status::barred:
        return "barred";
    case store::account_status::left:
        return "left";
    }
    return "unknown";
}

void print(const store::account_facts& of, counter& at) {
    at.print(fmt::format("status    {}", name_of(of.status)));
    at.print(fmt::format("language  {}", of.speaks.code()));
    at.print(fmt::format("last use  {}", write_for_eyes(of.last_use)));
    if (of.stopped)
        at.print(fmt::format("number    blocked by its subscriber since {}", write_for_eyes(*of.stopped)));
    if (of.blocked)
        at.print(fmt::format("blocked   since {}", write_for_eyes(*of.blocked)));
    if (of.cooldown_until)
        at.print(fmt::format("cool-down until {}", write_for_eyes(*of.cooldown_until)));
    if (!of.kind)
        return at.print("password  never had one");
    const std::string_view kind = *of.kind == store::secret_kind::chosen ? "chosen" : "generated";
    at.print(fmt::format("password  {}, number {}, {}{}", kind, of.version, of.is_live ? "live" : "dead",
                         of.is_live && of.expires ? ", until " + write_for_eyes(*of.expires) : ""));
}

} // namespace

asio::awaitable<int> office::import_feed(arguments, counter& at) {
    feed_import file{with_.rows, with_.pool, numbers_, at, change_terms(*packs_().usual()), with_.running};
    co_return co_await file.run();
}

asio::awaitable<int> office::export_feed(arguments, counter& at) {
    at.print(write_feed_header());
    msisdn last;
    while (true) {
        auto read = [last](store::backend& rows) { return rows.list_subscribers(last, exported_at_once); };
        const result<std::vector<store::subscriber>> page = co_await at_store(with_.rows, read);
        if (!page) {
            at.complain(
                fmt::format("{}; the lines after {} are missing", page.error().message(), last.text()));
            co_return errand_refused;
        }
        for (const store::subscriber& each : *page)
            at.print(write_feed_line(each));
        if (page->size() < exported_at_once)
            co_return errand_done;
        last = page->back().who;
        co_await at.flush();
    }
}

asio::awaitable<int> office::show_subscriber(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    auto look = [who = *who, now = read_clocks().utc](store::backend& rows) { return find(rows, who, now); };
    const result<known_subscriber> found = co_await at_store(with_.rows, look);
    if (!found) {
        at.complain(found.error().message());
        co_return errand_refused;
    }
    if (!found->account && !found->in_feed) {
        at.complain(fmt::format("{}: has no account and isn't in the feed", who->text()));
        co_return errand_refused;
    }
    at.print(fmt::format("number    {}", who->text()));
    if (found->account) {
        print(*found->account, at);
        co_await show_money(*who, at);
    } else {
        at.print("account   none yet");
    }
    if (found->in_feed) {
        at.print(write_feed_header());
        at.print(write_feed_line(*found->in_feed));
    }
    co_return errand_done;
}

asio::awaitable<int> office::erase_subscriber(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    auto work = [who = *who, now = read_clocks().utc](store::backend& rows) { return rows.erase(who, now); };
    const result<bool> was_there = co_await at_store(with_.rows, work);
    if (!was_there || !*was_there) {
        at.complain(was_there ? fmt::format("{}: nothing is known of it", who->text())
                              : was_there.error().message());
        co_return errand_refused;
    }
    if (with_.running != nullptr)
        with_.running->forget(*who);
    at.print(fmt::format("{}: erased; the audit keeps a token. Call records and backups are files of yours",
                         who->text()));
    co_return errand_done;
}

asio::awaitable<int> office::import_vouchers(arguments, counter& at) {
    if (with_.money == nullptr || with_.money->is_elsewhere()) {
        at.complain("vouchers are the billing system's that [billing] names: bring them in there");
        co_return errand_refused;
    }
    const auto pack = packs_().usual();
    voucher_import file{with_.rows, with_.keys, pack->vouchers, at};
    co_return co_await file.run();
}

asio::awaitable<int> office::back_up(arguments typed, counter& at) {
    auto copy = [file = typed[0]](store::backend& rows) { return rows.back_up(file); };
    const result<void> came = co_await beside_store(with_.rows, copy);
    if (!came) {
        at.complain(fmt::format("{}: {}", typed[0], came.error().message()));
        co_return errand_refused;
    }
    at.print(fmt::format("{}: the whole database; it is of use with the key file only", typed[0]));
    co_return errand_done;
}

} // namespace kabinet::gateway
