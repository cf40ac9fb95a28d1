#include "gateway/demo/ways.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

namespace ways_test {

using namespace kabinet;
using namespace kabinet::gateway::demo;

namespace {

menus::draft without_code(std::string_view code) {
    menus::draft pack = menus::sample_draft();
    std::erase_if(pack.codes, [&](const menus::draft_entry& each) { return each.typed == code; });
    return pack;
}

void forget(menus::draft& pack, std::string_view does) {
    for (menus::draft_short_number& each : pack.short_numbers)
        std::erase_if(each.keywords, [&](const menus::draft_entry& one) { return one.leads.does == does; });
}

} // namespace

TEST_CASE("a code of its own leads to a new password, and the shortest one to a menu") {
    const ways found = find_ways(menus::sample_pack());
    CHECK(found.new_password == "*105*00#");
    CHECK(found.menu == "*105#");
}

TEST_CASE("where no code does it at once, the path through menus is the way, but not past a condition") {
    menus::draft pack = without_code("*105*00#");
    const std::string path = find_ways(menus::define(pack)).new_password;
    CHECK(path.starts_with("*105*"));
    CHECK(path.ends_with('#'));
    const menus::step taken = menus::dial(menus::define(pack), path, menus::english);
    REQUIRE(std::holds_alternative<menus::perform>(taken));
    CHECK(menus::kind_of(std::get<menus::perform>(taken).asked) == menus::action_kind::issue_password);
    for (menus::draft_screen& screen : pack.screens)
        for (menus::draft_item& item : screen.items)
            if (item.leads.does == "issue_password")
                item.leads.when = "promise";
    CHECK(find_ways(menus::define(pack)).new_password.empty());
}

TEST_CASE("words that any keyboard has are the way by SMS, and there may be none") {
    menus::draft pack = menus::sample_draft();
    forget(pack, "issue_password");
    CHECK(find_ways(menus::define(pack)).new_password_by_sms == short_message{});
    pack.short_numbers[0].keywords.push_back(
        {"\u041F\u0410\u0420\u041E\u041B\u042C", menus::acts("issue_password")});
    pack.short_numbers[1].keywords.push_back({"PASSWORD", menus::acts("issue_password")});
    CHECK(find_ways(menus::define(pack)).new_password_by_sms ==
          short_message{pack.short_numbers[1].numbers.front().text, "PASSWORD"});
    forget(pack, "choose_password");
    CHECK(find_ways(menus::define(pack)).own_password_by_sms == short_message{});
    pack.short_numbers[1].keywords.push_back({"MINE", menus::acts("choose_password")});
    CHECK(find_ways(menus::define(pack)).own_password_by_sms.text == "MINE fakeWord1234");
}

TEST_CASE("a voucher is dialled behind the path to its prompt, and sent behind its word") {
    menus::draft pack = menus::sample_draft();
    forget(pack, "top_up");
    const std::optional<voucher> lent = draw_voucher(menus::define(pack));
    REQUIRE(lent);
    const std::string code{lent->code.reveal()};
    const ways found = find_ways(menus::define(pack), lent);
    CHECK(found.top_up == "*105*07*" + code + '#');
    CHECK(found.top_up_by_sms == short_message{});
    const menus::step taken = menus::dial(menus::define(pack), found.top_up, menus::english);
    REQUIRE(std::holds_alternative<menus::perform>(taken));
    CHECK(std::get<menus::top_up>(std::get<menus::perform>(taken).asked).code.reveal() == code);

    std::erase_if(pack.codes, [](const menus::draft_entry& each) { return each.typed == "*105*07#"; });
    pack.short_numbers[1].keywords.push_back({"VOUCHER", menus::acts("top_up")});
    const ways by_sms = find_ways(menus::define(pack), lent);
    CHECK(by_sms.top_up.empty());
    CHECK(by_sms.top_up_by_sms ==
          short_message{pack.short_numbers[1].numbers.front().text, "VOUCHER " + code});
}

TEST_CASE("without a voucher nothing tops up") {
    const ways found = find_ways(menus::sample_pack());
    CHECK(found.top_up.empty());
    CHECK(found.top_up_by_sms == short_message{});
}

TEST_CASE("the phone proposes codes and words of the pack, and plain ones where it has none") {
    CHECK(write_hint({}) == "Dial a code, or text: sms NUMBER WORDS");
    ways of;
    of.own_password_by_sms = {"105", "PAS fakeWord1234"};
    CHECK(write_hint(of) == "Dial a code, or text: sms 105 PAS fakeWord1234");
    of.new_password = "*111*1#";
    of.new_password_by_sms = {"611", "PASSWORD"};
    CHECK(write_hint(of) == "Dial a code such as *111*1#, or text: sms 611 PASSWORD");
    of.menu = "*111#";
    CHECK(write_hint(of) == "Dial a code such as *111#, or text: sms 611 PASSWORD");
}

} // namespace ways_test
