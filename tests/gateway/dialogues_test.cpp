#include "gateway/dialogues.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <vector>

namespace kabinet::gateway::dialogues_test {

using namespace std::chrono_literals;

namespace {

constexpr steady_time start{1'000'000s};

msisdn number(std::uint64_t nth) {
    return msisdn::from_digits(79260000000 + nth);
}

std::vector<msisdn> expired(dialogues& all, steady_time now) {
    std::vector<msisdn> seen;
    all.expire(now, [&](dialogue& due) {
        seen.push_back(due.who);
        all.end(due);
    });
    return seen;
}

/// One dialogue as somebody with no cares for speed would keep it.
struct remembered {
    dialogue_id id;
    session of;
    std::optional<steady_time> deadline;
};
using remembered_key = std::pair<std::uint16_t, msisdn>;

class naive {
  public:
    explicit naive(dialogues& real)
        : real_{real} {}

    void begin(remembered_key key, session of) {
        if (const auto older = open.find(key); older != open.end()) {
            gone.push_back(older->second.id);
            open.erase(older);
        }
        const dialogue* begun = real_.begin(key.first, key.second, of);
        if (open.size() >= real_.most()) {
            CHECK(begun == nullptr);
            return;
        }
        REQUIRE(begun != nullptr);
        CHECK(begun->who == key.second);
        CHECK(begun->group == key.first);
        open[key] = {begun->id, of, {}};
    }
    void end(remembered_key key) {
        const auto found = open.find(key);
        if (found == open.end())
            return;
        gone.push_back(found->second.id);
        if (dialogue* ended = real_.find(key.first, key.second); ended != nullptr)
            real_.end(*ended);
        open.erase(found);
    }
    void look(remembered_key key, session of) {
        const auto found = open.find(key);
        const dialogue* any = real_.find(key.first, key.second);
        const dialogue* own = real_.find(key.first, key.second, of);
        if (found == open.end()) {
            CHECK(any == nullptr);
            CHECK(own == nullptr);
            return;
        }
        REQUIRE(any != nullptr);
        CHECK(any->id == found->second.id);
        CHECK((own != nullptr) == (found->second.of.key == of.key));
        CHECK(real_.find(found->second.id) == any);
    }
    void set_deadline(remembered_key key, steady_time at) {
        const auto found = open.find(key);
        if (found == open.end())
            return;
        found->second.deadline = at;
        real_.set_deadline(*real_.find(found->second.id), at);
    }
    void expire(steady_time now) {
        real_.expire(now, [&](dialogue& due) {
            const auto found = open.find({due.group, due.who});
            REQUIRE(found != open.end());
            REQUIRE(found->second.deadline);
            CHECK(*found->second.deadline <= now);
            gone.push_back(due.id);
            open.erase(found);
            real_.end(due);
        });
        for (const auto& [key, each] : open)
            CHECK((!each.deadline || *each.deadline > now - 1s));
    }

    std::map<remembered_key, remembered> open;
    std::vector<dialogue_id> gone;

