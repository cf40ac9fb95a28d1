#include "simulator/script.hpp"

#include "simulator/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace kabinet::simulator {

namespace {

constexpr std::chrono::milliseconds longest_step = std::chrono::days{366}; // of the clock

/// A comment takes a whole line, or stands after two blanks: `#` alone belongs to codes and texts.
std::string_view drop_comment(std::string_view line) {
    if (trim(line).starts_with('#'))
        return {};
    for (std::size_t at = line.find("  #"); at != std::string_view::npos; at = line.find("  #", at + 1))
        if (at + 3 == line.size() || line[at + 3] == ' ')
            return line.substr(0, at);
    return line;
}

std::string_view take_part(std::string_view& rest) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest = trim(rest.substr(word.size()));
    return word;
}

bool takes_lines(const deed& what) {
    return std::holds_alternative<expect_screen>(what) || std::holds_alternative<expect_sms>(what) ||
           std::holds_alternative<text_to>(what) || std::holds_alternative<expect_reply>(what);
}

/// `until 12:00`
std::optional<std::chrono::minutes> read_time_of_day(std::string_view text) {
    constexpr std::string_view until = "until ";
    if (!text.starts_with(until))
        return std::nullopt;
    text.remove_prefix(until.size());
    const bool is_time = text.size() == 5 && text[2] == ':' &&
                         text.find_first_not_of("0123456789:") == std::string_view::npos &&
                         text.find(':') == 2 && text.rfind(':') == 2;
    if (!is_time)
        return std::nullopt;
    const int hour = (text[0] - '0') * 10 + text[1] - '0';
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    return hour < 24 && minute < 60 ? std::optional{std::chrono::minutes{hour * 60 + minute}} : std::nullopt;
}

/// Reads a script line by line; what a line means depends on the subscriber spoken of and the names captured.
class script_reader {
  public:
    explicit script_reader(const std::string& file)
        : file_{file} {}

    parsed_script read(std::string_view content) {
        while (!content.empty()) {
            const std::string_view line = content.substr(0, content.find('\n'));
            content.remove_prefix(std::min(line.size() + 1, content.size()));
            ++line_;
            read_line(trim(drop_comment(line)));
        }
        finish_step();
        if (parsed_.script.steps.empty() && parsed_.findings.empty())
            refuse("nothing to play: there is no step");
        return std::move(parsed_);
    }

  private:
    using verb = void (script_reader::*)(std::string_view rest);
    struct verb_row {
        std::string_view word;
        verb read;
    };

    void read_line(std::string_view line) {
        if (line.empty())
            return;
        if (line.starts_with('|'))
            return add_text(line.substr(1));
        finish_step();
        const std::size_t found = parsed_.findings.size();
        read_step(line);
        was_refused_ = parsed_.findings.size() > found;
    }

    void read_step(std::string_view line) {
        within_ = usual_patience;
        who_ = current_;
        std::string_view rest = line;
        std::string_view word = take_part(rest);
        if (word == "subscriber")
            return read_subscriber(rest);
        if (const auto named = names_.find(word); named != names_.end()) {
            who_ = named->second;
            word = take_part(rest);
        }
        if (word == "within") {
            read_patience(take_part(rest));
            word = take_part(rest);
        }
        read_verb(word, rest);
    }

    void read_verb(std::string_view word, std::string_view rest) {
        static constexpr std::array<verb_row, 13> verbs{{{"dial", &script_reader::read_dial},
                                                         {"answer", &script_reader::read_answer},
                                                         {"hang", &script_reader::read_hang_up},
                                                         {"text", &script_reader::read_text},
                                                         {"redeliver", &script_reader::read_redeliver},
                                                         {"later", &script_reader::read_later},
                                                         {"screen", &script_reader::read_screen},
                                                         {"end", &script_reader::read_end},
                                                         {"sms", &script_reader::read_sms},
                                                         {"portal", &script_reader::read_portal},
                                                         {"operator", &script_reader::read_operator},
                                                         {"says", &script_reader::read_says},
                                                         {"silence", &script_reader::read_silence}}};
        for (const verb_row& each : verbs)
            if (each.word == word)
                return (this->*each.read)(rest);
        refuse(fmt::format("'{}' is neither a step nor a subscriber's name", word));
    }

