#include "gateway/demo/stage.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace kabinet::gateway::demo {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto bind_wait = 10s;

simulator::links_settings at_any_port() {
    simulator::links_settings any;
    any.port = 0;
    return any;
}

bool is_code(std::string_view text) {
    return text.starts_with('*') || text.starts_with('#');
}

} // namespace

stage::stage(const smpp::dialect& speaks, msisdn owner, std::ostream& terminal, std::string hint)
    : owner_{owner}
    , centre_{io_, at_any_port(), speaks}
    , phone_{centre_, owner, terminal, std::move(hint)} {
    centre_.watch([this](const simulator::event& what) { see(what); });
    thread_ = std::thread{[this] { io_.run(); }};
}

stage::~stage() {
    io_.stop();
    thread_.join();
}

bool stage::wait_bound() {
    return bound_.get_future().wait_for(bind_wait) == std::future_status::ready;
}

void stage::play_to(audience next) {
    std::promise<void> is_so;
    const std::future<void> done = is_so.get_future();
    asio::post(io_, [this, next = std::move(next), is_so = std::move(is_so)]() mutable {
        audience_ = std::move(next);
        is_so.set_value();
    });
    done.wait();
}

std::future<heard> stage::listen(std::size_t screens, std::size_t sms) {
    std::promise<heard> told;
    std::future<heard> awaited = told.get_future();
    asio::post(io_, [this, screens, sms, told = std::move(told)]() mutable {
        expected_.emplace(expectation{screens, sms, {}, std::move(told)});
        report();
    });
    return awaited;
}

void stage::type(std::string line) {
    asio::post(io_, [this, line = std::move(line)] {
        const bool was_talking = centre_.has_dialogue(owner_);
        if (is_code(line))
            tell(dialled{line});
        phone_.read_line(line);
        if (was_talking && !centre_.has_dialogue(owner_))
            tell(screen_over{});
    });
}

void stage::greet() {
    asio::post(io_, [this] { phone_.greet(); });
}

void stage::key_in(std::string text) {
    asio::post(io_, [this, text = std::move(text)] {
        if (centre_.answer(owner_, text))
            return;
        if (is_code(text))
            tell(dialled{text});
        if (!is_code(text) || !centre_.dial(owner_, text))
            tell(not_taken{});
    });
}

void stage::send_sms(std::string to, std::string text) {
    asio::post(io_, [this, to = std::move(to), text = std::move(text)] {
        tell(sms_sent{to, text});
        centre_.text(owner_, to, text);
    });
}

void stage::hang_up() {
    asio::post(io_, [this] {
        if (centre_.hang_up(owner_))
            tell(screen_over{});
    });
}

void stage::see(const simulator::event& what) {
    if (std::holds_alternative<simulator::bound>(what) && !std::exchange(was_bound_, true))
        bound_.set_value();
    if (std::holds_alternative<simulator::bound>(what) || std::holds_alternative<simulator::unbound>(what))
        is_bound_ = std::holds_alternative<simulator::bound>(what);
    phone_.see(what);
    if (auto seen = seen_by(owner_, what))
        tell(std::move(*seen));
    hear(what);
}

void stage::hear(const simulator::event& what) {
    if (!expected_)
        return;
    heard& so_far = expected_->so_far;
    if (const auto* shown = std::get_if<simulator::screen_shown>(&what); shown && shown->to == owner_)
        so_far.screens.emplace_back(shown->text);
    if (const auto* sms = std::get_if<simulator::sms_received>(&what); sms && sms->to == owner_)
        so_far.sms.emplace_back(sms->text);
    report();
}

void stage::report() {
    if (is_bound_ && !expected_->is_met())
        return;
    expected_->told.set_value(std::move(expected_->so_far));
    expected_.reset();
}

void stage::tell(phone_event what) const {
    if (audience_)
        audience_(std::move(what));
}

} // namespace kabinet::gateway::demo
