#include "gateway/upstream/http_billing.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/post.hpp>

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
constexpr std::chrono::hours remembered_for{24};
constexpr std::size_t read_at_once = 200;
constexpr auto read_again_after = 5s;

class counted {
  public:
    explicit counted(std::size_t& in)
        : in_{in} {
        ++in_;
    }
    ~counted() { --in_; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;

  private:
    std::size_t& in_;
};

/// What the store knows of the number itself.
template <class View, class Look>
asio::awaitable<result<View>> read_own(store::store& in, Look look) {
    co_return co_await await_errand(look, [&in](store::store::errand work, store::completion<void> done) {
        in.read(std::move(work), std::move(done));
    });
}

template <class View>
bool is_for_nobody(const View& own) {
    return !store::is_open({own.status, own.bar}, store::matter::purse);
}

/// Whose number it is stands in the store, what it has there.
template <class View>
View join(const View& own, View seen) {
    const bool is_nobodys = !seen.is_known; // the billing system has no such number: as good as left
    seen.is_known = own.is_known;
    seen.status = is_nobodys ? store::account_status::left : own.status;
    seen.bar = own.bar;
    seen.speaks = own.speaks;
    return seen;
}

} // namespace

http_billing::http_billing(asio::io_context& loop, store::store& in, const upstream_settings& of)
    : loop_{loop}
    , store_{in}
    , client_{of, loop.get_executor()}
    , breaker_{of.failures_borne, of.rest}
    , last_seen_{numbers_remembered} {}

http_billing::figures http_billing::look() const {
    figures now = counted_;
    now.is_left_alone = breaker_.is_open();
    now.open = open_.size() - in_hand_;
    return now;
}

template <class Read>
asio::awaitable<result<http_billing::made_of<Read>>> http_billing::ask(question what, Read read) {
    const steady_time began = read_clocks().steady;
    if (!breaker_.may_ask(began)) {
        ++counted_.spared;
        co_return ask_error::not_sent;
    }
    ++counted_.asked;
    auto start = [&](store::completion<http_answer> done) { client_.ask(std::move(what), std::move(done)); };
    const result<http_answer> came = co_await await_completion<http_answer>(start);
    const steady_time now = read_clocks().steady;
    auto made = came ? read(*came) : std::nullopt;
    if (made) {
        breaker_.note_success();
        times_.add(now - began);
        co_return std::move(*made);
    }
    ++counted_.failed;
    const bool was_open = breaker_.is_open();
    breaker_.note_failure(now);
    if (breaker_.is_open() && !was_open)
        spdlog::error(
            "the billing system fails: {}; it is left alone for a while, and asked again now and then",
            came ? fmt::format("an answer with {} that is none of docs/billing.yaml", came->status)
                 : came.error().message());
    co_return came ? make_error_code(ask_error::no_answer) : came.error();
}

void http_billing::read_purse(msisdn who, store::completion<store::purse_view> done) {
    spawn(loop_, look_at_purse(who, std::move(done)));
}

asio::awaitable<void> http_billing::look_at_purse(msisdn who, store::completion<store::purse_view> done) {
    const counted mine{under_way_};
    const auto own = co_await read_own<store::purse_view>(
        store_, [who](store::backend& rows) { return rows.read_purse(who); });
    if (!own || is_for_nobody(*own))
        co_return done(own);
    const auto read = [](const http_answer& came) { return upstream::read_purse(came); };
    const auto seen = co_await ask(ask_purse(who), read);
    const utc_time now = read_clocks().utc;
    if (seen) {
        last_seen_.put(who, *seen, now);
        co_return done(join(*own, *seen));
    }
    const auto before = last_seen_.find(who, now - remembered_for);
    if (!before)
        co_return done(seen.error());
    store::purse_view old = join(*own, before->first);
    old.seen = before->second;
    done(old);
}

void http_billing::read_movements(msisdn who, const store::movements_query& asked,
                                  store::completion<store::movements_view> done) {
    spawn(loop_, look_at_movements(who, asked, std::move(done)));
}

asio::awaitable<void> http_billing::look_at_movements(msisdn who, store::movements_query asked,
                                                      store::completion<store::movements_view> done) {
    const counted mine{under_way_};
    store::movements_query none = asked;
    none.most = 0;
    const auto own = co_await read_own<store::movements_view>(
        store_, [who, none](store::backend& rows) { return rows.read_movements(who, none); });
    if (!own || is_for_nobody(*own))
        co_return done(own);
    const auto read = [](const http_answer& came) { return upstream::read_movements(came); };
    auto seen = co_await ask(ask_movements(who, asked), read);
    if (!seen)
        co_return done(seen.error());
    seen->last.resize(std::min(seen->last.size(), asked.most));
    done(join(*own, *seen));
}

void http_billing::read_holdings(msisdn, store::completion<store::holdings_view> done) {
    asio::post(loop_, [done = std::move(done)] { done(make_error_code(ask_error::not_sent)); });
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
    if (store::is_of_wares(wish->what))
        co_return done(co_await decline(*wish));
    done(co_await have_done(std::move(wish), std::move(kept)));
}

/// Its contract has nothing of what is sold: that is said, and nothing else is done.
asio::awaitable<result<store::outcome>> http_billing::decline(store::request& wish) {
    constexpr const char* text = "gateway.declined";
    wish.what = store::tell{text, {}, {}, {}, {}, {}};
    if (wish.sms)
        wish.sms->action = text;
    result<store::outcome> came = co_await once(store_, std::move(wish));
    if (came)
        came->is = store::verdict::declined;
    co_return came;
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
    const auto answer = co_await ask(ask_order(name, *wish), read);
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
        ++counted_.not_done;
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
        return rows.list_orders(after, read_at_once);
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
    has_earlier_ = page->size() == read_at_once;
}

asio::awaitable<void> http_billing::pursue(store::request_id name) {
    const counted mine{under_way_};
    const store::effect_kind what = open_.at(name).what;
    const auto found = co_await find_end(name, what);
    const bool is_ended = found && (co_await end(name, *found, true)).has_value();
    --asking_;
    if (is_ended) {
        ++counted_.late;
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
    auto answer = co_await ask(ask_after(name), read);
    if (answer && answer->is == order_answer::state::absent)
        answer = co_await ask(ask_to_cancel(name), read); // it may be on its way still
    if (answer && answer->is == order_answer::state::ended)
        co_return answer->end;
    co_return std::nullopt;
}

} // namespace kabinet::gateway::upstream
