#include "simulator/long_message.hpp"

#include "values/alphabets.hpp"

#include <algorithm>

namespace kabinet::simulator {

namespace {

/// Escapes at the end of `text`, which may escape one another.
bool ends_in_lone_escape(smpp::octets text) {
    std::size_t escapes = 0;
    while (escapes < text.size() && text[text.size() - 1 - escapes] == alphabets::gsm_escape)
        ++escapes;
    return escapes % 2 == 1;
}

bool ends_in_high_surrogate(smpp::octets text) {
    return text.size() >= 2 && (text[text.size() - 2] & 0xFCU) == 0xD8;
}

} // namespace

std::size_t fit_part(smpp::octets text, alphabet of, std::size_t most) {
    if (text.size() <= most)
        return text.size();
    if (of == alphabet::ucs2) {
        const std::size_t even = most & ~std::size_t{1};
        return ends_in_high_surrogate(text.first(even)) ? even - 2 : even;
    }
    if (of == alphabet::gsm7 && ends_in_lone_escape(text.first(most)))
        return most - 1;
    return most;
}

std::optional<std::string> long_messages::join(std::string_view source, msisdn destination, const part& which,
                                               std::string_view text) {
    if (which.number == 0 || which.number > which.total)
        return std::string{text};
    const key of{std::string{source}, destination, which.reference, which.total};
    if (!parts_.contains(of) && parts_.size() == most_unfinished)
        forget_oldest();
    message& begun = parts_[of];
    if (begun.texts.empty()) {
        begun.age = ++begun_;
        begun.texts.resize(which.total);
    }
    begun.texts[which.number - 1U] = text;
    if (!std::ranges::all_of(begun.texts, [](const auto& each) { return each.has_value(); }))
        return std::nullopt;

    std::string whole;
    for (const auto& each : begun.texts)
        whole += *each;
    parts_.erase(of);
    return whole;
}

void long_messages::forget_oldest() {
    parts_.erase(std::ranges::min_element(parts_, {}, [](const auto& each) { return each.second.age; }));
}

} // namespace kabinet::simulator