    void read_subscriber(std::string_view rest) {
        const std::string_view number = take_part(rest);
        const auto normal = normalise(number, {});
        if (!normal)
            return refuse(fmt::format("'{}' is not a subscriber's number", number));
        current_ = *normal;
        if (rest.empty())
            return;
        if (take_part(rest) != "as" || rest.empty() || rest.find(' ') != std::string_view::npos)
            return refuse("write 'subscriber NUMBER as NAME'");
        if (!names_.emplace(rest, *current_).second)
            refuse(fmt::format("the name '{}' is taken", rest));
    }

    void read_patience(std::string_view text) {
        if (const auto patience = parse_duration(text))
            within_ = *patience;
        else
            refuse(fmt::format("'{}' is not a time such as 30s, 500ms or 2m", text));
    }

    void read_dial(std::string_view rest) {
        if (rest.empty())
            return refuse("what is dialled? 'dial *105#'");
        begin(dial{std::string{rest}});
        check_filled(rest);
    }

    void read_answer(std::string_view rest) {
        if (rest.empty())
            return refuse("what is answered? 'answer 1'");
        begin(answer{std::string{rest}});
        check_filled(rest);
    }

    void read_hang_up(std::string_view rest) {
        if (rest != "up")
            return refuse("write 'hang up'");
        begin(hang_up{});
    }

    void read_text(std::string_view rest) {
        const auto colon = rest.find(':');
        const std::string_view number = trim(rest.substr(0, colon));
        if (colon == std::string_view::npos || number.empty() || number.find(' ') != std::string_view::npos)
            return refuse("write 'text NUMBER: WORDS'");
        begin(text_to{std::string{number}, {}});
        text_ = trim(rest.substr(colon + 1));
    }

    void read_portal(std::string_view rest) { begin_asking(asker::portal, rest); }

    void read_operator(std::string_view rest) { begin_asking(asker::operator_system, rest); }

    void begin_asking(asker by, std::string_view rest) {
        ask_door asked{by, {}, {}};
        if (std::string wrong = read_request(rest, asked); !wrong.empty())
            return refuse(std::move(wrong));
        for (const field& each : asked.fields)
            check_filled(each.value);
        begin(std::move(asked));
    }

    void read_says(std::string_view rest) {
        expect_reply expected;
        if (std::string wrong = read_expectation(rest, expected); !wrong.empty())
            return refuse(std::move(wrong));
        begin(std::move(expected));
    }

    void read_redeliver(std::string_view rest) { begin_alone(redeliver{}, rest); }

    void read_later(std::string_view rest) {
        const auto by = parse_duration(rest, longest_step);
        const auto until = by ? std::nullopt : read_time_of_day(rest);
        if (by || until)
            begin(let_pass{by.value_or(std::chrono::milliseconds{}), until});
        else
            refuse(fmt::format(
                "'{}' is not a time such as 90s, 25h or 3d, of a year at most, or 'until 12:00'", rest));
    }

    void read_screen(std::string_view rest) {
        begin(expect_screen{});
        text_ = rest;
    }

    void read_end(std::string_view rest) { begin_alone(expect_end{}, rest); }

    void read_sms(std::string_view rest) {
        const std::string_view from = take_part(rest);
        if (from != "from" || rest.empty() || rest.find(' ') != std::string_view::npos)
            return refuse("write 'sms from NUMBER' and the text in lines that begin with '|'");
        begin(expect_sms{std::string{rest}, {}});
    }

