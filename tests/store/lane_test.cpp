#include "store/lane.hpp"

#include "store/sqlite.hpp"
#include "store/sqlite_connection.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace lane_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

using boost::system::result;

/// Answers at once and remembers in which batches; a test says what fails.
class scripted_backend final : public backend, private reading_backend {
  public:
    struct script {
        std::mutex gate;
        std::vector<std::size_t> batches; // how many items each committed one had
        std::vector<std::string> told;    // of wishes that were committed, in order
        std::function<boost::system::error_code(const std::string&)> fails_item;
        std::function<boost::system::error_code()> fails_commit;
        std::atomic<bool> has_space = true;
        std::atomic<std::uint64_t> log_octets = 0;
        std::atomic<int> truncations = 0;
        std::vector<utc_time> tidied; // each time with the time it was told
        std::mutex entry;             // held by a test to keep the lane waiting at its next batch
    };
    explicit scripted_backend(script& with)
        : with_{with} {}

    result<void> begin() override {
        const std::lock_guard wait{with_.entry};
        batch_.clear();
        return {};
    }
    result<void> commit() override {
        const std::lock_guard lock{with_.gate};
        if (batch_.empty())
            return {}; // housekeeping
        if (with_.fails_commit)
            if (const auto error = with_.fails_commit())
                return error;
        with_.batches.push_back(batch_.size());
        with_.told.insert(with_.told.end(), batch_.begin(), batch_.end());
        return {};
    }
    void roll_back() noexcept override { batch_.clear(); }

    result<begun_order> begin_order(const request&) override { return storage_error::failed; }
    result<std::optional<outcome>> end_order(const request_id&, const order_end&, bool, utc_time) override {
        return storage_error::failed;
    }
    result<std::vector<open_order>> list_orders(std::int64_t, std::size_t) override {
        return std::vector<open_order>{};
    }
    result<std::vector<number_news>> list_news(std::int64_t, std::size_t, utc_time) override {
        return std::vector<number_news>{};
    }
    result<void> end_news(std::int64_t) override { return {}; }
    result<void> put_off_news(std::int64_t, utc_time) override { return {}; }
    result<std::vector<awaited_call>> list_calls(msisdn, std::size_t) override {
        return std::vector<awaited_call>{};
    }
    result<bool> end_call(msisdn, utc_time) override { return false; }
    result<call_figures> count_calls(utc_time) override { return call_figures{}; }
    result<news_figures> count_news() override { return news_figures{}; }
    result<outcome> fulfil(const request& wish) override {
        const auto& text = std::get<tell>(wish.what).text;
        const std::lock_guard lock{with_.gate};
        if (with_.fails_item)
            if (const auto error = with_.fails_item(text)) {
                return error;
            }
        batch_.push_back(text);
        return outcome{};
    }
    result<login_view> look_through(msisdn, const login_proof&) override { return login_view{}; }
    result<word_facts> look_before_word(msisdn, std::uint32_t, utc_time) override { return word_facts{}; }
    result<login_facts> look_before_login(msisdn, std::uint32_t, utc_time) override { return login_facts{}; }
    result<std::vector<outgoing_sms>> claim(std::size_t, utc_time) override {
        return std::vector<outgoing_sms>{};
    }
    result<std::size_t> settle(std::span<const settlement> rows, utc_time) override { return rows.size(); }
    result<bool> tidy(utc_time now) override {
        const std::lock_guard lock{with_.gate};
        with_.tidied.push_back(now);
        return false;
    }
    result<std::optional<account_facts>> inspect(msisdn, utc_time) override { return std::nullopt; }
    result<bool> change(msisdn, const account_change&, utc_time) override { return true; }
    result<void> note_use(msisdn, std::chrono::seconds, utc_time) override { return {}; }
    result<std::vector<audit_entry>> trace(msisdn, std::size_t) override {
        return std::vector<audit_entry>{};
    }
    result<void> note_refused_portal(utc_time) override { return {}; }
    result<bool> erase(msisdn, utc_time) override { return true; }
    result<language_page> list_languages(std::int64_t, std::size_t, language) override {
        return language_page{};
    }
    result<feed_outcome> take_feed(std::span<const subscriber>, const feed_terms&, utc_time) override {
        return feed_outcome{};
    }
    result<std::int64_t> begin_full_feed() override { return 1; }
    result<missing_page> drop_missing(std::int64_t, msisdn, std::size_t, utc_time) override {
        return missing_page{};
    }
    result<std::optional<subscriber>> find_subscriber(msisdn) override { return std::nullopt; }
    result<std::vector<subscriber>> list_subscribers(msisdn, std::size_t) override {
        return std::vector<subscriber>{};
    }
    result<vouchers_added> add_vouchers(std::span<const voucher>) override { return vouchers_added{}; }
    result<std::size_t> return_promises(std::size_t, std::string_view, utc_time) override {
        return std::size_t{0};
    }
    result<notice_page> tell_waiting(const waiting_notices&, std::int64_t, std::size_t, utc_time) override {
        return notice_page{};
    }
    result<ledger_check> verify_ledger() override { return ledger_check{}; }
    result<std::size_t> take_fees(std::size_t, const ware_notices&, utc_time) override {
        return std::size_t{0};
    }
    result<bool> tell_left(msisdn, std::string_view, const allowance&) override { return false; }
    result<audit_check> verify_audit() override { return audit_check{}; }
    result<void> back_up(const std::filesystem::path&) override { return {}; }
    void hurry() noexcept override {}
    result<void> probe() override {
        return with_.has_space ? result<void>{} : result<void>{storage_error::full};
    }
    reading_backend& reader() override { return *this; }
    result<bool> truncate_log() override {
        ++with_.truncations;
        return true;
    }
    result<std::uint64_t> checkpoint() override { return with_.log_octets.load(); }

