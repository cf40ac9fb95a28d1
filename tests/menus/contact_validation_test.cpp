#include "menus/contact_validation.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace contact_validation_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

std::vector<finding> found_in(const draft& pack) {
    std::vector<finding> findings;
    validate_contacts(pack, findings);
    return findings;
}

draft with_contact(std::string address, std::string name = "chat", std::uint32_t line = 12) {
    draft pack = sample_draft();
    pack.contacts.emplace_back(std::move(name), marked_text{std::move(address), {"menus.toml", line}});
    return pack;
}

} // namespace

TEST_CASE("an address is a number, a site or whatever else can be read on one line") {
    for (const char* address : {"0550", "8-800-333-0890", "+7 (495) 111-22-33", "*111#", "lk.mts.ru",
                                "https://t.me/operator?start=1", "help@example.ru", "чат.рф", "a"}) {
        CAPTURE(address);
        CHECK(found_in(with_contact(address)).empty());
    }
    CHECK(found_in(with_contact(std::string(60, '1'))).empty());
}

TEST_CASE("an address that is empty, too long or can't be seen whole is refused where it stands") {
    const std::string unseen[] = {"",
                                  std::string(61, '1'),
                                  " 0550",
                                  "0550 ",
                                  " ",
                                  "0550\n0551",
                                  "05\t50",
                                  "0550\x7f",
                                  "05\u00A0\u00A050",
                                  "\u202E0550",
                                  "0550\u200B",
                                  "\uFEFF0550",
                                  "05\u202850",
                                  "0550\u00AD1",
                                  "05\u206650",
                                  "05\xff-50",
                                  std::string{"05\0", 3}};
    for (const std::string& address : unseen) {
        CAPTURE(address);
        const auto said = found_in(with_contact(address));
        REQUIRE(said.size() == 1);
        CHECK(said[0].what ==
              "the address of the contact chat must be 1 to 60 characters that can be seen, with "
              "blanks only between them");
        CHECK(said[0].line == 12);
        CHECK(is_refused(said));
    }
}

TEST_CASE("a name that is a word, too, is refused where the word stands: its address is in one place") {
    draft pack = with_contact("0551", "office");
    pack.words.emplace_back("office", marked_text{"0500", {"menus.toml", 8}});
    const auto said = found_in(pack);
    REQUIRE(said.size() == 1);
    CHECK(said[0].what ==
          "the word office is a contact already, at line 12, whose address texts say as {office}");
    CHECK(said[0].line == 8);
}

TEST_CASE("contacts on one line have no order, so each wants its own") {
    const auto said = found_in(with_contact("chat.example.ru", "chat", 11));
    REQUIRE(said.size() == 1);
    CHECK(said[0].what ==
          "the contact chat wants a line of its own: contacts are told in the order of their lines");
}

TEST_CASE("a contact is called as a word is") {
    for (const char* name : {"until", "My chat", "чат", ""}) {
        CAPTURE(name);
        const auto said = validate(with_contact("0551", name));
        CHECK(std::ranges::any_of(said, [&](const finding& one) {
            return one.what == "a contact can't be called " + std::string{name} && one.line == 12;
        }));
    }
}

TEST_CASE("what a contact is and when it answers are wanted in each language, and of contacts alone") {
    draft pack = with_contact("chat.example.ru");
    put_text(pack, 0, "help", "Чат: {chat}, {site}");
    put_text(pack, 0, "contact.chat.title", "Чат");
    put_text(pack, 0, "contact.chat.hours", "по будням");
    put_text(pack, 1, "contact.chatt.title", "Chat");
    std::vector<std::string> said;
    for (const finding& one : validate(pack))
        said.push_back(describe(one));
    CHECK(said ==
          std::vector<std::string>{
              "en.toml:1: the text contact.chat.hours is missing; menus.toml:12 asks for it",
              "en.toml:1: the text contact.chat.title is missing; menus.toml:12 asks for it, and there is "
              "contact.chatt.title, which nothing uses",
              "text.toml:7: nothing uses the text contact.chatt.title: did you mean contact.chat.title?"});
    put_text(pack, 1, "contact.chat.title", "Chat of {login}");
    CHECK(std::ranges::any_of(validate(pack), [](const finding& one) {
        return one.what == "contact.chat.title can't say {login}";
    }));
}

TEST_CASE("a served pack has its contacts in the order of its lines, and each is a word for texts") {
    const definition& pack = sample_pack();
    REQUIRE(pack.contacts.size() == 2);
    CHECK(pack.contacts[0].name == "support");
    CHECK(pack.contacts[0].address == "0550");
    CHECK(pack.contacts[1].name == "site");
    CHECK(pack.words.at("site") == "lk.example.ru");
    const auto hours = pack.find_text(hours_of_contact("site"));
    REQUIRE(hours);
    CHECK(pack.speak(english).texts[*hours].pieces.front().words == "on workdays");
}

TEST_CASE("a code in an address that leads nowhere is a warning") {
    draft pack = sample_draft();
    pack.contacts[0].second.text = "*106#";
    const auto said = validate(pack);
    REQUIRE(said.size() == 1);
    CHECK(said[0].what.starts_with("the contact support names *106#, which leads nowhere"));
    CHECK_FALSE(is_refused(said));
}

} // namespace contact_validation_test
