#include "menus/machine.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace machine_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

place shown(const step& taken) {
    REQUIRE(std::holds_alternative<show>(taken));
    return std::get<show>(taken).at;
}

const perform& performed(const step& taken) {
    REQUIRE(std::holds_alternative<perform>(taken));
    return std::get<perform>(taken);
}

const end& ended(const step& taken) {
    REQUIRE(std::holds_alternative<end>(taken));
    return std::get<end>(taken);
}

place dialled(std::string_view code, language reads = russian) {
    return shown(dial(sample_pack(), code, reads));
}

std::string screen_at(const place& at) {
    const screen* found = find_screen(sample_pack(), at);
    return found == nullptr ? "" : found->name;
}

} // namespace

TEST_CASE("each way of dialling a code leads to the same screen") {
    for (const char* code :
         {"*105#", "*105", "105", "#105#", " 105 ", "105#", "１０５", "＊１０５＃", "*105#\r\n"}) {
        CAPTURE(code);
        CHECK(screen_at(dialled(code)) == "account");
    }
}

TEST_CASE("keys dialled after a code are taken one after another") {
    CHECK(screen_at(dialled("*105*7#")) == "password");
    CHECK(screen_at(dialled(" 105 7 ")) == "password");
    CHECK(screen_at(dialled("*105*1#")) == "balance");
    CHECK(kind_of(performed(dial(sample_pack(), "*105*7*1#", russian)).asked) == action_kind::issue_password);
    CHECK(kind_of(performed(dial(sample_pack(), "*105*2#", russian)).asked) == action_kind::issue_password);
}

TEST_CASE("the longest service code leads so that 00 is never a path") {
    CHECK(kind_of(performed(dial(sample_pack(), "*105*00#", russian)).asked) == action_kind::issue_password);
    CHECK(screen_at(dialled("*105*01#")) == "own");
    CHECK(screen_at(dialled("*105*7*2#")) == "own");
}

TEST_CASE("a wrong key in a dialled path shows the menu it was meant for") {
    for (const char* code :
         {"*105*5#", "*105*0#", "*105*9#", "*105*77#", "*105**7#", "*105*2*1#", "*105*x#"}) {
        CAPTURE(code);
        const place at = dialled(code);
        CHECK(screen_at(at) == "account");
        CHECK(at.wrong == 1);
    }
    CHECK(screen_at(dialled("*105*7*5#")) == "password");
}

TEST_CASE("a dialled path stops at a confirmation") {
    CHECK(screen_at(dialled("*105*3#")) == "order");
    const place stopped = dialled("*105*3*1#");
    CHECK(screen_at(stopped) == "order");
    CHECK(stopped.wrong == 0);
    CHECK(kind_of(performed(type(stopped, "1")).asked) == action_kind::list_archive);
}

TEST_CASE("an unknown code says so") {
    for (const char* code :
         {"*999#", "", "#", "*106#", "*105*00*1#", "*1*2*3*4*5*6*7*8*9*1*2*3*4*5*6*7*8*9*1*2*3*4*5*6*7#"}) {
        CAPTURE(code);
        CHECK(seen(dial(sample_pack(), code, russian)) == "Нет такого кода.");
    }
}

TEST_CASE("an unknown code may open a screen") {
    draft pack = sample_draft();
    pack.unknown_code = leads_to("account");
    std::erase_if(pack.languages[0].texts,
                  [](const draft_text& text) { return text.name == "no_such_code"; });
    const definition made = define(pack);
    const step taken = dial(made, "*999*7#", russian);
    CHECK(seen(taken, made).starts_with("Баланс 120,50 р."));
    CHECK(view(write_code(made, std::get<show>(taken).at)) == "*105#");
}

TEST_CASE("0 goes up and from the first page of the top menu ends the dialogue") {
    const place deep = dialled("*105*7*2#");
    const place password = shown(type(deep, "0"));
    CHECK(screen_at(password) == "password");
    const place account = shown(type(password, "0"));
    CHECK(screen_at(account) == "account");
    CHECK(account.page == 1);
    const place first = shown(type(account, "0"));
    CHECK(first.page == 0);
    CHECK(seen(type(first, "0")) == "До свидания: *105#");
}

TEST_CASE("00 goes home from a menu and is an entry in a prompt") {
    CHECK(screen_at(shown(type(dialled("*105*7#"), "00"))) == "account");
    const place prompt = shown(type(dialled("*105*01#"), "00"));
    CHECK(screen_at(prompt) == "own");
    CHECK(prompt.refused == refusal::too_short);
}

TEST_CASE("9 turns the page and beyond the last page is a wrong key") {
    const place first = dialled("*105#");
    const place second = shown(type(first, "9"));
    CHECK(second.page == 1);
    const place still = shown(type(second, "9"));
    CHECK(still.page == 1);
    CHECK(still.wrong == 1);
    CHECK(shown(type(dialled("*105#", english), "9")).wrong == 1);
}

TEST_CASE("the key of any page is taken on every page") {
    const place first = dialled("*105#");
    CHECK(screen_at(shown(type(first, "7"))) == "password");
    CHECK(screen_at(shown(type(shown(type(first, "9")), "1"))) == "balance");
}

