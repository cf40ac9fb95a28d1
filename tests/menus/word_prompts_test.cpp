// Number and code word of somebody whose phone is gone: asked for one after the other, or texted together.
#include "menus/commands.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace word_prompts_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

draft with_prompts() {
    draft pack = sample_draft();
    pack.short_numbers[0].keywords.push_back({"UNBLOCK", acts("unblock_other")});
    return pack;
}

definition served() {
    const std::vector<finding> findings = validate(with_prompts());
    for (const finding& each : findings)
        MESSAGE(describe(each));
    REQUIRE(findings.empty());
    return define(with_prompts());
}

draft_screen& screen_called(draft& pack, std::string_view name) {
    return *std::ranges::find(pack.screens, name, &draft_screen::name);
}

bool complains(const draft& pack, std::string_view of) {
    return std::ranges::any_of(
        validate(pack), [&](const finding& each) { return describe(each).find(of) != std::string::npos; });
}

const number_and_word& typed_of(const command_read& command) {
    return std::get<unblock_other>(command.asked);
}

} // namespace

TEST_CASE("the number is kept until the word was typed, and a word is whatever it is") {
    const definition pack = served();
    for (const char* word : {"мурзик", "два слова", "1234", "00"}) {
        const step asked = dial(pack, "*105*15#", russian);
        const step number = type(std::get<show>(asked).at, "8 (926) 333-44-55", pack);
        const step done = type(std::get<show>(number).at, word, pack);
        const auto& blocked = std::get<block_other>(std::get<perform>(done).asked);
        CHECK(blocked.whose == msisdn::from_digits(79263334455));
        CHECK(blocked.word.reveal() == word);
    }
    const step back =
        type(std::get<show>(type(std::get<show>(dial(pack, "*105*15#", russian)).at, "9263334455", pack)).at,
             "0", pack);
    CHECK(std::get<show>(back).at.depth == 0);
}

TEST_CASE("a word is never dialled: it would stay in the phone's list of calls") {
    const definition pack = served();
    const step dialled = dial(pack, "*105*15*9263334455*1234#", russian);
    REQUIRE(std::holds_alternative<show>(dialled));
    CHECK(std::get<show>(dialled).at.depth == 1);
    CHECK(std::get<show>(dialled).at.number == 79263334455);
}

TEST_CASE("by SMS the number stands before the word") {
    const definition pack = served();
    const auto read = [&](const char* text) { return *read_command(pack, "000110", text); };
    const command_read whole = read("unblock  +79263334455 два  слова ");
    CHECK(typed_of(whole).whose == msisdn::from_digits(79263334455));
    CHECK(typed_of(whole).word.reveal() == "два  слова");
    for (const char* text :
         {"UNBLOCK", "UNBLOCK мурзик", "UNBLOCK мурзик 9263334455", "UNBLOCK 0611 мурзик"}) {
        CAPTURE(text);
        CHECK(typed_of(read(text)).whose == msisdn{});
    }
    CHECK(typed_of(read("UNBLOCK 89263334455")).word.empty());
}

TEST_CASE("a pack asks for the number first, and for a word only where one is looked at") {
    draft without_number = with_prompts();
    without_number.codes.push_back({"*105*16#", leads_to("lost_word")});
    CHECK(complains(without_number, "lost_word wants a prompt of rule number before it"));
    draft other_rule = with_prompts();
    screen_called(other_rule, "lost_word").rule.text = "password";
    CHECK(complains(other_rule, "the rule word is for block_other and unblock_other"));
    draft other_action = with_prompts();
    screen_called(other_action, "own").rule.text = "word";
    CHECK(complains(other_action, "the rule word is for block_other and unblock_other"));
    draft no_prompt = with_prompts();
    no_prompt.codes.push_back({"*105*16#", acts("unblock_other")});
    CHECK(complains(no_prompt, "unblock_other needs an entry"));
}

} // namespace word_prompts_test
