// Load: many subscribers hold the same short dialogue with a gateway, a window of them at once, and how
// long each step took is counted. The clock is the caller's.
#pragma once

#include "simulator/centre.hpp"
#include "simulator/histogram.hpp"
#include "values/instant.hpp"

#include <string>
#include <vector>

namespace kabinet::simulator {

struct load_settings {
    std::uint32_t dialogues = 1000;
    std::uint32_t window = 100; // dialogues held at once
    std::uint32_t subscribers =
        0; // who take turns, more than the window; 0: each dialogue has one of its own
    msisdn from = msisdn::from_digits(79260000000);
    std::string code;                           // dialled by everyone
    std::vector<std::string> answers;           // to the screens that follow, in this order
    std::string expected;                       // how last screens begin; empty: as they like
    bool leaves_open = false;                   // else a subscriber whose answers are used up hangs up
    std::chrono::milliseconds patience{10'000}; // for each screen
};

struct load_report {
    std::uint64_t begun = 0;
    std::uint64_t finished = 0;  // had a screen for every step
    std::uint64_t otherwise = 0; // the last screen began otherwise than expected; its step isn't in the rest
    std::uint64_t cut_short = 0; // ended by the gateway with answers left
    std::uint64_t failed = 0;    // refused, unanswered, or without a screen in time
    std::uint64_t steps = 0;
    std::chrono::nanoseconds took{0};
    histogram screens;   // from a deliver_sm to its screen, of steps that had both
    histogram responses; // from a deliver_sm to its deliver_sm_resp, of the same

    [[nodiscard]] double steps_per_second() const;
};

/// A table for people.
[[nodiscard]] std::string as_table(const load_report&);
/// One line of JSON; durations in microseconds.
[[nodiscard]] std::string as_json(const load_report&);

/// Dials on a centre. Whoever watches the centre hands it the events, each with the time it came.
class load {
  public:
    load(centre&, load_settings);

    /// Fills the window.
    void start(steady_time now);
    void see(const event&, steady_time now);
    /// Gives up those that waited longer than the settings' patience.
    void expire(steady_time now);

    /// Nobody is in a dialogue any more: all have been, or there is no gateway left to dial.
    [[nodiscard]] bool is_over() const { return open_.empty(); }
    [[nodiscard]] const load_report& report() const { return report_; }

  private:
    /// One subscriber between the dial and the last screen.
    struct progress {
        steady_time sent_at;
        steady_time screen_at;
        steady_time response_at;
        std::uint32_t place = 0; // in open_
        std::uint32_t steps = 0; // said so far; 0: not begun, or over
        bool has_screen = false;
        bool has_response = false;
        bool awaits_input = false;
        bool is_expected = true; // if the screen is the last
    };
    enum class outcome { finished, otherwise, cut_short, failed };

    void begin_next(steady_time now);
    void note(const screen_shown&, steady_time now);
    void note(const delivered&, steady_time now);
    void note(const dialogue_ended&, steady_time now);
    void note(const refused&, steady_time now);
    void note(const bound&, steady_time) {}
    void note(const unbound&, steady_time) {}
    void note(const part_received&, steady_time) {}
    void note(const sms_received&, steady_time) {}

    [[nodiscard]] progress* find(msisdn);
    [[nodiscard]] msisdn number_of(const progress&) const;
    void go_on(progress&, steady_time now);
    void close(progress&, outcome, steady_time now);

    centre& on_;
    load_settings settings_;
    load_report report_;
    steady_time started_;
    std::vector<progress> subscribers_; // by number, from the first
    std::vector<std::uint32_t> open_;   // indices of those in a dialogue
};

} // namespace kabinet::simulator
