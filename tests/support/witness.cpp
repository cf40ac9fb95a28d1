#include "tests/support/witness.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <variant>

namespace kabinet::tests {

void witness::see(const simulator::event& what) {
    {
        const std::scoped_lock lock{mutex_};
        std::visit([this](const auto& each) { note(each); }, what);
    }
    changed_.notify_all();
}

std::vector<std::string> witness::told(msisdn number) {
    const std::scoped_lock lock{mutex_};
    return phones_[number].told;
}

void witness::throw_missing(msisdn number, std::string_view what, std::chrono::milliseconds limit) {
    throw std::runtime_error{fmt::format("no {} for {} within {} ms", what, number.text(), limit.count())};
}

void witness::note(const simulator::screen_shown& each) {
    phones_[each.to].screens.push_back(
        {std::string{each.text}, each.awaits_input, std::chrono::steady_clock::now()});
    phones_[each.to].told.emplace_back(each.text);
}

void witness::note(const simulator::sms_received& each) {
    phones_[each.to].inbox.push_back({std::string{each.from}, std::string{each.text}});
    phones_[each.to].told.emplace_back(each.text);
}

void witness::note(const simulator::delivered& each) {
    phones_[each.from].answers.push_back(each.answer);
}

void witness::note(const simulator::refused& each) {
    phones_[each.to].refusals.push_back(each.with);
}

} // namespace kabinet::tests