TEST_CASE("keys are read in whatever form a phone sends them") {
    const place first = dialled("*105#");
    for (const char* key : {"7", " 7", "7\r", "７", "\u00A07 "}) {
        CAPTURE(key);
        CHECK(screen_at(shown(type(first, key))) == "password");
    }
}

TEST_CASE("a wrong key repeats the screen and the third ends with the direct code") {
    place at = dialled("*105*7#");
    for (int times = 0; times < 2; ++times)
        at = shown(type(at, "5"));
    CHECK(at.wrong == 2);
    CHECK(seen(type(at, "")) == "Прямой код: *105*7#");
}

TEST_CASE("a right key forgets the wrong ones before it") {
    const place wrong = shown(type(dialled("*105#"), "5"));
    CHECK(wrong.wrong == 1);
    CHECK(shown(type(wrong, "7")).wrong == 0);
    CHECK(shown(type(wrong, "9")).wrong == 0);
}

TEST_CASE("a gap in the keys leads nowhere") {
    CHECK(shown(type(dialled("*105#"), "5")).wrong == 1);
}

TEST_CASE("an item that only tells ends the dialogue with its text") {
    CHECK(ended(type(dialled("*105#"), "4")).text == "closed.screen");
}

TEST_CASE("an action that stays leaves a place to go on from") {
    const step taken = type(dialled("*105#"), "6");
    const perform& asked = performed(taken);
    CHECK(std::get<set_language>(asked.asked).chosen == english);
    REQUIRE(asked.back);
    CHECK(screen_at(*asked.back) == "account");
    CHECK(screen_at(shown(type(*asked.back, "0"))) == "account");
    CHECK(shown(type(*asked.back, "0")).standing == stage::asked);
    CHECK(screen_at(shown(type(*asked.back, "7"))) == "password");
    CHECK(shown(type(*asked.back, "9")).wrong == 1);
}

TEST_CASE("an action that ends leaves no place") {
    CHECK_FALSE(performed(type(dialled("*105#"), "2")).back);
}

TEST_CASE("a new password is asked for twice and then chosen") {
    const place first = dialled("*105*01#");
    const place second = shown(type(first, "fake-Secret1"));
    CHECK(second.standing == stage::again);
    CHECK(second.first_entry != fingerprint{});
    const step taken = type(second, " fake-Secret1 ");
    CHECK(std::get<choose_password>(performed(taken).asked).chosen.reveal() == "fake-Secret1");
}

TEST_CASE("two entries that differ start the prompt again") {
    const place second = shown(type(dialled("*105*01#"), "fake-Secret1"));
    const place again = shown(type(second, "fake-Secret2"));
    CHECK(again.standing == stage::asked);
    CHECK(again.refused == refusal::mismatch);
    CHECK(again.first_entry == fingerprint{});
    CHECK(shown(type(again, "fake-Secret1")).refused == refusal::none);
}

TEST_CASE("the third refused entry ends the prompt with its code") {
    place at = dialled("*105*7*2#");
    at = shown(type(at, "short"));
    CHECK(at.refused == refusal::too_short);
    at = shown(type(at, "fake secret"));
    CHECK(at.refused == refusal::blanks);
    CHECK(seen(type(at, "")) == "Прямой код: *105*7*2#");
}

TEST_CASE("a lone 0 leaves a prompt") {
    CHECK(ended(type(dialled("*105*01#"), "0")).text == "nav.bye");
    CHECK(screen_at(shown(type(dialled("*105*7*2#"), "０"))) == "password");
    const place second = shown(type(dialled("*105*7*2#"), "fake-Secret1"));
    CHECK(screen_at(shown(type(second, "0"))) == "password");
}

TEST_CASE("a dialled password opens the prompt where the pack doesn't take it") {
    const place prompt = dialled("*105*01*fake-Secret1#");
    CHECK(screen_at(prompt) == "own");
    CHECK(prompt.wrong == 0);
}

TEST_CASE("a dialled password is chosen where the pack takes it") {
    draft pack = sample_draft();
    pack.passwords.may_be_dialled = true;
    const definition made = define(pack);
    const step taken = dial(made, "*105*01*fake-Secret1#", russian);
    CHECK(std::get<choose_password>(performed(taken).asked).chosen.reveal() == "fake-Secret1");
    CHECK(seen(dial(made, "*105*01*fake*Secret1#", russian), made) == "Знаки.");
    CHECK(seen(dial(made, "*105*01*fake#Secret1#", russian), made) == "Знаки.");
}

TEST_CASE("a place that isn't of this pack ends the dialogue and breaks nothing") {
    place foreign;
    foreign.code = 999;
    CHECK(find_screen(sample_pack(), foreign) == nullptr);
    CHECK(ended(type(foreign, "1")).text == "wrong.end");
    foreign.code = 0;
    foreign.depth = 8;
    foreign.keys.fill(255);
    CHECK(find_screen(sample_pack(), foreign) == nullptr);
    foreign.depth = 200;
    CHECK(find_screen(sample_pack(), foreign) == nullptr);
}

} // namespace machine_test