  private:
    result<void> begin_reading() override { return {}; }
    result<void> end_reading() override { return {}; }
    result<purse_view> read_purse(msisdn) override { return purse_view{}; }
    result<movements_view> read_movements(msisdn, const movements_query&) override {
        return movements_view{};
    }
    result<account_traits> read_traits(msisdn, utc_time) override { return account_traits{}; }
    result<holdings_view> read_holdings(msisdn) override { return holdings_view{}; }

    script& with_;
    std::vector<std::string> batch_;
};

settings quick() {
    settings how;
    how.checkpoint_every = 1ms;
    return how;
}

/// A lane with its loop; completions are counted, and a test waits by turning the loop.
struct house {
    using script = scripted_backend::script;

    explicit house(settings how = quick()) {
        on = std::make_unique<lane>(std::make_unique<scripted_backend>(plan), loop.get_executor(), how,
                                    [this](std::string_view why) {
                                        const std::lock_guard lock{plan.gate};
                                        last_words = why;
                                    });
    }
    ~house() { on->stop(); }

    void tell_it(std::string text) {
        auto asked = wish(with, text, tell{text}, at(0s));
        on->once(std::move(asked), [this, text](result<outcome> came) {
            answers.push_back(text + (came ? "" : came.error() == store_error::busy ? " busy" : " failed"));
        });
    }
    void wait_for(std::size_t count) {
        while (answers.size() < count)
            loop.run_one();
    }
    std::string words() {
        const std::lock_guard lock{plan.gate};
        return last_words;
    }
    void wait_for_words() {
        while (words().empty())
            std::this_thread::yield();
    }

    keys with = keys::parse(key_lines, "test.key");
    script plan;
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    std::vector<std::string> answers;
    std::string last_words;
    std::unique_ptr<lane> on;
};

