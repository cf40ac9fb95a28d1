#include "gateway/account/site.hpp"

#include "gateway/account/browser.hpp"
#include "gateway/account/told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using door::request;

namespace {

constexpr std::string_view root = "/account";
constexpr std::string_view help = "/account/help";
constexpr std::string_view call = "/account/call";
constexpr std::string_view guest_cookie = "account";
constexpr std::string_view stranger_cookie = "account_form";
constexpr std::string_view language_cookie = "account_lang";
constexpr std::size_t longest_once = 64;

bool is_form(std::string_view content_type) {
    return content_type.substr(0, content_type.find_first_of("; \t")) == "application/x-www-form-urlencoded";
}

answer refuse_plainly(unsigned status, std::string_view why) {
    answer made{status, "text/plain", std::string{why}};
    guard(made);
    return made;
}

answer serve(const asset& file) {
    answer made{200, std::string{file.content_type}, std::string{file.text}};
    made.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return made;
}

} // namespace

bool is_here(std::string_view path) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

site::site(house with, const store::keys& keys)
    : house_{std::move(with)}
    , keys_{keys}
    , sessions_{keys} {}

std::span<const site::route> site::routes() {
    static constexpr std::array rows{
        route{"/account", whom::anyone, &site::show_entrance, &site::log_in, "/v1/account", true, nullptr,
              true},
        route{"/account/code", whom::strangers, &site::show_code, &site::finish_login},
        route{"/account/sms", whom::strangers, &site::show_sms, &site::send_password},
        route{"/account/sent", whom::strangers, &site::show_sent, nullptr},
        route{"/account/forgot", whom::strangers, &site::show_forgot, &site::send_code},
        route{"/account/word", whom::strangers, &site::show_word, &site::restore_password},
        route{"/account/word/closed", whom::strangers, &site::show_word_closed, nullptr},
        route{"/account/lost", whom::strangers, &site::show_lost, &site::block_by_word},
        route{"/account/found", whom::strangers, &site::show_found, &site::unblock_by_word},
        route{"/account/blocked", whom::strangers, &site::show_blocked, nullptr},
        route{"/account/new", whom::anyone, &site::show_new, &site::set_password},
        route{"/account/change", whom::guests, &site::show_change, &site::send_own_code},
        route{"/account/regime", whom::guests, &site::show_regime, &site::send_regime_code},
        route{"/account/regime/code", whom::guests, &site::show_regime_code, &site::set_regime},
        route{"/account/two-step", whom::guests, &site::leave, &site::set_two_step},
        route{"/account/language", whom::guests, &site::leave, &site::set_language},
        route{"/account/top-up", whom::guests, &site::show_top_up, &site::top_up, {}, true},
        route{"/account/promise", whom::guests, &site::show_promise, &site::choose_offer, {}, true},
        route{"/account/promise/confirm", whom::guests, &site::show_terms, &site::take_promise, {}, true},
        route{"/account/services", whom::guests, &site::show_wares, nullptr, "/v1/services"},
        route{"/account/service/connect", whom::guests, &site::show_ware, &site::order_ware, "/v1/services"},
        route{"/account/service/disconnect", whom::guests, &site::show_ware, &site::order_ware,
              "/v1/services"},
        route{"/account/tariff", whom::guests, &site::show_wares, nullptr, "/v1/tariff"},
        route{"/account/tariff/change", whom::guests, &site::show_ware, &site::order_ware, "/v1/tariff"},
        route{"/account/packages", whom::guests, &site::show_wares, nullptr, "/v1/packages"},
        route{"/account/package/buy", whom::guests, &site::show_ware, &site::order_ware, "/v1/packages"},
        route{"/account/package/stop", whom::guests, &site::show_ware, &site::order_ware, "/v1/packages"},
        route{"/account/transfer", whom::guests, &site::show_transfer, &site::read_transfer, {}, true},
        route{"/account/transfer/confirm",
              whom::guests,
              &site::show_transfer_terms,
              &site::make_transfer,
              {},
              true},
        route{"/account/statement", whom::guests, &site::show_statement, nullptr, "/v1/movements", false,
              &site::write_period},
        route{"/account/archive", whom::guests, &site::show_archive, nullptr, "/v1/archive"},
        route{call, whom::guests, &site::leave, &site::ask_for_call},
        route{"/account/block", whom::guests, &site::show_block, &site::block_number, "/v1/account"},
        route{"/account/unblock", whom::guests, &site::show_unblock, &site::unblock_number, "/v1/account"},
        route{help, whom::anyone, &site::show_help, nullptr, "/v1/help", false, &site::write_language},
        route{"/account/logout", whom::guests, &site::leave, &site::log_out},
    };
    return rows;
}

