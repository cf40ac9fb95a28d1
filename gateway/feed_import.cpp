#include "gateway/feed_import.hpp"

#include "gateway/at_store.hpp"
#include "store/secrets.hpp"
#include "values/csv.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::result;

namespace {

constexpr std::size_t feed_rows_at_once = 500;
constexpr std::size_t hashes_at_once = 100; // subscribers' passwords wait no longer than for these
constexpr std::size_t looked_at_once = 1'000;
constexpr auto pool_pause = 50ms;
constexpr auto dates_ahead = 24h; // a date alone, or a clock of another zone

using hashes = std::vector<result<store::password_hash>>;

hashes hash_all(std::span<const feed_line> lines) {
    hashes made;
    for (const feed_line& each : lines)
        made.push_back(each.code_word.empty() ? store::password_hash{}
                                              : store::hash_code_word(each.code_word));
    return made;
}

} // namespace

feed_import::feed_import(store::store& store, hash_pool& pool, const numbering_plan& numbers, counter& at,
                         store::feed_terms terms, change_listener* listener)
    : store_{store}
    , pool_{pool}
    , at_{at}
    , listener_{listener}
    , reader_{numbers, read_clocks().utc + dates_ahead}
    , terms_{std::move(terms)} {}

asio::awaitable<int> feed_import::run() {
    const bool is_started = co_await read_start();
    if (!is_started)
        co_return errand_broken;
    while (auto line = co_await next_line()) {
        if (*line == "#end") {
            has_end_ = true;
            break;
        }
        auto read = reader_.read(*line);
        if (!read) {
            refuse(read.error());
            continue;
        }
        batch_.push_back(std::move(*read));
        if (batch_.size() < feed_rows_at_once)
            continue;
        const bool is_taken = co_await take_batch();
        if (!is_taken)
            co_return errand_refused;
    }
    co_return co_await finish();
}

/// Empty lines are counted and passed over.
asio::awaitable<std::optional<std::string>> feed_import::next_line() {
    while (true) {
        auto line = co_await at_.read_line();
        if (!line)
            co_return std::nullopt;
        if (++line_ == 1 && line->starts_with(byte_order_mark))
            line->erase(0, byte_order_mark.size());
        if (line->ends_with('\r'))
            line->pop_back();
        if (!line->empty())
            co_return line;
    }
}

asio::awaitable<bool> feed_import::read_start() {
    auto line = co_await next_line();
    if (line == "#full") {
        is_full_ = true;
        line = co_await next_line();
    }
    if (!line) {
        at_.complain("there is no header line");
        co_return false;
    }
    if (const auto header = reader_.read_header(*line); !header) {
        refuse(header.error());
        co_return false;
    }
    if (!is_full_)
        co_return true;
    auto begin = [](store::backend& rows) { return rows.begin_full_feed(); };
    const result<std::int64_t> number = co_await at_store(store_, begin);
    if (!number) {
        at_.complain(number.error().message());
        co_return false;
    }
    terms_.full = *number;
    co_return true;
}

asio::awaitable<bool> feed_import::take_batch() {
    if (batch_.empty())
        co_return true;
    co_await hash_code_words();
    std::vector<store::subscriber> rows;
    for (feed_line& each : batch_)
        rows.push_back(std::move(each.row));
    batch_.clear();
    auto take = [rows = std::move(rows), terms = terms_, now = read_clocks().utc](store::backend& at) {
        return at.take_feed(rows, terms, now);
    };
    result<store::feed_outcome> came = co_await at_store(store_, std::move(take));
    if (!came) {
        at_.complain(
            fmt::format("stopped: {}; of the lines after {} none was taken", came.error().message(), taken_));
        co_return false;
    }
    taken_ = line_;
    added_ += came->added;
    changed_ += came->changed;
    recycled_ += came->recycled.size();
    ended_ += static_cast<std::size_t>(std::ranges::count_if(came->ended, &store::ended_access::had_any));
    if (listener_ != nullptr)
        spread(std::move(*came), *listener_);
    co_return true;
}

asio::awaitable<void> feed_import::hash_code_words() {
    const std::span<feed_line> all{batch_};
    for (std::size_t first = 0; first < all.size();) {
        const auto some = all.subspan(first, std::min(hashes_at_once, all.size() - first));
        auto work = [some] { return hash_all(some); };
        auto made = co_await pool_.run(hash_work::code_words, work);
        if (!made) { // subscribers go first
            asio::steady_timer timer{co_await asio::this_coro::executor, pool_pause};
            co_await timer.async_wait(asio::use_awaitable);
            continue;
        }
        for (std::size_t at = 0; at < some.size(); ++at)
            keep_code_word(some[at], std::move((*made)[at]));
        first += some.size();
    }
}

void feed_import::keep_code_word(feed_line& of, result<store::password_hash> hash) {
    if (!hash) {
        ++bad_;
        at_.complain(
            fmt::format("{}: the code word is not taken: {}", of.row.who.text(), hash.error().message()));
    } else if (!hash->encoded.empty()) {
        of.row.code_word = std::move(*hash);
    }
}

/// Whom a whole file doesn't name has left the operator.
asio::awaitable<bool> feed_import::drop_missing() {
    std::size_t gone = 0;
    for (std::optional<msisdn> after = msisdn{}; after;) {
        auto step = [full = *terms_.full, from = *after, now = read_clocks().utc](store::backend& rows) {
            return rows.drop_missing(full, from, looked_at_once, now);
        };
        const result<store::missing_page> page = co_await at_store(store_, step);
        if (!page) {
            at_.complain(page.error().message());
            co_return false;
        }
        gone += page->gone;
        after = page->next;
    }
    at_.print(fmt::format("{} numbers are not in the file and have left", gone));
    co_return true;
}

asio::awaitable<int> feed_import::finish() {
    const bool is_taken = co_await take_batch();
    if (!is_taken)
        co_return errand_refused;
    at_.print(fmt::format("{} new, {} known before, {} with another owner, {} accesses ended, {} lines bad",
                          added_, changed_, recycled_, ended_, bad_));
    if (!is_full_)
        co_return bad_ == 0 ? errand_done : errand_refused;
    // A number on a line that can't be read, or in a part that never came, hasn't left.
    if (bad_ != 0 || !has_end_) {
        at_.complain(has_end_ ? "nobody was removed: some lines were bad"
                              : "nobody was removed: a full file ends with a line #end");
        co_return errand_refused;
    }
    const bool is_done = co_await drop_missing();
    co_return is_done ? errand_done : errand_refused;
}

void feed_import::refuse(const bad_line& line) {
    ++bad_;
    at_.complain(fmt::format("line {}: {}", line_, line.why));
}

} // namespace kabinet::gateway
