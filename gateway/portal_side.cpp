#include "gateway/portal_side.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <span>
#include <stdexcept>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

door::tls_context read_certificate(const tls_files& from) {
    std::vector<finding> findings;
    door::tls_context made = door::read_tls(from, findings);
    if (made == nullptr)
        throw std::runtime_error{describe(findings.back())};
    for (const finding& each : findings)
        spdlog::warn("{}", describe(each));
    return made;
}

} // namespace

portal_side::portal_side(portal_house with, const door_settings& of)
    : with_{std::move(with)} {
    door::house house{with_.loop.get_executor(),
                      with_.desk,
                      with_.is_ready,
                      with_.measure,
                      [this](change_notice said) { return hear_of(said); },
                      [this] { turn_away("no right token"); }};
    door::credentials known{{}, {with_.keys, *of.operator_tokens}};
    if (of.tokens || !of.wants_certificates()) // a door that wants nothing lets nobody in
        known.of_portal.emplace(with_.keys, of.tokens ? std::span{*of.tokens} : std::span<const secret>{});
    api_.emplace(std::move(house), std::move(known), with_.numbers);
    if (of.has_account)
        lay_out_pages(of);
    door::server_settings at;
    at.address = of.address;
    at.port = of.port;
    server_.emplace(
        std::move(at),
        [this](const door::request& asked) {
            return is_for_pages(asked) ? pages_->refuse_early(asked) : api_->refuse_early(asked);
        },
        [this](door::request asked) {
            return is_for_pages(asked) ? pages_->respond(std::move(asked)) : api_->respond(std::move(asked));
        },
        secure(of));
    spdlog::info("the portal's door is open on {} port {}{}{}", of.address, server_->port(),
                 of.wants_certificates() ? ", over TLS for clients with a certificate"
                 : of.tls                ? ", over TLS"
                                         : "",
                 of.has_account ? ", with pages at /account" : "");
}

/// Called on the door's thread; what it does, the pack it takes included, is done on the loop.
asio::awaitable<bool> portal_side::hear_of(change_notice said) {
    const pack_set::pack pack = with_.packs().of(said.who);
    co_return co_await take_change(with_.store, *pack, with_.changes, said);
}

door::tls portal_side::secure(const door_settings& of) {
    door::tls beneath;
    if (of.tls)
        beneath.context = read_certificate(*of.tls);
    beneath.turned_away = [this](std::string why) {
        asio::post(with_.loop, [this, why = std::move(why)] { turn_away(why); });
    };
    return beneath;
}

/// A portal of our own: it has a token as any other, and is on the door's thread.
void portal_side::lay_out_pages(const door_settings& of) {
    auto fetch_pack = [this]() -> asio::awaitable<std::shared_ptr<const menus::definition>> {
        co_return with_.packs().usual();
    };
    account::house with;
    with.ask = [this](door::request asked) { return api_->respond(std::move(asked)); };
    with.pack = [this, fetch_pack] {
        return asio::co_spawn(with_.loop.get_executor(), fetch_pack, asio::use_awaitable);
    };
    with.now = [] { return read_clocks().steady; };
    if (of.tokens)
        with.token = of.tokens->front().clone();
    // Whoever says plain_text on loopback has no TLS before it, and his browser no cookie that wants it.
    with.is_over_tls = of.tls || !(of.speaks_plain_text && is_loopback(of.address));
    pages_.emplace(std::move(with), with_.keys);
}

/// The audit has one row for all of a second.
void portal_side::turn_away(std::string_view why) {
    ++knocks_;
    const instant now = read_clocks();
    if (now.steady < next_knock_noted_)
        return;
    next_knock_noted_ = now.steady + 1s;
    spdlog::warn("a request without the portal's token or certificate was turned away: {}; {} by now", why,
                 knocks_);
    auto note = [now](store::backend& rows) { return rows.note_refused_portal(now.utc); };
    spawn(with_.loop, [](store::store& in, auto work) -> asio::awaitable<void> {
        static_cast<void>(co_await at_store(in, work));
    }(with_.store, note));
}

} // namespace kabinet::gateway