/// A database on a disk of forty pages, until somebody makes room.
class filling_backend final : public sqlite_backend {
  public:
    filling_backend(const std::filesystem::path& file, const keys& with, const std::atomic<bool>& has_space)
        : sqlite_backend{file, with}
        , has_space_{has_space} {
        cap_pages(40);
    }
    result<void> probe() override {
        if (has_space_)
            cap_pages(100'000);
        return sqlite_backend::probe();
    }

  private:
    const std::atomic<bool>& has_space_;
};

const boost::system::error_code full = storage_error::full;
const boost::system::error_code failed = storage_error::failed;

} // namespace

TEST_CASE("wishes that queue become durable together and are told in order") {
    house here;
    {
        const std::lock_guard wait{here.plan.entry};
        for (int count = 0; count < 100; ++count)
            here.tell_it(std::to_string(count));
    }
    here.wait_for(100);
    for (int count = 0; count < 100; ++count)
        CHECK(here.answers[static_cast<std::size_t>(count)] == std::to_string(count));
    CHECK(here.plan.told == here.answers);
    for (const auto size : here.plan.batches)
        CHECK(size <= 64);
    CHECK(here.plan.batches.size() <= 4);
}

TEST_CASE("nothing is tidied before somebody has told the time") {
    house here;
    here.plan.log_octets = 1ULL << 40; // truncated each time the lane keeps house
    while (here.plan.truncations < 3)
        std::this_thread::yield();
    const auto tidied = [&] {
        const std::lock_guard lock{here.plan.gate};
        return here.plan.tidied;
    };
    CHECK(tidied().empty());
    here.tell_it("now");
    here.wait_for(1);
    while (tidied().empty())
        std::this_thread::yield();
    CHECK(tidied().front() == at(0s).utc);
}

TEST_CASE("a lane that is far behind takes larger batches") {
    auto how = quick();
    how.batch = 2;
    how.batch_when_behind = 50;
    how.behind = 20;
    house here{how};
    {
        const std::lock_guard wait{here.plan.entry};
        for (int count = 0; count < 200; ++count)
            here.tell_it(std::to_string(count));
    }
    here.wait_for(200);
    CHECK(std::find(here.plan.batches.begin(), here.plan.batches.end(), 50U) != here.plan.batches.end());

    how.behind = 200;
    house other{how};
    {
        const std::lock_guard wait{other.plan.entry};
        for (int count = 0; count < 200; ++count)
            other.tell_it(std::to_string(count));
    }
    other.wait_for(200);
    for (const auto size : other.plan.batches)
        CHECK(size <= 2);
}

TEST_CASE("a full queue refuses the newest and keeps the rest") {
    auto how = quick();
    how.queue = 10;
    house here{how};
    {
        const std::lock_guard wait{here.plan.entry};
        here.tell_it("0");
        while (here.on->look().waiting != 0) // until the lane has taken it and waits at the entry
            std::this_thread::yield();
        for (int count = 1; count < 100; ++count)
            here.tell_it(std::to_string(count));
        CHECK(here.on->look().waiting == 10);
    }
    here.wait_for(100);
    const auto refused = std::count_if(here.answers.begin(), here.answers.end(),
                                       [](const auto& one) { return one.find("busy") != std::string::npos; });
    CHECK(refused == 89);
    std::vector<std::string> oldest;
    for (int count = 0; count < 11; ++count)
        oldest.push_back(std::to_string(count));
    CHECK(here.plan.told == oldest);
}

TEST_CASE("a disk that fills in mid-batch has nothing of the batch told done before it is") {
    house here;
    here.plan.has_space = false;
    here.plan.fails_item = [](const std::string& text) {
        return text == "2" ? full : boost::system::error_code{};
    };
    {
        const std::lock_guard wait{here.plan.entry};
        for (const auto* text : {"0", "1", "2", "3"})
            here.tell_it(text);
    }
    here.wait_for(4);
    CHECK(here.answers == std::vector<std::string>{"0", "1", "2 busy", "3"});
    CHECK(here.plan.told == std::vector<std::string>{"0", "1", "3"});
    CHECK(here.plan.truncations > 0);
}

