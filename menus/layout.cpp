#include "menus/layout.hpp"

#include "menus/wanted.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

void append(phrase& to, const phrase& more) {
    for (const piece& part : more.pieces) {
        if (!to.pieces.empty() && !to.pieces.back().filled && !part.filled)
            to.pieces.back().words += part.words;
        else
            to.pieces.push_back(part);
    }
}

phrase words(std::string text) {
    return {{{std::move(text), std::nullopt, {}}}};
}

phrase join(const phrase& above, const phrase& line) {
    phrase joined = above;
    if (!joined.pieces.empty())
        append(joined, words("\n"));
    append(joined, line);
    return joined;
}

phrase numbered(const menu_parts::item& item) {
    phrase line = words(std::to_string(item.key) + ' ');
    append(line, item.label);
    return line;
}

class page_cutter {
  public:
    page_cutter(const menu_parts& menu, const screen_size& size, const longest_values& longest)
        : menu_{menu}
        , size_{size}
        , longest_{longest} {}

    laid_out cut() && {
        current_.body = menu_.head;
        const bool stands_alone = !menu_.items.empty() && !takes(0); // above a line for more
        if (const length is = measure(menu_.head, stands_alone); !is.fits())
            made_.too_long.push_back({0, is});
        current_.lines.push_back({0, menu_.head});
        for (std::size_t at = 0; at < menu_.items.size(); ++at)
            place_item(at);
        made_.pages.push_back(current_);
        return std::move(made_);
    }

  private:
    [[nodiscard]] length measure(phrase body, bool with_more) const {
        if (with_more)
            body = join(body, words(menu_.more));
        return measure_screen(fill(join(body, words(menu_.zero_line)), longest_), size_);
    }

    [[nodiscard]] bool fits(phrase body, bool with_more) const {
        return measure(std::move(body), with_more).fits();
    }

    /// Whether all items from `first` on fit the page that is being made: then it needs no line for more.
    [[nodiscard]] bool is_rest_fitting(std::size_t first) const {
        phrase body = current_.body;
        for (std::size_t at = first; at < menu_.items.size(); ++at)
            body = join(body, numbered(menu_.items[at]));
        return fits(body, false);
    }

    [[nodiscard]] bool takes(std::size_t item) const {
        return is_rest_fitting(item) || fits(join(current_.body, numbered(menu_.items[item])), true);
    }

    void place_item(std::size_t item) {
        if (!takes(item) && !current_.body.pieces.empty())
            turn_page();
        const std::uint8_t key = menu_.items[item].key;
        if (!takes(item)) {
            const bool is_last = item + 1 == menu_.items.size();
            made_.too_long.push_back(
                {key, measure(join(current_.body, numbered(menu_.items[item])), !is_last)});
        }
        current_.body = join(current_.body, numbered(menu_.items[item]));
        current_.lines.push_back({key, numbered(menu_.items[item])});
        current_.last_key = key;
    }

    void turn_page() {
        current_.body = join(current_.body, words(menu_.more));
        made_.pages.push_back(current_);
        current_ = {};
    }

    const menu_parts& menu_;
    const screen_size& size_;
    const longest_values& longest_;
    laid_out made_;
    page current_;
};

} // namespace

menu_parts parts_of(const draft& pack, const draft_language& in, const draft_screen& screen,
                    const pack_words& known) {
    const auto read = [&](const std::string& name) {
        const draft_text* text = in.find(name);
        return text == nullptr ? phrase{} : parse_phrase(text->words, known).made;
    };
    const auto read_line = [&](const std::string& name) {
        const phrase text = read(name);
        return text.pieces.empty() ? std::string{} : text.pieces.front().words;
    };
    const std::string prefix = text_prefix(screen);
    menu_parts parts{.head = read(prefix + ".head"),
                     .plain_head = {},
                     .items = {},
                     .more = read_line("nav.more"),
                     .zero_line = {}};
    if (says_purse(pack, screen))
        parts.plain_head = read(prefix + ".plain");
    if (says_holding(pack, screen)) {
        parts.held_head = read(prefix + ".held");
        parts.paused_head = read(prefix + ".paused");
    }
    for (const std::string& name : {prefix + ".0", std::string{"nav.back"}, std::string{"nav.exit"}})
        if (std::string line = read_line(name); is_longer(line, parts.zero_line))
            parts.zero_line = std::move(line);
    for (const draft_item& item : screen.items)
        if (item.key.size() == 1)
            parts.items.push_back(
                {static_cast<std::uint8_t>(item.key.front() - '0'), read(prefix + '.' + item.key)});
    std::ranges::sort(parts.items, {}, &menu_parts::item::key);
    return parts;
}

phrase with_head(const phrase& other, const menu_parts& menu, const page& first) {
    phrase made = other;
    for (const menu_parts::item& item : menu.items)
        if (item.key <= first.last_key)
            made = join(made, numbered(item));
    const bool is_last = menu.items.empty() || first.last_key == menu.items.back().key;
    return is_last ? made : join(made, words(menu.more));
}

laid_out lay_out(const menu_parts& menu, const screen_size& size, const longest_values& longest) {
    return page_cutter{menu, size, longest}.cut();
}

} // namespace kabinet::menus
