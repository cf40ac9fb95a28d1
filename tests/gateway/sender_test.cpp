#include "gateway/sender.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/support/fake_store.hpp"

#include <algorithm>

namespace kabinet::gateway::sender_test {

using namespace tests;
using kabinet::tests::fake_store;
using smpp::status;
using enum store::settling;
using endings = std::vector<store::settling>;

namespace {

constexpr instant start{utc_time{std::chrono::microseconds{1'700'000'000'000'000}}, steady_time{1'000'000s}};

smpp::dialect with_response_timeout(std::chrono::milliseconds limit) {
    smpp::dialect made;
    made.response_timeout = limit;
    return made;
}

/// An outbox and a sender, whose clock a test moves.
class outbox : public linked {
  public:
    explicit outbox(smpp::dialect speaks = {}, std::size_t most_in_memory = 1'000)
        : linked{std::move(speaks)}
        , store{loop}
        , sends{all, store, [this] { return words; }, most_in_memory} {
        on_response = [this](line& by, place_key place, const smpp::response& answer) {
            sends.response_arrived(by, place, answer, now);
            work();
        };
        on_missing = [this](place_key place) { sends.response_missing(place); };
    }

    void work() {
        sends.work(now);
        most_in_flight = std::max(most_in_flight, in_flight());
    }
    void pass(std::chrono::milliseconds time) {
        now = {now.utc + time, now.steady + time};
        work();
    }
    /// Works until `is_true`, with the time standing still.
    template <class Condition>
    [[nodiscard]] bool until(Condition is_true) {
        work();
        return run_until(loop, [&] {
            work();
            return is_true();
        });
    }
    [[nodiscard]] bool until_settled(std::int64_t row, const endings& as) {
        return until([&] { return store.settled_as(row) == as; });
    }
    /// Whatever is under way ends without anything more happening.
    void rest() {
        CHECK(until([&] { return sends.is_at_rest(); }));
    }

    void send(std::int64_t id, msisdn who, std::string_view password = "k7mp9xw3") {
        sends.send(row(id, who, password));
    }
    /// A newer password, whose row ended the older one's in the store.
    void send_overtaking(std::int64_t id, std::int64_t older, msisdn who, std::string_view password) {
        store::outgoing_sms newer = row(id, who, password);
        newer.what.overtaken = {store::outbox_id{older}};
        sends.send(std::move(newer));
    }
    store::outgoing_sms row(std::int64_t id, msisdn who, std::string_view password = "k7mp9xw3") {
        store::outgoing_sms made;
        made.id = store::outbox_id{id};
        made.who = who;
        made.from.characters = "Kabinet";
        made.from.ton = 5;
        made.to.characters = who.text();
        made.group = "main";
        made.action = "issue_password";
        made.what.is = store::verdict::replaced;
        made.what.speaks = *language::from("en");
        made.clear = secret{password};
        made.expires = now.utc + 24h;
        return made;
    }
    [[nodiscard]] std::vector<std::string> read_by(msisdn who) const {
        std::vector<std::string> seen;
        for (const text_seen& each : inbox)
            if (each.to == who)
                seen.push_back(each.words.substr(each.words.rfind(' ') + 1));
        return seen;
    }
    void refuse(status with, std::uint32_t times) {
        centre().faults().refuse_submits = {with, times, simulator::submit_kind::any};
    }
    [[nodiscard]] std::uint32_t in_flight() {
        std::uint32_t sum = 0;
        for (line& each : all)
            sum += each.link->in_flight();
        return sum;
    }

    /// Whose part came, of which row, the how manieth.
    [[nodiscard]] static part_seen part(msisdn who, std::int64_t row, std::uint8_t number) {
        return {who, static_cast<std::uint16_t>(row), number};
    }
    /// Until a centre took so many parts of long messages; nothing is read of its answer to the last one.
    [[nodiscard]] bool until_parts(std::size_t count) {
        return until([&] { return parts.size() == count; });
    }
    [[nodiscard]] std::vector<int> numbers() const {
        std::vector<int> seen;
        for (const part_seen& each : parts)
            seen.push_back(each.number);
        return seen;
    }

    instant now = start;
    std::uint32_t most_in_flight = 0;
    std::shared_ptr<const menus::definition> words{std::shared_ptr<void>{}, &menus::sample_pack()};
    fake_store store;
    sender sends;
};

constexpr std::size_t long_beginning = 400;

/// A pack that says the same in three parts.
std::shared_ptr<const menus::definition> wordy_pack() {
    menus::draft pack = menus::sample_draft();
    menus::put_text(pack, 1, "issue_password.replaced",
                    std::string(long_beginning, 'x') + "\nPassword: {password}");
    return std::make_shared<const menus::definition>(menus::define(pack));
}

/// An outbox of rows of three parts.
class long_outbox : public outbox {
  public:
    explicit long_outbox(smpp::dialect speaks = {})
        : outbox{std::move(speaks)} {
        words = wordy_pack();
    }

    [[nodiscard]] static std::string whole(std::string_view password = "k7mp9xw3") {
        return std::string(long_beginning, 'x') + "\nPassword: " + std::string{password};
    }
};

} // namespace

TEST_SUITE("the sender") {
    TEST_CASE("a row is sent and the store is told") {
        outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna, "fakeword");
        CHECK(of.sends.waiting() == 1);
        REQUIRE(of.until_settled(1, {sent}));
        REQUIRE(of.inbox.size() == 1);
        CHECK(of.inbox[0].to == anna);
        CHECK(of.inbox[0].words == "Password: fakeword");
        of.rest();
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("texts of one subscriber go one after another in their order") {
        outbox of;
        of.bind(of.settings("main"));
        for (std::int64_t each = 1; each <= 5; ++each)
            of.send(each, anna, "fake" + std::to_string(each));
        of.work();
        CHECK(of.in_flight() == 1);
        REQUIRE(of.until_settled(5, {sent}));
        CHECK(of.most_in_flight == 1);
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake1", "fake2", "fake3", "fake4", "fake5"});
    }

    TEST_CASE("a password that another overtook is not sent any more") {
        outbox of;
        of.send(1, anna, "fake1");
        of.work();
        store::outgoing_sms newer = of.row(2, anna, "fake2");
        newer.what.overtaken = {store::outbox_id{1}};
        of.sends.send(std::move(newer));
        CHECK(of.sends.waiting() == 1);
        of.bind(of.settings("main"));
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake2"});
    }

    TEST_CASE("a forgotten row leaves from among the others and one on its way is answered as ever") {
        outbox of;
        of.bind(of.settings("main"));
        for (std::int64_t each = 1; each <= 3; ++each)
            of.send(each, anna, "fake" + std::to_string(each));
        of.work();
        for (const std::int64_t each : {2, 1, 7})
            of.sends.forget(anna, store::outbox_id{each});
        of.sends.forget(boris, store::outbox_id{1});
        REQUIRE(of.until_settled(3, {sent}));
        CHECK(of.store.settled_as(1) == endings{sent});
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake1", "fake3"});
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("subscribers don't wait for each other") {
        outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna);
        of.send(2, boris);
        of.work();
        CHECK(of.in_flight() == 2);
        CHECK(of.until([&] { return of.store.settled.size() == 2; }));
    }

    TEST_CASE("a quarter of the window is left to screens") {
        outbox of;
        smpp::link_settings narrow = of.settings("main");
        narrow.window = 8;
        of.bind(narrow);
        for (std::int64_t each = 1; each <= 20; ++each)
            of.send(each, msisdn::from_digits(79260000000 + static_cast<std::uint64_t>(each)));
        REQUIRE(of.until([&] { return of.store.settled.size() == 20; }));
        CHECK(of.most_in_flight == 6);
    }

    TEST_CASE("a window of one still sends") {
        outbox of;
        smpp::link_settings narrow = of.settings("main");
        narrow.window = 1;
        of.bind(narrow);
        of.send(1, anna);
        of.send(2, boris);
        CHECK(of.until([&] { return of.store.settled.size() == 2; }));
    }

    TEST_CASE("a configured rate is kept") {
        outbox of;
        smpp::link_settings slow = of.settings("main");
        slow.max_tps = 10;
        of.bind(slow);
        for (std::int64_t each = 1; each <= 30; ++each)
            of.send(each, msisdn::from_digits(79260000000 + static_cast<std::uint64_t>(each)));
        of.rest();
        CHECK(of.inbox.size() == 1);
        for (int each = 0; each < 10; ++each) {
            of.pass(100ms);
            of.rest();
        }
        CHECK(of.inbox.size() >= 10);
        CHECK(of.inbox.size() <= 12);
    }

    TEST_CASE("with no link a row waits and leaves when there is one") {
        outbox of;
        of.send(1, anna);
        of.work();
        of.rest();
        CHECK(of.store.settled_as(1).empty());
        CHECK(of.sends.waiting() == 1);
        of.bind(of.settings("main"));
        CHECK(of.until_settled(1, {sent}));
    }

    TEST_CASE("a link that carries no SMS is not used") {
        outbox of;
        smpp::link_settings ussd_only = of.settings("main");
        ussd_only.carries_sms = false;
        of.bind(ussd_only);
        of.send(1, anna);
        of.work();
        CHECK(of.in_flight() == 0);
        of.rest();
        CHECK(of.inbox.empty());
    }

    TEST_CASE("a link of the row's own group is preferred and any other will do") {
        outbox of;
        of.bind(of.settings("other"));
        line& own = of.bind(of.settings("main"));
        of.bind(of.settings("third"));
        of.send(1, anna);
        of.work();
        CHECK(own.link->in_flight() == 1);
        REQUIRE(of.until_settled(1, {sent}));
        store::outgoing_sms stray = of.row(2, anna);
        stray.group = "gone";
        of.sends.send(std::move(stray));
        CHECK(of.until_settled(2, {sent}));
    }
}

TEST_SUITE("a password that another one overtook") {
    TEST_CASE("it is not sent when it waits and the rows around it are") {
        outbox of;
        of.send(1, anna, "fake1");
        of.send(2, anna, "fake2");
        of.send(3, anna, "fake3");
        of.send_overtaking(4, 2, anna, "fake4");
        of.send_overtaking(5, 1, anna, "fake5");
        of.send_overtaking(6, 99, anna, "fake6");
        of.bind(of.settings("main"));
        REQUIRE(of.until_settled(6, {sent}));
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake3", "fake4", "fake5", "fake6"});
        of.rest();
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("it is not sent again when it was on its way") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::throttled, 1);
        of.send(1, anna, "fake1");
        of.work();
        CHECK(of.in_flight() == 1);
        of.send_overtaking(2, 1, anna, "fake2");
        of.rest();
        of.pass(3s);
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1).empty()); // the store ended it itself
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake2"});
    }

    TEST_CASE("it stays sent when it was taken") {
        outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna, "fake1");
        of.work();
        of.send_overtaking(2, 1, anna, "fake2");
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1) == endings{sent});
    }
}

