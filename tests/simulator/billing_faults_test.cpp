#include "simulator/billing_faults.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace kabinet::simulator::billing_faults_test {

namespace {

using namespace std::chrono_literals;

constexpr int many = 20'000;

billing_faults some_of_each() {
    billing_faults made;
    made.operations = {0.3, 0.05, 0.1, 0.02};
    made.reads = {0.1, 0.2, 0.05, 0.4};
    made.turned_away = 0.03;
    made.swallowed = 0.07;
    made.afterwards = 0.06;
    made.begun = 0.04;
    return made;
}

struct met {
    std::array<double, billing_fault_kinds> share{};
    double late = 0;
    double cut = 0;

    [[nodiscard]] double of(billing_fault what) const { return share[static_cast<std::size_t>(what)]; }
};

met meet(const billing_faults& with, billing_matter matter) {
    billing_dice dice{7};
    met seen;
    for (int each = 0; each < many; ++each) {
        const billing_fate fate = dice.draw(with, matter);
        seen.share[static_cast<std::size_t>(fate.what)] += 1.0 / many;
        seen.late += fate.late == with.late_for ? 1.0 / many : 0;
        seen.cut += fate.is_cut ? 1.0 / many : 0;
    }
    return seen;
}

doctest::Approx about(double share) {
    return doctest::Approx{share}.epsilon(0.01).scale(1);
}

} // namespace

TEST_CASE("a fresh set of faults is none") {
    for (const billing_matter each :
         {billing_matter::order, billing_matter::operation, billing_matter::account}) {
        const met seen = meet({}, each);
        CHECK(seen.of(billing_fault::none) == about(1));
        CHECK(seen.late == 0);
    }
}

TEST_CASE("each fault is met as often as its share says, where it belongs") {
    const met orders = meet(some_of_each(), billing_matter::order);
    CHECK(orders.late == about(0.3));
    CHECK(orders.of(billing_fault::failed) == about(0.05));
    CHECK(orders.of(billing_fault::mute) == about(0.1));
    CHECK(orders.of(billing_fault::rubbish) == about(0.02));
    CHECK(orders.of(billing_fault::turned_away) == about(0.03));
    CHECK(orders.of(billing_fault::swallowed) == about(0.07));
    CHECK(orders.of(billing_fault::afterwards) == about(0.06));
    CHECK(orders.of(billing_fault::begun) == about(0.04));
    CHECK(orders.cut == about(0.5));

    const met asked = meet(some_of_each(), billing_matter::operation);
    CHECK(asked.of(billing_fault::mute) == about(0.1));
    CHECK(asked.of(billing_fault::swallowed) == 0);
    CHECK(asked.of(billing_fault::begun) == 0);
    CHECK(asked.of(billing_fault::none) == about(0.83));

    const met reads = meet(some_of_each(), billing_matter::account);
    CHECK(reads.late == about(0.1));
    CHECK(reads.of(billing_fault::failed) == about(0.2));
    CHECK(reads.of(billing_fault::rubbish) == about(0.4));
    CHECK(reads.of(billing_fault::afterwards) == 0);
}

TEST_CASE("the same seed makes the same fates, and another share leaves the others' where they are") {
    billing_dice first{3};
    billing_dice second{3};
    billing_dice third{4};
    billing_faults slow = some_of_each();
    slow.operations.late = 1;
    bool differs = false;
    for (int each = 0; each < 200; ++each) {
        const billing_fate one = first.draw(some_of_each(), billing_matter::order);
        const billing_fate two = second.draw(slow, billing_matter::order);
        const billing_fate other = third.draw(some_of_each(), billing_matter::order);
        CHECK(one.what == two.what);
        CHECK(one.after == two.after);
        CHECK(two.late == slow.late_for);
        differs = differs || one.what != other.what;
    }
    CHECK(differs);
}

TEST_CASE("what is done later is done within its time") {
    billing_faults later;
    later.afterwards = 1;
    later.afterwards_for = 100ms;
    billing_dice dice{5};
    std::chrono::milliseconds sum{0};
    for (int each = 0; each < 1000; ++each) {
        const billing_fate fate = dice.draw(later, billing_matter::order);
        CHECK(fate.after >= 0ms);
        CHECK(fate.after <= 100ms);
        sum += fate.after;
    }
    CHECK(sum > 40s);
    CHECK(sum < 60s);
}

TEST_CASE("shares are parts of one, and what excludes each other is one together at most") {
    CHECK(are_shares({}));
    CHECK(are_shares(some_of_each()));
    billing_faults tenths;
    tenths.operations = {1, 0.1, 0.2, 0.3};
    tenths.turned_away = tenths.swallowed = tenths.afterwards = tenths.begun = 0.1;
    CHECK(are_shares(tenths));
    tenths.begun = 0.11;
    CHECK_FALSE(are_shares(tenths));
    billing_faults wrong;
    wrong.reads.late = 1.1;
    CHECK_FALSE(are_shares(wrong));
    wrong = {};
    wrong.reads.failed = 0.6;
    wrong.reads.rubbish = 0.6;
    CHECK_FALSE(are_shares(wrong));
    for (const double odd : {-0.1, std::numeric_limits<double>::quiet_NaN()}) {
        wrong = {};
        wrong.swallowed = odd;
        CHECK_FALSE(are_shares(wrong));
        wrong = {};
        wrong.operations.late = odd;
        CHECK_FALSE(are_shares(wrong));
    }
}

} // namespace kabinet::simulator::billing_faults_test
