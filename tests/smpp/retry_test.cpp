#include "smpp/retry.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

namespace retry_test {

using namespace kabinet::smpp;
using namespace std::chrono_literals;

namespace {

/// Far from one another: the generator of the waits starts alike for seeds that are close.
constexpr std::uint32_t spread(std::uint32_t seed) {
    return seed * 0x9E3779B9;
}

} // namespace

TEST_CASE("waits double from half a second to half a minute with jitter") {
    const std::chrono::milliseconds most[] = {500ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s, 30s};
    std::vector<std::set<std::chrono::milliseconds>> seen(std::size(most));
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        retry waits{spread(seed)};
        for (std::size_t failure = 0; failure < std::size(most); ++failure) {
            const auto wait = waits.next_wait({}, {});
            CAPTURE(failure);
            CHECK(wait >= most[failure] / 2);
            CHECK(wait <= most[failure]);
            seen[failure].insert(wait);
        }
    }
    for (const auto& each : seen)
        CHECK(each.size() > 25);
}

TEST_CASE("the same seed waits alike") {
    retry one{7}, other{7};
    for (int i = 0; i < 10; ++i)
        CHECK(one.next_wait({}, {}) == other.next_wait({}, {}));
}

TEST_CASE("after a hundred failures the wait is still half a minute at most") {
    retry waits{1};
    for (int i = 0; i < 100; ++i)
        CHECK(waits.next_wait({}, {}) <= 30s);
}

TEST_CASE("an account already bound is tried again after the old connection had time to die") {
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        const auto wait = retry{spread(seed)}.next_wait({}, status::already_bound);
        CHECK(wait >= 30s);
        CHECK(wait <= 60s);
    }
}

TEST_CASE("a wrong login is never tried in a tight loop") {
    for (const status why : {status::invalid_password, status::invalid_system_id, status::bind_failed})
        for (std::uint32_t seed = 1; seed <= 50; ++seed) {
            const auto wait = retry{spread(seed)}.next_wait({}, why);
            CHECK(wait >= 15s);
            CHECK(wait <= 30s);
        }
    CHECK(retry{1}.next_wait({}, status::system_error) <= 500ms);
}

TEST_CASE("a refusal counts as one failure and slows no later wait") {
    retry waits{1};
    (void)waits.next_wait({}, status::already_bound);
    CHECK(waits.next_wait({}, {}) <= 1s);
    CHECK(waits.next_wait({}, {}) >= 1s);
}

TEST_CASE("a connection bound for ten seconds starts the waits anew and a shorter one doesn't") {
    for (const std::chrono::milliseconds bound_for : {10'000ms, 9'999ms}) {
        retry waits{1};
        for (int i = 0; i < 5; ++i)
            (void)waits.next_wait({}, {});
        const auto wait = waits.next_wait(bound_for, {});
        CHECK((wait <= 500ms) == (bound_for == 10s));
        CHECK((wait >= 8s) == (bound_for < 10s));
    }
}

} // namespace retry_test
