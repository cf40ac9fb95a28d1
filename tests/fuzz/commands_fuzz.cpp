// Whatever is texted to a short number: it is answered, and a password is taken as it stands or refused.
#include "tests/menus/sample_pack.hpp"

#include "menus/commands.hpp"
#include "menus/typed.hpp"

#include <cstdlib>

using namespace kabinet;
using namespace kabinet::menus;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

void try_password(const choose_password& chosen, std::string_view text) {
    const std::string_view clear = chosen.chosen.reveal();
    require(text.find(clear) != std::string_view::npos);
    const refusal refused = examine_password(chosen.chosen, sample_pack().passwords, subscriber);
    require(refused != refusal::none || (clear.size() >= 8 && clear.size() <= 32 && !has_blanks(clear)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(input), size};
    for (const char* number : {"000110", "0001100", "000105"}) {
        const std::optional<command_read> command = read_command(sample_pack(), number, text);
        require(command.has_value());
        if (const auto* chosen = std::get_if<choose_password>(&command->asked))
            try_password(*chosen, text);
        if (const auto* told = std::get_if<tell>(&command->asked))
            require(
                render(sample_pack(), view(name_text(view(told->text), channel::sms)), russian).has_value());
    }
    require(!read_command(sample_pack(), text, text) || size >= 6);
    return 0;
}
