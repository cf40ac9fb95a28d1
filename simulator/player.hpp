// Plays a script: says what its subscribers do, compares what they see. No I/O and no clock: events and the
// time come from whoever drives it (play.hpp).
#pragma once

#include "simulator/events.hpp"
#include "simulator/script.hpp"
#include "values/instant.hpp"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace kabinet::simulator {

/// Why a script came to nothing, ready to print; secrets are masked.
struct failure {
    std::uint32_t line = 0; // 0: the script as a whole
    std::string what;       // several lines when texts are compared
};

class player {
  public:
    /// The script must outlive the player.
    player(const script&, instant now);

    /// What a subscriber does next, with captured values filled in (never an expectation); nothing while
    /// the script waits, or is over. Call until it gives nothing after each event and at the deadline.
    [[nodiscard]] std::optional<script_step> go_on(steady_time now);
    void see(const event&);
    /// What came of that subscriber's last request.
    void hear(msisdn, reply);
    /// What `go_on` gave last could not be done.
    void give_up(std::string_view why);

    [[nodiscard]] bool is_over() const { return failure_ || next_ == script_.steps.size(); }
    /// When the step that waits fails, or its silence has lasted long enough.
    [[nodiscard]] steady_time deadline() const;
    [[nodiscard]] const std::optional<failure>& failed() const { return failure_; }

  private:
    struct sms {
        std::string from;
        std::string text;
    };
    struct phone {
        std::deque<std::string> screens; // unread
        std::deque<sms> inbox;           // unread
        std::optional<reply> told;       // unread
        bool awaits_reply = false;
        bool is_talking = false;
        bool awaits_input = false;
        bool was_cut_off = false; // the dialogue ended without a last screen
        std::string trouble;      // of the network's, since the step began
    };
    enum class verdict { done, waits, failed };

    verdict check(const dial&, phone&);
    verdict check(const answer&, phone&);
    verdict check(const hang_up&, phone&);
    verdict check(const text_to&, phone&);
    verdict check(const redeliver&, phone&);
    verdict check(const let_pass&, phone&);
    verdict check(const ask_door&, phone&);
    verdict check(const expect_screen&, phone&);
    verdict check(const expect_end&, phone&);
    verdict check(const expect_sms&, phone&);
    verdict check(const expect_reply&, phone&);
    verdict check(const expect_silence&, phone&);

    void note(const bound&) {}
    void note(const unbound&);
    void note(const screen_shown&);
    void note(const dialogue_ended&);
    void note(const part_received&) {}
    void note(const sms_received&);
    void note(const delivered&);
    void note(const refused&);

    [[nodiscard]] const script_step& step() const { return script_.steps[next_]; }
    [[nodiscard]] script_step filled_in(steady_time now);
    verdict compare(const pattern& expected, std::string_view got);
    verdict differ(bool has_other_values, std::string_view expected, std::string_view got);
    verdict fail(std::string what);
    void time_out();
    void advance(steady_time now);

    const script& script_;
    std::size_t next_ = 0;
    steady_time began_;                   // the step
    std::chrono::microseconds utc_ahead_; // of the steady clock
    std::unordered_map<msisdn, phone> phones_;
    captures known_;
    std::optional<failure> failure_;
};

} // namespace kabinet::simulator
