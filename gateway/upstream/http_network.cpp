#include "gateway/upstream/http_network.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"
#include "gateway/upstream/network_words.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::gateway::upstream {

namespace asio = boost::asio;
using boost::system::result;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t news_at_once = 50;
constexpr auto first_again_after = 1s;
constexpr auto again_after_most = 30s;
constexpr auto looked_after = 5s; // for what was put off, or came from a command beside the gateway
constexpr std::chrono::hours put_off_for{1};

} // namespace

http_network::http_network(asio::io_context& loop, store::store& in, const upstream_settings& of)
    : loop_{loop}
    , store_{in}
    , own_{in}
    , theirs_{of, loop.get_executor(), "network", "docs/network.yaml"} {}

http_network::figures http_network::look() const {
    return {theirs_.look(), news_};
}

void http_network::fulfil(store::request wish, store::completion<store::outcome> done) {
    auto then = [this, done = std::move(done)](const result<store::outcome>& came) {
        if (!theirs_.look().is_left_alone)
            next_ = {}; // at once
        done(came);
    };
    own_.fulfil(std::move(wish), std::move(then));
}

void http_network::work(instant now) {
    if (is_stopping_ || is_telling_ || now.steady < next_)
        return;
    is_telling_ = true;
    spawn(loop_, tell_all());
}

/// One after the other: a phone is lost now and then, not a thousand at once.
asio::awaitable<void> http_network::tell_all() {
    bool is_all_told = true;
    bool is_from_start = told_up_to_ == 0;
    next_ = read_clocks().steady + looked_after; // but for a wish that comes meanwhile
    while (!is_stopping_) {
        const auto list = [after = told_up_to_, now = read_clocks().utc](store::backend& rows) {
            return rows.list_news(after, news_at_once, now);
        };
        result<std::vector<store::number_news>> page = co_await at_store(store_, list);
        if (!page) {
            is_all_told = false;
            break;
        }
        if (page->empty()) {
            told_up_to_ = 0;
            if (std::exchange(is_from_start, true))
                break;
            continue;
        }
        const bool is_page_told = co_await tell_each(std::move(*page));
        is_all_told = is_all_told && is_page_told;
        if (!is_page_told && theirs_.look().is_left_alone)
            break;
    }
    const auto count = [](store::backend& rows) { return rows.count_news(); };
    if (const auto news = co_await at_store(store_, count))
        news_ = *news;
    if (!is_all_told) {
        const auto wait = std::min<std::chrono::seconds>(first_again_after * (1U << std::min(tries_, 5U)),
                                                         again_after_most);
        ++tries_;
        next_ = read_clocks().steady + wait;
    } else {
        tries_ = 0;
    }
    is_telling_ = false;
}

asio::awaitable<bool> http_network::tell_each(std::vector<store::number_news> page) {
    bool is_all_told = true;
    for (const store::number_news& each : page) {
        if (is_stopping_)
            co_return false;
        const told how = co_await tell(each);
        if (how == told::unasked) // it is the first of those that come next
            co_return false;
        told_up_to_ = each.version;
        if (how == told::unknown) {
            is_all_told = false;
            if (theirs_.look().is_left_alone)
                co_return false;
            continue;
        }
        const auto write = [version = each.version, is_heard = how == told::yes,
                            again = read_clocks().utc + put_off_for](store::backend& rows) {
            return is_heard ? rows.end_news(version) : rows.put_off_news(version, again);
        };
        const result<void> is_kept = co_await at_store(store_, write);
        is_all_told = is_all_told && is_kept.has_value(); // else it is told again, which changes nothing
    }
    co_return is_all_told;
}

asio::awaitable<http_network::told> http_network::tell(store::number_news of) {
    if (theirs_.rests())
        co_return told::unasked;
    const auto read = [&of](const http_answer& came) { return read_blocking(came, of); };
    const result<network_answer> heard = co_await theirs_.ask(tell_blocking(of), read);
    if (!heard)
        co_return told::unknown;
    if (heard->is_done)
        co_return told::yes;
    spdlog::error("the network refuses to {} a number with {}: it is told again in an hour",
                  of.is_blocked ? "block" : "unblock", heard->status);
    co_return told::refused;
}

} // namespace kabinet::gateway::upstream
