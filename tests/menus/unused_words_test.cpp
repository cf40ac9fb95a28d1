#include "menus/unused_words.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace unused_words_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

std::vector<finding> found_in(const draft& pack) {
    std::vector<finding> findings;
    refuse_unused_words(pack, find_doubts(pack), findings);
    return findings;
}

draft with_word(std::string name) {
    draft pack = sample_draft();
    pack.words.push_back({std::move(name), {"9", {"menus.toml", 8}}});
    return pack;
}

} // namespace

TEST_CASE("a word that no text says is refused where it stands") {
    const auto said = found_in(with_word("office"));
    REQUIRE(said.size() == 1);
    CHECK(said.front().what == "no text says the word office");
    CHECK(said.front().line == 8);
}

TEST_CASE("a word is used by one text of one language, or by the pages") {
    draft pack = with_word("office");
    put_text(pack, 1, "help", "Office {office}");
    CHECK(found_in(pack).empty());
    CHECK(found_in(with_word("new_password")).empty());
    CHECK(found_in(with_word("support")).empty());
}

TEST_CASE("a contact that only the portal tells is a warning, whatever its own texts say") {
    draft pack = sample_draft();
    pack.contacts.emplace_back("chat", marked_text{"chat.example.ru", {"menus.toml", 12}});
    put_text(pack, 0, "contact.chat.title", "Чат {chat}");
    const auto said = found_in(pack);
    REQUIRE(said.size() == 1);
    CHECK(said.front().what == "no text says the contact chat: only the portal tells it");
    CHECK(said.front().line == 12);
    CHECK(said.front().weighs == finding::weight::warning);
    put_text(pack, 1, "help", "Chat: {chat}, {site}");
    CHECK(found_in(pack).empty());
}

TEST_CASE("nothing is told of words where a text isn't known") {
    draft pack = with_word("office");
    pack.languages[0].texts.front().is_known = false;
    CHECK(found_in(pack).empty());
    pack = with_word("office");
    pack.languages[1].is_read = false;
    CHECK(found_in(pack).empty());
}

} // namespace unused_words_test
