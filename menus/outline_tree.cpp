#include "menus/outline_tree.hpp"

#include "menus/wanted.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <map>

namespace kabinet::menus {
namespace {

constexpr std::size_t columns = 100;

/// Columns of a terminal, taking each character for one of them.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (code_point next = next_code_point(text); next.size != 0; next = next_code_point(text)) {
        text.remove_prefix(next.size);
        ++width;
    }
    return width;
}

std::string pad(std::string text, std::size_t width) {
    const std::size_t has = width_of(text);
    return has < width ? text + std::string(width - has, ' ') : text;
}

/// One line of it, in quotes; what has no room is left out with a sign of it.
std::string quote(std::string words, std::size_t room) {
    std::ranges::replace(words, '\n', ' ');
    if (width_of(words) + 2 <= room)
        return '"' + words + '"';
    std::string_view rest = words;
    std::string kept;
    for (std::size_t at = 0; at + 3 < room; ++at) {
        const std::size_t size = next_code_point(rest).size;
        kept += rest.substr(0, size);
        rest.remove_prefix(size);
    }
    return '"' + kept.substr(0, kept.find_last_not_of(' ') + 1) + "…\"";
}

/// `ru 68/80 45/80`
std::string write(const fullness& of) {
    std::string written = of.language;
    for (const length& page : of.pages)
        written += ' ' + std::to_string(page.used) + '/' + std::to_string(page.most);
    return written;
}

/// What stands before the words of a line, and before those of the lines that grow from it.
struct stem {
    std::string here;
    std::string below;
};

stem grow(const stem& from, bool is_last) {
    return {from.below + (is_last ? "└─ " : "├─ "), from.below + (is_last ? "   " : "│  ")};
}

struct row {
    std::string left;
    std::string quoted; // where there is room for it
    std::vector<fullness> takes;
    std::string below; // what a second line of it begins with
};

class tree_drawer {
  public:
    explicit tree_drawer(const outline& of)
        : of_{of} {}

    [[nodiscard]] std::string draw() && {
        for (const outline_key& code : of_.codes)
            add_code(code.typed, code.leads, code.typed.substr(0, code.typed.size() - 1));
        add_code("any other code", of_.unknown_code, {});
        for (const outline_number& number : of_.short_numbers)
            add_number(number);
        return head() + write_rows();
    }

  private:
    [[nodiscard]] std::string head() const {
        std::string head = of_.pack + " in";
        for (const std::string& each : of_.languages)
            head += (&each == &of_.languages.front() ? " " : ", ") + each;
        return head +
               "\n\nBeside a text: what it takes of what there may be, page by page, placeholders at their "
               "longest,\nthe line for 0 with it. A screen holds " +
               std::to_string(of_.screen.septets) + " septets of GSM text or " +
               std::to_string(of_.screen.characters) +
               " UTF-16 units of any other,\nan SMS 160 or 70. Beside an action: the fullest of its "
               "answers.\n";
    }

    void add(row made) { rows_.push_back(std::move(made)); }

    /// Apart from what stands above, unless both are of one line.
    void add_code(const std::string& typed, const outline_target& leads, const std::string& way) {
        const std::size_t first = rows_.size();
        add_way({}, typed, {}, leads, way);
        const bool is_alone = rows_.size() == first + 1;
        if (!is_alone || !was_alone_)
            rows_.emplace(rows_.begin() + static_cast<std::ptrdiff_t>(first));
        was_alone_ = is_alone;
    }

    /// `way`: the keys that lead there, without the last `#`.
    void add_way(const stem& from, const std::string& typed, const std::string& label,
                 const outline_target& leads, const std::string& way) {
        const std::string left = from.here + typed + (label.empty() ? "" : ' ' + label) + " → ";
        if (leads.opens)
            return add_screen(from, left, label, *leads.opens, way);
        add({left + leads.does, {}, leads.takes, from.below});
    }