TEST_CASE("while the disk is full intake is refused and resumes when space returns") {
    house here;
    here.plan.has_space = false;
    here.plan.fails_item = [&](const std::string&) {
        return here.plan.has_space ? boost::system::error_code{} : full;
    };
    here.tell_it("0");
    here.wait_for(1);
    CHECK(here.answers[0] == "0 busy");
    CHECK(here.on->look().is_full);
    here.tell_it("1");
    here.wait_for(2);
    CHECK(here.answers[1] == "1 busy");

    here.plan.has_space = true;
    while (here.on->look().is_full)
        std::this_thread::yield();
    here.tell_it("2");
    here.wait_for(3);
    CHECK(here.answers[2] == "2");
}

TEST_CASE("a commit that finds no space is undone and tried again") {
    house here;
    int commits = 0;
    here.plan.fails_commit = [&] { return ++commits == 1 ? full : boost::system::error_code{}; };
    here.tell_it("0");
    here.wait_for(1);
    CHECK(here.answers[0] == "0");
    CHECK(here.words().empty());
}

TEST_CASE("a failed commit ends the process and completes nothing") {
    house here;
    here.plan.fails_commit = [] { return failed; };
    here.tell_it("0");
    here.wait_for_words();
    here.on->stop();
    here.loop.poll();
    CHECK(here.answers.empty());
    CHECK(here.plan.told.empty());
}

TEST_CASE("an error that one item brings is tried alone and then ends the process") {
    house here;
    int tries = 0;
    here.plan.fails_item = [&](const std::string& text) {
        tries += text == "1";
        return text == "1" ? failed : boost::system::error_code{};
    };
    {
        const std::lock_guard wait{here.plan.entry};
        for (const auto* text : {"0", "1", "2"})
            here.tell_it(text);
    }
    here.wait_for_words();
    here.on->stop();
    here.loop.poll();
    CHECK(tries == 2);
    // "0" may have been a batch of its own; nothing of the broken one is told
    CHECK(std::ranges::count(here.answers, "1") + std::ranges::count(here.answers, "2") == 0);
}

TEST_CASE("an error that goes away alone harms nobody") {
    house here;
    int tries = 0;
    here.plan.fails_item = [&](const std::string&) {
        return ++tries == 1 ? failed : boost::system::error_code{};
    };
    here.tell_it("0");
    here.wait_for(1);
    CHECK(here.answers[0] == "0");
    CHECK(here.words().empty());
}

TEST_CASE("an item's own error is its own") {
    house here;
    here.plan.fails_item = [&](const std::string& text) {
        return text == "1" ? boost::system::error_code{store_error::conflict} : boost::system::error_code{};
    };
    for (const auto* text : {"0", "1", "2"})
        here.tell_it(text);
    here.wait_for(3);
    CHECK(here.answers == std::vector<std::string>{"0", "1 failed", "2"});
}

TEST_CASE("a stop finishes what has queued and refuses what comes later") {
    house here;
    {
        const std::lock_guard wait{here.plan.entry};
        for (int count = 0; count < 100; ++count)
            here.tell_it(std::to_string(count));
    }
    here.on->stop();
    here.tell_it("late");
    here.wait_for(101);
    CHECK(here.plan.told.size() == 100);
    CHECK(here.answers.back() == "late busy");
    here.on->stop();
}

TEST_CASE("a log over its cap is emptied and at twice the cap there is an alarm") {
    auto how = quick();
    how.wal_cap = 100;
    house here{how};
    here.plan.log_octets = 150;
    while (here.plan.truncations == 0)
        std::this_thread::yield();
    CHECK_FALSE(here.on->look().is_log_alarming);
    here.plan.log_octets = 250;
    while (!here.on->look().is_log_alarming)
        std::this_thread::yield();
    CHECK(here.on->look().log_octets == 250);
}

