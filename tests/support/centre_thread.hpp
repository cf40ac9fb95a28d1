// A centre on a thread of its own, and phones that a test talks to in sentences: each either says what
// happened within its time limit or throws what didn't.
#pragma once

#include "simulator/centre.hpp"
#include "tests/support/witness.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace kabinet::tests {

using namespace std::chrono_literals;

class phone;

class centre_thread {
  public:
    explicit centre_thread(simulator::links_settings settings = {}, smpp::dialect speaks = {});
    ~centre_thread();
    centre_thread(const centre_thread&) = delete;
    centre_thread& operator=(const centre_thread&) = delete;

    /// Does something with the centre on its own thread (faults, drop, unbind); returns what that returns.
    template <class Question>
    auto ask(Question question) {
        using answer = std::decay_t<decltype(question(centre_))>;
        if constexpr (std::is_void_v<answer>) {
            do_there([&](simulator::centre& on) { question(on); });
        } else {
            std::optional<answer> came;
            do_there([&](simulator::centre& on) { came.emplace(question(on)); });
            return std::move(*came);
        }
    }

    [[nodiscard]] std::uint16_t port();
    [[nodiscard]] tests::phone phone(std::uint64_t digits);

    /// Each is false when the limit passed first.
    [[nodiscard]] bool wait_bound(std::size_t links = 1, std::chrono::milliseconds limit = 5s);
    [[nodiscard]] bool wait_unbound(std::chrono::milliseconds limit = 5s);

  private:
    friend class tests::phone;

    /// Throws what it throws there.
    void do_there(const std::function<void(simulator::centre&)>& work);

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
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

    bool dial(std::string_view code);
    bool answer(std::string_view input);
    bool hang_up();
    void text(std::string_view to, std::string_view body);
    bool redeliver(simulator::redelivery how = simulator::redelivery::new_number);

    /// The next unread one, in the order they came.
    seen_screen screen(std::chrono::milliseconds limit = 5s);
    seen_sms sms(std::chrono::milliseconds limit = 5s);
    /// How the gateway answered a deliver_sm; nothing when it didn't in time or the link was lost.
    std::optional<smpp::status> delivered(std::chrono::milliseconds limit = 5s);
    /// All screens and SMS up to now, read or not, in the order they came.
    [[nodiscard]] std::vector<std::string> told();
    /// With what the centre refused something the gateway sent to this phone.
    smpp::status refused(std::chrono::milliseconds limit = 5s);
    [[nodiscard]] bool has_dialogue();

  private:
    centre_thread& at_;
    msisdn number_;
};

} // namespace kabinet::tests