    void add_screen(const stem& from, std::string left, const std::string& label, screen_index which,
                    const std::string& way) {
        const outline_screen& screen = of_.screens[which];
        left += std::string{name_of(screen.kind)} + ' ' + screen.name;
        const auto [drawn, is_new] = drawn_.try_emplace(which, way + '#');
        if (!is_new)
            return add({left + ", see " + drawn->second, {}, {}, from.below});
        if (screen.enters)
            return add_prompt(from, left, screen, way);
        if (screen.resume != resume_policy::start)
            left += screen.resume == resume_policy::ask ? ", resume: ask" : ", resume: continue";
        const outline_text& head = screen.texts.front();
        add({left, head.words == label ? std::string{} : head.words, head.takes, from.below});
        for (const outline_key& key : screen.keys)
            add_way(grow(from, &key == &screen.keys.back()), key.typed, label_of(key), key.leads,
                    way + '*' + key.typed);
    }

    [[nodiscard]] static std::string label_of(const outline_key& key) {
        return key.when.empty() ? key.label : key.label + " [" + key.when + ']';
    }

    void add_prompt(const stem& from, const std::string& left, const outline_screen& prompt,
                    const std::string& way) {
        add({left + ", tries: " + std::to_string(prompt.retries), {}, {}, from.below});
        for (const outline_text& text : prompt.texts) {
            const stem at = grow(from, false);
            add({at.here + text.part, text.words, text.takes, at.below});
        }
        const stem last = grow(from, true);
        if (prompt.enters->opens)
            return add_screen(last, last.here + "entry → ", {}, *prompt.enters->opens, way + "*…");
        add({last.here + "entry → " + prompt.enters->does, {}, prompt.enters->takes, last.below});
    }

    void add_number(const outline_number& number) {
        std::string left = "SMS to";
        for (const std::string& each : number.numbers)
            left += (&each == &number.numbers.front() ? " " : ", ") + each;
        rows_.emplace_back();
        add({left, {}, {}, {}});
        if (number.empty)
            add_way(grow({}, false), "without text", {}, *number.empty, {});
        for (const outline_key& one : number.keywords)
            add_way(grow({}, false), one.typed, {}, one.leads, {});
        add_way(grow({}, true), "anything else", {}, number.help, {});
    }

    /// The languages of a row, each as wide as anywhere.
    [[nodiscard]] std::vector<std::size_t> measure_columns() const {
        std::vector<std::size_t> widths(of_.languages.size());
        for (const row& each : rows_)
            for (std::size_t at = 0; at < each.takes.size(); ++at)
                widths[at] = std::max(widths[at], write(each.takes[at]).size());
        return widths;
    }

    [[nodiscard]] std::string write_rows() const {
        const std::vector<std::size_t> widths = measure_columns();
        std::string drawn;
        for (const row& each : rows_) {
            std::string right;
            for (std::size_t at = 0; at < each.takes.size(); ++at)
                right += "  " + pad(write(each.takes[at]), widths[at]);
            drawn += write_row(each, right) + '\n';
        }
        return drawn;
    }

    [[nodiscard]] static std::string write_row(const row& of, const std::string& right) {
        constexpr std::size_t shortest_quote = 12;
        const std::size_t taken = width_of(of.left) + right.size();
        const std::size_t room = taken + 1 < columns ? columns - taken - 1 : 0;
        std::string line = of.left;
        if (!of.quoted.empty() && room >= shortest_quote)
            line += ' ' + quote(of.quoted, room);
        if (right.empty())
            return line;
        if (taken <= columns)
            line = pad(line, columns - right.size()) + right;
        else
            for (const fullness& each : of.takes)
                line += '\n' + of.below + "     " + write(each);
        return line.substr(0, line.find_last_not_of(' ') + 1);
    }

    const outline& of_;
    std::vector<row> rows_;
    bool was_alone_ = false;                    // the code above had no more than its line
    std::map<screen_index, std::string> drawn_; // where each is
};

} // namespace

std::string draw_tree(const outline& of) {
    return tree_drawer{of}.draw();
}

} // namespace kabinet::menus
