// Whatever stands in a pack's files, held apart by lines of ---: it is refused, or it can be served.
#include "config/pack_toml.hpp"
#include "menus/machine.hpp"
#include "menus/page.hpp"
#include "menus/validation.hpp"

#include <cstdlib>

using namespace kabinet;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

std::string take_file(std::string_view& text) {
    constexpr std::string_view border = "\n---\n";
    const std::size_t end = text.find(border);
    std::string file{text.substr(0, end)};
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + border.size());
    return file;
}

void serve(const menus::draft& draft) {
    const menus::definition pack = menus::define(draft);
    for (const menus::spoken_language& speaks : pack.languages)
        for (const menus::draft_entry& code : draft.codes) {
            const menus::step taken = menus::dial(pack, code.typed, speaks.code);
            if (const auto* shown = std::get_if<menus::show>(&taken))
                require(menus::render(pack, shown->at).has_value());
            else if (const auto* last = std::get_if<menus::end>(&taken))
                require(menus::render(pack, *last).has_value());
        }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    std::string_view text{reinterpret_cast<const char*>(input), size};
    config::pack_files files;
    files.menus = {"menus.toml", take_file(text)};
    files.texts.push_back({"texts/ru.toml", take_file(text)});
    files.texts.push_back({"texts/en.toml", take_file(text)});
    files.blocklist = take_file(text);
    std::vector<finding> findings;
    const menus::draft draft = config::read_pack(files, {}, findings);
    const std::vector<finding> more = menus::validate(draft);
    if (!is_refused(findings) && !is_refused(more))
        serve(draft);
    return 0;
}
