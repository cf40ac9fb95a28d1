#include "gateway/account/question.hpp"

#include "gateway/account/browser.hpp"
#include "menus/typed.hpp"

#include <algorithm>

namespace kabinet::gateway::account {

namespace {

constexpr unsigned most_each = 10;

constexpr std::array<std::string_view, 4> kinds{"question.plus", "question.minus", "question.larger",
                                                "question.smaller"};

} // namespace

question draw_question(std::span<const std::uint8_t> random) {
    const auto one = static_cast<std::uint8_t>(1 + random[0] % most_each);
    auto other = static_cast<std::uint8_t>(1 + random[1] % (most_each - 1));
    if (other >= one)
        ++other; // never the same: none of two equal numbers is the larger one
    const auto [least, most] = std::minmax(one, other);
    question made;
    made.asks = kinds[random[2] % kinds.size()];
    made.of = {one, other};
    if (made.asks == "question.plus") {
        made.is = static_cast<std::uint8_t>(one + other);
    } else if (made.asks == "question.minus") {
        made.of = {most, least};
        made.is = static_cast<std::uint8_t>(most - least);
    } else {
        made.is = made.asks == "question.larger" ? most : least;
    }
    return made;
}

std::string say(const question& what, const words& in) {
    const page_values values{{"first", std::string{in.say("question.numbers", what.of[0])}},
                             {"second", std::string{in.say("question.numbers", what.of[1])}}};
    return pages::fill(in.say(what.asks), values, {});
}

bool is_answered(const question& what, std::string_view typed, const words& in) {
    const std::string_view said = trim(typed, " .,!");
    if (said == std::to_string(what.is))
        return true;
    const menus::keyword folded = menus::fold_keyword(said);
    return !folded.empty() && folded == menus::fold_keyword(in.say("question.numbers", what.is));
}

} // namespace kabinet::gateway::account