    void read_silence(std::string_view rest) {
        read_patience(rest);
        begin(expect_silence{});
    }

    void begin_alone(deed what, std::string_view rest) {
        if (!rest.empty())
            return refuse(fmt::format("'{}' stands after a step that takes no words", rest));
        begin(std::move(what));
    }

    void begin(deed what) {
        if (!who_)
            return refuse("whose step is it? begin with 'subscriber NUMBER'");
        step_ = script_step{line_, *who_, std::move(what), within_};
        text_.clear();
    }

    void add_text(std::string_view line) {
        if (line.starts_with(' '))
            line.remove_prefix(1);
        if (was_refused_)
            return; // the line it belongs to is a finding already
        if (!step_ || !takes_lines(step_->what))
            return refuse("'|' goes on with the text of a screen, an sms, a text or an answer, and there is "
                          "none before it");
        if (has_lines_ || !text_.empty())
            text_ += '\n';
        text_ += line;
        has_lines_ = true;
    }

    void finish_step() {
        has_lines_ = false;
        if (!step_)
            return;
        script_step done = std::move(*step_);
        step_.reset();
        if (takes_lines(done.what) && !take_text(done))
            return;
        parsed_.script.steps.push_back(std::move(done));
    }

    /// Gives the step the text its lines made.
    bool take_text(script_step& done) {
        if (auto* const sent = std::get_if<text_to>(&done.what)) {
            sent->body = std::move(text_);
            check_filled(sent->body, done.line);
            return true;
        }
        if (auto* const said = std::get_if<expect_reply>(&done.what)) {
            said->rows = std::move(text_);
            capture(said->names(), done.line);
            return true;
        }
        if (text_.empty()) {
            refuse("a text is expected, and none is written", done.line);
            return false;
        }
        pattern expected{text_};
        capture(expected.names(), done.line);
        if (auto* const screen = std::get_if<expect_screen>(&done.what))
            screen->text = std::move(expected);
        else
            std::get<expect_sms>(done.what).text = std::move(expected);
        return true;
    }

    void capture(std::vector<std::string> names, std::uint32_t line) {
        for (std::string& name : names) {
            if (name == present)
                refuse("{now} is the time of a step and captures nothing", line);
            captured_.insert(std::move(name));
        }
    }

    void check_filled(std::string_view text, std::uint32_t line = 0) {
        for (const std::string& name : pattern{text}.names())
            if (name != present && !captured_.contains(name))
                refuse(fmt::format("nothing was captured as {{{}}} before this line", name), line);
    }

    void refuse(std::string what, std::uint32_t line = 0) {
        parsed_.findings.emplace_back(mark{file_, line == 0 ? line_ : line}, std::move(what));
    }

    const std::string& file_;
    parsed_script parsed_;
    std::uint32_t line_ = 0;
    std::optional<msisdn> current_;
    std::optional<msisdn> who_;
    std::map<std::string, msisdn, std::less<>> names_;
    std::set<std::string, std::less<>> captured_;
    std::chrono::milliseconds within_ = usual_patience;
    std::optional<script_step> step_;
    std::string text_;
    bool has_lines_ = false;
    bool was_refused_ = false;
};

} // namespace

parsed_script parse_script(std::string_view content, const std::string& file) {
    return script_reader{file}.read(content);
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text,
                                                        std::chrono::milliseconds most) {
    using namespace std::chrono;
    static constexpr std::array<std::pair<std::string_view, milliseconds>, 5> units{
        {{"ms", 1ms}, {"s", 1s}, {"m", 1min}, {"h", 1h}, {"d", days{1}}}};
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit{stop, text.data() + text.size()};
    const auto* const one = std::ranges::find(units, unit, &std::pair<std::string_view, milliseconds>::first);
    if (error != std::errc{} || count <= 0 || one == units.end() || count > most / one->second)
        return std::nullopt;
    return count * one->second;
}

} // namespace kabinet::simulator
