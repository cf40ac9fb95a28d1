#include "gateway/wishes.hpp"
#include "tests/gateway/messages.hpp"

#include <set>

namespace kabinet::gateway::wishes_test {

using namespace tests;
using namespace std::chrono_literals;
using smpp::tag;

namespace {

const store::keys& some_keys() {
    static const store::keys made =
        store::keys::parse("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test keys");
    return made;
}

ussd_request dial(std::string_view text = "*105*00#", std::uint8_t session = 2,
                  std::string_view from = "79261112233") {
    return arriving{}
        .from(from)
        .op(1)
        .says(text)
        .with(tag::its_session_info, {0, session})
        .as<ussd_request>();
}

sms_request text(std::string_view says, std::string_view to = "000105", std::uint8_t coding = 0) {
    return arriving{}.to(to).says(says, coding).as<sms_request>();
}

} // namespace

TEST_SUITE("names of dials") {
    TEST_CASE("the same dial has the same name in this run and the next") {
        const wishes one{some_keys()};
        const wishes next_run{some_keys()};
        CHECK(one.name_dial("main", dial()).id == one.name_dial("main", dial()).id);
        CHECK(one.name_dial("main", dial()).id == next_run.name_dial("main", dial()).id);
    }

    TEST_CASE("whatever makes it another wish changes the name") {
        const wishes all{some_keys()};
        std::set<store::request_id> names{all.name_dial("main", dial()).id, all.name_dial("other", dial()).id,
                                          all.name_dial("main", dial("*105*01#")).id,
                                          all.name_dial("main", dial("*105*00#", 4)).id,
                                          all.name_dial("main", dial("*105*00#", 2, "79261112234")).id};
        CHECK(names.size() == 5);
    }

    TEST_CASE("the form of the number and the echo of the session don't change the name") {
        const wishes all{some_keys()};
        CHECK(all.name_dial("main", dial("*105#", 2, "89261112233")).id ==
              all.name_dial("main", dial("*105#", 3)).id);
    }

    TEST_CASE("an equal dial after the answer was shown is another wish") {
        wishes all{some_keys()};
        const auto first = all.name_dial("main", dial());
        all.is_over(first.base, 20s, steady_time{});
        const auto second = all.name_dial("main", dial());
        CHECK(second.id != first.id);
        CHECK(second.base == first.base);
        CHECK(all.name_dial("main", dial()).id == second.id);
        all.is_over(second.base, 20s, steady_time{1s});
        const auto third = all.name_dial("main", dial());
        CHECK(third.id != second.id);
        CHECK(third.id != first.id);
    }

    TEST_CASE("what is over for one subscriber is not over for another") {
        wishes all{some_keys()};
        const auto boris = dial("*105*00#", 2, "79262223344");
        const auto before = all.name_dial("main", boris);
        all.is_over(all.name_dial("main", dial()).base, 20s, steady_time{});
        CHECK(all.name_dial("main", boris).id == before.id);
    }

    TEST_CASE("what is over is forgotten when the last of its answers is old") {
        wishes all{some_keys()};
        const auto first = all.name_dial("main", dial());
        all.is_over(first.base, 20s, steady_time{});
        all.is_over(first.base, 20s, steady_time{10s});
        const auto third = all.name_dial("main", dial());
        all.forget(steady_time{25s});
        CHECK(all.name_dial("main", dial()).id == third.id);
        all.forget(steady_time{30s});
        CHECK(all.name_dial("main", dial()).id == first.id);
    }
}

TEST_SUITE("names of steps and texts") {
    TEST_CASE("a step is named by its dialogue and its screen within one run") {
        const wishes one{some_keys()};
        const wishes next_run{some_keys()};
        CHECK(one.name_step(7, 1) == one.name_step(7, 1));
        CHECK(one.name_step(7, 1) != one.name_step(7, 2));
        CHECK(one.name_step(7, 1) != one.name_step(8, 1));
        CHECK(one.name_step(7, 1) != next_run.name_step(7, 1));
    }

    TEST_CASE("the same text has the same name in this run and the next") {
        const wishes one{some_keys()};
        const wishes next_run{some_keys()};
        CHECK(one.name_sms(text("PAS fakeword1")) == next_run.name_sms(text("PAS fakeword1")));
    }

    TEST_CASE("whatever makes it another text changes the name") {
        const wishes all{some_keys()};
        arriving marked;
        marked.to("000105").classed(0x40).says(bytes{3, 0x24, 1, 1, '0', '0'});
        arriving other_mark;
        other_mark.to("000105").classed(0x40).says(bytes{3, 0x24, 1, 2, '0', '0'});
        std::set<store::request_id> names{
            all.name_sms(text("00")),
            all.name_sms(text("01")),
            all.name_sms(text("00", "000110")),
            all.name_sms(text("00", "000105", 15)),
            all.name_sms(marked.as<sms_request>()),
            all.name_sms(other_mark.as<sms_request>()),
            all.name_sms(arriving{}.from("79261112234").to("000105").says("00").as<sms_request>())};
        CHECK(names.size() == 7);
    }

    TEST_CASE("two texts that can't be read are still told apart") {
        const wishes all{some_keys()};
        CHECK(all.name_sms(text("one", "000105", 4)) != all.name_sms(text("two", "000105", 4)));
    }
}

} // namespace kabinet::gateway::wishes_test
