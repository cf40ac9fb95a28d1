// A phone in a terminal, for one subscriber: lines typed become dialling, answers and SMS; screens and SMS
// that come are drawn. Reads no terminal itself.
#pragma once

#include "simulator/centre.hpp"

#include <iosfwd>
#include <string>

namespace kabinet::simulator {

class handset {
  public:
    handset(centre&, msisdn owner, std::ostream& out);

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
};

/// A text in a frame under its title. Control characters don't reach the terminal.
[[nodiscard]] std::string draw(std::string_view title, std::string_view text, std::string_view foot);

} // namespace kabinet::simulator
