#include "menus/validation.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace validation_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

std::vector<std::string> said_of(const draft& pack) {
    std::vector<std::string> said;
    for (const finding& one : validate(pack))
        said.push_back(one.what);
    return said;
}

bool is_said(const draft& pack, std::string_view part) {
    return std::ranges::any_of(said_of(pack),
                               [&](const std::string& what) { return what.find(part) != std::string::npos; });
}

draft_screen& screen_named(draft& pack, std::string_view name) {
    return *std::ranges::find(pack.screens, name, &draft_screen::name);
}

struct mistake {
    const char* said;
    std::function<void(draft&)> make;
};

const mistake mistakes[] = {
    {"there is no time zone Mars/Olympus", [](draft& pack) { pack.zone.text = "Mars/Olympus"; }},
    {"sender must be", [](draft& pack) { pack.sender.text = "Twelve chars"; }},
    {"sender must be", [](draft& pack) { pack.sender.text = ""; }},
    {"sender must be", [](draft& pack) { pack.sender.text = std::string(21, '7'); }},
    {"a pack needs a language", [](draft& pack) { pack.languages.clear(); }},
    {"min must not be over max", [](draft& pack) { pack.passwords.min_length = 33; }},
    {"must live for a minute", [](draft& pack) { pack.passwords.life = std::chrono::seconds{59}; }},
    {"wrong_passwords must be 1", [](draft& pack) { pack.allowed.wrong_passwords = 0; }},
    {"can't be called until",
     [](draft& pack) {
         pack.words.push_back({"until", {"x", {}}});
     }},
    {"can't be called My Word",
     [](draft& pack) {
         pack.words.push_back({"My Word", {"x", {}}});
     }},
    {"a pack needs a service code", [](draft& pack) { pack.codes.clear(); }},
    {"105 is no service code", [](draft& pack) { pack.codes[0].typed = "105"; }},
    {"*10a# is no service code", [](draft& pack) { pack.codes[0].typed = "*10a#"; }},
    {"*1**5# is no service code", [](draft& pack) { pack.codes[0].typed = "*1**5#"; }},
    {"*105*00# is given twice", [](draft& pack) { pack.codes[0].typed = "*105*00#"; }},
    {"exactly one of opens", [](draft& pack) { pack.codes[0].leads.does = "issue_password"; }},
    {"exactly one of opens", [](draft& pack) { pack.unknown_code = {}; }},
    {"there is no screen nowhere", [](draft& pack) { pack.codes[0].leads.opens = "nowhere"; }},
    {"there is no screen nowhere", [](draft& pack) { pack.screens[0].items[0].leads.opens = "nowhere"; }},
    {"there is no action pay", [](draft& pack) { pack.codes[1].leads.does = "pay"; }},
    {"there is no action tell", [](draft& pack) { pack.codes[1].leads.does = "tell"; }},
    {"needs an entry", [](draft& pack) { pack.codes[1].leads.does = "choose_password"; }},
    {"needs an entry", [](draft& pack) { pack.short_numbers[0].empty->does = "choose_password"; }},
    {"takes no entry", [](draft& pack) { screen_named(pack, "own").enters.does = "issue_password"; }},
    {"the pack has no language \"tt\"", [](draft& pack) { pack.screens[0].items[4].leads.language = "tt"; }},
    {"a language stands only", [](draft& pack) { pack.codes[1].leads.language = "en"; }},
    {"a language stands only", [](draft& pack) { pack.codes[0].leads.language = "en"; }},
    {"stays stands only", [](draft& pack) { pack.codes[1].leads.stays = true; }},
    {"stays stands only", [](draft& pack) { pack.screens[0].items[0].leads.stays = true; }},
    {"only a code or an item", [](draft& pack) { pack.short_numbers[0].empty = leads_to("account"); }},
    {"which no code of its own opens", [](draft& pack) { pack.unknown_code = leads_to("password"); }},
    {"is already another screen's", [](draft& pack) { pack.screens.push_back(pack.screens[1]); }},
    {"a screen can't be called \"My menu\"", [](draft& pack) { pack.screens[1].name = "My menu"; }},
    {"the key 01 begins with 0", [](draft& pack) { pack.screens[0].items[0].key = "01"; }},
    {"the key 0 begins with 0", [](draft& pack) { pack.screens[0].items[0].key = "0"; }},
    {"the key 9 is not one of 1 to 8", [](draft& pack) { pack.screens[0].items[0].key = "9"; }},
    {"the key one is not one of 1 to 8", [](draft& pack) { pack.screens[0].items[0].key = "one"; }},
    {"has 9 items",
     [](draft& pack) {
         for (int more = 0; more < 2; ++more)
             pack.screens[0].items.push_back({"5", says("closed")});
     }},
    {"order confirms nothing", [](draft& pack) { screen_named(pack, "order").items.clear(); }},
    {"there is no rule magic", [](draft& pack) { screen_named(pack, "own").rule.text = "magic"; }},
    {"retries must be 1 to 9", [](draft& pack) { screen_named(pack, "own").retries = 0; }},
    {"no code and no menu leads to balance",
     [](draft& pack) { pack.screens[0].items.erase(pack.screens[0].items.begin()); }},
    {"account stands above this item",
     [](draft& pack) {
         pack.screens[1].items.push_back({"1", leads_to("account")});
     }},
    {"a short number is missing", [](draft& pack) { pack.short_numbers[0].numbers.clear(); }},
    {"0a is no short number", [](draft& pack) { pack.short_numbers[0].numbers[0].text = "0a"; }},
    {"the short number 000110 is given twice",
     [](draft& pack) { pack.short_numbers[1].numbers[0].text = "000110"; }},
    {"help is missing", [](draft& pack) { pack.short_numbers[0].help.text.clear(); }},
    {"a keyword is one word", [](draft& pack) { pack.short_numbers[1].keywords[0].typed = "NEW PAS"; }},
    {"reads like another keyword", [](draft& pack) { pack.short_numbers[1].keywords[1].typed = "раѕ"; }},
    {"the name of a text is at most 64",
     [](draft& pack) { pack.codes[1].leads = says(std::string(65, 'x')); }},
};

} // namespace