TEST_SUITE("what a centre refuses for a while") {
    TEST_CASE("a throttled link goes slower and loses nothing and keeps the order") {
        for (const status slower : {status::throttled, status::queue_full}) {
            CAPTURE(static_cast<int>(slower));
            outbox of;
            of.bind(of.settings("main"));
            of.refuse(slower, 3);
            for (std::int64_t each = 1; each <= 4; ++each) {
                of.send(each, anna, "fake" + std::to_string(each));
                of.send(10 + each, boris, "fake" + std::to_string(each));
            }
            of.rest();
            CHECK(of.inbox.empty());
            CHECK(of.store.settled.empty());
            for (int each = 0; each < 100 && of.store.settled.size() < 8; ++each) {
                of.pass(500ms);
                of.rest();
            }
            const std::vector<std::string> in_order{"fake1", "fake2", "fake3", "fake4"};
            CHECK(of.read_by(anna) == in_order);
            CHECK(of.read_by(boris) == in_order);
            CHECK(of.store.settled_as(4) == endings{sent});
            CHECK(of.sends.waiting() == 0);
        }
    }

    TEST_CASE("nothing leaves during the pause") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::queue_full, 1);
        of.send(1, anna);
        of.rest();
        of.pass(1'900ms);
        of.rest();
        CHECK(of.inbox.empty());
        of.pass(1'200ms);
        CHECK(of.until_settled(1, {sent}));
    }

    TEST_CASE("a throttled link holds up nobody while another takes") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::throttled, 1);
        of.send(1, anna);
        of.rest();
        of.bind(of.settings("other"));
        of.send(2, boris);
        CHECK(of.until([&] { return of.store.settled.size() == 2; }));
    }

    TEST_CASE("a hundred refusals leave nothing behind") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::throttled, 100);
        of.send(1, anna);
        for (int each = 0; each < 200 && of.store.settled.empty(); ++each) {
            of.pass(2s);
            of.rest();
        }
        CHECK(of.store.settled_as(1) == endings{sent});
        CHECK(of.inbox.size() == 1);
    }

    TEST_CASE("an error that may pass is tried again later each time") {
        for (const status passing : {status::system_error, status::temporary_error}) {
            outbox of;
            of.bind(of.settings("main"));
            of.refuse(passing, 2);
            of.send(1, anna);
            of.rest();
            of.pass(4'900ms);
            of.rest();
            CHECK(of.refusals.size() == 1);
            of.pass(200ms);
            of.rest();
            CHECK(of.refusals.size() == 2);
            of.pass(5'100ms);
            of.rest();
            CHECK(of.inbox.empty());
            of.pass(5s);
            CHECK(of.until_settled(1, {sent}));
        }
    }

    TEST_CASE("a link that isn't bound over there gets the row when it is bound anew") {
        outbox of;
        const line& by = of.bind(of.settings("main"));
        of.refuse(status::invalid_bind_status, 1);
        of.send(1, anna);
        REQUIRE(of.until([&] { return of.refusals.size() == 1 && of.in_flight() == 0; }));
        of.pass(5'100ms);
        REQUIRE(of.until([&] { return by.link->is_bound(); }));
        CHECK(of.until_settled(1, {sent}));
    }

    TEST_CASE("who waits for another try holds up nobody else") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::system_error, 1);
        of.send(1, anna);
        of.rest();
        of.send(2, boris);
        CHECK(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1).empty());
    }

    TEST_CASE("a permanent error fails the row and the next one goes on") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::invalid_destination, 1);
        of.send(1, anna, "fake1");
        of.send(2, anna, "fake2");
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1) == endings{failed});
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake2"});
    }

    TEST_CASE("an unknown status of a vendor is as permanent as any") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(static_cast<status>(0x4C9), 1);
        of.send(1, anna);
        CHECK(of.until_settled(1, {failed}));
    }

    TEST_CASE("a row that expired is never sent") {
        outbox of;
        of.bind(of.settings("main"));
        of.refuse(status::throttled, simulator::for_ever);
        of.send(1, anna);
        of.rest();
        of.pass(24h);
        REQUIRE(of.until_settled(1, {expired}));
        CHECK(of.inbox.empty());
        store::outgoing_sms dead = of.row(2, boris);
        dead.expires = of.now.utc;
        of.sends.send(std::move(dead));
        CHECK(of.until_settled(2, {expired}));
    }

    TEST_CASE("a text that can't be written fails and holds up nobody") {
        outbox of;
        of.bind(of.settings("main"));
        store::outgoing_sms nameless = of.row(1, anna);
        nameless.action = "no_such_action";
        of.sends.send(std::move(nameless));
        of.send(2, boris);
        CHECK(of.until([&] { return of.store.settled.size() == 2; }));
        CHECK(of.store.settled_as(1) == endings{failed});
        CHECK(of.store.settled_as(2) == endings{sent});
    }
}

