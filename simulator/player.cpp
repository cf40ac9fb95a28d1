#include "simulator/player.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace kabinet::simulator {

namespace {

bool is_expectation(const deed& what) {
    return std::holds_alternative<expect_screen>(what) || std::holds_alternative<expect_end>(what) ||
           std::holds_alternative<expect_sms>(what) || std::holds_alternative<expect_reply>(what) ||
           std::holds_alternative<expect_silence>(what);
}

/// Each line of a text behind a mark, as a diff shows it.
std::string set_off(std::string_view text, std::string_view mark) {
    std::string lines;
    while (true) {
        const std::string_view line = text.substr(0, text.find('\n'));
        lines += fmt::format("\n  {} {}", mark, line);
        if (line.size() == text.size())
            return lines;
        text.remove_prefix(line.size() + 1);
    }
}

std::string number_of(smpp::status status) {
    return fmt::format("0x{:02X}", static_cast<std::uint32_t>(status));
}

template <class Time>
std::chrono::microseconds microseconds_since_epoch(Time at) {
    return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch());
}

/// As `2025-11-21T10:00:00Z`.
std::string write_time(std::chrono::microseconds since_epoch) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds.count())));
}

struct awaited_words {
    std::string operator()(const expect_screen&) const { return "no screen came"; }
    std::string operator()(const expect_end&) const { return "the dialogue is still open"; }
    std::string operator()(const expect_sms& sms) const {
        return sms.from == "*" ? "no SMS came" : fmt::format("no SMS came from {}", sms.from);
    }
    std::string operator()(const expect_reply&) const { return "no answer came"; }
    std::string operator()(const ask_door&) const { return "the request before it got no answer"; }
    template <class Other>
    std::string operator()(const Other&) const {
        return "no screen awaits input";
    }
};

/// At least a minute ahead: what is that time of the day now comes next tomorrow.
std::chrono::milliseconds span_of(const let_pass& what, std::chrono::microseconds since_epoch) {
    if (!what.until)
        return what.by;
    constexpr std::chrono::hours day{24};
    const auto of_day = since_epoch % day;
    const auto ahead = std::chrono::ceil<std::chrono::milliseconds>((*what.until - of_day + day) % day);
    return ahead < std::chrono::minutes{1} ? ahead + day : ahead;
}

} // namespace

player::player(const script& script, instant now)
    : script_{script}
    , began_{now.steady}
    , utc_ahead_{microseconds_since_epoch(now.utc) - microseconds_since_epoch(now.steady)} {}

std::optional<script_step> player::go_on(steady_time now) {
    while (!is_over()) {
        const auto check_step = [&](const auto& what) { return check(what, phones_[step().who]); };
        const verdict reached = std::visit(check_step, step().what);
        if (reached == verdict::failed)
            return std::nullopt;
        const bool is_silence = std::holds_alternative<expect_silence>(step().what);
        if (reached == verdict::waits && now < deadline())
            return std::nullopt;
        if (reached == verdict::waits && !is_silence) {
            time_out();
            return std::nullopt;
        }
        auto said = is_expectation(step().what) ? std::nullopt : std::optional{filled_in(now)};
        advance(now);
        if (said)
            return said;
    }
    return std::nullopt;
}

steady_time player::deadline() const {
    return is_over() ? began_ : began_ + step().within;
}

void player::advance(steady_time now) {
    ++next_;
    began_ = now;
    for (auto& [number, each] : phones_)
        if (is_over() || !is_expectation(script_.steps[next_].what))
            each.trouble.clear();
}

script_step player::filled_in(steady_time now) {
    script_step said = step();
    if (auto* const passes = std::get_if<let_pass>(&said.what)) {
        passes->by = span_of(*passes, microseconds_since_epoch(now) + utc_ahead_);
        utc_ahead_ += passes->by;
    }
    captures known = known_;
    known.insert_or_assign(std::string{present}, write_time(microseconds_since_epoch(now) + utc_ahead_));
    if (auto* const dialled = std::get_if<dial>(&said.what))
        dialled->code = fill_in(dialled->code, known);
    if (auto* const answered = std::get_if<answer>(&said.what))
        answered->input = fill_in(answered->input, known);
    if (auto* const sent = std::get_if<text_to>(&said.what))
        sent->body = fill_in(sent->body, known);
    if (auto* const asked = std::get_if<ask_door>(&said.what))
        for (field& each : asked->fields)
            each.value = fill_in(each.value, known);
    return said;
}

void player::give_up(std::string_view why) {
    failure_ = failure{next_ == 0 ? 0 : script_.steps[next_ - 1].line, std::string{why}};
}

player::verdict player::fail(std::string what) {
    const std::string& trouble = phones_[step().who].trouble;
    failure_ = failure{step().line, std::move(what) + trouble};
    return verdict::failed;
}

void player::time_out() {
    fail(fmt::format("{} within {}", std::visit(awaited_words{}, step().what),
                     std::chrono::duration<double>{step().within}));
}

