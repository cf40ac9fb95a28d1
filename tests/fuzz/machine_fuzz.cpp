// Whatever is dialled and typed, a line a step: every screen is there and fits, every place is a place.
#include "tests/menus/sample_pack.hpp"

#include "menus/fit.hpp"

#include <cstdlib>

using namespace kabinet;
using namespace kabinet::menus;

namespace {

constexpr utc_time noon{std::chrono::sys_days{std::chrono::year{2025} / 11 / 21} + std::chrono::hours{12}};

void require(bool holds) {
    if (!holds)
        std::abort();
}

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

void try_screen(const boost::system::result<short_text>& text) {
    require(text.has_value() && !text->empty());
    require(measure_screen(view(*text), sample_pack().screen).fits());
}

/// The place to go on from; nothing when the dialogue is over.
std::optional<place> try_step(const step& taken) {
    if (const auto* last = std::get_if<end>(&taken)) {
        try_screen(render(sample_pack(), *last));
        return std::nullopt;
    }
    if (const auto* shown = std::get_if<show>(&taken)) {
        try_screen(render(sample_pack(), shown->at, fields_of(sample_pack(), shown->at, noon)));
        return shown->at;
    }
    const auto& asked = std::get<perform>(taken);
    require(kind_of(asked.asked) != action_kind::tell);
    if (asked.back)
        try_screen(render_outcome(sample_pack(), "set_language.set.screen", *asked.back));
    return asked.back;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    for (const language reads : {russian, english}) {
        std::string_view text{reinterpret_cast<const char*>(input), size};
        std::optional<place> at = try_step(dial(sample_pack(), take_line(text), reads));
        while (at && !text.empty()) {
            require(find_screen(sample_pack(), *at) != nullptr);
            require(!write_code(sample_pack(), *at).empty());
            at = try_step(type(*at, take_line(text)));
        }
    }
    return 0;
}