TEST_CASE("claims and settlements and errands go through the lane") {
    house here;
    std::vector<std::string> answers;
    here.on->claim_outgoing(5, at(0s), [&](auto rows) { answers.push_back(rows ? "claimed" : "failed"); });
    here.on->settle({{outbox_id{1}, settling::sent}, {outbox_id{2}, settling::sent}}, at(0s),
                    [&](auto changed) { answers.push_back("settled " + std::to_string(changed.value())); });
    here.on->run_errand([](backend&) { return result<void>{}; }, at(0s),
                        [&](auto came) { answers.push_back(came ? "ran" : "failed"); });
    while (answers.size() < 3)
        here.loop.run_one();
    CHECK(answers == std::vector<std::string>{"claimed", "settled 2", "ran"});
}

TEST_CASE("an errand's own error is told and harms nobody else in its batch") {
    house here;
    std::vector<std::string> answers;
    {
        const std::lock_guard wait{here.plan.entry};
        here.tell_it("0");
        here.on->run_errand([](backend&) -> result<void> { return store_error::conflict; }, at(0s),
                            [&](auto came) { answers.push_back(came.error().message()); });
        here.tell_it("1");
    }
    here.wait_for(2);
    CHECK(answers == std::vector<std::string>{make_error_code(store_error::conflict).message()});
    CHECK(here.plan.told == std::vector<std::string>{"0", "1"});
}

TEST_CASE("a wish that the database refuses leaves nothing and those beside it come true") {
    const folder place;
    const auto file = place.path() / "kabinet.db";
    const auto with = keys::parse(key_lines, "test.key");
    boost::asio::io_context loop;
    const auto open = make_work_guard(loop);
    auto made = std::make_unique<sqlite_backend>(file, with);
    sqlite::connection{file}.run("CREATE TRIGGER refuse BEFORE INSERT ON outbox WHEN new.link_group = 'bad'"
                                 " BEGIN SELECT RAISE(ABORT, 'refused'); END");
    lane on{std::move(made), loop.get_executor(), quick()};
    std::vector<std::string> answers;
    const auto note = [&](auto came) { answers.push_back(came ? "done" : came.error().message()); };
    for (std::uint64_t count = 0; count < 5; ++count) {
        auto asked =
            wish(with, std::to_string(count), issue(), at(0s), msisdn::from_digits(79260000000 + count));
        asked.sms = an_sms("fake2345");
        asked.sms->group = count == 2 ? "bad" : "main";
        on.once(std::move(asked), note);
    }
    on.run_errand(
        [&](backend& behind) -> result<void> {
            CHECK(behind.inspect(msisdn::from_digits(79260000001), at(0s).utc)->has_value());
            CHECK_FALSE(behind.inspect(msisdn::from_digits(79260000002), at(0s).utc)->has_value());
            CHECK(behind.inspect(msisdn::from_digits(79260000003), at(0s).utc)->has_value());
            return {};
        },
        at(1s), note);
    while (answers.size() < 6)
        loop.run_one();
    on.run_errand(
        [&](backend& behind) -> result<void> {
            CHECK(behind.verify_audit()->rows == 4);
            CHECK_FALSE(behind.verify_audit()->first_broken);
            return {};
        },
        at(2s), note);
    while (answers.size() < 7)
        loop.run_one();
    const auto refused = make_error_code(store_error::rejected).message();
    CHECK(answers == std::vector<std::string>{"done", "done", refused, "done", "done", "done", "done"});
    on.stop();
}