TEST_SUITE("responses that don't come") {
    TEST_CASE("a row without response is unknown and resent once and then failed") {
        outbox of{with_response_timeout(50ms)};
        of.bind(of.settings("main"));
        of.centre().faults().answers_submits = false;
        of.send(1, anna);
        REQUIRE(of.until_settled(1, {unknown}));
        CHECK(of.until_settled(1, {unknown, failed}));
        CHECK(of.inbox.size() == 2);
        of.rest();
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("a row that is answered the second time is sent") {
        outbox of{with_response_timeout(50ms)};
        of.bind(of.settings("main"));
        of.centre().faults().answers_submits = false;
        of.send(1, anna);
        of.work();
        REQUIRE(run_until(of.loop, [&] { return of.in_flight() == 0; }));
        of.centre().faults().answers_submits = true;
        CHECK(of.until_settled(1, {unknown, sent}));
        CHECK(of.inbox.size() == 2);
    }

    TEST_CASE("a late response says that it was sent") {
        outbox of{with_response_timeout(50ms)};
        smpp::link_settings paced = of.settings("main");
        paced.max_tps = 1;
        of.bind(paced);
        of.centre().faults().response_delay = 300ms;
        of.send(1, anna, "fake1");
        of.work(); // what is left of this second lets nothing more go
        REQUIRE(of.until_settled(1, {unknown}));
        REQUIRE(of.until_settled(1, {unknown, sent}));
        CHECK(of.inbox.size() == 1);
        of.rest();
    }

    TEST_CASE("a late response after throttled tries doesn't settle the next row") {
        outbox of{with_response_timeout(50ms)};
        smpp::link_settings paced = of.settings("main");
        paced.max_tps = 1;
        of.bind(paced);
        of.centre().faults().response_delay = 400ms;
        of.send(1, anna, "fake1");
        REQUIRE(of.until_settled(1, {unknown}));
        of.centre().faults().response_delay = 0ms;
        for (int each = 0; each < 2; ++each) { // two refusals while the first submit is still unanswered
            of.refuse(status::throttled, 1);
            const std::size_t before = of.refusals.size();
            of.pass(3s);
            REQUIRE(of.until([&] { return of.refusals.size() > before && of.in_flight() == 0; }));
        }
        of.pass(3s);
        REQUIRE(of.until_settled(1, {unknown, sent}));
        of.centre().faults().answers_submits = false;
        of.send(2, anna, "fake2");
        of.pass(3s);
        REQUIRE(of.in_flight() == 1);
        REQUIRE(of.until_settled(2, {unknown})); // by then the late response to the first row has come
        CHECK(of.store.settled_as(1) == endings{unknown, sent});
    }

    TEST_CASE("what a lost link took is unknown and goes again when it is back") {
        outbox of;
        of.bind(of.settings("main"));
        of.centre().faults().answers_submits = false;
        of.send(1, anna);
        of.work();
        REQUIRE(run_until(of.loop, [&] { return !of.inbox.empty(); }));
        of.centre().drop();
        REQUIRE(of.until_settled(1, {unknown}));
        of.centre().faults().answers_submits = true;
        CHECK(of.until_settled(1, {unknown, sent}));
        CHECK(of.inbox.size() == 2);
    }
}

TEST_SUITE("a message in several parts") {
    using parts_seen = std::vector<linked::part_seen>;
    using numbers = std::vector<int>;

    TEST_CASE("it leaves part by part under one reference and is sent with the last") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(7, anna, "fakeword");
        REQUIRE(of.until_parts(2));
        CHECK(of.store.settled.empty());
        REQUIRE(of.until_settled(7, {sent}));
        CHECK(of.parts == parts_seen{of.part(anna, 7, 1), of.part(anna, 7, 2), of.part(anna, 7, 3)});
        CHECK(of.most_in_flight == 1);
        REQUIRE(of.inbox.size() == 1);
        CHECK(of.inbox[0].words == of.whole("fakeword"));
        of.rest();
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("the next one of its subscriber waits for its last part and has another reference") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(255, anna, "fake1");
        of.send(256, anna, "fake2");
        REQUIRE(of.until_settled(256, {sent}));
        CHECK(of.numbers() == numbers{1, 2, 3, 1, 2, 3});
        CHECK(of.parts[0].reference == 255);
        CHECK(of.parts[3].reference == 0); // one octet
        CHECK(of.inbox.size() == 2);
        CHECK(of.inbox[1].words == of.whole("fake2"));
    }

    TEST_CASE("each of its parts is counted by the pace of the link") {
        long_outbox of;
        smpp::link_settings slow = of.settings("main");
        slow.max_tps = 10;
        of.bind(slow);
        for (std::int64_t each = 1; each <= 10; ++each)
            of.send(each, msisdn::from_digits(79260000000 + static_cast<std::uint64_t>(each)));
        of.rest();
        CHECK(of.parts.size() == 1);
        for (int each = 0; each < 10; ++each) {
            of.pass(100ms);
            of.rest();
        }
        CHECK(of.parts.size() >= 10);
        CHECK(of.parts.size() <= 12);
        CHECK(of.inbox.size() >= 3); // what is begun is finished before another is begun
    }

    TEST_CASE("one that is begun goes before those that wait") {
        long_outbox of;
        smpp::link_settings slow = of.settings("main");
        slow.max_tps = 10;
        of.bind(slow);
        of.send(1, anna);
        of.send(2, boris);
        for (int each = 0; each < 6; ++each) {
            of.rest();
            of.pass(100ms);
        }
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.parts == parts_seen{of.part(anna, 1, 1), of.part(anna, 1, 2), of.part(anna, 1, 3),
                                     of.part(boris, 2, 1), of.part(boris, 2, 2), of.part(boris, 2, 3)});
    }

    TEST_CASE("a part refused for good fails it and the rest isn't sent") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna);
        of.send(2, anna);
        REQUIRE(of.until_parts(1));
        of.refuse(status::invalid_destination, 1);
        REQUIRE(of.until_settled(1, {failed}));
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.parts ==
              parts_seen{of.part(anna, 1, 1), of.part(anna, 2, 1), of.part(anna, 2, 2), of.part(anna, 2, 3)});
        CHECK(of.inbox.size() == 1);
    }

    TEST_CASE("a part refused for a while goes again and those before it don't") {
        for (const status passing : {status::throttled, status::queue_full, status::system_error,
                                     status::temporary_error, status::invalid_bind_status}) {
            CAPTURE(static_cast<int>(passing));
            long_outbox of;
            const line& by = of.bind(of.settings("main"));
            of.send(1, anna);
            REQUIRE(of.until_parts(1));
            of.refuse(passing, 1);
            REQUIRE(of.until([&] { return of.refusals.size() == 1 && of.in_flight() == 0; }));
            CHECK(of.numbers() == numbers{1});
            REQUIRE(of.until([&] { return by.link->is_bound(); }));
            for (int each = 0; each < 4; ++each) {
                of.pass(6s);
                of.rest();
            }
            REQUIRE(of.until_settled(1, {sent}));
            CHECK(of.numbers() == numbers{1, 2, 3});
        }
    }

    TEST_CASE("a part without response goes again alone") {
        long_outbox of{with_response_timeout(50ms)};
        of.bind(of.settings("main"));
        of.send(1, anna);
        REQUIRE(of.until_parts(1));
        of.centre().faults().answers_submits = false;
        REQUIRE(of.until_parts(2));
        of.centre().faults().answers_submits = true;
        REQUIRE(of.until_settled(1, {unknown, sent}));
        CHECK(of.numbers() == numbers{1, 2, 2, 3});
        CHECK(of.inbox.size() == 1);
    }

    TEST_CASE("a part that gets no response twice fails it") {
        long_outbox of{with_response_timeout(50ms)};
        of.bind(of.settings("main"));
        of.send(1, anna);
        REQUIRE(of.until_parts(1));
        of.centre().faults().answers_submits = false;
        REQUIRE(of.until_settled(1, {unknown, failed}));
        CHECK(of.numbers() == numbers{1, 2, 2});
        of.rest();
        CHECK(of.sends.waiting() == 0);
    }

    TEST_CASE("each part may miss its response once") {
        long_outbox of{with_response_timeout(50ms)};
        of.bind(of.settings("main"));
        of.centre().faults().answers_submits = false;
        of.send(1, anna);
        for (const std::size_t each : {1U, 3U, 5U}) {
            REQUIRE(of.until_parts(each));
            of.centre().faults().answers_submits = true;
            REQUIRE(of.until_parts(each + 1));
            of.centre().faults().answers_submits = false;
        }
        REQUIRE(of.until([&] { return of.sends.waiting() == 0 && of.sends.is_at_rest(); }));
        CHECK(of.store.settled_as(1).back() == sent);
        CHECK(of.numbers() == numbers{1, 1, 2, 2, 3, 3});
    }

    TEST_CASE("after a late response to a part the next one leaves") {
        long_outbox of{with_response_timeout(50ms)};
        smpp::link_settings paced = of.settings("main");
        paced.max_tps = 1;
        of.bind(paced);
        int answered = 0;
        of.on_response = [&answered, inner = of.on_response](line& by, place_key place,
                                                             const smpp::response& answer) {
            ++answered;
            inner(by, place, answer);
        };
        of.centre().faults().response_delay = 300ms;
        of.send(1, anna);
        REQUIRE(of.until_settled(1, {unknown}));
        REQUIRE(of.until([&] { return answered == 1; }));
        of.centre().faults().response_delay = 0ms;
        for (int each = 0; each < 2; ++each) {
            of.pass(1s);
            of.rest();
        }
        REQUIRE(of.until_settled(1, {unknown, sent}));
        CHECK(of.numbers() == numbers{1, 2, 3});
    }

    TEST_CASE("its rest isn't sent once another overtook it") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna, "fake1");
        REQUIRE(of.until_parts(1));
        of.send_overtaking(2, 1, anna, "fake2");
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1).empty());
        CHECK(of.parts ==
              parts_seen{of.part(anna, 1, 1), of.part(anna, 2, 1), of.part(anna, 2, 2), of.part(anna, 2, 3)});
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake2"});
    }

    TEST_CASE("its rest isn't sent either when it is overtaken between two parts") {
        long_outbox of;
        smpp::link_settings slow = of.settings("main");
        slow.max_tps = 1;
        of.bind(slow);
        of.send(1, anna, "fake1");
        of.rest();
        CHECK(of.numbers() == numbers{1});
        of.send_overtaking(2, 1, anna, "fake2");
        for (int each = 0; each < 3; ++each) {
            of.pass(1s);
            of.rest();
        }
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.read_by(anna) == std::vector<std::string>{"fake2"});
        CHECK(of.numbers() == numbers{1, 1, 2, 3});
    }

    TEST_CASE("it expires between its parts as before the first") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna);
        REQUIRE(of.until_parts(1));
        of.refuse(status::throttled, simulator::for_ever);
        of.rest();
        of.pass(24h);
        REQUIRE(of.until_settled(1, {expired}));
        CHECK(of.numbers() == numbers{1});
    }

    TEST_CASE("a pack that changes in its middle changes no word of it") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna, "fake1");
        of.send(2, anna, "fake2");
        REQUIRE(of.until_parts(1));
        of.words = {std::shared_ptr<void>{}, &menus::sample_pack()};
        REQUIRE(of.until_settled(2, {sent}));
        REQUIRE(of.inbox.size() == 2);
        CHECK(of.inbox[0].words == of.whole("fake1"));
        CHECK(of.inbox[1].words == "Password: fake2");
    }

    TEST_CASE("its rest waits for the link that took its first part while others pass it") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(1, anna);
        REQUIRE(of.until_parts(1));
        of.refuse(status::throttled, 1);
        of.rest();
        of.bind(of.settings("other"));
        of.send(2, boris);
        REQUIRE(of.until_settled(2, {sent}));
        CHECK(of.store.settled_as(1).empty());
        CHECK(of.parts == parts_seen{of.part(anna, 1, 1), of.part(boris, 2, 1), of.part(boris, 2, 2),
                                     of.part(boris, 2, 3)});
        for (int each = 0; each < 4; ++each) {
            of.pass(3s);
            of.rest();
        }
        REQUIRE(of.until_settled(1, {sent}));
        CHECK(of.numbers() == numbers{1, 1, 2, 3, 2, 3});
    }

    TEST_CASE("without its link the rest leaves by another one of the same centre") {
        long_outbox of;
        line& own = of.bind(of.settings("main"));
        of.send(1, anna);
        REQUIRE(of.until_parts(1));
        own.link->stop();
        smpp::link_settings spare = of.settings("main");
        spare.name = "spare";
        of.bind(spare);
        REQUIRE(of.until_settled(1, {sent}));
        CHECK(of.numbers() == numbers{1, 2, 3});
    }

    TEST_CASE("another centre gets all of it and so does a link that writes it otherwise") {
        for (const bool is_other_centre : {true, false}) {
            CAPTURE(is_other_centre);
            long_outbox of;
            line& own = of.bind(of.settings("main"));
            of.send(1, anna);
            REQUIRE(of.until_parts(1));
            own.link->stop();
            smpp::link_settings other = of.settings(is_other_centre ? "other" : "main");
            if (!is_other_centre)
                other.speaks.gsm_data_coding = 3; // Latin-1
            of.bind(other);
            REQUIRE(of.until_settled(1, {sent}));
            CHECK(of.numbers() == numbers{1, 1, 2, 3});
            CHECK(of.inbox.size() == 1);
        }
    }

    TEST_CASE("the next run sends all of it again under the same reference") {
        long_outbox of;
        of.bind(of.settings("main"));
        of.send(7, anna);
        REQUIRE(of.until_parts(1));
        of.sends.stop_submitting();
        of.rest();
        CHECK(of.numbers() == numbers{1});
        CHECK(of.store.settled_as(7).empty());

        long_outbox next;
        next.bind(next.settings("main"));
        next.store.waiting.push_back(next.row(7, anna));
        REQUIRE(next.until_settled(7, {sent}));
        CHECK(next.parts == parts_seen{next.part(anna, 7, 1), next.part(anna, 7, 2), next.part(anna, 7, 3)});
    }
}

