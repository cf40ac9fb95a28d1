#include "config/section.hpp"

#include <doctest/doctest.h>

namespace section_test {

using namespace kabinet;
using namespace kabinet::config;
using namespace std::chrono_literals;

namespace {

struct bed {
    std::vector<finding> findings;
    toml_table table;

    explicit bed(std::string_view text)
        : table{parse_toml(text, "a.toml", findings).value()} {}
    section open() { return {table, {"a.toml", 1}, findings}; }
    [[nodiscard]] std::string said() const {
        std::string all;
        for (const finding& one : findings)
            all += std::to_string(one.line) + ' ' + one.what + '\n';
        return all;
    }
};

enum class colour : std::uint8_t { red, green };

} // namespace

TEST_CASE("what is there is read and what is missing is left alone") {
    bed file{"text = \"x\"\nyes = true\nwait = \"30s\"\nlist = [\"a\", \"b\"]\nport = 2775\n"};
    section from = file.open();
    std::string text, missing = "as it was";
    bool yes = false;
    std::chrono::milliseconds wait{};
    std::vector<std::string> list;
    std::uint16_t port = 0;
    CHECK(from.read("text", text));
    CHECK(from.read("yes", yes));
    CHECK(from.read("wait", wait));
    CHECK(from.read("list", list));
    CHECK(from.read_number("port", port, 1));
    CHECK_FALSE(from.read("missing", missing));
    from.refuse_unknown();
    CHECK(text == "x");
    CHECK(yes);
    CHECK(wait == 30s);
    CHECK(list == std::vector<std::string>{"a", "b"});
    CHECK(port == 2775);
    CHECK(missing == "as it was");
    CHECK(file.said().empty());
}

TEST_CASE("a value of another type is told with its line and reading goes on") {
    bed file{"text = 1\nyes = \"x\"\nwait = 30\nlist = [1]\nport = \"x\"\ninner = 1\nmany = 1\n"};
    section from = file.open();
    std::string text;
    bool yes = false;
    std::chrono::milliseconds wait{};
    std::vector<std::string> list;
    std::uint16_t port = 0;
    CHECK_FALSE(from.read("text", text));
    CHECK_FALSE(from.read("yes", yes));
    CHECK_FALSE(from.read("wait", wait));
    CHECK_FALSE(from.read("list", list));
    CHECK_FALSE(from.read_number("port", port));
    CHECK_FALSE(from.open("inner"));
    CHECK(from.open_all("many").empty());
    CHECK(file.said() == "1 text must be a text in quotes\n2 yes must be true or false\n"
                         "3 wait must be a time such as \"30s\"\n4 list must be a list of texts\n"
                         "5 port must be a whole number\n6 inner must be a table\n"
                         "7 many must be tables, each headed [[many]]\n");
}

TEST_CASE("a number out of its bounds is refused and leaves what was") {
    bed file{"port = 0\nbig = 65536\nnegative = -1\n"};
    section from = file.open();
    std::uint16_t port = 7;
    CHECK_FALSE(from.read_number("port", port, 1));
    CHECK_FALSE(from.read_number("big", port));
    CHECK_FALSE(from.read_number("negative", port));
    CHECK(port == 7);
    CHECK(file.said() == "1 port is 0, not 1 to 65535\n2 big is 65536, not 0 to 65535\n"
                         "3 negative is -1, not 0 to 65535\n");
}

TEST_CASE("a word out of a choice is refused with the words there are") {
    bed file{"a = \"green\"\nb = \"blue\"\n"};
    section from = file.open();
    colour chosen = colour::red;
    CHECK(from.read_choice("a", chosen, {{"red", colour::red}, {"green", colour::green}}));
    CHECK(chosen == colour::green);
    CHECK_FALSE(from.read_choice("b", chosen, {{"red", colour::red}, {"green", colour::green}}));
    CHECK(file.said() == "2 b is \"blue\", not one of \"red\", \"green\"\n");
}

TEST_CASE("keys nobody asked for are refused") {
    bed file{"known = 1\nunknown = 2\n[also]\nx = 1\n"};
    section from = file.open();
    std::uint16_t known = 0;
    from.read_number("known", known);
    from.refuse_unknown();
    CHECK(file.findings.size() == 2);
    CHECK(file.findings.front().what == "there is no setting unknown here");
    CHECK(file.findings.front().line == 2);
}

TEST_CASE("a key that must be there is missed") {
    bed file{"a = 1\n"};
    section from = file.open();
    from.require("a");
    from.require("b");
    CHECK(file.said() == "1 b is missing\n");
}

TEST_CASE("tables within are opened one by one") {
    bed file{"[[smsc]]\nname = \"a\"\n[[smsc]]\nname = \"b\"\n[menu.x]\n1 = 1\n[menu.y]\n"};
    section from = file.open();
    CHECK(from.open_all("smsc").size() == 2);
    std::optional<section> menus = from.open("menu");
    REQUIRE(menus);
    const auto each = menus->open_each();
    REQUIRE(each.size() == 2);
    CHECK(each[0].first == "x");
    CHECK(each[0].second.has("1"));
}

TEST_CASE("times are read with their unit") {
    CHECK(parse_duration("500ms") == 500ms);
    CHECK(parse_duration("30s") == 30s);
    CHECK(parse_duration("10min") == 10min);
    CHECK(parse_duration("24h") == 24h);
    CHECK(parse_duration("7d") == 168h);
    for (const char* wrong : {"", "30", "s", "30 s", "-1s", "1.5s", "30sec", "99999999999s"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_duration(wrong));
    }
}

} // namespace section_test
