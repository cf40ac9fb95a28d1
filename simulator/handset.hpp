// A phone in a terminal, for one subscriber: lines typed become dialling, answers and SMS; screens and SMS
// that come are drawn. Reads no terminal itself.
#pragma once

#include "simulator/centre.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace kabinet::simulator {

class handset {
  public:
    static constexpr std::string_view plain_hint = "Dial a code, or text: sms NUMBER WORDS";

    /// `hint` says what may be typed, for who doesn't know.
    handset(centre&, msisdn owner, std::ostream& out, std::string hint = std::string{plain_hint});

    /// `*105#` and `#100#` dial, `sms NUMBER TEXT` texts, an empty line or `hang up` hangs up; anything else
    /// answers the open dialogue.
    void read_line(std::string_view line);
    void see(const event&);
    void greet();

  private:
    void note(const bound&);
    void note(const unbound&);
    void note(const screen_shown&);
    void note(const dialogue_ended&);
    void note(const part_received&) {}
    void note(const sms_received&);
    void note(const delivered&);
    void note(const refused&);
    void text(std::string_view rest);
    void say(std::string_view line);

    centre& on_;
    msisdn owner_;
    std::ostream& out_;
    std::string hint_;
};

/// A text in a frame under its title. Control characters don't reach the terminal.
[[nodiscard]] std::string draw(std::string_view title, std::string_view text, std::string_view foot);

} // namespace kabinet::simulator
