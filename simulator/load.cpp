#include "simulator/load.hpp"

#include <fmt/format.h>

namespace kabinet::simulator {

namespace {

double microseconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double, std::micro>{duration}.count();
}

std::string table_row(std::string_view name, const histogram& of) {
    return fmt::format("{:<24}{:>12.1f}{:>12.1f}{:>12.1f}{:>12.1f}\n", name, microseconds(of.quantile(0.5)),
                       microseconds(of.quantile(0.9)), microseconds(of.quantile(0.99)),
                       microseconds(of.longest()));
}

std::string json_object(const histogram& of) {
    return fmt::format(R"({{"count":{},"p50":{:.1f},"p90":{:.1f},"p99":{:.1f},"max":{:.1f}}})", of.count(),
                       microseconds(of.quantile(0.5)), microseconds(of.quantile(0.9)),
                       microseconds(of.quantile(0.99)), microseconds(of.longest()));
}

} // namespace

double load_report::steps_per_second() const {
    const double seconds = std::chrono::duration<double>{took}.count();
    return seconds > 0 ? static_cast<double>(steps) / seconds : 0;
}

std::string as_table(const load_report& report) {
    return fmt::format("dialogues {}: {} finished, {} otherwise, {} cut short, {} failed\n"
                       "{} steps in {:.2f} s, {:.0f} steps/s\n\n"
                       "{:<24}{:>12}{:>12}{:>12}{:>12}\n",
                       report.begun, report.finished, report.otherwise, report.cut_short, report.failed,
                       report.steps, std::chrono::duration<double>{report.took}.count(),
                       report.steps_per_second(), "microseconds", "p50", "p90", "p99", "max") +
           table_row("to the screen", report.screens) + table_row("to the response", report.responses);
}

std::string as_json(const load_report& report) {
    return fmt::format(
        R"({{"dialogues":{},"finished":{},"otherwise":{},"cut_short":{},"failed":{},"steps":{},)"
        R"("seconds":{:.6f},"steps_per_second":{:.1f},"screen_us":{},"response_us":{}}})",
        report.begun, report.finished, report.otherwise, report.cut_short, report.failed, report.steps,
        std::chrono::duration<double>{report.took}.count(), report.steps_per_second(),
        json_object(report.screens), json_object(report.responses));
}

load::load(centre& on, load_settings settings)
    : on_{on}
    , settings_{std::move(settings)}
    , subscribers_(settings_.subscribers == 0 ? settings_.dialogues : settings_.subscribers) {}

void load::start(steady_time now) {
    started_ = now;
    while (open_.size() < settings_.window && report_.begun < settings_.dialogues)
        begin_next(now);
}

void load::begin_next(steady_time now) {
    auto index = static_cast<std::uint32_t>(report_.begun++ % subscribers_.size());
    while (subscribers_[index].steps != 0) // still in the dialogue of his turn before
        index = static_cast<std::uint32_t>((index + 1) % subscribers_.size());
    progress& who = subscribers_[index];
    who = {};
    who.sent_at = now;
    who.place = static_cast<std::uint32_t>(open_.size());
    who.steps = 1;
    open_.push_back(index);
    ++report_.steps;
    if (!on_.dial(number_of(who), settings_.code))
        close(who, outcome::failed, now);
}

msisdn load::number_of(const progress& who) const {
    return msisdn::from_digits(settings_.from.digits() +
                               static_cast<std::uint64_t>(&who - subscribers_.data()));
}

load::progress* load::find(msisdn number) {
    const std::uint64_t index = number.digits() - settings_.from.digits();
    if (index >= subscribers_.size() || subscribers_[index].steps == 0)
        return nullptr;
    return &subscribers_[index];
}

void load::see(const event& what, steady_time now) {
    std::visit([&](const auto& seen) { note(seen, now); }, what);
    report_.took = now - started_;
}

void load::note(const screen_shown& shown, steady_time now) {
    progress* const who = find(shown.to);
    if (who == nullptr || who->has_screen)
        return;
    who->screen_at = now;
    who->has_screen = true;
    who->awaits_input = shown.awaits_input;
    who->is_expected = shown.text.starts_with(settings_.expected);
    go_on(*who, now);
}

void load::note(const delivered& answered, steady_time now) {
    progress* const who = find(answered.from);
    if (who == nullptr || who->has_response)
        return;
    if (answered.answer != smpp::status::ok)
        return close(*who, outcome::failed, now);
    who->response_at = now;
    who->has_response = true;
    go_on(*who, now);
}

void load::note(const dialogue_ended& ended, steady_time now) {
    if (progress* const who = find(ended.of))
        close(*who, outcome::failed, now);
}

void load::note(const refused& against, steady_time now) {
    if (progress* const who = find(against.to))
        close(*who, outcome::failed, now);
}

/// A step is over when both its screen and its response are there, in either order.
void load::go_on(progress& who, steady_time now) {
    if (!who.has_screen || !who.has_response)
        return;
    const bool is_last = !who.awaits_input || who.steps > settings_.answers.size();
    if (is_last && !who.is_expected)
        return close(who, outcome::otherwise, now);
    report_.screens.add(who.screen_at - who.sent_at);
    report_.responses.add(who.response_at - who.sent_at);
    if (who.steps > settings_.answers.size())
        return close(who, outcome::finished, now);
    if (!who.awaits_input)
        return close(who, outcome::cut_short, now);
    const std::string& next = settings_.answers[who.steps - 1];
    who.sent_at = now;
    who.has_screen = who.has_response = false;
    ++who.steps;
    ++report_.steps;
    if (!on_.answer(number_of(who), next))
        close(who, outcome::failed, now);
}

void load::close(progress& who, outcome how, steady_time now) {
    who.steps = 0;
    const std::uint32_t last = open_.back();
    open_[who.place] = last;
    subscribers_[last].place = who.place;
    open_.pop_back();
    switch (how) {
    case outcome::finished:
        ++report_.finished;
        break;
    case outcome::otherwise:
        ++report_.otherwise;
        --report_.steps; // a refusal is no work that was carried
        break;
    case outcome::cut_short:
        ++report_.cut_short;
        break;
    case outcome::failed:
        ++report_.failed;
        break;
    }
    if (!settings_.leaves_open)
        on_.hang_up(number_of(who));
    if (report_.begun < settings_.dialogues && on_.has_receiver())
        begin_next(now);
}

void load::expire(steady_time now) {
    for (std::size_t place = open_.size(); place-- > 0;)
        if (place < open_.size() && now - subscribers_[open_[place]].sent_at >= settings_.patience)
            close(subscribers_[open_[place]], outcome::failed, now);
}

} // namespace kabinet::simulator
