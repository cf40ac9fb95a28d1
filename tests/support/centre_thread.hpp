// A centre on a thread of its own, and phones that a test talks to in sentences: each either says what
// happened within its time limit or throws what didn't.
#pragma once

#include "simulator/centre.hpp"
#include "tests/support/witness.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <thread>

namespace kabinet::tests {

using namespace std::chrono_literals;

class phone;

class centre_thread {
  public:
    explicit centre_thread(simulator::links_settings settings = {}, smpp::dialect speaks = {})
        : centre_{io_, std::move(settings), std::move(speaks)} {
        centre_.watch([this](const simulator::event& what) { seen_.see(what); });
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~centre_thread() {
        io_.stop();
        thread_.join();
    }
    centre_thread(const centre_thread&) = delete;
    centre_thread& operator=(const centre_thread&) = delete;

    /// Does something with the centre on its own thread (faults, drop, unbind); returns what that returns.
    template <class Question>
    auto ask(Question question) {
        std::packaged_task<decltype(question(centre_))()> task{[&] { return question(centre_); }};
        auto answer = task.get_future();
        // moved: the thread may still be inside the task when the answer is taken
        boost::asio::post(io_, std::move(task));
        return answer.get();
    }

    [[nodiscard]] std::uint16_t port() {
        return ask([](simulator::centre& on) { return on.port(); });
    }
    [[nodiscard]] tests::phone phone(std::uint64_t digits);

    /// Each is false when the limit passed first.
    [[nodiscard]] bool wait_bound(std::size_t links = 1, std::chrono::milliseconds limit = 5s) {
        return seen_.wait_for_links(limit, [links](std::size_t bound) { return bound >= links; });
    }
    [[nodiscard]] bool wait_unbound(std::chrono::milliseconds limit = 5s) {
        return seen_.wait_for_links(limit, [](std::size_t bound) { return bound == 0; });
    }

  private:
    friend class tests::phone;

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    witness seen_;
    simulator::centre centre_;
    std::thread thread_;
};

/// One subscriber's phone; lives no longer than its centre.
class phone {
  public:
    phone(centre_thread& at, msisdn number)
        : at_{at}
        , number_{number} {}

    bool dial(std::string_view code) {
        return at_.ask([&](simulator::centre& on) { return on.dial(number_, code); });
    }
    bool answer(std::string_view input) {
        return at_.ask([&](simulator::centre& on) { return on.answer(number_, input); });
    }
    bool hang_up() {
        return at_.ask([&](simulator::centre& on) { return on.hang_up(number_); });
    }
    void text(std::string_view to, std::string_view body) {
        at_.ask([&](simulator::centre& on) { on.text(number_, to, body); });
    }
    bool redeliver(simulator::redelivery how = simulator::redelivery::new_number) {
        return at_.ask([&](simulator::centre& on) { return on.redeliver(number_, how); });
    }

    /// The next unread one, in the order they came.
    seen_screen screen(std::chrono::milliseconds limit = 5s) {
        return at_.seen_.take(number_, &seen_by_phone::screens, "screen", limit);
    }
    seen_sms sms(std::chrono::milliseconds limit = 5s) {
        return at_.seen_.take(number_, &seen_by_phone::inbox, "SMS", limit);
    }
    /// How the gateway answered a deliver_sm; nothing when it didn't in time or the link was lost.
    std::optional<smpp::status> delivered(std::chrono::milliseconds limit = 5s) {
        return at_.seen_.take(number_, &seen_by_phone::answers, "answer to a deliver_sm", limit);
    }
    /// All screens and SMS up to now, read or not, in the order they came.
    [[nodiscard]] std::vector<std::string> told() { return at_.seen_.told(number_); }
    /// With what the centre refused something the gateway sent to this phone.
    smpp::status refused(std::chrono::milliseconds limit = 5s) {
        return at_.seen_.take(number_, &seen_by_phone::refusals, "refused submit", limit);
    }
    [[nodiscard]] bool has_dialogue() {
        return at_.ask([&](simulator::centre& on) { return on.has_dialogue(number_); });
    }

  private:
    centre_thread& at_;
    msisdn number_;
};

inline phone centre_thread::phone(std::uint64_t digits) {
    return {*this, msisdn::from_digits(digits)};
}

} // namespace kabinet::tests