  private:
    dialogues& real_;
};

} // namespace

TEST_SUITE("dialogues") {
    TEST_CASE("a dialogue is found by its subscriber and its session") {
        dialogues all{10, start};
        dialogue* begun = all.begin(3, number(1), {0x1234, 0x1235});
        REQUIRE(begun != nullptr);
        CHECK(all.find(3, number(1)) == begun);
        CHECK(all.find(3, number(1), {0x1234, 0x9999}) == begun);
        CHECK(all.find(begun->id) == begun);
        CHECK(begun->session.echo == 0x1235);
        CHECK(all.size() == 1);
    }

    TEST_CASE("another session or group or subscriber finds nothing") {
        dialogues all{10, start};
        CHECK(all.begin(3, number(1), {7, 7}) != nullptr);
        CHECK(all.find(3, number(1), {8, 8}) == nullptr);
        CHECK(all.find(4, number(1)) == nullptr);
        CHECK(all.find(3, number(2)) == nullptr);
        CHECK(all.find(dialogue_id{5, 1}) == nullptr);
        CHECK(all.find(dialogue_id{}) == nullptr);
    }

    TEST_CASE("a new dial replaces the dialogue in its group only") {
        dialogues all{10, start};
        const dialogue_id first = all.begin(1, number(1), {1, 1})->id;
        const dialogue_id other = all.begin(2, number(1), {1, 1})->id;
        const dialogue_id second = all.begin(1, number(1), {2, 2})->id;
        CHECK(all.find(first) == nullptr);
        CHECK(all.find(other) != nullptr);
        CHECK(all.find(second) != nullptr);
        CHECK(all.size() == 2);
    }

    TEST_CASE("a late id never finds the next dialogue in its place") {
        dialogues all{1, start};
        const dialogue_id late = all.begin(1, number(1), {1, 1})->id;
        all.end(*all.find(late));
        const dialogue_id next = all.begin(1, number(2), {1, 1})->id;
        CHECK(next.slot == late.slot);
        CHECK(all.find(late) == nullptr);
        CHECK(all.find(next)->who == number(2));
    }

    TEST_CASE("a dialogue begins with nothing of the one before it") {
        dialogues all{1, start};
        dialogue* first = all.begin(1, number(1), {1, 1});
        first->screens = 7;
        first->did = "issue_password.issued";
        first->phase = dialogue::phase::awaiting;
        all.set_deadline(*first, start + 1s);
        all.end(*first);
        const dialogue* next = all.begin(1, number(2), {1, 1});
        CHECK(next->screens == 0);
        CHECK(next->did.empty());
        CHECK(next->phase == dialogue::phase::performing);
        CHECK(expired(all, start + 60s).empty());
    }

    TEST_CASE("beyond the cap none begins until one ends") {
        dialogues all{2, start};
        CHECK(all.begin(1, number(1), {}) != nullptr);
        dialogue* second = all.begin(1, number(2), {});
        CHECK(all.begin(1, number(3), {}) == nullptr);
        CHECK(all.begin(1, number(2), {}) == second);
        all.end(*second);
        CHECK(all.begin(1, number(3), {}) != nullptr);
        CHECK(all.size() == all.most());
    }

    TEST_CASE("a dialogue costs less than the bound of the design") {
        CHECK(sizeof(dialogue) <= 448); // with its place on the wheel and in the index under 512
    }

    TEST_CASE("each may be ended while all are visited") {
        dialogues all{10, start};
        for (std::uint64_t each = 0; each < 5; ++each)
            CHECK(all.begin(1, number(each), {}) != nullptr);
        int seen = 0;
        all.for_each([&](dialogue& one) {
            ++seen;
            if (one.who.digits() % 2 == 0)
                all.end(one);
        });
        CHECK(seen == 5);
        CHECK(all.size() == 2);
    }
}

TEST_SUITE("the wheel of dialogues") {
    TEST_CASE("a deadline is met within a second and never early") {
        for (const auto life : {0ms, 1ms, 400ms, 999ms, 1'000ms, 1'001ms, 59'500ms}) {
            CAPTURE(life.count());
            dialogues all{1, start + 250ms};
            const steady_time deadline = start + 250ms + life;
            all.set_deadline(*all.begin(1, number(1), {}), deadline);
            steady_time met = start;
            for (steady_time now = start + 250ms; all.size() != 0 && now < deadline + 5s; now += 10ms)
                if (!expired(all, now).empty())
                    met = now;
            CHECK(met >= deadline);
            CHECK(met <= deadline + 1s);
        }
    }

    TEST_CASE("a deadline of the past is met within a second") {
        dialogues all{1, start};
        CHECK(expired(all, start + 100s).empty());
        all.set_deadline(*all.begin(1, number(1), {}), start + 7s);
        CHECK(expired(all, start + 101s).size() == 1);
    }

    TEST_CASE("a deadline further away than the wheel is round is met in its turn") {
        dialogues all{1, start};
        all.set_deadline(*all.begin(1, number(1), {}), start + 5'000s);
        for (steady_time now = start; now < start + 5'000s; now += 7s)
            REQUIRE(expired(all, now).empty());
        CHECK(expired(all, start + 5'001s).size() == 1);
    }

    TEST_CASE("after a long sleep everything due comes at once") {
        dialogues all{10, start};
        for (std::uint64_t each = 0; each < 10; ++each)
            all.set_deadline(*all.begin(1, number(each), {}), start + std::chrono::seconds{each * 300});
        CHECK(expired(all, start + 24h).size() == 10);
        CHECK(all.size() == 0);
    }

    TEST_CASE("the last deadline set is the one that counts") {
        dialogues all{1, start};
        dialogue& one = *all.begin(1, number(1), {});
        all.set_deadline(one, start + 5s);
        all.set_deadline(one, start + 50s);
        CHECK(expired(all, start + 20s).empty());
        all.set_deadline(one, start + 25s);
        CHECK(expired(all, start + 26s).size() == 1);
    }

    TEST_CASE("a deadline may be set anew when it is met") {
        dialogues all{3, start};
        for (std::uint64_t each = 0; each < 3; ++each)
            all.set_deadline(*all.begin(1, number(each), {}), start + 5s);
        for (const auto wait : {10ms, 2'000ms, 3'000'000ms}) {
            int met = 0;
            all.expire(start + 10s, [&](dialogue& due) {
                ++met;
                all.set_deadline(due, start + 10s + wait);
            });
            CHECK(met == 3);
            CHECK(all.size() == 3);
            CHECK(expired(all, start + 10s + wait - 1ms).empty());
            CHECK(expired(all, start + 10s + wait + 1s).size() == 3);
            all = dialogues{3, start};
            for (std::uint64_t each = 0; each < 3; ++each)
                all.set_deadline(*all.begin(1, number(each), {}), start + 5s);
        }
    }

    TEST_CASE("one that met its deadline may begin another in its place") {
        dialogues all{1, start};
        all.set_deadline(*all.begin(1, number(1), {}), start + 5s);
        all.expire(start + 6s, [&](dialogue& due) {
            all.end(due);
            all.set_deadline(*all.begin(1, number(2), {}), start + 6s);
        });
        CHECK(all.find(1, number(2)) != nullptr);
        CHECK(expired(all, start + 7s).size() == 1);
    }

    TEST_CASE("one that ended is not met") {
        dialogues all{1, start};
        dialogue& one = *all.begin(1, number(1), {});
        all.set_deadline(one, start + 5s);
        all.end(one);
        CHECK(expired(all, start + 100s).empty());
    }
}

TEST_CASE("a hundred thousand dials and answers and ends are as a naive table has them") {
    std::mt19937 random{20240229};
    const auto below = [&](std::uint32_t bound) {
        return std::uniform_int_distribution<std::uint32_t>{0, bound - 1}(random);
    };
    dialogues real{60, start};
    naive model{real};
    steady_time now = start;
    for (int step = 0; step < 100'000; ++step) {
        const remembered_key key{static_cast<std::uint16_t>(below(3)), number(below(40))};
        const session of{below(4), below(4)};
        switch (below(8)) {
        case 0:
        case 1:
            model.begin(key, of);
            break;
        case 2:
            model.end(key);
            break;
        case 3:
        case 4:
            model.set_deadline(key,
                               now + std::chrono::milliseconds{below(below(10) == 0 ? 3'000'000 : 9'000)});
            break;
        case 5:
            now += std::chrono::milliseconds{below(700)};
            model.expire(now);
            break;
        default:
            model.look(key, of);
        }
        REQUIRE(real.size() == model.open.size());
    }
    for (const dialogue_id late : model.gone)
        REQUIRE(real.find(late) == nullptr);
}

} // namespace kabinet::gateway::dialogues_test
