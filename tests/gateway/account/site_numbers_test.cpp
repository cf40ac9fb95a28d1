// The number of a phone that is lost, at the pages.
#include "tests/gateway/account/person.hpp"

namespace kabinet::gateway::account::site_numbers_test {

using namespace tests;

namespace {

person log_in_with_word(place& at) {
    person she = log_in(at, "en");
    at.give_word(anna, "Murzik");
    return she;
}

void send_word(person& who, const char* page, const char* word, msisdn number = anna) {
    who.look(page);
    who.send(page, {{"number", number.text()}, {"word", word}, {"answer", who.answer_question()}});
}

} // namespace

TEST_CASE("a guest blocks his number and unblocks it with the code word") {
    place at;
    person she = log_in_with_word(at);
    she.look("/account/unblock");
    CHECK(she.path == "/account/block"); // there is nothing to unblock
    CHECK(she.reads("Its SIM reaches only help then"));
    she.send("/account/block", {});
    CHECK(she.path == "/account");
    CHECK(she.reads("The number is blocked. We sent it an SMS about it."));
    CHECK(she.reads("<a href=\"/account/unblock\">"));
    REQUIRE(at.sms().size() == 1);
    she.send("/account/language", {{"language", "ru"}});
    CHECK(she.reads("The number is blocked. Unblock it first"));

    she.look("/account/block");
    CHECK(she.path == "/account/unblock");
    she.send("/account/unblock", {{"word", ""}});
    CHECK(she.path == "/account/unblock");
    she.send("/account/unblock", {{"word", "Barsik"}});
    CHECK(she.reads("That is not the word"));
    she.send("/account/unblock", {{"word", "murzik"}});
    CHECK(she.path == "/account");
    CHECK(she.reads("Your block of the number is lifted."));
    CHECK(she.reads("Lost your phone? Block the number"));
    CHECK(at.sms().size() == 1);
    she.look("/account/archive");
    CHECK(she.reads("Number blocked"));
    CHECK(she.reads("Number unblocked"));
}

TEST_CASE("five wrong words are told so, and who logs in anew sees that the number is blocked") {
    place at;
    person she = log_in_with_word(at);
    she.look("/account/block");
    she.send("/account/block", {});
    for (int count = 0; count < 4; ++count) {
        she.look("/account/unblock");
        she.send("/account/unblock", {{"word", "Barsik"}});
        CHECK(she.reads("That is not the word"));
    }
    she.send("/account/unblock", {{"word", "Barsik"}});
    CHECK(she.reads("none is taken for a day"));
    she.send("/account/unblock", {{"word", "Murzik"}});
    CHECK(she.reads("none is taken for a day"));
    person again{at, "en"};
    again.log_in(anna, chosen);
    CHECK(again.reads("The number is blocked as lost or stolen."));
}

TEST_CASE("without a login the code word blocks a number and unblocks it") {
    place at;
    at.give_password(anna, chosen, true);
    at.give_word(anna, "Murzik");
    person she{at, "en"};
    she.look("/account");
    CHECK(she.reads("<a href=\"/account/lost\">Lost your phone?</a>"));
    send_word(she, "/account/lost", "murzik");
    CHECK(she.path == "/account");
    CHECK(she.reads("The number is blocked. We sent it an SMS about it."));
    CHECK(at.sms().size() == 1);
    send_word(she, "/account/lost", "murzik");
    CHECK(she.reads("The number is blocked already."));
    she.look("/account/lost");
    CHECK(she.reads("<a href=\"/account/found\">"));
    send_word(she, "/account/found", "murzik");
    CHECK(she.reads("Your block of the number is lifted."));
    send_word(she, "/account/found", "murzik");
    CHECK(she.reads("The number was not blocked by you."));
    CHECK(at.sms().size() == 1);
}

TEST_CASE("a stranger's wrong words tell nothing of the number, and the fifth closes them for a day") {
    place at;
    at.give_password(anna, chosen, true);
    at.give_word(anna, "Murzik");
    for (const msisdn number : {anna, msisdn::from_digits(79990001122)}) {
        person he{at, "en"};
        for (int count = 0; count < 4; ++count) {
            send_word(he, "/account/lost", "Barsik", number);
            CHECK(he.path == "/account/lost");
            CHECK(he.reads("The number or the code word is not right. Nothing has changed."));
        }
        send_word(he, "/account/lost", "Barsik", number);
        CHECK(he.path == "/account/word/closed");
    }
    CHECK(at.sms().size() == 1); // the number with a word hears that it is closed
}

TEST_CASE("the right word of a number that the operator barred is told so, and of no password") {
    place at;
    store::subscriber row;
    row.who = anna;
    row.status = store::account_status::barred;
    row.reason = "fraud";
    row.code_word = store::hash_code_word(secret{"Murzik"}).value();
    at.feed(row);
    person she{at, "en"};
    send_word(she, "/account/lost", "murzik");
    CHECK(she.path == "/account/lost");
    CHECK(she.reads("We have barred this number already"));
    CHECK_FALSE(she.reads("assword was not"));
}

TEST_CASE("who lifts his own block hears of the operator's that stays") {
    place at;
    at.give_password(anna, chosen, true);
    at.give_word(anna, "Murzik");
    person she{at, "en"};
    send_word(she, "/account/lost", "murzik");
    store::subscriber row;
    row.who = anna;
    row.status = store::account_status::barred;
    row.reason = "debt";
    row.code_word = store::hash_code_word(secret{"Murzik"}).value();
    at.feed(row);
    send_word(she, "/account/found", "murzik");
    CHECK(she.reads("Your block of the number is lifted. Ours stays: please call support."));
}

TEST_CASE("no word is looked at where no person answered the question") {
    place at;
    at.give_word(anna, "Murzik");
    person she{at, "en"};
    she.look("/account/lost");
    she.send("/account/lost", {{"number", anna.text()}, {"word", "Murzik"}, {"answer", ""}});
    CHECK(she.path == "/account/lost");
    she.send("/account/lost", {{"number", anna.text()}, {"word", "Murzik"}, {"answer", "no idea"}});
    CHECK(she.path == "/account/lost");
    CHECK(at.sms().empty());
}

TEST_CASE("who may only look blocks nothing") {
    place at;
    person she = log_in_with_word(at);
    store::subscriber row;
    row.who = anna;
    row.level = access_level::view;
    at.feed(row);
    she.look("/account");
    CHECK_FALSE(she.reads("/account/block"));
    she.look("/account/block");
    CHECK(she.path == "/account");
}

} // namespace kabinet::gateway::account::site_numbers_test
