#include "menus/facts.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace facts_test {

using namespace kabinet::menus;

namespace {

using words = std::vector<fact_words>;

const fact_keys keys{{"ru", "en"}, {"", "beep", "wide"}};

} // namespace

TEST_CASE("a condition is facts with and between them, each with not before it or without") {
    CHECK(parse_condition("points") == words{{"points", "", true}});
    CHECK(parse_condition("not two_step") == words{{"two_step", "", false}});
    CHECK(parse_condition("  language en  and not promise and level own ") ==
          words{{"language", "en", true}, {"promise", "", false}, {"level", "own", true}});
}

TEST_CASE("what is written otherwise is no condition") {
    for (const char* text : {"", " ", "not", "and", "points and", "and points", "points or debt",
                             "language en us", "points and not", "points points points"}) {
        CAPTURE(text);
        const auto parsed = parse_condition(text);
        CHECK((!parsed || !find_fact(parsed->front(), keys)));
    }
}

TEST_CASE("a fact that names one of many has its key, any other none") {
    CHECK(find_fact({"language", "en"}, keys) == fact{fact_kind::language, 1});
    CHECK(find_fact({"level", "all"}, keys) == fact{fact_kind::level, 3});
    CHECK(find_fact({"points", ""}, keys) == fact{fact_kind::points, 0});
    CHECK_FALSE(find_fact({"language", ""}, keys));
    CHECK_FALSE(find_fact({"language", "de"}, keys));
    CHECK_FALSE(find_fact({"level", "view"}, keys)); // everybody's
    CHECK_FALSE(find_fact({"points", "many"}, keys));
    CHECK_FALSE(find_fact({"weather", ""}, keys));
    CHECK(find_fact({"has", "wide"}, keys) == fact{fact_kind::has, 2});
    CHECK_FALSE(find_fact({"has", "small"}, keys)); // it is lent
    CHECK_FALSE(find_fact({"has", ""}, keys));
    CHECK(find_fact({"connected", ""}, keys) == fact{fact_kind::connected, 0});
    CHECK_FALSE(find_fact({"connected", "beep"}, keys));
}

TEST_CASE("every fact is listed for who wrote another one") {
    CHECK(list_fact_words() ==
          "language en, level own or all, two_step, portal, promise, points, debt, has NAME, connected");
}

TEST_CASE("what isn't known keeps nothing away, what is known does") {
    constexpr fact_set first = fact_set::of(0), second = fact_set::of(63);
    condition both;
    both.holding = first;
    both.lacking = second;
    CHECK(both.may_hold({}, {}));
    CHECK_FALSE(both.may_hold({}, first));
    CHECK(both.may_hold(first, first));
    CHECK_FALSE(both.may_hold(second, first));
    CHECK(both.may_hold(first, first | second));
    CHECK_FALSE(both.may_hold(first | second, first | second));
    CHECK(condition{}.may_hold({}, first | second));
    CHECK(condition{}.empty());
    CHECK_FALSE(both.empty());
}

TEST_CASE("what must be connected or not is so of the offer that led there, if anything did") {
    constexpr fact_set beep = fact_set::of(0), hush = fact_set::of(1);
    condition when;
    when.has = true;
    CHECK_FALSE(when.empty());
    CHECK(when.about(beep).may_hold(beep, beep | hush));
    CHECK_FALSE(when.about(hush).may_hold(beep, beep | hush));
    CHECK(when.about(hush).may_hold(beep, beep)); // nobody told of it
    CHECK(when.about({}).may_hold({}, beep | hush));
    when.has = false;
    when.holding = fact_set::of(2);
    CHECK(when.about(hush).may_hold(beep | fact_set::of(2), beep | hush | fact_set::of(2)));
    CHECK_FALSE(when.about(beep).may_hold(beep | fact_set::of(2), beep | hush | fact_set::of(2)));
    CHECK_FALSE(when.about(hush).may_hold(beep, beep | hush | fact_set::of(2)));
}

TEST_CASE("sources are told apart") {
    CHECK(source_of(fact_kind::language) == fact_source::dialogue);
    CHECK(source_of(fact_kind::level) == fact_source::account);
    CHECK(source_of(fact_kind::promise) == fact_source::purse);
    CHECK(source_of(fact_kind::has) == fact_source::holdings);
    CHECK(source_of(fact_kind::connected) == fact_source::holdings);
    const sources two = sources{fact_source::account} | fact_source::purse;
    CHECK(two.has(fact_source::purse));
    CHECK_FALSE(two.has(fact_source::dialogue));
    CHECK(two.without(fact_source::purse) == sources{fact_source::account});
    CHECK(sources::all().without(two) == (sources{fact_source::dialogue} | fact_source::holdings));
    CHECK(sources{}.empty());
}

} // namespace facts_test