TEST_CASE("the sample pack has nothing wrong with it") {
    CHECK(said_of(sample_draft()) == std::vector<std::string>{});
}

TEST_CASE("each mistake in a pack is found") {
    for (const mistake& one : mistakes) {
        CAPTURE(one.said);
        draft pack = sample_draft();
        one.make(pack);
        CHECK(is_said(pack, one.said));
    }
}

TEST_CASE("menus deeper than a place can hold are refused") {
    draft pack = sample_draft();
    for (int depth = 0; depth < 9; ++depth)
        pack.screens.push_back(
            menu_of("deep" + std::to_string(depth), {{"1", leads_to("deep" + std::to_string(depth + 1))}}));
    pack.screens.push_back(menu_of("deep9", {}));
    pack.screens[1].items.push_back({"1", leads_to("deep0")});
    CHECK(is_said(pack, "deep7 is more than 8 keys deep"));
    CHECK_FALSE(is_said(pack, "deep6 is more"));
}

TEST_CASE("a finding stands on the line of the mistake and all come at once in order") {
    draft pack = sample_draft();
    pack.codes[0].leads.opens = "nowhere";
    pack.codes[0].leads.where = {"menus.toml", 40};
    pack.zone.text = "nowhere";
    const std::vector<finding> findings = validate(pack);
    REQUIRE(findings.size() == 2); // what nothing leads to isn't known, and not told
    CHECK(std::ranges::is_sorted(findings));
    const auto found = std::ranges::find(findings, "there is no screen nowhere", &finding::what);
    REQUIRE(found != findings.end());
    CHECK(found->file == "menus.toml");
    CHECK(found->line == 40);
}

TEST_CASE("the same mistake on the same line is told once") {
    draft pack = sample_draft();
    put_text(pack, 0, "any.busy", std::string(200, 'x')); // of three actions on two channels
    const std::vector<finding> findings = validate(pack);
    CHECK(std::ranges::adjacent_find(findings) == findings.end());
}

} // namespace validation_test
