// A11: a number blocked from another phone, with its code word.
#include "gateway/clocks.hpp"
#include "tests/gateway/desk.hpp"
#include "tests/gateway/in_store.hpp"
#include "tests/gateway/run_wish.hpp"

#include <span>

namespace kabinet::gateway::number_word_test {

using namespace tests;

namespace {

/// Boris has a phone; Anna's is gone.
class other_phone : public desk {
  public:
    other_phone() {
        store::subscriber row;
        row.who = anna;
        row.code_word = store::hash_code_word(secret{"Murzik"}).value();
        feed(row);
    }
    performed block(std::string_view word, msisdn whose = anna, store::channel by = store::channel::ussd) {
        menus::block_other asked;
        asked.whose = whose;
        asked.word = secret{word};
        return ask(std::move(asked), by);
    }
    performed unblock(std::string_view word) {
        menus::unblock_other asked;
        asked.whose = anna;
        asked.word = secret{word};
        return ask(std::move(asked), store::channel::ussd);
    }
    performed ask(menus::action asked, store::channel by, msisdn from = boris) {
        wish made;
        made.asked = std::move(asked);
        made.id = store::keys::draw_request_id();
        made.by.who = from;
        made.by.by = by;
        made.pack = std::make_shared<const menus::definition>(menus::sample_pack());
        made.now = read_clocks();
        return run_wish(loop, performs, std::move(made));
    }
    void feed(const store::subscriber& row) {
        const auto taken = in_store(loop, lane, [row](store::backend& rows) {
            return rows.take_feed(std::span{&row, 1}, {}, read_clocks().utc);
        });
        REQUIRE(taken.has_value());
    }
    void bar(std::string reason) {
        store::subscriber row;
        row.who = anna;
        row.status = store::account_status::barred;
        row.reason = std::move(reason);
        feed(row);
    }
    std::string_view dial() { return ask(menus::issue_password{}, store::channel::ussd, anna).word; }
};

} // namespace

TEST_CASE("with the code word another phone blocks a number and unblocks it, and the number hears of both") {
    other_phone at;
    const performed blocked = at.block("murzik");
    CHECK(blocked.word == "number_blocked");
    CHECK(blocked.came.sums.party == anna);
    REQUIRE(blocked.other);
    REQUIRE(blocked.other->notice);
    CHECK(blocked.other->notice->who == anna);
    CHECK(view(text_of(*blocked.other->notice)) == "notice.number_blocked.sms");
    CHECK_FALSE(blocked.due);
    CHECK(at.dial() == "barred_by_owner");
    CHECK(at.block("murzik").word == "barred_by_owner");
    CHECK(at.unblock("murzik").word == "number_unblocked");
    CHECK(at.dial() == "issued");
    CHECK(at.unblock("murzik").word == "not_blocked");
}

TEST_CASE("of a bar of the operator's whoever asks hears as of another number's, and nothing is changed") {
    other_phone at;
    at.bar("fraud");
    const performed barred = at.block("murzik");
    CHECK(view(barred.text(menus::channel::screen)) == "block_other.party_barred.screen");
    CHECK(barred.came.sums.party == anna);
    CHECK_FALSE(barred.other->notice);
}

TEST_CASE("whose own block goes while the operator's bar stays isn't told that the number is open") {
    other_phone at;
    CHECK(at.block("murzik").word == "number_blocked");
    at.bar("debt");
    CHECK(at.unblock("murzik").word == "still_barred");
    CHECK(at.unblock("murzik").word == "not_blocked");
}

TEST_CASE("a wrong word and a number of nobody's are told alike, and the fifth closes the word to all") {
    other_phone at;
    for (const msisdn whose : {anna, msisdn::from_digits(79990001122)}) {
        for (int count = 0; count < 4; ++count) {
            const performed wrong = at.block("Barsik", whose);
            CHECK(wrong.word == "wrong_word");
            CHECK_FALSE(wrong.other->notice);
        }
        CHECK(at.block("Barsik", whose).word == "locked_out");
    }
    CHECK(at.block("murzik").word == "locked_out");
    CHECK(at.dial() == "issued");
}

TEST_CASE("by SMS both the one who asks and the number are told") {
    other_phone at;
    const performed by_sms = at.block("Murzik", anna, store::channel::sms);
    CHECK(by_sms.word == "number_blocked");
    REQUIRE(by_sms.due);
    CHECK(by_sms.due->who == boris);
    CHECK(view(text_of(*by_sms.due)) == "block_other.number_blocked.sms");
    REQUIRE(by_sms.other->notice);
    CHECK(by_sms.other->notice->who == anna);
}

TEST_CASE("one phone tries the words of five numbers an hour") {
    other_phone at;
    for (std::uint64_t each = 0; each < number_desk::numbers_of_a_phone; ++each)
        CHECK(at.block("Barsik", msisdn::from_digits(79990001100 + each)).word == "wrong_word");
    const performed stopped = at.block("murzik");
    CHECK(stopped.word == "limit");
    CHECK(stopped.came.until);
    CHECK(at.dial() == "issued");
}

TEST_CASE("a text without number or word costs no try") {
    other_phone at;
    for (int count = 0; count < 6; ++count) {
        CHECK(at.block("Murzik", msisdn{}, store::channel::sms).word == "wrong_word");
        CHECK(at.block("", anna, store::channel::sms).word == "wrong_word");
    }
    CHECK(at.block("Murzik").word == "number_blocked");
}

TEST_CASE("a SIM that is blocked itself blocks and unblocks nobody") {
    other_phone at;
    CHECK(at.ask(menus::block_number{}, store::channel::ussd).word == "number_blocked");
    const performed stopped = at.block("murzik");
    CHECK(view(stopped.text(menus::channel::screen)) == "any.barred_by_owner.screen");
    CHECK(at.dial() == "issued");
}

TEST_CASE("at the counter a number is unblocked, and only one that was blocked") {
    other_phone at;
    CHECK(at.desk::run({"accounts", "unblock-number", "79261112233"}) == errand_refused);
    CHECK(at.complained("not_blocked"));
    CHECK(at.block("murzik").word == "number_blocked");
    CHECK(at.desk::run({"accounts", "unblock-number", "79261112233"}) == errand_done);
    REQUIRE(at.gateway.sent.size() == 1);
    CHECK(view(text_of(at.gateway.sent[0])) == "notice.number_unblocked.sms");
    CHECK(at.dial() == "issued");
}

TEST_CASE("at the counter a number is blocked, which ends what its SIM was doing and was sent") {
    other_phone at;
    CHECK(at.dial() == "issued");
    CHECK(at.desk::run({"accounts", "block-number", "79261112233"}) == errand_done);
    REQUIRE(at.gateway.ended.size() == 1);
    CHECK(at.gateway.ended[0].who == anna);
    REQUIRE(at.gateway.ended[0].sms);
    CHECK(view(text_of(*at.gateway.ended[0].sms)) == "notice.number_blocked.sms");
    CHECK(at.dial() == "barred_by_owner");
    CHECK(at.desk::run({"accounts", "block-number", "79261112233"}) == errand_refused);
    CHECK(at.complained("barred_by_owner"));
}

} // namespace kabinet::gateway::number_word_test
