#include "store/bars.hpp"

#include "store/rules.hpp"
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

namespace bars_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr bar_reason all_reasons[] = {bar_reason::unsaid,     bar_reason::debt,  bar_reason::own_request,
                                      bar_reason::inactivity, bar_reason::fraud, bar_reason::lost,
                                      bar_reason::ended};

standing barred_for(bar_reason why) {
    standing account;
    account.exists = true;
    account.status = account_status::barred;
    account.bar = why;
    return account;
}

caller anna_herself() {
    caller by;
    by.who = anna;
    return by;
}

transfer to_boris() {
    transfer made;
    made.to = boris;
    return made;
}

template <class Effect>
verdict came_of(const Effect& what, const standing& account) {
    return judge(what, account, anna_herself(), at(0s).utc).is;
}

} // namespace

TEST_CASE("the feed's words are known as they are written and no other is") {
    CHECK(find_bar("debt") == bar_reason::debt);
    CHECK(find_bar("own-request") == bar_reason::own_request);
    CHECK(find_bar("suspended") == bar_reason::own_request);
    CHECK(find_bar("inactivity") == bar_reason::inactivity);
    CHECK(find_bar("fraud") == bar_reason::fraud);
    CHECK(find_bar("lost") == bar_reason::lost);
    CHECK(find_bar("ended") == bar_reason::ended);
    for (const char* other : {"", "Debt", "debts", "robbery"})
        CHECK(find_bar(other) == bar_reason::unsaid);
}

TEST_CASE("debt leaves open what mends it, and every other bar of the operator's leaves nothing") {
    for (const bar_reason why : all_reasons) {
        if (why == bar_reason::by_owner)
            continue;
        CAPTURE(static_cast<int>(why));
        const number_state of{account_status::barred, why};
        const bool is_debt = why == bar_reason::debt;
        CHECK(is_open(of, matter::ways_in) == is_debt);
        CHECK(is_open(of, matter::login) == is_debt);
        CHECK(is_open(of, matter::purse) == is_debt);
        CHECK(is_open(of, matter::payment) == is_debt);
        CHECK_FALSE(is_open(of, matter::other));
    }
    for (const matter what : {matter::ways_in, matter::login, matter::purse, matter::other}) {
        CHECK(is_open({}, what));
        CHECK(
            is_open({account_status::active, bar_reason::fraud}, what)); // what is left of a bar that is over
        CHECK_FALSE(is_open({account_status::left, bar_reason::debt}, what));
    }
}

TEST_CASE("a number that its subscriber had blocked is looked at and paid for, and no more") {
    const number_state of = stopped({});
    CHECK(of == number_state{account_status::barred, bar_reason::by_owner});
    CHECK(is_open(of, matter::login));
    CHECK(is_open(of, matter::payment));
    for (const matter what : {matter::ways_in, matter::purse, matter::other})
        CHECK_FALSE(is_open(of, what));
    CHECK(stopped({account_status::barred, bar_reason::debt}) == of);
    for (const number_state closed : {number_state{account_status::barred, bar_reason::fraud},
                                      number_state{account_status::left, bar_reason::unsaid}})
        CHECK(stopped(closed) == closed); // who lets nobody in goes on to
}

TEST_CASE("a refusal says why, and a reason that isn't known is a bar all the same") {
    const std::pair<bar_reason, std::string_view> rows[] = {
        {bar_reason::unsaid, "barred"},
        {bar_reason::debt, "barred_debt"},
        {bar_reason::own_request, "barred_own_request"},
        {bar_reason::inactivity, "barred_inactivity"},
        {bar_reason::fraud, "barred_fraud"},
        {bar_reason::lost, "barred_lost"},
        {bar_reason::ended, "barred_ended"},
        {bar_reason::by_owner, "barred_by_owner"},
        {bar_reason{99}, "barred"}, // a newer program's
    };
    for (const auto& [why, word] : rows) {
        const verdict told = refusal_of({account_status::barred, why});
        CHECK(name_of(told) == word);
        CHECK(is_refusal(told));
        CHECK(name_of(came_of(to_boris(), barred_for(why))) == word);
        CHECK(name_of(came_of(set_language{}, barred_for(why))) == word);
    }
    CHECK(refusal_of({account_status::left}) == verdict::unknown_number);
}

TEST_CASE("each wish is refused or done as the table has its matter") {
    for (const bar_reason why : all_reasons) {
        CAPTURE(static_cast<int>(why));
        const standing account = barred_for(why);
        const bool is_open_to_debt = why == bar_reason::debt;
        const verdict refused = refusal_of({account_status::barred, why});
        CHECK(came_of(issue_password{}, account) == (is_open_to_debt ? verdict::issued : refused));
        CHECK(came_of(choose_password{}, account) == (is_open_to_debt ? verdict::chosen : refused));
        CHECK(came_of(close_portal{}, account) == (is_open_to_debt ? verdict::closed : refused));
        CHECK(came_of(set_switch{}, account) == (is_open_to_debt ? verdict::switched_on : refused));
        CHECK(came_of(set_pin{}, account) == (is_open_to_debt ? verdict::pin_set : refused));
        CHECK(came_of(top_up{}, account) == (is_open_to_debt ? verdict::wrong_voucher : refused));
        CHECK(came_of(take_promise{}, account) == (is_open_to_debt ? verdict::promised : refused));
        const bool takes_payments = is_open_to_debt || why == bar_reason::by_owner;
        CHECK(came_of(pay_in{}, account) == (takes_payments ? verdict::paid_in : refused));
        CHECK(came_of(block_number{}, account) == (is_open_to_debt ? verdict::number_blocked : refused));
        CHECK(came_of(unblock_number{}, account) == verdict::not_blocked);
        CHECK(came_of(to_boris(), account) == refused);
        CHECK(came_of(tell{"help"}, account) == verdict::told);
        CHECK(came_of(log_in_by_sim{}, account) ==
              (takes_payments ? verdict::logged_in_otherwise : verdict::no_login));
        CHECK(is_reached(account, at(0s).utc) == is_open_to_debt);
    }
}

} // namespace bars_test
