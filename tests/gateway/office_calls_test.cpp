// A17: who asked to be called back, at the desk of those who do it.
#include "gateway/clocks.hpp"
#include "tests/gateway/desk.hpp"
#include "tests/gateway/run_wish.hpp"

namespace kabinet::gateway::office_calls_test {

using namespace tests;

namespace {

class help_desk : public desk {
  public:
    performed ask(msisdn who, store::channel by = store::channel::ussd, bool is_vouched_for = true) {
        wish made;
        made.asked = menus::call_back{};
        made.id = store::keys::draw_request_id();
        made.by.who = who;
        made.by.by = by;
        made.by.speaks = menus::russian;
        made.by.is_vouched_for = is_vouched_for;
        made.pack = std::make_shared<const menus::definition>(menus::sample_pack());
        made.now = read_clocks();
        return run_wish(loop, performs, std::move(made));
    }
};

} // namespace

TEST_CASE("whoever asked is on the list until the call was made") {
    help_desk at;
    CHECK(at.run({"calls", "list"}) == errand_done);
    CHECK(at.said("nobody awaits a call"));
    const performed came = at.ask(anna);
    CHECK(view(came.text(menus::channel::screen)) == "call_back.call_promised.screen");
    CHECK(came.came.until.has_value());
    CHECK(at.ask(boris, store::channel::sms).word == "call_promised");
    CHECK(at.run({"calls", "list"}) == errand_done);
    CHECK(at.said("79261112233  by "));
    CHECK(at.said("by ussd, speaks ru"));
    CHECK(at.said("by sms, speaks ru"));
    CHECK_FALSE(at.said("overdue"));
    CHECK(at.run({"calls", "done", "89261112233"}) == errand_done);
    CHECK(at.said("79261112233: the call was made"));
    CHECK(at.run({"calls", "done", "89261112233"}) == errand_refused);
    CHECK(at.complained("79261112233: awaits no call"));
    CHECK(at.run({"calls", "done", "nobody"}) == errand_broken);
    at.at.printed.clear();
    CHECK(at.run({"calls", "list"}) == errand_done);
    CHECK_FALSE(at.said("79261112233"));
    CHECK(at.said("79262223344"));
}

TEST_CASE("the list says whose number is barred and whose SIM is new, for another may be at its other end") {
    help_desk at;
    for (const msisdn who : {anna, boris, vera})
        CHECK(at.ask(who).word == "call_promised");
    store::subscriber barred;
    barred.who = anna;
    barred.status = store::account_status::barred;
    barred.reason = "fraud";
    store::subscriber replaced;
    replaced.who = boris;
    replaced.sim_changed = read_clocks().utc;
    const std::array rows_of_feed{barred, replaced};
    const auto taken = in_store(at.loop, at.lane, [=](store::backend& rows) {
        return rows.take_feed(rows_of_feed, {}, read_clocks().utc);
    });
    REQUIRE(taken.has_value());
    CHECK(at.run({"calls", "list"}) == errand_done);
    const auto line_of = [&](msisdn who) {
        const auto found = std::ranges::find_if(
            at.at.printed, [&](const std::string& each) { return each.starts_with(who.text()); });
        return found == at.at.printed.end() ? std::string{} : *found;
    };
    CHECK(line_of(anna).ends_with("speaks ru, barred_fraud"));
    CHECK(line_of(boris).ends_with("speaks ru, new SIM or owner"));
    CHECK(line_of(vera).ends_with("speaks ru"));
}

TEST_CASE("whoever was promised a call first stands first, and one that is late is called so") {
    help_desk at;
    const utc_time now = read_clocks().utc;
    const auto enter = [&](msisdn who, utc_time asked) {
        store::request made;
        made.id = store::keys::draw_request_id();
        made.by.who = who;
        made.by.speaks = menus::russian;
        made.what = store::call_back{};
        made.now = {asked, {}};
        const auto came = in_store(at.loop, at.lane, [&](store::backend& rows) { return rows.fulfil(made); });
        CHECK(came.value().is == store::verdict::call_promised);
    };
    enter(anna, now - std::chrono::minutes{5});
    enter(boris, now - std::chrono::hours{3});
    CHECK(at.run({"calls", "list"}) == errand_done);
    REQUIRE(at.at.printed.size() == 2);
    CHECK(at.at.printed[0].find("79262223344") == 0);
    CHECK(at.at.printed[0].find(", overdue  asked") != std::string::npos);
    CHECK(at.at.printed[1].find("79261112233") == 0);
    CHECK(at.at.printed[1].find("overdue") == std::string::npos);
}

TEST_CASE("a link that doesn't vouch for the source has nobody called back") {
    help_desk at;
    CHECK(at.ask(anna, store::channel::sms, false).word == "untrusted");
    CHECK(at.run({"calls", "list"}) == errand_done);
    CHECK(at.said("nobody awaits a call"));
}

} // namespace kabinet::gateway::office_calls_test