TEST_CASE("wishes from several threads all come true once") {
    house here;
    std::atomic<int> done = 0;
    std::vector<std::thread> callers;
    for (int thread = 0; thread < 4; ++thread)
        callers.emplace_back([&, thread] {
            for (int count = 0; count < 50; ++count) {
                const auto text = std::to_string(thread * 50 + count);
                here.on->once(wish(here.with, text, tell{text}, at(0s)),
                              [&](auto came) { done += came.has_value(); });
            }
        });
    for (auto& one : callers)
        one.join();
    while (done < 200)
        here.loop.run_one();
    CHECK(here.plan.told.size() == 200);
}

TEST_CASE("the SQLite disk fills in mid-batch and nothing is half done") {
    const folder place;
    const auto with = keys::parse(key_lines, "test.key");
    boost::asio::io_context loop;
    const auto open = make_work_guard(loop);
    std::atomic<bool> has_space = false;
    std::string died;
    lane on{std::make_unique<filling_backend>(place.path() / "kabinet.db", with, has_space),
            loop.get_executor(), quick(), [&](std::string_view why) { died = why; }};

    constexpr std::uint64_t first = 79260000000;
    constexpr std::uint64_t wishes = 400;
    std::vector<std::uint64_t> granted;
    std::size_t refused = 0;
    for (std::uint64_t count = 0; count < wishes; ++count) {
        auto asked = wish(with, std::to_string(count), issue(), at(0s), msisdn::from_digits(first + count));
        asked.sms = an_sms("fake2345");
        on.once(std::move(asked), [&, count](auto came) {
            if (came)
                granted.push_back(count);
            else
                refused += came.error() == store_error::busy;
        });
    }
    while (granted.size() + refused < wishes)
        loop.run_one();
    CHECK(refused > 0);
    CHECK(granted.size() > 0);
    CHECK(on.look().is_full);

    has_space = true;
    while (on.look().is_full)
        std::this_thread::yield();
    bool is_counted = false;
    on.run_errand(
        [&](backend& behind) -> result<void> {
            for (const auto count : granted)
                CHECK(behind.inspect(msisdn::from_digits(first + count), at(0s).utc)->value().version == 1);
            const auto audit = behind.verify_audit().value();
            CHECK(audit.rows == static_cast<std::int64_t>(granted.size()));
            CHECK_FALSE(audit.first_broken);
            return {};
        },
        at(1s), [&](auto came) { is_counted = came.has_value(); });
    while (!is_counted)
        loop.run_one();

    std::optional<verdict> again;
    on.once(wish(with, "again", issue(), at(2s)), [&](auto came) { again = came.value().is; });
    while (!again)
        loop.run_one();
    CHECK(again == verdict::issued);
    on.stop();
    CHECK(died.empty());
}

TEST_CASE("work aside stands in nobody's way and a second piece of it is told to wait") {
    house here;
    std::mutex entry;
    entry.lock();
    const auto note = [&](const char* name) {
        return [&here, name](result<void> came) {
            here.answers.push_back(std::string{name} + (came ? "" : " " + came.error().message()));
        };
    };
    here.on->run_aside(
        [&](backend&) -> result<void> {
            const std::lock_guard wait{entry};
            return {};
        },
        note("first"));
    here.on->run_aside([](backend&) -> result<void> { return {}; }, note("second"));
    here.tell_it("wish");
    here.wait_for(2);
    CHECK(here.answers[0] == "second " + boost::system::error_code{store_error::under_way}.message());
    CHECK(here.answers[1] == "wish");
    entry.unlock();
    here.wait_for(3);
    CHECK(here.answers[2] == "first");
}

TEST_CASE("work aside may be asked for again once it is done and is finished before the lane ends") {
    house here;
    std::atomic<int> count = 0;
    const auto work = [&count](backend&) -> result<void> {
        ++count;
        return {};
    };
    const auto done = [&here](const result<void>& came) { here.answers.push_back(came ? "done" : "busy"); };
    here.on->run_aside(work, done);
    here.wait_for(1);
    here.on->run_aside(work, done);
    here.on->stop();
    CHECK(count == 2);
}

} // namespace lane_test
