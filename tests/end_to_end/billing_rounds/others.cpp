#include "tests/end_to_end/billing_rounds/others.hpp"

#include "simulator/centre.hpp"

#include <algorithm>
#include <exception>
#include <string>

namespace kabinet::tests {

namespace {

constexpr std::uint64_t first_number = 79267000000;
constexpr std::size_t at_once = 3;
constexpr std::uint64_t longest_pause_ms = 60;
constexpr std::uint64_t a_password_in = 4; // dialogues

} // namespace

others_load::others_load(centre_thread& smsc, course& of, std::uint64_t seed)
    : smsc_{smsc}
    , course_{of} {
    std::mt19937_64 seeds{seed};
    for (std::size_t each = 0; each < at_once; ++each)
        threads_.emplace_back([this, mine = seeds()] { work(mine); });
}

void others_load::join() {
    for (std::thread& each : threads_)
        if (each.joinable())
            each.join();
}

void others_load::work(std::uint64_t seed) {
    std::mt19937_64 drawn{seed};
    try {
        while (!course_.is_over()) {
            if (const auto life = course_.serving())
                play(*life, drawn);
            std::this_thread::sleep_for(std::chrono::milliseconds{drawn() % longest_pause_ms});
        }
    } catch (const std::exception& broken) {
        course_.note_broken(broken.what());
    }
}

void others_load::play(course::life life, std::mt19937_64& drawn) {
    const std::uint64_t digits = first_number + subscribers_++;
    const auto who = msisdn::from_digits(digits);
    caller mine{smsc_, digits, course_, life};
    const auto dial = [who](std::string_view code) {
        return [who, code](simulator::centre& on) { return on.dial(who, code); };
    };
    const auto answer = [who](std::string_view typed) {
        return [who, typed](simulator::centre& on) { return on.answer(who, typed); };
    };
    switch (drawn() % a_password_in) {
    case 0:
        measure(mine, kind::password, "Пароль: ", dial("*105*00#"));
        return;
    case 1:
        if (measure(mine, kind::menu, "Новый пароль: ", dial("*105*01#")))
            measure(mine, kind::menu, "До свидания", answer("0"));
        return;
    default:
        if (measure(mine, kind::menu, "Помощь: ", dial("*105*8*2#")))
            measure(mine, kind::menu, "Прочее", answer("0"));
    }
}

template <class Step>
bool others_load::measure(caller& mine, kind what, std::string_view wanted, Step step) {
    const std::size_t is_well = course_.is_well() ? 1 : 0;
    std::chrono::steady_clock::time_point began;
    const bool is_sent = smsc_.ask([&](simulator::centre& on) {
        began = std::chrono::steady_clock::now();
        return step(on);
    });
    const auto shown = is_sent && mine.acknowledgement() ? mine.screen() : std::nullopt;
    if (!shown)
        return false;
    insist(shown->text.starts_with(wanted), "others see their own screens: " + shown->text);
    const std::scoped_lock lock{mutex_};
    times_[static_cast<std::size_t>(what)][is_well].push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(shown->at - began));
    return true;
}

others_load::figures others_load::times(kind of, bool is_billing_well) const {
    auto all = times_[static_cast<std::size_t>(of)][is_billing_well ? 1 : 0];
    figures made;
    made.count = all.size();
    if (all.empty())
        return made;
    std::ranges::sort(all);
    made.p50 = all[all.size() / 2];
    made.p99 = all[all.size() * 99 / 100];
    made.longest = all.back();
    return made;
}

} // namespace kabinet::tests
