#include "menus/outline_dot.hpp"

#include "menus/wanted.hpp"

#include <algorithm>
#include <set>

namespace kabinet::menus {
namespace {

/// The one way of dot to write any text: between quotes, where only quotes and backslashes mean more.
std::string quote(std::string_view text) {
    std::string quoted{'"'};
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            quoted += '\\';
        if (letter == '\n')
            quoted += "\\l"; // ends a line that stands to the left
        else
            quoted += letter;
    }
    return quoted + '"';
}

class dot_writer {
  public:
    explicit dot_writer(const outline& of)
        : of_{of} {}

    [[nodiscard]] std::string write() && {
        dot_ = "digraph " + quote(of_.pack) +
               " {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n"
               "  edge [fontname=\"sans-serif\"];\n";
        for (const outline_key& code : of_.codes)
            add_entry(code.typed, code.leads);
        add_entry("any other code", of_.unknown_code);
        for (const outline_screen& screen : of_.screens)
            add_screen(screen);
        for (const outline_number& number : of_.short_numbers)
            add_number(number);
        return dot_ + "}\n";
    }

  private:
    void add_node(const std::string& name, const std::string& label, std::string_view look) {
        (dot_ += "  " + quote(name) + " [label=" + quote(label)) += look;
        dot_ += "];\n";
    }

    void add_edge(const std::string& from, const std::string& to, const std::string& label) {
        dot_ += "  " + quote(from) + " -> " + quote(to) +
                (label.empty() ? "" : " [label=" + quote(label) + ']') + ";\n";
    }

    void add_entry(const std::string& code, const outline_target& leads) {
        add_node("dial " + code, code, entry);
        add_edge("dial " + code, name_of_node(leads), {});
    }

    /// An action gets its node where it is first met.
    [[nodiscard]] std::string name_of_node(const outline_target& leads) {
        if (leads.opens)
            return "screen " + of_.screens[*leads.opens].name;
        if (actions_.insert(leads.does).second)
            add_node(leads.does, leads.does, ", shape=ellipse");
        return leads.does;
    }

    void add_screen(const outline_screen& screen) {
        const std::string name = "screen " + screen.name;
        std::string label = std::string{menus::name_of(screen.kind)} + ' ' + screen.name + '\n';
        for (const outline_text& text : screen.texts)
            label += text.words + '\n';
        for (const outline_key& key : screen.keys)
            label += key.typed + ' ' + key.label + '\n';
        std::string_view look;
        if (screen.kind == screen_kind::confirmation)
            look = ", peripheries=2";
        else if (screen.kind == screen_kind::prompt)
            look = ", style=dashed";
        add_node(name, label, look);
        for (const outline_key& key : screen.keys)
            add_edge(name, name_of_node(key.leads),
                     key.when.empty() ? key.typed : key.typed + " when " + key.when);
        if (screen.enters)
            add_edge(name, name_of_node(*screen.enters), "entry");
    }

    void add_number(const outline_number& number) {
        std::string label = "SMS to";
        for (const std::string& each : number.numbers)
            label += (&each == &number.numbers.front() ? " " : ", ") + each;
        add_node(label, label, entry);
        if (number.empty)
            add_edge(label, name_of_node(*number.empty), "without text");
        for (const outline_key& one : number.keywords)
            add_edge(label, name_of_node(one.leads), one.typed);
        add_edge(label, name_of_node(number.help), "anything else");
    }

    static constexpr std::string_view entry = ", shape=cds";

    const outline& of_;
    std::string dot_;
    std::set<std::string> actions_;
};

} // namespace

std::string write_dot(const outline& of) {
    return dot_writer{of}.write();
}

} // namespace kabinet::menus
