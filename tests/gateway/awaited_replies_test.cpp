#include "gateway/awaited_replies.hpp"

#include <doctest/doctest.h>

namespace awaited_replies_test {

using namespace kabinet;
using namespace kabinet::gateway;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);

instant at(std::chrono::seconds after) {
    return {utc_time{std::chrono::days{20'000}} + after, steady_time{1h} + after};
}

proposal gives(std::int64_t rubles) {
    return menus::transfer{boris, money::from_minor(rubles * minor_of_major), money::from_minor(500)};
}

std::string ask(awaited_replies& of, msisdn who, const proposal& what, instant now) {
    return std::string{of.ask(who, what, now).code.reveal()};
}

} // namespace

TEST_CASE("a code agrees to what it was told with, for ten minutes and by its number alone") {
    awaited_replies of;
    const auto told = of.ask(anna, gives(100), at(0s));
    CHECK(told.until == at(10min).utc);
    CHECK_FALSE(of.find(boris, told.code.reveal(), at(1s)));
    CHECK_FALSE(of.find(anna, "0000", at(1s)));
    CHECK_FALSE(of.find(anna, "", at(1s)));
    const auto reply = of.find(anna, told.code.reveal(), at(10min - 1s));
    REQUIRE(reply);
    CHECK(reply->to == gives(100));
    CHECK_FALSE(of.find(anna, told.code.reveal(), at(10min)));
}

TEST_CASE("however often a code comes it is one wish") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    const auto first = of.find(anna, code, at(1s)), again = of.find(anna, code, at(2s));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->id == again->id);
}

TEST_CASE("the same that is asked again before it was agreed to keeps its code, and its time begins anew") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    CHECK(ask(of, anna, gives(100), at(5min)) == code);
    CHECK(of.find(anna, code, at(14min)));
}

TEST_CASE("the same that is asked again after it was done is another wish, and the code that did it counts "
          "no more") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    const auto first = of.find(anna, code, at(1s));
    REQUIRE(first);
    of.conclude(anna, first->id, false);
    CHECK(of.find(anna, code, at(2s))->id == first->id); // told again what came of it
    const question again = of.ask(anna, gives(100), at(3s));
    CHECK(again.is_again);
    const auto second = of.find(anna, again.code.reveal(), at(4s));
    REQUIRE(second);
    CHECK(first->id != second->id);
    if (again.code.reveal() != code)
        CHECK_FALSE(of.find(anna, code, at(4s))); // brought late by the centre
}

TEST_CASE("a code that came and was put off is kept by whoever asks once more") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    const auto put_off = of.find(anna, code, at(1s));
    const question again = of.ask(anna, gives(100), at(2s));
    CHECK_FALSE(again.is_again);
    CHECK(again.code.reveal() == code);
    CHECK(of.find(anna, code, at(3s))->id == put_off->id);
}

TEST_CASE("what was refused is to be asked for anew") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    of.conclude(anna, of.find(anna, code, at(1s))->id, true);
    CHECK_FALSE(of.find(anna, code, at(2s)));
    CHECK_FALSE(of.ask(anna, gives(100), at(3s)).is_again);
    of.conclude(boris, {}, true); // no reply's
    of.conclude(anna, {}, true);
}

TEST_CASE("what differs has codes of its own, and each agrees to its own") {
    std::uint32_t drawn = 0; // the same digits twice, then others
    awaited_replies of{10, [&](std::uint32_t bound) { return drawn++ / 8 % bound; }};
    const std::string hundred = ask(of, anna, gives(100), at(0s));
    const std::string ten = ask(of, anna, gives(10), at(1s));
    const std::string block = ask(of, anna, menus::block_number{}, at(2s));
    CHECK(hundred == "1000");
    CHECK(ten == "2111");
    CHECK(block != ten);
    CHECK(of.find(anna, ten, at(3s))->to == gives(10));
    CHECK(of.find(anna, hundred, at(3s))->to == gives(100));
    CHECK(std::holds_alternative<menus::block_number>(of.find(anna, block, at(3s))->to));
}

TEST_CASE("where too many are awaited the oldest go, of one number and of all") {
    awaited_replies few{2};
    const std::string first = ask(few, anna, gives(1), at(0s));
    const std::string second = ask(few, boris, gives(2), at(1s));
    const std::string third = ask(few, boris, gives(3), at(2s));
    CHECK_FALSE(few.find(anna, first, at(3s)));
    CHECK(few.find(boris, second, at(3s)));
    CHECK(few.find(boris, third, at(3s)));

    std::uint32_t drawn = 0; // codes one after another
    awaited_replies many{100, [&](std::uint32_t bound) { return drawn++ / 4 % bound; }};
    const std::string first_of_all = ask(many, anna, gives(1), at(0s));
    const std::string oldest = ask(many, anna, gives(2), at(1s));
    for (std::int64_t rubles = 3; rubles <= 8; ++rubles)
        ask(many, anna, gives(rubles), at(2s));
    CHECK(ask(many, anna, gives(1), at(3s)) == first_of_all);
    const std::string newest = ask(many, anna, gives(9), at(4s));
    CHECK_FALSE(many.find(anna, oldest, at(5s)));
    CHECK(many.find(anna, first_of_all, at(5s)));
    CHECK(many.find(anna, newest, at(5s)));
}

TEST_CASE("of a number that is forgotten nothing is awaited") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    of.forget(anna);
    CHECK_FALSE(of.find(anna, code, at(1s)));
    of.forget_old(at(11min).steady);
}

TEST_CASE("only what needs a reply is agreed to") {
    CHECK(proposal_of(menus::block_number{}));
    CHECK_FALSE(proposal_of(menus::close_portal{}));
    const auto back = action_of(gives(7));
    CHECK(std::get<menus::transfer>(back).amount == money::from_minor(700));
}

} // namespace awaited_replies_test
