#include "menus/outline_dot.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace outline_dot_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Quotes that open and close, and no line end between them: what dot demands of a text.
bool is_well_quoted(const std::string& dot) {
    bool is_inside = false;
    for (std::size_t at = 0; at < dot.size(); ++at) {
        if (is_inside && dot[at] == '\\')
            ++at;
        else if (dot[at] == '"')
            is_inside = !is_inside;
        else if (is_inside && dot[at] == '\n')
            return false;
    }
    return !is_inside;
}

} // namespace

TEST_CASE("a graph leads from codes over keys to screens and actions") {
    const std::string dot = write_dot(outline_of(sample_draft()));
    CHECK(dot.starts_with("digraph \"sample\" {\n"));
    CHECK(dot.ends_with("}\n"));
    CHECK(is_well_quoted(dot));
    CHECK(has(dot, "  \"dial *105#\" -> \"screen account\";\n"));
    CHECK(has(dot, "  \"screen account\" -> \"screen password\" [label=\"7\"];\n"));
    CHECK(has(dot, "  \"screen account\" -> \"tells closed\" [label=\"4\"];\n"));
    CHECK(has(dot, "  \"screen own\" -> \"does choose_password\" [label=\"entry\"];\n"));
    CHECK(has(dot, "  \"dial any other code\" -> \"tells no_such_code\";\n"));
    CHECK(has(dot, "  \"SMS to 000110, 0001100\" -> \"does issue_password\" [label=\"without text\"];\n"));
    CHECK(has(dot, "  \"SMS to 000105\" -> \"tells help\" [label=\"anything else\"];\n"));
}

TEST_CASE("a screen of a graph is labelled with its words in the first language") {
    const std::string dot = write_dot(outline_of(sample_draft()));
    CHECK(has(dot, "\"screen password\" [label=\"menu password\\lПароль\\l1 Новый\\l2 Свой\\l\"];"));
    CHECK(has(dot, "label=\"prompt own\\lНовый пароль:\\lЕще раз:\\lНе совпали.\\l\", style=dashed"));
}

TEST_CASE("a node of a graph is there once") {
    const std::string dot = write_dot(outline_of(sample_draft()));
    const std::string node = "\n  \"does issue_password\" [label=";
    CHECK(dot.find(node) != std::string::npos);
    CHECK(dot.find(node) == dot.rfind(node));
}

TEST_CASE("quotes, backslashes and line ends of texts don't break a graph") {
    draft pack = sample_draft();
    put_text(pack, 0, "menu.balance.head", "Скажи \"да\" \\ нет\nи все");
    const std::string dot = write_dot(outline_of(pack));
    CHECK(is_well_quoted(dot));
    CHECK(has(dot, "Скажи \\\"да\\\" \\\\ нет\\lи все\\l"));
}

TEST_CASE("an item that may be away says on its edge on what it is there") {
    draft pack = sample_draft();
    put_text(pack, 0, "nav.hidden", "Нет.");
    put_text(pack, 1, "nav.hidden", "No.");
    pack.screens[0].items[1].leads.when = "not promise";
    CHECK(has(write_dot(outline_of(pack)),
              "\"screen account\" -> \"does issue_password\" [label=\"2 when not promise\"];\n"));
}

} // namespace outline_dot_test