TEST_SUITE("the sender and the store") {
    TEST_CASE("rows of earlier runs are fetched at the start and sent") {
        outbox of;
        of.bind(of.settings("main"));
        of.store.waiting.push_back(of.row(1, anna));
        of.store.waiting.push_back(of.row(2, boris));
        CHECK(of.until([&] { return of.store.settled.size() == 2; }));
        CHECK(of.store.settled_as(1) == endings{sent});
    }

    TEST_CASE("an empty store is asked again only after a while") {
        outbox of;
        of.rest();
        of.pass(100ms);
        of.rest();
        CHECK(of.store.claims == 1);
        of.pass(5s);
        of.rest();
        CHECK(of.store.claims == 2);
    }

    TEST_CASE("a released row is fetched at once") {
        outbox of;
        of.bind(of.settings("main"));
        of.rest();
        of.sends.release(store::outbox_id{7});
        REQUIRE(of.until_settled(7, {release}));
        of.store.waiting.push_back(of.row(7, anna));
        CHECK(of.until_settled(7, {release, sent}));
    }

    TEST_CASE("a cancelled row is told to the store and nothing is sent") {
        outbox of;
        of.bind(of.settings("main"));
        of.sends.cancel(store::outbox_id{7});
        REQUIRE(of.until_settled(7, {cancel}));
        of.rest();
        CHECK(of.inbox.empty());
    }

    TEST_CASE("beyond the cap rows go back to the store") {
        outbox of{{}, 2};
        for (std::int64_t each = 1; each <= 3; ++each)
            of.send(each, msisdn::from_digits(79260000000 + static_cast<std::uint64_t>(each)));
        CHECK(of.sends.waiting() == 2);
        REQUIRE(of.until_settled(3, {give_back}));
        CHECK(of.store.settled_as(1).empty());
        CHECK(of.store.claims == 0); // no room for more
        of.bind(of.settings("main"));
        REQUIRE(of.until([&] { return of.store.claims != 0; }));
        of.store.waiting.push_back(of.row(3, vera));
        of.pass(5s);
        CHECK(of.until_settled(3, {give_back, sent}));
    }

    TEST_CASE("a busy store hears later how rows ended") {
        outbox of;
        of.bind(of.settings("main"));
        of.rest();
        of.store.is_busy = true;
        of.send(1, anna);
        of.work();
        REQUIRE(of.until([&] { return of.store.settle_calls > 2; }));
        CHECK(of.store.settled.empty());
        CHECK_FALSE(of.sends.is_at_rest());
        of.send(2, anna);
        REQUIRE(of.until([&] { return of.inbox.size() == 2 && of.in_flight() == 0; }));
        of.store.is_busy = false;
        REQUIRE(of.until([&] { return of.store.settled.size() == 2; }));
        CHECK(of.store.settled[0].id == store::outbox_id{1});
        CHECK(of.store.settled[1].id == store::outbox_id{2});
        of.rest();
    }

    TEST_CASE("a store that was busy at the start is asked again") {
        outbox of;
        of.bind(of.settings("main"));
        of.store.is_busy = true;
        of.store.waiting.push_back(of.row(1, anna));
        of.rest();
        of.store.is_busy = false;
        of.pass(5s);
        CHECK(of.until_settled(1, {sent}));
    }

    TEST_CASE("it is not at rest while a response is awaited") {
        outbox of;
        of.bind(of.settings("main"));
        of.rest();
        of.centre().faults().answers_submits = false;
        of.send(1, anna);
        of.work();
        REQUIRE(run_until(of.loop, [&] { return !of.inbox.empty(); }));
        CHECK_FALSE(of.sends.is_at_rest());
    }
}

} // namespace kabinet::gateway::sender_test
