#include "gateway/reception.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/translate.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view closed_notice = "notice.access_closed";
constexpr auto keys_hold_for = 24h; // as long as the store remembers wishes

login_answer only(login_verdict is) {
    login_answer made;
    made.is = is;
    return made;
}

/// What was typed, as a mark that says nothing without the portal's own key for the attempt.
store::fingerprint mark_of(const store::keys& with, const login_attempt& asked) {
    std::array<char, 2 * secret::capacity> octets{};
    const std::string_view typed = asked.typed.reveal();
    const std::size_t key = std::min(asked.idempotency_key.size(), secret::capacity);
    std::copy_n(asked.idempotency_key.data(), key, octets.data());
    std::copy_n(typed.data(), typed.size(), octets.data() + key);
    const auto made = with.mark("typed", {octets.data(), key + typed.size()});
    wipe(octets.data(), octets.size());
    return made;
}

} // namespace

std::string_view name_of(login_verdict which) {
    switch (which) {
    case login_verdict::ok:
        return "ok";
    case login_verdict::denied:
        return "denied";
    case login_verdict::blocked:
        return "blocked";
    case login_verdict::too_many:
        return "too many numbers";
    case login_verdict::try_later:
        return "try later";
    case login_verdict::conflict:
        return "conflict";
    case login_verdict::impossible:
        return "impossible";
    }
    return "unknown";
}

reception::reception(asio::io_context& loop, const colleagues& with, pack_in_force pack,
                     std::uint32_t visitor_numbers_per_hour)
    : loop_{loop}
    , with_{with}
    , pack_{std::move(pack)}
    , visitors_{visitor_numbers_per_hour} {}

asio::awaitable<bool> reception::take_turn(msisdn who) {
    auto initiate = [this, who](auto resume) {
        auto shared = std::make_shared<decltype(resume)>(std::move(resume)); // a std::function copies
        const auto go_on = [this, shared](bool may) {
            asio::post(loop_, [shared, may] { (*shared)(may); });
        };
        if (!turns_.enter(who, [go_on] { go_on(true); }))
            go_on(false);
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(initiate,
                                                                                      asio::use_awaitable);
}

asio::awaitable<login_answer> reception::log_in(login_attempt asked) {
    login_answer answer = only(login_verdict::try_later);
    const steady_time now = read_clocks().steady;
    const auto waits = asked.from ? visitors_.admit(*asked.from, asked.who, now) : std::nullopt;
    if (waits) {
        answer.is = login_verdict::too_many;
        answer.retry_after = std::chrono::ceil<std::chrono::seconds>(*waits - now);
    } else if (is_taking_ && co_await take_turn(asked.who)) {
        const auto pack = pack_();
        answer = co_await judge(asked, *pack);
        turns_.leave(asked.who);
    }
    if (answer.is == login_verdict::ok && asked.from)
        visitors_.forgive(*asked.from, asked.who);
    ++told_[static_cast<std::size_t>(answer.is)];
    with_.lately.note(asked.who, read_clocks().utc, "portal login:", name_of(answer.is));
    co_return answer;
}

asio::awaitable<login_answer> reception::judge(const login_attempt& asked, const menus::definition& pack) {
    store::request wish = make_request(asked, pack);
    auto& attempt = std::get<store::log_in>(wish.what);
    auto look = [who = asked.who, most = attempt.most_wrong, now = wish.now.utc](store::backend& rows) {
        return rows.look_before_login(who, most, now);
    };
    const boost::system::result<store::login_facts> facts = co_await at_store(with_.store, look);
    if (!facts)
        co_return only(login_verdict::try_later);
    attempt.version = facts->version;
    if (!facts->is_closed) {
        auto work = [&check = with_.check, &typed = asked.typed, &found = *facts] {
            return check.is_right(typed, found);
        };
        const std::optional<bool> is_right = co_await with_.pool.run(hash_work::logins, work);
        if (!is_right)
            co_return only(login_verdict::try_later);
        attempt.is_right = *is_right;
    }
    const auto came = co_await once(with_.store, std::move(wish));
    if (came)
        co_return tell(asked, *came, pack);
    if (came.error() == store::store_error::conflict)
        co_return only(login_verdict::conflict);
    if (came.error() == store::store_error::busy)
        co_return only(login_verdict::try_later);
    spdlog::error("the store refuses a login for good: {} {}", asked.who.masked(),
                  with_.keys.token(asked.who));
    co_return only(login_verdict::impossible);
}

store::request reception::make_request(const login_attempt& asked, const menus::definition& pack) const {
    store::request wish;
    const bool is_named = !asked.idempotency_key.empty();
    wish.id = is_named ? with_.keys.name_request({"portal login", asked.idempotency_key})
                       : store::keys::draw_request_id();
    wish.repeats_within = keys_hold_for;
    wish.by.who = asked.who;
    wish.by.by = store::channel::portal;
    wish.by.speaks = pack.languages.front().code;
    store::log_in attempt;
    if (is_named)
        attempt.typed = mark_of(with_.keys, asked);
    attempt.ends_generated = pack.logins.is_once;
    attempt.most_wrong = pack.allowed.wrong_passwords;
    wish.what = attempt;
    wish.sms.emplace();
    wish.sms->action = closed_notice;
    wish.sms->from = sender_address(pack.sender);
    wish.sms->to = subscriber_address(asked.who);
    wish.now = read_clocks();
    return wish;
}

login_answer reception::tell(const login_attempt& asked, const store::outcome& came,
                             const menus::definition& pack) {
    if (came.sms) {
        store::outgoing_sms notice;
        notice.id = *came.sms;
        notice.who = asked.who;
        notice.from = sender_address(pack.sender);
        notice.to = subscriber_address(asked.who);
        notice.action = closed_notice;
        notice.what = came;
        notice.what.is = store::verdict::told; // by its name alone
        notice.expires = came.at + store::result_sms{}.life;
        with_.sends.send(std::move(notice));
    }
    login_answer told = only(login_verdict::denied);
    switch (came.is) {
    case store::verdict::logged_in_once:
    case store::verdict::logged_in:
    case store::verdict::logged_in_chosen: {
        const bool is_generated = came.is != store::verdict::logged_in_chosen;
        told.is = login_verdict::ok;
        told.kind = is_generated ? store::secret_kind::generated : store::secret_kind::chosen;
        told.must_change = is_generated && pack.logins.must_change;
        told.level = std::min(is_generated ? pack.logins.generated : pack.logins.chosen,
                              came.level.value_or(access_level::all_numbers));
        told.failures = came.failures;
        break;
    }
    case store::verdict::locked_out:
        told.is = login_verdict::blocked;
        break;
    default:
        break;
    }
    return told;
}

} // namespace kabinet::gateway
