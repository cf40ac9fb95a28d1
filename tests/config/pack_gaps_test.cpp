// What is told of a pack in which something isn't understood: that, and nothing that only follows from it.
#include "config/pack_toml.hpp"

#include "shipped.hpp"

#include "menus/validation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>

namespace pack_gaps_test {

using namespace kabinet;
using namespace kabinet::config;

namespace {

constexpr std::string_view keys = "menus.toml", ru = "texts/ru.toml", en = "texts/en.toml";

using told = std::vector<std::string>;

/// As a folder of such files is checked.
told check(const pack_files& files) {
    std::vector<finding> findings;
    const menus::draft pack = read_pack(files, {}, findings);
    if (!pack.where.file.empty())
        std::ranges::move(menus::validate(pack), std::back_inserter(findings));
    told all;
    for (const finding& each : findings)
        all.push_back(describe(each));
    return all;
}

std::string& text_of(pack_files& files, std::string_view name) {
    if (files.menus.file == name)
        return files.menus.text;
    return std::ranges::find(files.texts, name, &named_text::file)->text;
}

/// The shipped pack, in `file` the first `was` made `is`.
told told_of(std::string_view file, std::string_view was, std::string_view is) {
    pack_files files = shipped_pack();
    std::string& text = text_of(files, file);
    const std::size_t at = text.find(was);
    REQUIRE(at != std::string::npos);
    text.replace(at, was.size(), is);
    told all = check(files);
    for (std::string& each : all) // without its line, which pack_toml_test sees to
        if (const auto colon = each.find(": "); colon != std::string::npos)
            each.erase(each.find(':'), colon - each.find(':'));
    return all;
}

} // namespace

TEST_CASE("what only follows from something that isn't understood is not told") {
    struct row {
        std::string_view file, was, is;
        told wanted;
    };
    const row rows[] = {
        {keys,
         "name = \"megafon\"",
         "name = megafon",
         {"menus.toml: not TOML: what stands after = is no value; a text stands in quotes"}},
        {ru,
         "alphabet = \"ucs2\"",
         "alphabet = \"ucs2",
         {"texts/ru.toml: not TOML: the quote \" before ucs2 is not closed on its line"}},
        {keys,
         "does = \"issue_password\"",
         "does = \"issue_pasword\"",
         {"menus.toml: there is no action issue_pasword: did you mean issue_password?"}},
        {keys,
         "1 = { does = \"take_promise\" }",
         "1 = { does = \"take_a_promise\" }",
         {"menus.toml: there is no action take_a_promise: did you mean take_promise?"}},
        {keys,
         "does = \"choose_password\"\nrule",
         "does = \"chose_pasword\"\nrule",
         {"menus.toml: there is no action chose_pasword: did you mean choose_password?"}},
        {keys,
         "opens = \"account\"",
         "opens = \"acount\"",
         {"menus.toml: there is no screen acount: did you mean account?"}},
        {keys,
         "[menu.account]",
         "[menu.acount]",
         {"menus.toml: there is no screen account: did you mean acount?"}},
        {keys,
         "opens = \"account\"",
         "open = \"account\"",
         {"menus.toml: there is no setting open here: did you mean opens?"}},
        {keys,
         "[prompt.own_password]",
         "[prompts.own_password]",
         {"menus.toml: there is no setting prompts here: did you mean prompt?",
          "menus.toml: there is no screen own_password", "menus.toml: there is no screen own_password",
          "menus.toml: there is no screen own_password"}},
        {keys,
         "help = \"help_own\"",
         "hepl = \"help_own\"",
         {"menus.toml: there is no setting hepl here: did you mean help?"}},
        {keys, "[words]", "[word]", {"menus.toml: there is no setting word here: did you mean words?"}},
        {keys,
         "[contact]",
         "[contct]",
         {"menus.toml: there is no setting contct here: did you mean contact?"}},
        {keys, "support = \"0550\"", "support = 550", {"menus.toml: support must be a text in quotes"}},
        {keys,
         "[service] ",
         "[servise] ",
         {"menus.toml: there is no setting servise here: did you mean service?"}},
        {keys, "7 = { opens = \"password\" }", "7 = \"password\"", {"menus.toml: 7 must be a table"}},
        {keys, "floor = ", "flor = ", {"menus.toml: there is no setting flor here: did you mean floor?"}},
        {keys, "beep = { price", "beap = { price",
         told(5,
              "menus.toml: the pack has no offer beep: did you mean beap?")}, // the menu's, and the keywords'
        {keys,
         "languages = [\"ru\", \"en\"]",
         "languages = \"ru\"",
         {"menus.toml: languages must be a list of texts"}},
        {keys,
         "show = \"both\"",
         "show = \"voice\"",
         {"menus.toml: show is \"voice\", not one of \"both\", \"screen\", \"sms\""}},
        {keys,
         "rule = \"number\"",
         "rule = \"numbr\"",
         {"menus.toml: there is no rule numbr for entries: did you mean number?"}},
        {keys,
         "when = \"portal\"",
         "when = \"portals\"",
         {"menus.toml: \"portals\" is no condition: did you mean portal?"}},
        {keys,
         "when = \"portal\"",
         "when = \"has beap\"",
         {"menus.toml: \"has beap\": the pack sells no beap: did you mean beep?"}},
        {keys,
         "language = \"ru\"",
         "language = \"uk\"",
         {"menus.toml: the pack has no language \"uk\"; there are ru, en"}},
        {ru, "7 = \"Пароль и вход\"", "7 = 7", {"texts/ru.toml: menu.account.7 must be a text in quotes"}},
        {ru,
         "[forms]",
         "[form]",
         {"texts/ru.toml: [forms] time is missing: how times are written, such as d MMM HH:mm",
          "texts/ru.toml: nothing uses the text form.time"}},
        {ru,
         "back = \"0 Назад\"",
         "bakc = \"0 Назад\"",
         {"texts/ru.toml: the text nav.back is missing; menus.toml:1 asks for it, and there is nav.bakc, "
          "which "
          "nothing uses",
          "texts/ru.toml: nothing uses the text nav.bakc: did you mean nav.back?"}},
    };
    for (const row& each : rows) {
        CAPTURE(each.is);
        const told all = told_of(each.file, each.was, each.is);
        CHECK(all == each.wanted);
        if (all != each.wanted)
            for (const std::string& one : all)
                MESSAGE(one);
    }
}

TEST_CASE("a file of texts that can't be read hides nothing of the others") {
    pack_files files = shipped_pack();
    text_of(files, ru) += "\nbroken";
    std::string& read = text_of(files, en);
    read.replace(read.find("new password once more"), 3, "–");
    const told all = check(files);
    REQUIRE(all.size() == 2);
    CHECK(all[0].find("not TOML") != std::string::npos);
    CHECK(all[1].find("'–' is not in the GSM 7-bit alphabet") != std::string::npos);
    for (named_text& each : files.texts)
        each.is_read = each.file != ru;
    text_of(files, ru).clear();
    CHECK(check(files).size() == 1);
}

TEST_CASE("an action that isn't there is told with those that may stand there") {
    CHECK(told_of(keys, "PAS = { does = \"choose_password\" }", "PAS = { does = \"x\" }")
              .front()
              .find("there is no action x; here may stand issue_password, choose_password, ") !=
          std::string::npos);
    const told prompt = told_of(keys, "does = \"block_other\"", "does = \"lock\"");
    CHECK(prompt == told{"menus.toml: there is no action lock; here may stand choose_password, top_up, "
                         "block_other, unblock_other"});
    const told code = told_of(keys, "\"*105*00#\" = { does = \"issue_password\" }",
                              "\"*105*00#\" = { does = \"give_me_one\" }");
    REQUIRE(code.size() == 1);
    CHECK(code.front().find("issue_password") != std::string::npos);
    for (const char* elsewhere : {"choose_password", "take_promise", "tell", "transfer,"})
        CHECK_MESSAGE(code.front().find(elsewhere) == std::string::npos, elsewhere);
}

TEST_CASE("whatever is wrong with a pack is told with its file and line") {
    for (const std::string_view name : {keys, ru}) {
        const pack_files whole = shipped_pack();
        pack_files files = whole;
        const std::string was = text_of(files, name);
        std::size_t lines = 0;
        for (std::size_t at = 0; at < was.size(); at = was.find('\n', at) + 1, ++lines) {
            if (lines % (name == ru ? 211 : 43) != 0) // both are long, and alike all over
                continue;
            const std::string line = was.substr(at, was.find('\n', at) - at);
            for (const std::string& is : {std::string{}, line.substr(0, line.find('=') + 1) + " \"\"",
                                          line.substr(0, line.find('=') + 1) + " {}"}) {
                text_of(files, name) = was.substr(0, at) + is + was.substr(was.find('\n', at));
                for (const std::string& each : check(files)) {
                    CAPTURE(line);
                    CAPTURE(is);
                    const bool is_placed =
                        each.find(".toml:") != std::string::npos && each.find(".toml: ") == std::string::npos;
                    CHECK_MESSAGE(is_placed, each);
                }
            }
        }
        CHECK(lines > 200);
    }
}

} // namespace pack_gaps_test
