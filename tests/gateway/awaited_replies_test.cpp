#include "gateway/awaited_replies.hpp"

#include <doctest/doctest.h>

using namespace kabinet;
using namespace kabinet::gateway;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);

instant at(std::chrono::seconds after) {
    return {utc_time{std::chrono::days{20'000}} + after, steady_time{1h} + after};
}

agreed gives(std::int64_t rubles) {
    return menus::transfer{boris, money::from_minor(rubles * minor_of_major), money::from_minor(500)};
}

std::string ask(awaited_replies& of, msisdn who, const agreed& what, instant now) {
    return std::string{of.await(who, what, now).code.reveal()};
}

} // namespace

TEST_CASE("a code agrees to what it was told with, for ten minutes and by its number alone") {
    awaited_replies of;
    const auto told = of.await(anna, gives(100), at(0s));
    CHECK(told.until == at(10min).utc);
    CHECK_FALSE(of.take(boris, told.code.reveal(), at(1s)));
    CHECK_FALSE(of.take(anna, "0000", at(1s)));
    CHECK_FALSE(of.take(anna, "", at(1s)));
    const auto reply = of.take(anna, told.code.reveal(), at(10min - 1s));
    REQUIRE(reply);
    CHECK(reply->to == gives(100));
    CHECK_FALSE(of.take(anna, told.code.reveal(), at(10min)));
    CHECK(of.size() == 0);
}

TEST_CASE("however often a code comes it is one wish") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    const auto first = of.take(anna, code, at(1s)), again = of.take(anna, code, at(2s));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->id == again->id);
}

TEST_CASE("the same that is asked again before it was agreed to keeps its code, and its time begins anew") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    CHECK(ask(of, anna, gives(100), at(5min)) == code);
    CHECK(of.take(anna, code, at(14min)));
}

TEST_CASE("the same that is asked again after it was agreed to is another wish with another code") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    const auto first = of.take(anna, code, at(1s));
    const std::string other = ask(of, anna, gives(100), at(2s));
    CHECK(other != code);
    const auto second = of.take(anna, other, at(3s));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->id != second->id);
    CHECK(of.take(anna, code, at(4s))->id == first->id); // brought once more by the centre
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
    CHECK(of.take(anna, ten, at(3s))->to == gives(10));
    CHECK(of.take(anna, hundred, at(3s))->to == gives(100));
    CHECK(std::holds_alternative<menus::block_number>(of.take(anna, block, at(3s))->to));
}

TEST_CASE("where too many are awaited the oldest go, of one number and of all") {
    awaited_replies few{2};
    const std::string first = ask(few, anna, gives(1), at(0s));
    const std::string second = ask(few, boris, gives(2), at(1s));
    const std::string third = ask(few, boris, gives(3), at(2s));
    CHECK_FALSE(few.take(anna, first, at(3s)));
    CHECK(few.take(boris, second, at(3s)));
    CHECK(few.take(boris, third, at(3s)));

    awaited_replies many;
    const std::string oldest = ask(many, anna, gives(1), at(0s));
    std::string newest;
    for (std::int64_t rubles = 2; rubles <= 9; ++rubles)
        newest = ask(many, anna, gives(rubles), at(1s));
    CHECK_FALSE(many.take(anna, oldest, at(2s)));
    CHECK(many.take(anna, newest, at(2s)));
}

TEST_CASE("of a number that is forgotten nothing is awaited") {
    awaited_replies of;
    const std::string code = ask(of, anna, gives(100), at(0s));
    of.forget(anna);
    CHECK_FALSE(of.take(anna, code, at(1s)));
    of.forget_old(at(11min).steady);
    CHECK(of.size() == 0);
}

TEST_CASE("only what needs a reply is agreed to") {
    CHECK(agreed_of(menus::block_number{}));
    CHECK_FALSE(agreed_of(menus::close_portal{}));
    const auto back = action_of(gives(7));
    CHECK(std::get<menus::transfer>(back).amount == money::from_minor(700));
}
