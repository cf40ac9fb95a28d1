#include "gateway/demo/story.hpp"

#include "store/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace kabinet::gateway::demo {

using namespace std::chrono_literals;

namespace {

constexpr auto answer_wait = 5s;
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

/// What is shown first, and what comes by SMS; either is enough where the pack shows it on one alone.
std::string find_shown(const heard& came) {
    for (const auto* all : {&came.screens, &came.sms})
        for (const std::string& each : *all)
            if (std::string password = find_password(each); !password.empty())
                return password;
    return {};
}

/// Asks for a password and reads it; empty when none came.
std::string ask_password(stage& on, const ways& by) {
    const bool is_dialled = !by.new_password.empty();
    auto awaited = on.listen(is_dialled ? 1 : 0, 1);
    if (is_dialled)
        on.type(by.new_password);
    else
        on.send_sms(by.new_password_by_sms.to, by.new_password_by_sms.text);
    const heard came = await(awaited);
    if (came.sms.empty() || (is_dialled && came.screens.empty())) {
        say("No answer came.");
        return {};
    }
    std::string password = find_shown(came);
    if (password.empty())
        say("No password is shown: the pack has its own ways.");
    return password;
}

/// `dials *105*00#`, `sends PASSWORD to 611`; empty where the pack has neither.
std::string describe_asking(const ways& by) {
    if (!by.new_password.empty())
        return fmt::format("dials {}", by.new_password);
    const short_message& sms = by.new_password_by_sms;
    return sms.to.empty() ? std::string{} : fmt::format("sends {} to {}", sms.text, sms.to);
}

bool log_in(const stage& on, const portal& by, std::string_view password, bool is_once) {
    const std::string verdict = by.log_in(on.owner(), password);
    const bool is_in = verdict == "ok";
    say("The portal asks at the door about that password: {}{}.", verdict,
        is_in && is_once ? ", and it is used up" : "");
    return is_in;
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

void tell_story(stage& on, const portal& by, const ways& of, const login_rules& rules) {
    const std::string asks = describe_asking(of);
    if (asks.empty())
        return say("This pack has no code and no word that asks for a password: that part is left out.");
    say("{} {} for a password.", on.owner().text(), asks);
    const std::string first = ask_password(on, of);
    if (first.empty() || !log_in(on, by, first, rules.is_once) || !guess(on, by, rules.wrong_passwords))
        return;
    say("{} {} again: that opens it.", on.owner().text(), asks);
    const std::string second = ask_password(on, of);
    if (!second.empty())
        log_in(on, by, second, rules.is_once);
}

std::string propose(const ways& of, const std::optional<voucher>& lent) {
    std::string told;
    if (const std::string way = tell_way(of.new_password, of.new_password_by_sms); !way.empty())
        told += fmt::format("For a password to log in with, {}.\n", way);
    if (!lent)
        return told;
    told += fmt::format("A voucher of {} {} to top up with: {}", write_money(lent->worth), lent->currency,
                        lent->code.reveal());
    if (const std::string way = tell_way(of.top_up, of.top_up_by_sms); !way.empty())
        told += fmt::format(" ({})", way);
    return told + '\n'; // no full stop: the code is copied
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
