#include "simulator/billing_faults.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace kabinet::simulator {

namespace {

using fault_row = std::pair<double, billing_fault>;

/// What excludes each other; the last four are of orders.
std::array<fault_row, 7> list_faults(const billing_faults& of, billing_matter matter) {
    const fault_shares& shares = matter == billing_matter::account ? of.reads : of.operations;
    const double orders = matter == billing_matter::order ? 1 : 0;
    return {{{shares.failed, billing_fault::failed},
             {shares.mute, billing_fault::mute},
             {shares.rubbish, billing_fault::rubbish},
             {of.turned_away * orders, billing_fault::turned_away},
             {of.swallowed * orders, billing_fault::swallowed},
             {of.afterwards * orders, billing_fault::afterwards},
             {of.begun * orders, billing_fault::begun}}};
}

bool are_shares(const billing_faults& of, billing_matter matter) {
    constexpr double all = 1 + 1e-9; // tenths add up to a little more than 1
    double sum = 0;
    for (const auto& [share, what] : list_faults(of, matter)) {
        if (!(share >= 0))
            return false;
        sum += share;
    }
    return sum <= all;
}

} // namespace

double billing_dice::draw_share() {
    constexpr double steps = 9007199254740992.0; // 2^53: what a double tells apart
    return static_cast<double>(drawn_() >> 11U) / steps;
}

billing_fate billing_dice::draw(const billing_faults& from, billing_matter matter) {
    // always as many, so that one share more or less leaves the others' fates as they are
    const double late = draw_share();
    double which = draw_share();
    const double delay = draw_share();
    const std::uint64_t rest = drawn_();

    billing_fate fate;
    const fault_shares& shares = matter == billing_matter::account ? from.reads : from.operations;
    if (late < shares.late)
        fate.late = from.late_for;
    for (const auto& [share, what] : list_faults(from, matter)) {
        if (which < share) {
            fate.what = what;
            break;
        }
        which -= share;
    }
    const auto longest = fate.what == billing_fault::begun ? from.begun_for : from.afterwards_for;
    fate.after = std::chrono::ceil<std::chrono::milliseconds>(delay * std::chrono::duration<double>{longest});
    fate.is_cut = (rest & 1U) != 0;
    fate.rubbish = static_cast<std::uint32_t>(rest >> 32U);
    return fate;
}

bool are_shares(const billing_faults& of) {
    for (const double late : {of.operations.late, of.reads.late})
        if (!(late >= 0 && late <= 1))
            return false;
    return are_shares(of, billing_matter::order) && are_shares(of, billing_matter::account);
}

} // namespace kabinet::simulator
