// The SMSC and the phone of a demo, on a thread of their own. Everybody else speaks to them by posting there.
#pragma once

#include "gateway/demo/events.hpp"
#include "simulator/centre.hpp"
#include "simulator/handset.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <iosfwd>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace kabinet::gateway::demo {

/// Whom the stage tells what happens to the phone, on its own thread.
using audience = std::function<void(phone_event)>;

/// What came to the phone since it was listened for.
struct heard {
    std::vector<std::string> screens;
    std::vector<std::string> sms;
};

class stage {
  public:
    /// Draws what comes to the phone on the terminal, which outlives it, and proposes there what `hint` says.
    stage(const smpp::dialect&, msisdn owner, std::ostream& terminal,
          std::string hint = std::string{simulator::handset::plain_hint});
    ~stage();
    stage(const stage&) = delete;
    stage& operator=(const stage&) = delete;

    [[nodiscard]] std::uint16_t port() const { return centre_.port(); }
    [[nodiscard]] msisdn owner() const { return owner_; }
    [[nodiscard]] bool wait_bound();

    /// When it returns, the audience before isn't told any more. From any thread but the stage's.
    void play_to(audience);
    /// Ready once that many screens and SMS came, from now on, and with fewer when the gateway's link is
    /// gone: then none will come. One is awaited at a time.
    [[nodiscard]] std::future<heard> listen(std::size_t screens, std::size_t sms);

    /// A line of the terminal, as simulator::handset takes it.
    void type(std::string line);
    void greet();
    /// Answers the screen that awaits it; else dials, where it is a code.
    void key_in(std::string text);
    void send_sms(std::string to, std::string text);
    void hang_up();

  private:
    struct expectation {
        std::size_t screens = 0;
        std::size_t sms = 0;
        heard so_far;
        std::promise<heard> told;

        [[nodiscard]] bool is_met() const {
            return so_far.screens.size() >= screens && so_far.sms.size() >= sms;
        }
    };

    void see(const simulator::event&);
    void hear(const simulator::event&);
    void report();
    void tell(phone_event) const;

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    msisdn owner_;
    simulator::centre centre_;
    simulator::handset phone_;
    audience audience_;
    std::optional<expectation> expected_;
    std::promise<void> bound_;
    bool was_bound_ = false;
    bool is_bound_ = false;
    std::thread thread_; // the last: it uses all that stands before it
};

} // namespace kabinet::gateway::demo