const site::route* site::find_route(std::string_view path) {
    const auto found = std::ranges::find(routes(), path, &route::path);
    return found == routes().end() ? nullptr : &*found;
}

std::optional<answer> site::refuse_early(const request& asked) const {
    if (asked.method == "GET")
        return std::nullopt;
    const route* found = find_route(asked.path);
    if (asked.method != "POST" || found == nullptr || found->take == nullptr) {
        answer other = refuse_plainly(405, "Only pages are here: GET, and POST of a form.\n");
        other.headers.emplace_back("Allow", "GET");
        return other;
    }
    if (!is_form(asked.content_type))
        return refuse_plainly(415, "application/x-www-form-urlencoded is wanted\n");
    return std::nullopt;
}

asio::awaitable<answer> site::respond(request asked) {
    if (auto refused = refuse_early(asked))
        co_return std::move(*refused);
    for (const auto& [name, file] : pages_.assets()) {
        if (asked.method != "GET" || asked.path != file.path)
            continue;
        answer made = serve(file);
        guard(made);
        co_return made;
    }
    visit of{std::move(asked)};
    of.now = house_.now();
    of.pack = co_await house_.pack();
    of.speaks = &choose_language(of);
    of.by = recognise(of);
    const std::shared_ptr<session> before = of.by;
    answer made = co_await guide(of);
    if (of.by != before) {
        const bool is_out = before && before->who && !of.by->who;
        if (is_out)
            made.headers.emplace_back("Set-Cookie", cookie(guest_cookie, "", "; Max-Age=0"));
        made.headers.emplace_back("Set-Cookie",
                                  cookie(of.by->who ? guest_cookie : stranger_cookie, of.by->id));
    }
    guard(made);
    co_return made;
}

/// A guest's cookie has a name of its own: a link from another site brings none of ours along, and the
/// stranger's that is given then puts nobody out.
std::shared_ptr<session> site::recognise(const visit& of) {
    auto found = sessions_.find(find_cookie(of.asked.cookie, guest_cookie), of.now);
    if (!found || !found->who)
        found = sessions_.find(find_cookie(of.asked.cookie, stranger_cookie), of.now);
    return found;
}

/// Never throws on what a person can send, so nothing is caught here.
asio::awaitable<answer> site::guide(visit& of) {
    if (of.asked.path == "/account/")
        co_return go_to(root);
    const route* found = find_route(of.asked.path);
    if (found == nullptr)
        co_return tell_trouble(of, 404, "not_found");
    if (of.asked.method == "GET" && of.asked.query && !find_language(*of.asked.query).empty()) {
        answer same = go_to(found->path);
        same.headers.emplace_back("Set-Cookie",
                                  cookie(language_cookie, of.speaks->code().code(), "; Max-Age=31536000"));
        co_return same;
    }
    if (of.asked.method == "POST")
        co_return co_await take(*found, of);
    if (auto elsewhere = send_elsewhere(*found, of))
        co_return std::move(*elsewhere);
    if (!of.by)
        of.by = sessions_.open(of.now);
    const bool is_asked_by_anyone = found->body != nullptr && found->lets_in == whom::anyone;
    if ((of.by->who || is_asked_by_anyone) && !found->looks.empty()) {
        std::string body = found->body == nullptr ? write_guest_body(of, {}) : found->body(of);
        if (auto instead = co_await look(of, found->looks, std::move(body), of.seen))
            co_return std::move(*instead);
    }
    if (of.by->who && found->has_purse) {
        std::string body = write_guest_body(of, {});
        if (auto instead = co_await look(of, "/v1/balance", std::move(body), of.purse))
            co_return std::move(*instead);
    }
    if (of.by->who && found->leads_to_wares)
        if (auto instead = co_await look_for_wares(of))
            co_return std::move(*instead);
    co_return (this->*found->show)(of);
}

