#include "gateway/demo/story.hpp"

#include "store/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace kabinet::gateway::demo {

using namespace std::chrono_literals;

namespace {

constexpr auto answer_wait = 5s;
constexpr std::string_view code = "*105*00#";
constexpr std::uint32_t most_tries = 20; // a pack that allows more isn't tried to its end

template <class... Values>
void say(fmt::format_string<Values...> line, Values&&... values) {
    fmt::print("{}\n", fmt::format(line, std::forward<Values>(values)...));
    std::fflush(stdout); // the phone draws between the lines, from its own thread
}

/// Nothing when it doesn't come in time.
heard await(std::future<heard>& awaited) {
    return awaited.wait_for(answer_wait) == std::future_status::ready ? awaited.get() : heard{};
}

/// Dials for a password and reads it; empty when none came.
std::string ask_password(stage& on) {
    auto awaited = on.listen(1, 1);
    on.type(std::string{code});
    const heard came = await(awaited);
    if (came.screens.empty() || came.sms.empty()) {
        say("No answer came.");
        return {};
    }
    std::string password = find_password(came.screens.front());
    if (password.empty())
        password = find_password(came.sms.front());
    if (password.empty())
        say("No password is shown: the pack has its own ways.");
    return password;
}

bool log_in(const stage& on, const portal& by, std::string_view password) {
    const std::string verdict = by.log_in(on.owner(), password);
    say("The portal asks at the door about that password: {}.", verdict);
    return verdict == "ok";
}

/// Until the login is closed and the phone was told.
bool guess(stage& on, const portal& by, std::uint32_t times) {
    say("Somebody guesses at the portal.");
    auto notice = on.listen(0, 1);
    std::string verdicts;
    for (std::uint32_t tried = 0; tried < std::min(times, most_tries); ++tried) {
        const std::string verdict = by.log_in(on.owner(), fmt::format("wrong-guess-{}", tried));
        verdicts += (verdicts.empty() ? "" : ", ") + verdict;
        if (verdict == "blocked")
            break;
    }
    const bool is_told = !await(notice).sms.empty();
    say("The door's verdicts: {}. {}", verdicts,
        is_told ? "The subscriber was told by SMS." : "No SMS came that says so.");
    return is_told;
}

} // namespace

void tell_story(stage& on, const portal& by, std::uint32_t wrong_passwords) {
    say("{} dials {} for a password.", on.owner().text(), code);
    const std::string first = ask_password(on);
    if (first.empty() || !log_in(on, by, first) || !guess(on, by, wrong_passwords))
        return;
    say("{} dials {} again: that opens it.", on.owner().text(), code);
    const std::string second = ask_password(on);
    if (!second.empty())
        log_in(on, by, second);
}

std::string find_password(std::string_view text) {
    const auto is_letter = [](char each) {
        return store::password_letters.find(each) != std::string_view::npos;
    };
    constexpr std::string_view between = " \n.,:;!?()";
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find_first_of(between));
        if (word.size() == store::generated_length && std::ranges::all_of(word, is_letter))
            return std::string{word};
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return {};
}

} // namespace kabinet::gateway::demo
