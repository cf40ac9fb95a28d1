#include "gateway/upstream/http_billing.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::gateway::upstream {

namespace asio = boost::asio;
using boost::system::result;
using namespace std::chrono_literals;

namespace {

constexpr auto first_asked_after = 1s;
constexpr auto asked_after_most = 30s;
constexpr std::size_t asked_after_at_once = 4; // so that those who wait now have the other connections
constexpr std::size_t numbers_remembered = 100'000;
constexpr std::size_t orders_at_once = 200;
constexpr auto read_again_after = 5s;

} // namespace

http_billing::http_billing(asio::io_context& loop, store::store& in, const upstream_settings& of)
    : loop_{loop}
    , store_{in}
    , theirs_{of, loop.get_executor(), "billing system", "docs/billing.yaml"}
    , last_seen_{numbers_remembered} {}

http_billing::figures http_billing::look() const {
    return {theirs_.look(), open_.size() - in_hand_, not_done_, late_};
}

void http_billing::fulfil(store::request wish, std::function<void()> kept,
                          store::completion<store::outcome> done) {
    // an errand of the store's can be copied, a wish can't
    spawn(loop_, order(std::make_shared<store::request>(std::move(wish)), std::move(kept), std::move(done)));
}

asio::awaitable<void> http_billing::order(std::shared_ptr<store::request> wish, std::function<void()> kept,
                                          store::completion<store::outcome> done) {
    const counted mine{under_way_};
    if (std::holds_alternative<store::pay_in>(wish->what)) { // who keeps the money is to be told of it
        store::outcome came;
        came.is = store::verdict::elsewhere;
        came.at = wish->now.utc;
        co_return done(came);
    }
    done(co_await have_done(std::move(wish), std::move(kept)));
}

asio::awaitable<result<store::outcome>> http_billing::have_done(std::shared_ptr<store::request> wish,
                                                                std::function<void()> kept) {
    const store::effect_kind what = kind_of(wish->what);
    const auto begin = [wish](store::backend& rows) { return rows.begin_order(*wish); };
    const result<store::begun_order> begun = co_await at_store(store_, begin);
    if (!begun)
        co_return begun.error();
    if (!begun->name)
        co_return begun->came;
    const store::request_id name = *begun->name;
    // before anybody reads what is open: asked after now, it would be cancelled on its way there
    open_.emplace(name, pursuit{what, {}, 0, true});
    const counted in_hand{in_hand_};
    kept();
    const auto read = [what](const http_answer& came) { return read_order(came, what); };
    const auto answer = co_await theirs_.ask(ask_order(name, *wish), read);
    last_seen_.forget(wish->by.who);
    using state = order_answer::state;
    const bool is_known = answer ? answer->is != state::open : answer.error() == ask_error::not_sent;
    if (!is_known) {
        pursue_later(name, what);
        co_return begun->came;
    }
    if (answer && answer->is == state::refused_unread)
        spdlog::error("the billing system takes no order of ours: {}", store::name_of(what));
    const store::order_end end_of_it = answer ? answer->end : store::order_end{};
    const auto ended = co_await end(name, end_of_it, false);
    if (ended && *ended) {
        open_.erase(name);
        co_return **ended;
    }
    pursue_later(name, what); // the disk is full, say: its end can be asked for again
    co_return begun->came;
}

asio::awaitable<result<std::optional<store::outcome>>> http_billing::end(store::request_id name,
                                                                         store::order_end how, bool is_late) {
    const auto write = [name, how, is_late, now = read_clocks().utc](store::backend& rows) {
        return rows.end_order(name, how, is_late, now);
    };
    auto ended = co_await at_store(store_, write);
    if (ended && how.is == store::verdict::not_done)
        ++not_done_;
    co_return ended;
}

void http_billing::pursue_later(const store::request_id& name, store::effect_kind what) {
    open_.insert_or_assign(name, pursuit{what, read_clocks().steady + first_asked_after, 0, false});
}

void http_billing::work(instant now) {
    if (is_stopping_)
        return;
    if (has_earlier_ && !is_reading_ && now.steady >= read_again_) {
        is_reading_ = true;
        spawn(loop_, take_up_earlier());
    }
    for (auto& [name, one] : open_) {
        if (asking_ >= asked_after_at_once)
            return;
        if (one.is_asking || now.steady < one.next)
            continue;
        one.is_asking = true;
        ++asking_;
        spawn(loop_, pursue(name));
    }
}

/// Those that a run before this one has left open.
asio::awaitable<void> http_billing::take_up_earlier() {
    const counted mine{under_way_};
    const auto list = [after = read_up_to_](store::backend& rows) {
        return rows.list_orders(after, orders_at_once);
    };
    const auto page = co_await at_store(store_, list);
    is_reading_ = false;
    read_again_ = read_clocks().steady + (page ? 0s : read_again_after);
    if (!page)
        co_return;
    for (const store::open_order& each : *page) {
        read_up_to_ = each.seq;
        open_.try_emplace(each.name, pursuit{each.what, read_clocks().steady, 0, false});
    }
    has_earlier_ = page->size() == orders_at_once;
}

asio::awaitable<void> http_billing::pursue(store::request_id name) {
    const counted mine{under_way_};
    const store::effect_kind what = open_.at(name).what;
    const auto found = co_await find_end(name, what);
    const bool is_ended = found && (co_await end(name, *found, true)).has_value();
    --asking_;
    if (is_ended) {
        ++late_;
        open_.erase(name);
        co_return;
    }
    pursuit& one = open_.at(name);
    one.is_asking = false;
    const auto wait =
        std::min<std::chrono::seconds>(first_asked_after * (1U << std::min(one.tries, 5U)), asked_after_most);
    ++one.tries;
    one.next = read_clocks().steady + wait;
}

/// Nothing where it isn't known yet.
asio::awaitable<std::optional<store::order_end>> http_billing::find_end(store::request_id name,
                                                                        store::effect_kind what) {
    const auto read = [what](const http_answer& came) { return read_state(came, what); };
    auto answer = co_await theirs_.ask(ask_after(name), read);
    if (answer && answer->is == order_answer::state::absent)
        answer = co_await theirs_.ask(ask_to_cancel(name), read); // it may be on its way still
    if (answer && answer->is == order_answer::state::ended)
        co_return answer->end;
    co_return std::nullopt;
}

} // namespace kabinet::gateway::upstream
