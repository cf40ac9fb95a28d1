#include "gateway/account/pages.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

namespace kabinet::gateway::account::pages_test {

namespace {

/// What stands in braces of a text.
std::set<std::string> named_in(std::string_view text) {
    std::set<std::string> found;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
        found.emplace(text.substr(open + 1, text.find('}', open) - open - 1));
    return found;
}

} // namespace

TEST_CASE("the languages say the same things with the same values") {
    const pages all;
    REQUIRE(all.languages().size() == 2);
    const words& first = all.languages().front();
    for (const words& each : all.languages()) {
        CHECK(each.all().size() == first.all().size());
        for (const auto& [name, text] : each.all()) {
            CAPTURE(name);
            REQUIRE(first.find(name) != nullptr);
            CHECK_FALSE(text.empty());
            CHECK(named_in(text) == named_in(*first.find(name)));
        }
    }
}

TEST_CASE("every word that a page asks for is there, and what looks like one is no value") {
    const pages all;
    for (const page_file& file : page_files()) {
        if (!file.name.ends_with(".html"))
            continue;
        for (const std::string& tag : named_in(file.text)) {
            CAPTURE(file.name);
            CAPTURE(tag);
            if (tag.find('.') != std::string::npos)
                CHECK(all.languages().front().find(tag) != nullptr);
        }
        const auto opened = named_in(file.text).contains("end");
        CHECK(opened == (file.text.find("{if ") != std::string_view::npos ||
                         file.text.find("{each ") != std::string_view::npos));
    }
}

TEST_CASE("nothing is put into a page unescaped") {
    const pages all;
    const words& in = all.languages().front();
    const std::string hostile = "\"><script>alert('1')</script>&{number}";
    page_values values;
    for (const char* name : {"number", "error", "error_at", "notice", "title", "own_number", "question",
                             "once", "balance", "points", "amount", "fee", "term", "terms", "offer"})
        values[name] = hostile;
    for (const char* name : {"has_settings", "may_change", "has_purse", "has_offers"})
        values[name] = "yes";
    const page_values row{{"at", hostile},   {"what", hostile}, {"by", hostile},     {"code", hostile},
                          {"name", hostile}, {"link", hostile}, {"address", hostile}};
    const page_rows rows{{"operations", {row}}, {"languages", {row}}, {"offers", {row}}, {"contacts", {row}}};
    const menus::pack_words pack{{"support", hostile}, {"new_password", hostile}, {"sender", hostile}};
    for (const page_file& file : page_files()) {
        if (!file.name.ends_with(".html") || file.name == "page.html")
            continue;
        const std::string made =
            all.render(file.name.substr(0, file.name.size() - 5), in, values, pack, rows);
        CHECK(made.find("<script>") == std::string::npos);
        CHECK(made.find("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;{number}") !=
              std::string::npos);
    }
}

TEST_CASE("a served pack keeps its words and the numbers that pages may name") {
    const menus::definition& pack = menus::sample_pack();
    CHECK(pack.words.at("support") == "0550");
    CHECK(pack.words.contains("min"));
    CHECK(pack.words.contains("sender"));
    CHECK_FALSE(pack.words.contains("portal"));
}

TEST_CASE("no page has style or script in it, and assets are named for what they hold") {
    const pages all;
    for (const page_file& file : page_files())
        if (file.name.ends_with(".html")) {
            CAPTURE(file.name);
            CHECK(file.text.find("style=") == std::string_view::npos);
            CHECK(file.text.find("<style") == std::string_view::npos);
            CHECK(file.text.find(" on") == file.text.find(" once")); // onclick and its like
            CHECK(file.text.find("http") == file.text.find("http-equiv"));
        }
    CHECK(all.assets().at("style").path.starts_with("/account/style-"));
    CHECK(all.assets().at("style").text.size() < 6 * 1024);
    CHECK(all.assets().size() == 3);
}

TEST_CASE("a text in several forms says the one that is asked for") {
    const words some{*language::from("en"), "# a note\n\n a.b = one | two|three\nc = x=y\n"};
    CHECK(some.say("a.b", 0) == "one ");
    CHECK(some.say("a.b", 2) == "three");
    CHECK(some.say("a.b", 9) == "three");
    CHECK(some.say("c") == "x=y");
    CHECK(some.say("d").empty());
    CHECK_THROWS_AS((words{*language::from("en"), "no sign\n"}), std::logic_error);
    CHECK_THROWS_AS((words{*language::from("en"), "a = 1\na = 2\n"}), std::logic_error);
}

TEST_CASE("rows come once each, their own values nearer than the page's, and none is none") {
    const pages all;
    const words& in = *all.speak(*language::from("en"));
    const page_values values{{"name", "the page's"}, {"has_settings", "yes"}, {"may_change", "yes"}};
    const std::string none = all.render("settings", in, values, {});
    CHECK(none.find("<option") == std::string::npos);
    CHECK(none.find("Save the language") != std::string::npos); // what stands behind the rows
    const page_rows rows{
        {"languages", {{{"code", "en"}, {"name", "English"}, {"is_now", "yes"}}, {{"code", "kk"}}}}};
    const std::string two = all.render("settings", in, values, {}, rows);
    CHECK(two.find("<option value=\"en\" lang=\"en\" selected>English</option>") != std::string::npos);
    CHECK(two.find("<option value=\"kk\" lang=\"kk\" >the page&#39;s</option>") != std::string::npos);
}

TEST_CASE("a part that is not wanted is left out, and so is what it holds") {
    CHECK(pages::fill("{a} and {b}", {{"a", "{b}"}, {"b", "2"}}, {}) == "{b} and 2");
    CHECK(pages::fill("{a", {{"a", "1"}}, {}).empty());
    CHECK(escape("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}

} // namespace kabinet::gateway::account::pages_test
