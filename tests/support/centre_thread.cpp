#include "tests/support/centre_thread.hpp"

#include <boost/asio/post.hpp>

#include <future>

namespace kabinet::tests {

centre_thread::centre_thread(simulator::links_settings settings, smpp::dialect speaks)
    : work_{io_.get_executor()}
    , centre_{io_, std::move(settings), std::move(speaks)} {
    centre_.watch([this](const simulator::event& what) { seen_.see(what); });
    thread_ = std::thread{[this] { io_.run(); }};
}

centre_thread::~centre_thread() {
    io_.stop();
    thread_.join();
}

void centre_thread::do_there(const std::function<void(simulator::centre&)>& work) {
    std::packaged_task<void()> task{[&] { work(centre_); }};
    auto done = task.get_future();
    // moved: the thread may still be inside the task when the answer is taken
    boost::asio::post(io_, std::move(task));
    done.get();
}

std::uint16_t centre_thread::port() {
    return ask([](simulator::centre& on) { return on.port(); });
}

phone centre_thread::phone(std::uint64_t digits) {
    return {*this, msisdn::from_digits(digits)};
}

bool centre_thread::wait_bound(std::size_t links, std::chrono::milliseconds limit) {
    return seen_.wait_for_links(limit, [links](std::size_t bound) { return bound >= links; });
}

bool centre_thread::wait_unbound(std::chrono::milliseconds limit) {
    return seen_.wait_for_links(limit, [](std::size_t bound) { return bound == 0; });
}

bool phone::dial(std::string_view code) {
    return at_.ask([&](simulator::centre& on) { return on.dial(number_, code); });
}

bool phone::answer(std::string_view input) {
    return at_.ask([&](simulator::centre& on) { return on.answer(number_, input); });
}

bool phone::hang_up() {
    return at_.ask([&](simulator::centre& on) { return on.hang_up(number_); });
}

void phone::text(std::string_view to, std::string_view body) {
    at_.ask([&](simulator::centre& on) { on.text(number_, to, body); });
}

bool phone::redeliver(simulator::redelivery how) {
    return at_.ask([&](simulator::centre& on) { return on.redeliver(number_, how); });
}

seen_screen phone::screen(std::chrono::milliseconds limit) {
    return at_.seen_.take(number_, &seen_by_phone::screens, "screen", limit);
}

seen_sms phone::sms(std::chrono::milliseconds limit) {
    return at_.seen_.take(number_, &seen_by_phone::inbox, "SMS", limit);
}

std::optional<smpp::status> phone::delivered(std::chrono::milliseconds limit) {
    return at_.seen_.take(number_, &seen_by_phone::answers, "answer to a deliver_sm", limit);
}

std::vector<std::string> phone::told() {
    return at_.seen_.told(number_);
}

smpp::status phone::refused(std::chrono::milliseconds limit) {
    return at_.seen_.take(number_, &seen_by_phone::refusals, "refused submit", limit);
}

bool phone::has_dialogue() {
    return at_.ask([&](simulator::centre& on) { return on.has_dialogue(number_); });
}

} // namespace kabinet::tests
