// Going on where a dialogue broke.
#include "menus/machine.hpp"
#include "menus/page.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace resume_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

draft resuming_draft(std::initializer_list<std::pair<const char*, resume_policy>> policies) {
    draft pack = sample_draft();
    for (const auto& [name, policy] : policies)
        std::ranges::find(pack.screens, name, &draft_screen::name)->resume = policy;
    put_text(pack, 0, "nav.resume", "Вы не закончили.\n1 Продолжить\n2 Сначала");
    put_text(pack, 1, "nav.resume", "You did not finish.\n1 Go on\n2 From the start");
    return pack;
}

definition resuming(std::initializer_list<std::pair<const char*, resume_policy>> policies) {
    return define(resuming_draft(policies));
}

place at(const definition& pack, std::string_view dialled) {
    return std::get<show>(dial(pack, dialled, english)).at;
}

std::string name_at(const definition& pack, const std::optional<place>& where) {
    const screen* here = where ? find_screen(pack, *where) : nullptr;
    return here == nullptr ? "" : here->name;
}

std::string text_at(const definition& pack, const place& where) {
    return std::string{view(*render(pack, where))};
}

} // namespace

TEST_CASE("without a word of the pack's a dialogue that broke starts anew") {
    for (const char* code : {"*105#", "*105*7#", "*105*3#", "*105*7*2#", "*105*09#"})
        CHECK_FALSE(find_resumption(sample_pack(), at(sample_pack(), code)));
}

TEST_CASE("it goes on where it broke, at the page it broke at, with what is typed counted anew") {
    const definition pack =
        resuming({{"account", resume_policy::proceed}, {"password", resume_policy::proceed}});
    CHECK(name_at(pack, find_resumption(pack, at(pack, "*105*7#"))) == "password");
    place second = std::get<show>(dial(pack, "*105#", russian)).at;
    CHECK_FALSE(find_resumption(pack, second)); // the start
    second.page = 1;
    second.wrong = 2;
    second.known = second.asked = sources::all();
    const auto back = find_resumption(pack, second);
    REQUIRE(back);
    CHECK(back->page == 1);
    CHECK(back->wrong == 0);
    CHECK(back->asked.empty());
    CHECK(back->known.empty());
}

TEST_CASE("the policy is that of the menu where it broke, else of the one above") {
    const definition pack = resuming({{"account", resume_policy::proceed}});
    CHECK_FALSE(find_resumption(pack, at(pack, "*105*7#")));
    CHECK_FALSE(find_resumption(pack, at(pack, "*105*1#")));
}

TEST_CASE("never at a confirmation but before it") {
    const definition pack = resuming({{"account", resume_policy::proceed}});
    const auto back = find_resumption(pack, at(pack, "*105*3#"));
    REQUIRE(!back); // before it is the first page of the top menu: the start
    place on_second = std::get<show>(dial(pack, "*105*3#", russian)).at;
    on_second.keys[0] = 7; // as if the second page had led there
    draft drawn = resuming_draft({{"account", resume_policy::proceed}});
    std::ranges::find(drawn.screens, "account", &draft_screen::name)->items[5].leads.opens = "order";
    const definition other = define(drawn);
    const auto before = find_resumption(other, on_second);
    REQUIRE(before);
    CHECK(name_at(other, before) == "account");
    CHECK(before->page == 1);
    CHECK(before->depth == 0);
}

TEST_CASE("nor at a prompt for a secret, and nothing of what was typed there is kept") {
    const definition pack = resuming({{"password", resume_policy::proceed}});
    place again = at(pack, "*105*7*2#");
    again.standing = stage::again;
    again.first_entry.fill(7);
    const auto before = find_resumption(pack, again);
    REQUIRE(before);
    CHECK(name_at(pack, before) == "password");
    CHECK(before->first_entry == fingerprint{});
    CHECK(before->standing == stage::asked);
    CHECK_FALSE(find_resumption(pack, at(pack, "*105*01#"))); // nothing is before it
}

TEST_CASE(
    "at the prompts of a transfer it goes on by the policy of the menu above, its confirmation behind it") {
    draft drawn = resuming_draft({{"password", resume_policy::proceed}});
    std::ranges::find(drawn.screens, "password", &draft_screen::name)->items[1].leads = leads_to("whom");
    const definition pack = define(drawn);
    const place whom = at(pack, "*105*7*2#");
    CHECK(name_at(pack, find_resumption(pack, whom)) == "whom");
    const place how_much = std::get<show>(type(whom, "9262223344", pack)).at;
    const place terms = std::get<show>(type(how_much, "100", pack)).at;
    REQUIRE(find_screen(pack, terms)->kind == screen_kind::confirmation);
    const auto back = find_resumption(pack, terms);
    CHECK(name_at(pack, back) == "how_much");
    CHECK(back->number == 79262223344);
}

TEST_CASE("where the pack wants it the subscriber is asked whether to go on") {
    const definition pack = resuming({{"password", resume_policy::ask}});
    const auto question = find_resumption(pack, at(pack, "*105*7#"));
    REQUIRE(question);
    CHECK(text_at(pack, *question) == "You did not finish.\n1 Go on\n2 From the start\n0 Exit");
    CHECK(wanted_at(pack, *question).empty());
    CHECK(seen(type(*question, "1", pack), pack).starts_with("Password\n1 New\n"));
    CHECK(seen(type(*question, "2", pack), pack).starts_with("Balance 120.50 RUB\n"));
    CHECK(seen(type(*question, "00", pack), pack).starts_with("Balance 120.50 RUB\n"));
    CHECK(seen(type(*question, "１", pack), pack).starts_with("Password\n1 New\n"));
    CHECK(std::holds_alternative<end>(type(*question, "0", pack)));
    place wrong = std::get<show>(type(*question, "7", pack)).at;
    CHECK(text_at(pack, wrong).starts_with("No such item.\nYou did not finish.\n"));
    wrong = std::get<show>(type(wrong, "", pack)).at;
    CHECK(std::holds_alternative<end>(type(wrong, "3", pack)));
    CHECK(find_resumption(pack, wrong) == question); // it broke at the question
}

TEST_CASE("a pack that asks has the question, with both ways on lines of their own") {
    draft pack = resuming_draft({{"password", resume_policy::ask}});
    CHECK(validate(pack).empty());
    put_text(pack, 1, "nav.resume", "1 Go on or 2 start");
    const auto said = validate(pack);
    REQUIRE(said.size() == 1);
    CHECK(said[0].what.starts_with("nav.resume must have a line that begins with 1"));
    put_text(pack, 1, "nav.resume", std::string(140, 'x') + "\n1 Go on\n2 From the start");
    REQUIRE(validate(pack).size() == 1);
    CHECK(validate(pack)[0].what ==
          "nav.resume is too long: 172 characters of 160, 12 too many (151 octets of 140)");
    pack = resuming_draft({{"password", resume_policy::proceed}});
    REQUIRE_FALSE(validate(pack).empty());
    CHECK(validate(pack)[0].what == "nothing uses the text nav.resume");
}

} // namespace resume_test
