#include "config/pack_toml.hpp"

#include "shipped.hpp"

#include "menus/machine.hpp"
#include "menus/validation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

namespace pack_toml_test {

using namespace kabinet;
using namespace kabinet::config;

namespace {

/// One edit of the shipped pack: in `file` the first `was` becomes `is`.
struct mistake {
    std::string_view file;
    std::string_view was;
    std::string_view is;
    std::string_view where; // the file that the finding names
    std::string_view said;
    std::string_view stands_at = {}; // the finding's line has this in it; without it, the line of the edit
};

std::string& find_file(pack_files& files, std::string_view name) {
    if (files.menus.file == name)
        return files.menus.text;
    return std::ranges::find(files.texts, name, &named_text::file)->text;
}

std::size_t line_of(const std::string& text, std::size_t at) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::vector<finding> examine(const pack_files& files) {
    std::vector<finding> findings;
    const menus::draft pack = read_pack(files, {}, findings);
    std::ranges::move(menus::validate(pack), std::back_inserter(findings));
    return findings;
}

constexpr std::string_view menus = "menus.toml", ru = "texts/ru.toml", en = "texts/en.toml";

constexpr mistake mistakes[] = {
    {menus, "name = \"megafon\"", "name = megafon", menus, "not TOML"},
    {menus, "name = \"megafon\"", "title = \"megafon\"", menus, "there is no setting title here"},
    {menus, "name = \"megafon\"", "name = 1", menus, "name must be a text in quotes"},
    {menus, "[\"ru\", \"en\"]", "[\"ru\", \"en\", \"en\"]", menus, "languages names one twice"},
    {menus, "\"Europe/Moscow\"", "\"Europe/Moskva\"", menus, "there is no time zone Europe/Moskva"},
    {menus, "sender = \"MegaFon\"", "sender = \"Мегафон\"", menus, "sender must be"},
    {menus, "septets = 160", "septets = 1600", menus, "septets is 1600, not 40 to 160"},
    {menus, "account = \"*", "until = \"*", menus, "a word of the pack can't be called until"},
    {menus, "portal = ", "until = ", menus, "a contact can't be called until"},
    {menus, "support = \"0550\"", "support = \"0550\\n\"", menus,
     "the address of the contact support must be 1 to 60 characters"},
    {menus, "account = \"*105#\"", "support = \"0551\"\naccount = \"*105#\"", menus,
     "the word support is a contact already, at line "},
    {menus, "support = \"0550\"", "support = 550", menus, "support must be a text in quotes"},
    {ru, "[contact.support]", "[contact.suport]", ru, "nothing uses the text contact.suport.title",
     "title = \"Пом"},
    {menus, "show = \"both\"", "show = \"voice\"", menus,
     "show is \"voice\", not one of \"both\", \"screen\", \"sms\""},
    {menus, "life = \"24h\"", "life = \"a day\"", menus, "life is \"a day\", not a time"},
    {menus, "min = 8", "min = 2", menus, "min is 2, not 4 to 64"},
    {menus, "\"180d\"", "\"1h\"", menus, "idle_after is not between \"1d\" and \"3660d\""},
    {menus, "[accounts]", "[accounts]\nterm = \"1d\"", menus, "there is no setting term here", "term = "},
    {menus, "rule = \"word\"", "rule = \"wort\"", menus, "there is no rule wort for entries"},
    {menus, "wrong_passwords = 5", "wrong_passwords = 0", menus, "wrong_passwords is 0"},
    {menus, "wrong_passwords = 5", "wrong_pasword = 5", menus, "there is no setting wrong_pasword here"},
    {menus, "\"*105#\" = {", "\"105#\" = {", menus, "105# is no service code"},
    {menus, "\"*105*01#\" = {", "\"*105*00\" = {", menus, "*105*00 is no service code"},
    {menus, "opens = \"account\"", "opens = \"acount\"", menus, "there is no screen acount"},
    {menus, "opens = \"account\"", "open = \"account\"", menus, "there is no setting open here"},
    {menus, "resume = \"ask\"", "resume = \"always\"", menus,
     "resume is \"always\", not one of \"start\", \"continue\", \"ask\""},
    {menus, "[confirmation.promise_terms]\n", "[confirmation.promise_terms]\nresume = \"ask\"\n", menus,
     "resume stands only in a menu", "resume = \"ask\"\n1 = { does = \"take_promise\""},
    {menus, "[prompt.voucher]\n", "[prompt.voucher]\nresume = \"ask\"\n", menus,
     "resume stands only in a menu", "resume = \"ask\"\ndoes = \"top_up\""},
    {menus, "1 = { opens = \"block_number\" }", "1 = { does = \"block_number\" }", menus,
     "block_number stands in a menu only behind a confirmation: a dialled path would do it at once"},
    {menus, "{ opens = \"close_portal\", when = \"portal\" }", "{ does = \"close_portal\" }", menus,
     "close_portal stands in a menu only behind a confirmation"},
    {en, "Promised payment: {amount} RUB for {term}, until {until}. Fee {fee} RUB, taken now.",
     "A promised payment until {until}", en,
     "confirmation.promise_terms.head doesn't say the terms of small: {amount} and {fee} are wanted in it"},
    {ru, "\\n2 Сначала", "", ru, "nav.resume must have a line that begins with 1"},
    {menus, "when = \"portal\"", "when = \"portals\"", menus, "\"portals\" is no condition"},
    {menus, "when = \"portal\"", "when = \"\"", menus, "when is empty"},
    {menus, "when = \"portal\"", "when = true", menus, "when must be a text in quotes"},
    {menus, "when = \"two_step\"", "when = \"two_step and points\"", menus,
     "two_step shows no item where two_step and not points", "[menu.two_step]"},
    {menus, "when = \"portal\"", "when = \"connected\"", menus,
     "the item names none, and password is opened with none"},
    {menus, "when = \"portal\"", "when = \"not has gudok\"", menus, "the pack sells no gudok"},
    {menus, "when = \"portal\"", "when = \"has small\"", menus, "small, which is a promised payment"},
    {menus, "when = \"portal\"", "when = \"connected beep\"", menus, "\"connected beep\" is no condition"},
    {menus, "opens = \"connect_terms\", when = \"not connected\"",
     "opens = \"connect_terms\", when = \"connected\"", menus, "service shows no item where not connected",
     "[menu.service]"},
    {menus, "does = \"issue_password\"", "does = \"issue_pasword\"", menus,
     "there is no action issue_pasword"},
    {menus, "7 = { opens = \"password\" }", "07 = { opens = \"password\" }", menus,
     "the key 07 begins with 0"},
    {menus, "7 = { opens = \"password\" }", "9 = { opens = \"password\" }", menus,
     "the key 9 is not one of 1 to 8"},
    {menus, "7 = { opens = \"password\" }", "8 = { opens = \"password\" }", menus,
     "not TOML: 8 is given twice, first at line", "8 = { opens = \"more\" }"},
    {menus, "7 = { opens = \"password\" }", "7 = \"password\"", menus, "7 must be a table"},
    {menus, "8 = { opens = \"more\" }", "8 = { opens = \"account\" }", menus,
     "account stands above this item"},
    {menus, "language = \"ru\"", "language = \"uk\"", menus, "the pack has no language \"uk\""},
    {menus, "stays = true", "stays = 1", menus, "stays must be true or false"},
    {menus, "rule = \"password\"", "rule = \"pin\"", menus, "there is no rule pin for entries"},
    {menus, "retries = 3", "retries = 10", menus, "retries is 10, not 1 to 9"},
    {menus, "[prompt.own_password]", "[prompt.mine]", menus, "there is no screen own_password",
     "\"*105*01#\" = {"},
    {menus, "[menu.help]\n", "[menu.help]\n\n[menu.island]\n", menus, "no code and no menu leads to island",
     "[menu.island]"},
    {menus, "missed = { price = \"0\", fee = \"1\", period = \"1d\" }", "missed = { period = \"1d\" }", menus,
     "missed has neither price nor fee: is it free, then say fee = \"0\""},
    {menus, "account = \"*105#\"", "office = \"0500\"\naccount = \"*105#\"", menus,
     "no text says the word office"},
    {menus, "\"*105*01#\" = { opens = \"own_password\" }", "\"*105*7*1#\" = { opens = \"own_password\" }",
     menus, "*105*7*1# is the path to the item at line"},
    {menus, "[prompt.own_password]", "[prompts.own_password]", menus, "there is no setting prompts here"},
    {menus, "\"0001100\"", "\"000110\"", menus, "the short number 000110 is given twice"},
    {menus, "\"0001100\"", "1100", menus, "numbers must be a list of texts"},
    {menus, "help = \"help_own\"", "hepl = \"help_own\"", menus, "there is no setting hepl here"},
    {menus, "PAS = {", "\"PAS WORD\" = {", menus, "a keyword is one word: \"PAS WORD\""},
    {menus, "PAS = { does = \"choose_password\" }", "PAS = { opens = \"own_password\" }", menus,
     "only a code or an item of a menu opens a screen"},
    {menus, "unknown = {", "unknwon = {", menus, "unknwon is no service code"},
    {ru, "alphabet = \"ucs2\"", "alphabet = \"utf8\"", ru, "alphabet is \"utf8\""},
    {ru, "time = \"dd.MM HH:mm\"", "time = \"day.month\"", ru, "is no form of a time"},
    {ru, "back = \"0 Назад\"", "bakc = \"0 Назад\"", ru, "nothing uses the text nav.bakc"},
    {ru, "back = \"0 Назад\"", "back = 0", ru, "nav.back must be a text in quotes"},
    {en, "exit = \"0 Exit\"\n", "", en, "the text nav.exit is missing", "# English"},
    {ru, "7 = \"Пароль и вход\"", "9 = \"Пароль и вход\"", ru, "nothing uses the text menu.account.9"},
    {ru, "{until}. Старый", "{untill}. Старый", ru, "{untill} is neither a placeholder nor a word"},
    {ru, "Пароль: {password}", "Пароль {password}", ru, "{password} stands after a colon"},
    {ru, "Никому не говорите", "Никому его не говорите", ru,
     "issue_password.issued.sms is too long: 72 characters of 70"},
    {ru, "{login}\\nОдин вход, до {until}", "{until}", ru, ""},
    {en, "Type the new password once more.", "Type the new password – again.", en,
     "'–' is not in the GSM 7-bit alphabet"},
    {en, "The SIM card was", "The SIM card of {login} was", en, "can't say {login}"},
    {ru, "1 = \"Новый пароль\"", "1 = \"\"", ru, "menu.password.1 is empty"},
    {menus, "kinds = 1 ", "kinds = 4 ", menus, "kinds is 4, not 1 to 3"},
    {menus, "dialled = false", "dialled = \"no\"", menus, "dialled must be true or false"},
    {menus, "opens = \"help\"", "tells = \"help\"", menus, "no code and no menu leads to help",
     "[menu.help]"},
    {menus, "beep = { price = \"0\",", "beep = { sold = false, price = \"0\",", menus,
     "beep isn't sold any more, and service sells it", "1 = { opens = \"service\", offer = \"beep\" }"},
    {menus, "web_day = { price", "web_day = { sold = false, price", menus,
     "web_day isn't sold any more, and single_package sells it",
     "4 = { opens = \"single_package\", offer = \"web_day\" }"},
    {menus, "2 = { opens = \"package_stop\"", "2 = { opens = \"disconnect_terms\"", menus,
     "package asks about offers of two kinds", "[menu.package]"},
    {menus,
     "[tariff]\nall_simple = { fee = \"0\", default = true }   # of those who chose none: it has no fee\n"
     "turn_on = { price = \"0\", fee = \"450\", period = \"30d\" }\n"
     "maximum = { price = \"100\", fee = \"800\", period = \"30d\" }\n",
     "", menus, "show_tariff needs a tariff that the pack has",
     "1 = { does = \"show_tariff\", stays = true }"},
};

} // namespace

TEST_CASE("no shipped pack has anything wrong with it") {
    for (const std::string& name : shipped_packs())
        for (const finding& one : examine(shipped_pack(name)))
            FAIL_CHECK(name << '/' << one.file << ':' << one.line << ": " << one.what);
}

TEST_CASE("each mistake in a pack is refused with its file and line and reason") {
    for (const mistake& one : mistakes) {
        CAPTURE(one.is);
        CAPTURE(one.said);
        pack_files files = shipped_pack();
        std::string& text = find_file(files, one.file);
        const std::size_t at = text.find(one.was);
        REQUIRE(at != std::string::npos);
        text.replace(at, one.was.size(), one.is);
        const std::vector<finding> findings = examine(files);
        if (one.said.empty()) {
            CHECK(findings.empty());
            continue;
        }
        const auto found = std::ranges::find_if(findings, [&](const finding& said) {
            return said.file == one.where && said.what.find(one.said) != std::string::npos;
        });
        REQUIRE(found != findings.end());
        CHECK(found->line == line_of(text, one.stands_at.empty() ? at : text.find(one.stands_at)));
        CHECK(is_refused(findings));
    }
}

TEST_CASE("every syntax error comes at once and then everything else") {
    pack_files files = shipped_pack();
    files.menus.text += "\nbroken";
    for (named_text& text : files.texts)
        text.text += "\nbroken";
    std::vector<finding> findings;
    (void)read_pack(files, {}, findings);
    CHECK(std::ranges::count_if(findings,
                                [](const finding& one) { return one.what.starts_with("not TOML"); }) == 3);
}

TEST_CASE("a text file of a language the pack doesn't name is refused") {
    pack_files files = shipped_pack();
    files.texts.push_back({"texts/tt.toml", files.texts.front().text});
    CHECK(examine(files).front().what == "languages doesn't name tt");
}

TEST_CASE("a language without its file is refused") {
    pack_files files = shipped_pack();
    files.texts.erase(files.texts.begin());
    const std::vector<finding> findings = examine(files);
    REQUIRE_FALSE(findings.empty());
    CHECK(findings.front().what == "texts/en.toml is missing");
    CHECK(findings.size() == 1);
}

TEST_CASE("the block list is read without its remarks and in lower case") {
    pack_files files = shipped_pack();
    files.blocklist = "# remark\r\n\r\nQwertyUI\r\nabcdefgh\n";
    std::vector<finding> findings;
    CHECK(read_pack(files, {}, findings).passwords.blocklist ==
          std::vector<std::string>{"abcdefgh", "qwertyui"});
}

TEST_CASE("settings of a pack are what its file says") {
    std::vector<finding> findings;
    const auto pack = load_pack(shipped_folder() / "operators/megafon", {}, findings);
    REQUIRE(pack);
    CHECK(findings.empty());
    CHECK(pack->passwords.show == menus::password_shown::both);
    CHECK(pack->passwords.life == std::chrono::hours{24});
    CHECK(pack->passwords.min_length == 8);
    CHECK_FALSE(pack->passwords.may_be_dialled);
    CHECK(pack->passwords.blocklist.size() > 50);
    CHECK(pack->allowed.passwords_per_hour == 3);
    CHECK(pack->allowed.passwords_per_day == 10);
    CHECK(pack->allowed.wrong_passwords == 5);
    CHECK(pack->languages.size() == 2);
}

TEST_CASE("a shipped pack has its operator's name, portal and codes, and its own rule for the first login") {
    struct row {
        const char* folder;
        const char* sender;
        const char* portal;
        const char* support;
        const char* account;
        bool must_change;
    };
    constexpr row rows[] = {
        {"megafon", "MegaFon", "lk.megafon.ru", "0550", "*105#", false},
        {"mts", "MTS", "lk.mts.ru", "0890", "*111#", true},
        {"tele2", "Tele2", "my.tele2.ru", "611", "*105#", false},
    };
    REQUIRE(shipped_packs().size() == std::size(rows));
    for (const row& wanted : rows) {
        CAPTURE(wanted.folder);
        std::vector<finding> findings;
        const auto pack = load_pack(shipped_folder() / "operators" / wanted.folder, {}, findings);
        REQUIRE(pack);
        CHECK(pack->name == wanted.folder);
        CHECK(pack->sender == wanted.sender);
        CHECK(pack->words.at("portal") == wanted.portal);
        CHECK(pack->words.at("support") == wanted.support);
        CHECK(pack->words.at("account") == wanted.account);
        CHECK(pack->words.contains("new_password"));
        CHECK(pack->logins.must_change == wanted.must_change);
        CHECK(pack->passwords.blocklist.size() > 50);
    }
}

TEST_CASE("contacts are told in the order of their lines, whatever they are called") {
    pack_files files = shipped_pack();
    std::string& text = files.menus.text;
    const std::string was = "support = \"0550\"\nportal = \"lk.megafon.ru\"\n";
    const std::size_t at = text.find(was);
    REQUIRE(at != std::string::npos);
    text.replace(at, was.size(), "zulu = \"1\"\nportal = \"2\"\nalpha = \"3\"\nsupport = \"4\"\n");
    std::vector<finding> findings;
    std::string order;
    for (const auto& [name, address] : read_pack(files, {}, findings).contacts)
        order += name + address.text + ' ';
    CHECK(order == "zulu1 portal2 alpha3 support4 ");
    CHECK(findings.empty());
}

TEST_CASE("every code that the texts of a shipped pack name leads somewhere") {
    const std::regex code{R"(\*[0-9*]+#)"};
    for (const std::string& name : shipped_packs()) {
        CAPTURE(name);
        std::vector<finding> findings;
        const auto pack = load_pack(shipped_folder() / "operators" / name, {}, findings);
        REQUIRE(pack);
        std::string said = pack->words.at("account") + pack->words.at("new_password");
        for (const named_text& file : shipped_pack(name).texts)
            said += file.text;
        for (std::sregex_iterator each{said.begin(), said.end(), code}, last; each != last; ++each) {
            const std::string dialled = each->str();
            CAPTURE(dialled);
            const menus::step taken = menus::dial(*pack, dialled, {}, {{}, {}, menus::sources::all()});
            if (const auto* shown = std::get_if<menus::show>(&taken))
                CHECK(shown->at.wrong == 0);
            else if (const auto* asked = std::get_if<menus::perform>(&taken))
                CHECK(menus::kind_of(asked->asked) != menus::action_kind::tell);
            else
                FAIL_CHECK("it ends the dialogue");
        }
        const menus::step asked = menus::dial(*pack, pack->words.at("new_password"), {});
        REQUIRE(std::holds_alternative<menus::perform>(asked));
        CHECK(menus::kind_of(std::get<menus::perform>(asked).asked) == menus::action_kind::issue_password);
    }
}

TEST_CASE("a folder without a pack is refused and nothing is loaded") {
    std::vector<finding> findings;
    CHECK_FALSE(load_pack(shipped_folder() / "operators/nobody", {}, findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().what == "can't be read: No such file or directory");
}

} // namespace pack_toml_test