/// A form counts only from a page that was shown to this very session.
asio::awaitable<answer> site::take(const route& to, visit& of) {
    if (!of.entered.read(of.asked.body))
        co_return tell_trouble(of, 400, "unreadable");
    const std::string_view once = of.entered.reveal("once");
    if (!of.by || !sessions_.is_own(*of.by, of.entered.reveal("token")) || once.empty() ||
        once.size() > longest_once) {
        if (!of.by)
            of.by = sessions_.open(of.now);
        const bool was_in = to.lets_in == whom::guests && !of.by->who;
        co_return complain(of, {}, was_in ? "session.over" : "form.over");
    }
    if (of.by->done == once)
        co_return go_to(of.by->done_leads);
    if (auto elsewhere = send_elsewhere(to, of))
        co_return std::move(*elsewhere);
    co_return co_await (this->*to.take)(of);
}

/// Who is on the wrong side of the door, or has to choose a password first.
std::optional<answer> site::send_elsewhere(const route& to, visit& of) {
    const bool is_guest = of.by && of.by->who;
    if (to.lets_in == whom::strangers && is_guest)
        return go_to(root);
    if (to.lets_in == whom::guests && !is_guest) {
        if (!find_cookie(of.asked.cookie, guest_cookie).empty()) {
            if (!of.by)
                of.by = sessions_.open(of.now);
            of.by->problem = "session.over";
        }
        return go_to(root);
    }
    if (is_guest && to.path != root && to.path != help && to.path != "/account/logout")
        return keep_to_level(to, *of.by->who);
    if (is_guest && to.path == root && of.by->who->must_change)
        return go_to("/account/change");
    return std::nullopt;
}

/// A password that has to be changed is changed before anything else, whatever the level; else a login that
/// may only look changes nothing.
std::optional<answer> site::keep_to_level(const route& to, const guest& who) {
    const bool changes_password = to.path == "/account/change" || to.path == "/account/new";
    if (who.must_change)
        return changes_password ? std::nullopt : std::optional{go_to("/account/change")};
    const bool only_looks = to.take == nullptr || to.path == call; // help is for every level
    return who.level == "view" && !only_looks ? std::optional{go_to(root)} : std::nullopt;
}

answer site::complain(visit& of, std::string_view at, std::string_view why, std::string_view more) {
    of.by->problem = why;
    of.by->problem_more = more;
    of.by->problem_at = at;
    return go_to(of.asked.path);
}

answer site::finish(visit& of, std::string_view leads, std::string_view notice) {
    of.by->done = of.entered.reveal("once");
    of.by->done_leads = leads;
    of.by->notice = notice;
    return go_to(leads);
}

const words& site::choose_language(const visit& of) const {
    const auto find = [this](std::string_view code) -> const words* {
        const auto read = language::from(code);
        return read ? pages_.speak(*read) : nullptr;
    };
    if (const words* asked = of.asked.query ? find(find_language(*of.asked.query)) : nullptr)
        return *asked;
    if (const words* kept = find(find_cookie(of.asked.cookie, language_cookie)))
        return *kept;
    for (const language each : read_accepted(of.asked.accept_language))
        if (const words* liked = pages_.speak(each))
            return *liked;
    const words* usual = pages_.speak(of.pack->languages.front().code);
    return usual == nullptr ? pages_.languages().front() : *usual;
}

/// Not `__Host-`: a browser takes that name only over TLS and for the whole host.
std::string site::cookie(std::string_view name, std::string_view value, std::string_view more) const {
    return fmt::format("{}={}; Path={}; HttpOnly; SameSite=Strict{}{}", name, value, root,
                       house_.is_over_tls ? "; Secure" : "", more);
}

} // namespace kabinet::gateway::account
