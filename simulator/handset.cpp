#include "simulator/handset.hpp"

#include "simulator/plain_text.hpp"

#include <fmt/format.h>

#include <ostream>
#include <utility>

namespace kabinet::simulator {

namespace {

/// C0, DEL, C1 and the bidirectional controls: what could move a cursor or turn a line round.
bool is_control(char32_t character) {
    return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
           (character >= 0x200E && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

} // namespace

std::string draw(std::string_view title, std::string_view text, std::string_view foot) {
    std::string drawn = fmt::format("┌─ {}\n│ ", title);
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        const std::size_t size = next.size == 0 ? 1 : next.size;
        if (text.front() == '\n')
            drawn += "\n│ ";
        else if (next.size == 0 || is_control(next.value))
            drawn += '?';
        else
            drawn += text.substr(0, size);
        text.remove_prefix(size);
    }
    return drawn + (foot.empty() ? "\n└─\n" : fmt::format("\n└─ {}\n", foot));
}

handset::handset(centre& on, msisdn owner, std::ostream& out, std::string hint)
    : on_{on}
    , owner_{owner}
    , out_{out}
    , hint_{std::move(hint)} {}

void handset::say(std::string_view line) {
    out_ << line << std::endl;
}

void handset::greet() {
    say(fmt::format("This is the phone of {}. {}", owner_.text(), hint_));
}

void handset::read_line(std::string_view line) {
    line = trim(line);
    if (line.starts_with('*') || line.starts_with('#')) {
        if (!on_.dial(owner_, line))
            say("No network: no gateway is bound.");
        return;
    }
    if (line.empty() || line == "hang up") {
        if (on_.hang_up(owner_))
            say("Hung up.");
        return;
    }
    if (line == "sms" || line.starts_with("sms "))
        return text(trim(line.substr(3)));
    if (!on_.answer(owner_, line))
        say(fmt::format("Nothing awaits an answer. {}", hint_));
}

void handset::text(std::string_view rest) {
    const std::string_view number = rest.substr(0, rest.find(' '));
    if (number.empty())
        return say("Whom to? sms NUMBER TEXT");
    on_.text(owner_, number, trim(rest.substr(number.size())));
}

void handset::see(const event& what) {
    std::visit([this](const auto& seen) { note(seen); }, what);
    out_.flush();
}

void handset::note(const bound& link) {
    say(fmt::format("The gateway {} is bound.", link.system_id));
}

void handset::note(const unbound&) {
    say("The gateway's link is gone.");
}

void handset::note(const screen_shown& shown) {
    if (shown.to == owner_)
        out_ << draw("screen", shown.text, shown.awaits_input ? "answer, or an empty line to hang up" : "");
}

void handset::note(const dialogue_ended& ended) {
    if (ended.of == owner_)
        say("The dialogue is over.");
}

void handset::note(const sms_received& received) {
    if (received.to == owner_)
        out_ << draw(fmt::format("SMS from {}", received.from), received.text, "");
}

void handset::note(const delivered& answered) {
    if (answered.from != owner_)
        return;
    if (!answered.answer)
        say("The gateway gave no answer.");
    else if (*answered.answer != smpp::status::ok)
        say(fmt::format("The gateway refused with status 0x{:02X}.",
                        static_cast<std::uint32_t>(*answered.answer)));
}

void handset::note(const refused& against) {
    if (against.to == owner_)
        say(fmt::format("The centre refused what the gateway sent: {}.", against.why));
}

} // namespace kabinet::simulator
