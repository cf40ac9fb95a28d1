#include "gateway/hash_pool.hpp"
#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <future>
#include <thread>

namespace kabinet::gateway::hash_pool_test {

using namespace tests;
namespace asio = boost::asio;

namespace {

/// Work that lasts until the test lets it go.
class gate {
  public:
    [[nodiscard]] auto work() const {
        return [open = open_] {
            open.wait();
            return 1;
        };
    }
    void open() { opener_.set_value(); }

  private:
    std::promise<void> opener_;
    std::shared_future<void> open_ = opener_.get_future().share();
};

/// What came of one piece of work: nothing yet, refused, or its result.
struct answer {
    bool is_there = false;
    std::optional<int> value;
};

template <class Work>
asio::awaitable<void> ask(hash_pool& of, hash_work kind, Work work, std::shared_ptr<answer> to) {
    to->value = co_await of.run(kind, std::move(work));
    to->is_there = true;
}

template <class Work>
std::shared_ptr<answer> run(asio::io_context& loop, hash_pool& of, Work work,
                            hash_work kind = hash_work::generated) {
    auto to = std::make_shared<answer>();
    asio::co_spawn(loop, ask(of, kind, std::move(work), to), asio::detached);
    loop.restart();
    loop.poll();
    return to;
}

} // namespace

TEST_SUITE("the hash pool") {
    TEST_CASE("work runs on a thread of the pool and comes back to the loop") {
        asio::io_context loop;
        hash_pool pool{1, 200ms};
        std::thread::id worked_on;
        const auto came = run(loop, pool, [&] {
            worked_on = std::this_thread::get_id();
            return 7;
        });
        REQUIRE(run_until(loop, [&] { return came->is_there; }));
        CHECK(came->value == 7);
        CHECK(worked_on != std::this_thread::get_id());
        CHECK(worked_on != std::thread::id{});
        CHECK(pool.waiting() == 0us);
    }

    TEST_CASE("beyond the bound work is refused at once and taken again when there is room") {
        asio::io_context loop;
        hash_pool pool{1, 3'000us}; // three pieces of a millisecond
        gate held;
        std::vector<std::shared_ptr<answer>> taken;
        for (int each = 0; each < 3; ++each)
            taken.push_back(run(loop, pool, held.work()));
        CHECK(pool.waiting() == 3'000us);
        const auto refused = run(loop, pool, [] { return 9; });
        CHECK(refused->is_there);
        CHECK_FALSE(refused->value.has_value());
        held.open();
        REQUIRE(run_until(loop, [&] {
            return std::all_of(taken.begin(), taken.end(), [](const auto& each) { return each->is_there; });
        }));
        CHECK(taken[2]->value == 1);
        CHECK(pool.waiting() == 0us);
        const auto again = run(loop, pool, [] { return 9; });
        REQUIRE(run_until(loop, [&] { return again->is_there; }));
        CHECK(again->value == 9);
    }

    TEST_CASE("each thread has a bound of its own") {
        asio::io_context loop;
        hash_pool pool{2, 1'000us};
        gate held;
        const auto first = run(loop, pool, held.work());
        const auto second = run(loop, pool, held.work());
        CHECK_FALSE(first->is_there);
        CHECK_FALSE(second->is_there);
        CHECK(run(loop, pool, [] { return 9; })->is_there);
        held.open();
        CHECK(run_until(loop, [&] { return first->is_there && second->is_there; }));
    }

    TEST_CASE("what work takes is measured for each kind") {
        asio::io_context loop;
        hash_pool pool{1, 200ms};
        const auto spin = [] {
            const auto until = std::chrono::steady_clock::now() + 9ms;
            while (std::chrono::steady_clock::now() < until)
                ;
            return 1;
        };
        const auto slow = run(loop, pool, spin, hash_work::chosen);
        REQUIRE(run_until(loop, [&] { return slow->is_there; }));
        gate held;
        const auto generated = run(loop, pool, held.work(), hash_work::generated);
        CHECK(pool.waiting() == 1'000us);
        const auto chosen = run(loop, pool, held.work(), hash_work::chosen);
        CHECK(pool.waiting() >= 3'000us); // an eighth of nine more than seven eighths of one
        held.open();
        CHECK(run_until(loop, [&] { return generated->is_there && chosen->is_there; }));
    }

    TEST_CASE("an idle pool takes what lasts longer than the bound") {
        asio::io_context loop;
        hash_pool pool{1, 1us};
        gate held;
        const auto long_one = run(loop, pool, held.work());
        CHECK_FALSE(long_one->is_there);
        CHECK(run(loop, pool, [] { return 9; })->is_there);
        held.open();
        REQUIRE(run_until(loop, [&] { return long_one->is_there; }));
        CHECK(long_one->value == 1);
    }

    TEST_CASE("a pool may go while work is queued") {
        asio::io_context loop;
        std::vector<std::shared_ptr<answer>> all;
        {
            hash_pool pool{1, 1s};
            gate held;
            all.push_back(run(loop, pool, held.work()));
            for (int each = 0; each < 50; ++each)
                all.push_back(run(loop, pool, [] { return 1; }));
            held.open();
        }
        loop.restart();
        loop.poll();
        for (const auto& each : all) // run to its end or never, and nobody is told of what didn't run
            CHECK(each->is_there == each->value.has_value());
    }
}

} // namespace kabinet::gateway::hash_pool_test
