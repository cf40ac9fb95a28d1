#include "gateway/account/question.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>

namespace kabinet::gateway::account::question_test {

namespace {

const pages all;
const words& russian = *all.speak(*language::from("ru"));
const words& english = *all.speak(*language::from("en"));

} // namespace

TEST_CASE("every question that can be drawn has one answer that the words know") {
    std::set<std::string_view> kinds;
    for (std::uint8_t one = 0; one < 40; ++one)
        for (std::uint8_t other = 0; other < 40; ++other) {
            const std::array<std::uint8_t, 3> random{one, other, static_cast<std::uint8_t>(one + other)};
            const question drawn = draw_question(random);
            kinds.insert(drawn.asks);
            CHECK(drawn.of[0] != drawn.of[1]);
            CHECK(drawn.is <= 20);
            for (const words* in : {&russian, &english}) {
                CHECK(say(drawn, *in).find('{') == std::string::npos);
                CHECK(is_answered(drawn, in->say("question.numbers", drawn.is), *in));
                CHECK_FALSE(
                    is_answered(drawn, in->say("question.numbers", drawn.is == 0 ? 1U : drawn.is - 1U), *in));
            }
        }
    CHECK(kinds.size() == 4);
}

TEST_CASE("an answer may be in digits or in a word, and with a full stop") {
    question what;
    what.asks = "question.plus";
    what.of = {7, 5};
    what.is = 12;
    CHECK(say(what, russian) == "Сколько будет семь плюс пять?");
    CHECK(say(what, english) == "What is seven plus five?");
    for (const char* right : {"12", " 12 ", "двенадцать", "Двенадцать.", "ДВЕНАДЦАТЬ"})
        CHECK(is_answered(what, right, russian));
    for (const char* wrong : {"", " ", "13", "1 2", "012", "twelve", "-12"})
        CHECK_FALSE(is_answered(what, wrong, russian));
    CHECK(is_answered(what, "Twelve", english));
}

} // namespace kabinet::gateway::account::question_test
