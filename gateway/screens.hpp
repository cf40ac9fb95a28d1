// USSD screens on their way: each is submitted once, and once more only when the centre refused it for a
// while and the subscriber still waits. Where the window of a link is full they queue, in order, as long as
// the subscriber waits. Knows no menus; what a lost screen means is its watcher's business.
#pragma once

#include "gateway/dialogues.hpp"
#include "gateway/lines.hpp"
#include "gateway/ticket.hpp"
#include "gateway/translate.hpp"
#include "store/outbox.hpp"
#include "store/request.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

struct screen {
    dialogue_id of;
    msisdn who;
    std::uint16_t line = 0;
    screen_kind kind = screen_kind::answer;
    address subscriber;
    address service;
    gateway::session session;
    std::optional<store::outbox_id> held;  // what is told by SMS if this can't be shown
    std::optional<store::request_id> dial; // is answered by this: an equal one after it is another wish
    steady_time deadline{};                // the subscriber waits no longer
    short_text text;
};

/// Called on the loop, once for each screen.
class screen_watcher {
  public:
    /// Asked before a screen is sent again.
    [[nodiscard]] virtual bool is_wanted(const screen&) = 0;
    virtual void screen_shown(const screen&, instant now) = 0;
    virtual void screen_failed(const screen&, std::string_view why, instant now) = 0;

  protected:
    ~screen_watcher() = default;
};

class screens {
  public:
    screens(boost::asio::io_context&, lines&, screen_watcher&);

    void show(screen, instant now);
    void response_arrived(place_key, const smpp::response&, instant now);
    /// Whether it was shown is unknown: it is never sent again.
    void response_missing(place_key, instant now);
    /// Submits what waits for a place in a window, and fails what nobody waits for any more. After each
    /// response of a link, and now and then; cheap when idle.
    void work(instant now);

    [[nodiscard]] std::size_t awaited() const { return awaited_.size() + waiting_ + queued_; }

  private:
    enum class submitted : std::uint8_t { over, later };
    /// Submits it, or fails it; `later` leaves it as it is, for the window is full.
    [[nodiscard]] submitted submit(screen&, instant now);
    [[nodiscard]] boost::asio::awaitable<void> show_later(screen, std::chrono::milliseconds);

    boost::asio::io_context& loop_;
    lines& lines_;
    screen_watcher& watcher_;
    places<screen> awaited_;
    std::size_t waiting_ = 0;                // to be shown later
    std::vector<std::deque<screen>> queues_; // by line: the window is full
    std::size_t queued_ = 0;                 // in all of them
};

} // namespace kabinet::gateway
