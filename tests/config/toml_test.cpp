#include "config/toml.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace toml_test {

using namespace kabinet;
using namespace kabinet::config;

TEST_CASE("values keep their types and their lines and stand in the order of the file") {
    std::vector<finding> findings;
    const auto table =
        parse_toml("z = 1\na = \"x\"\n\nb = true\nc = [1, 2]\n[d]\ne = 0x10\n", "a.toml", findings);
    REQUIRE(table);
    CHECK(findings.empty());
    REQUIRE(table->size() == 5);
    CHECK((*table)[0].key == "z");
    CHECK(std::get<std::int64_t>((*table)[0].value.is) == 1);
    CHECK(std::get<std::string>((*table)[1].value.is) == "x");
    CHECK((*table)[2].value.where == mark{"a.toml", 4});
    CHECK(std::get<toml_array>((*table)[3].value.is).size() == 2);
    const toml_table& inner = std::get<toml_table>((*table)[4].value.is);
    CHECK(std::get<std::int64_t>(inner[0].value.is) == 16);
    CHECK(inner[0].value.where.line == 7);
}

TEST_CASE("a syntax error is one finding on its line") {
    for (const char* broken :
         {"a = 1\nb = \n", "a = 1\na = 2\n", "a = 1\n[b\n", "a = 1\nb = \"x\n", "a = 1\nb c\n"}) {
        CAPTURE(broken);
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(broken, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().file == "a.toml");
        CHECK(findings.front().line == 2);
        CHECK(findings.front().what.starts_with("not TOML: "));
        CHECK(findings.front().what.find('\n') == std::string::npos);
    }
}

TEST_CASE("a key that is given twice is told with the line where it stood first") {
    struct row {
        const char* text;
        std::uint32_t line;
        const char* said;
    };
    constexpr row rows[] = {
        {"a = 1\n\na = 2\n", 3, "a is given twice, first at line 1"},
        {"[m]\n7 = {o=1}\n8 = {o=2}\n7 = {o=3}\n", 4, "7 is given twice, first at line 2"},
        {"\"*105#\" = {o=1}\n\"*105#\" = {o=2}\n", 2, "*105# is given twice, first at line 1"},
        {"[m.a]\nx = 1\n[m.b]\n[m.a]\n", 4, "m.a is given twice, first at line 1"},
        {"[[s]]\na = 1\n[s.k]\nA = 1\nA = 2\n", 5, "A is given twice, first at line 4"},
        {"a = {b = 1, b = 2}\n", 1, "b is given twice, first at line 1"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(each.text, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().line == each.line);
        CHECK(findings.front().what == std::string{"not TOML: "} + each.said);
    }
}

TEST_CASE("a name that is none is told with how it is written") {
    struct row {
        const char* text;
        std::uint32_t line;
        const char* said;
    };
    constexpr row rows[] = {
        {"[service]\n*105*00# = { opens = \"account\" }\n", 2, "a name with * or # stands in quotes"},
        {"a = 1\n[menu.account\nb = 2\n", 2, "the name of a table ends with ]"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(each.text, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().line == each.line);
        CHECK(findings.front().what == std::string{"not TOML: "} + each.said);
    }
}

TEST_CASE("a quote that isn't closed is told where it begins") {
    struct row {
        const char* text;
        std::uint32_t line;
        const char* said;
    };
    constexpr row rows[] = {
        {"a = 1\nb = \"x\nc = \"y\"\n", 2, "\" before x is not closed on its line"},
        {"a = { b = \"x }\n\nc = 1\n", 1, "\" before x } is not closed on its line"},
        {"a = 1\nb = x\"\n", 2, "\" at the end of this line is not closed on its line"},
        {"b = 'x\n", 1, "' before x is not closed on its line"},
        {"a = \"Баланс и бонусы вашего номера\nb = 1", 1, "\" before Баланс и бо… is not closed on its line"},
        {"a = 1\nb = \"\"\"x\ny = \"z\"\n# \n", 2, "\"\"\" before x is not closed"},
        {"a = \"x\\\"\n", 1, "\" before x\\\" is not closed on its line"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(each.text, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().line == each.line);
        CHECK(findings.front().what == std::string{"not TOML: the quote "} + each.said);
    }
}

TEST_CASE("a quote within another, in a comment or in a long text is closed") {
    for (const char* well :
         {"a = \"don't\"\n", "a = 'say \"x'\n", "a = 1 # don't\n", "a = \"\"\"\nit's \"x\"\n\"\"\"\n",
          "a = \"\"\"x\"\"\"\"\nb = 1\n", "a = \"\\\\\"\n", "a = \"\"\nb = ''\n"}) {
        CAPTURE(well);
        std::vector<finding> findings;
        CHECK(parse_toml(well, "a.toml", findings));
        CHECK(findings.empty());
    }
}

TEST_CASE("a file that isn't UTF-8 is one finding on its line") {
    for (const char* broken :
         {"a = 1\n'\x9Fk' = 2\n", "a = 1\nb = \"\xC3\"\n", "a = 1\n# \xED\xA0\x80\n", "a = 1\n\xFF"}) {
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(broken, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().line == 2);
        CHECK(findings.front().what == "not UTF-8");
    }
}

TEST_CASE("a file nested without end is one finding on its line") {
    const auto repeated = [](std::string_view part) {
        std::string made;
        for (int times = 0; times < 100'000; ++times)
            made += part;
        return made;
    };
    for (const std::string& broken :
         {"a = 1\nb = " + repeated("[ "), "a = 1\nb = " + repeated("{c="),
          "a = 1\n" + repeated("a.") + "b = 1\n", "a = 1\n[" + repeated("a . ") + "b]\n",
          "\"\"\"\n\"\"\" = " + repeated("[\"]\","), "a = 1\nb = [\"\\\"\"," + repeated("[")}) {
        std::vector<finding> findings;
        CHECK_FALSE(parse_toml(broken, "a.toml", findings));
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().line == 2);
        CHECK(findings.front().what == "nested too deep");
    }
}

TEST_CASE("brackets and dots in strings and comments are words") {
    const std::string many(100, '[');
    const std::string dots(100, '.');
    std::vector<finding> findings;
    const auto table =
        parse_toml("a = \"" + many + "\\\"" + dots + "\" # " + many + "\nb = '" + many + "'\nc = \"\"\"\n" +
                       many + "\"" + dots + "\"\"\"\nd = [1.5, 2.5, 3.5]\n",
                   "a.toml", findings);
    CHECK(findings.empty());
    REQUIRE(table);
    CHECK(table->size() == 4);
}

TEST_CASE("a file that can't be read is a finding and an empty one is not") {
    std::vector<finding> findings;
    CHECK_FALSE(read_file("/nowhere/at/all.toml", findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().what == "can't be read: No such file or directory");
    CHECK_FALSE(read_file(std::filesystem::temp_directory_path(), findings));
    CHECK(read_file("/dev/null", findings) == "");
    CHECK(findings.size() == 2);
}

} // namespace toml_test