player::verdict player::compare(const pattern& expected, std::string_view got) {
    if (expected.matches(got, known_))
        return verdict::done;
    captures taken;
    return differ(expected.matches(got, taken), expected.source(), mask(got, expected, known_));
}

player::verdict player::differ(bool has_other_values, std::string_view expected, std::string_view got) {
    return fail(fmt::format("{}{}{}",
                            has_other_values ? "a captured value is not what it was before"
                                             : "another text than expected",
                            set_off(expected, "expected |"), set_off(got, "     got |")));
}

player::verdict player::check(const dial&, phone& from) {
    from.screens.clear();
    from.is_talking = true;
    from.awaits_input = from.was_cut_off = false;
    return verdict::done;
}

player::verdict player::check(const answer&, phone& from) {
    if (!from.awaits_input)
        return from.is_talking ? verdict::waits : fail("there is no dialogue to answer");
    from.screens.clear();
    from.awaits_input = false;
    return verdict::done;
}

player::verdict player::check(const hang_up&, phone& from) {
    if (!from.is_talking)
        return fail("there is no dialogue to hang up");
    from.screens.clear();
    from.is_talking = from.awaits_input = false;
    return verdict::done;
}

player::verdict player::check(const text_to&, phone&) {
    return verdict::done;
}

player::verdict player::check(const redeliver&, phone&) {
    return verdict::done;
}

player::verdict player::check(const let_pass&, phone&) {
    return verdict::done; // it passes when it is done
}

player::verdict player::check(const ask_door&, phone& from) {
    if (from.awaits_reply)
        return verdict::waits;
    from.told.reset();
    from.awaits_reply = true;
    return verdict::done;
}

player::verdict player::check(const expect_screen& expected, phone& on) {
    if (on.screens.empty())
        return on.was_cut_off ? fail("the dialogue ended without a screen") : verdict::waits;
    const std::string got = std::move(on.screens.front());
    on.screens.pop_front();
    return compare(expected.text, got);
}

player::verdict player::check(const expect_end&, phone& on) {
    return on.is_talking ? verdict::waits : verdict::done;
}

player::verdict player::check(const expect_sms& expected, phone& on) {
    const auto found = std::ranges::find_if(
        on.inbox, [&](const sms& each) { return expected.from == "*" || expected.from == each.from; });
    if (found == on.inbox.end())
        return verdict::waits;
    const std::string got = std::move(found->text);
    on.inbox.erase(found);
    return compare(expected.text, got);
}

player::verdict player::check(const expect_reply& expected, phone& on) {
    if (!on.told)
        return on.awaits_reply ? verdict::waits : fail("nothing was asked that has an unread answer");
    const reply got = std::move(*on.told);
    on.told.reset();
    if (got.status == 0)
        return fail("the door gave no answer: " + got.trouble);
    if (expected.matches(got, known_))
        return verdict::done;
    captures taken;
    const std::string rows = expected.rows.empty() ? "" : '\n' + expected.rows;
    return differ(expected.matches(got, taken), expected.source + rows, describe(got, known_));
}

player::verdict player::check(const expect_silence&, phone& on) {
    if (!on.screens.empty())
        return fail("a screen came into the silence" +
                    set_off(mask(on.screens.front(), known_), "     got |"));
    if (!on.inbox.empty())
        return fail(fmt::format("an SMS from {} came into the silence{}", on.inbox.front().from,
                                set_off(mask(on.inbox.front().text, known_), "     got |")));
    return verdict::waits;
}

void player::see(const event& what) {
    std::visit([this](const auto& seen) { note(seen); }, what);
}

void player::hear(msisdn who, reply came) {
    phone& on = phones_[who];
    on.told = std::move(came);
    on.awaits_reply = false;
}

void player::note(const unbound&) {
    for (auto& [number, each] : phones_)
        each.trouble = "\n  the gateway's link was lost";
}

void player::note(const screen_shown& shown) {
    phone& on = phones_[shown.to];
    on.screens.emplace_back(shown.text);
    on.is_talking = on.awaits_input = shown.awaits_input;
}

void player::note(const dialogue_ended& ended) {
    phone& on = phones_[ended.of];
    on.is_talking = on.awaits_input = false;
    on.was_cut_off = true;
}

void player::note(const sms_received& received) {
    phones_[received.to].inbox.push_back({std::string{received.from}, std::string{received.text}});
}

void player::note(const delivered& answered) {
    if (!answered.answer)
        phones_[answered.from].trouble = "\n  the gateway gave no answer to what the subscriber sent";
    else if (*answered.answer != smpp::status::ok)
        phones_[answered.from].trouble = fmt::format(
            "\n  the gateway answered what the subscriber sent with {}", number_of(*answered.answer));
}

void player::note(const refused& against) {
    phones_[against.to].trouble = fmt::format("\n  the centre refused what the gateway sent with {}: {}",
                                              number_of(against.with), against.why);
}

} // namespace kabinet::simulator
