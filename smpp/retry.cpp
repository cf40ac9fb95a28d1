#include "smpp/retry.hpp"

#include <algorithm>

namespace kabinet::smpp {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds first_wait = 500ms;
constexpr milliseconds longest_wait = 30s;
constexpr auto settled_after = 10s;

struct range {
    milliseconds least, most;
};

range wait_after(std::optional<status> refusal, std::uint32_t failures) {
    if (refusal == status::already_bound) // the old connection lives on over there for a while
        return {30s, 60s};
    if (refusal == status::bind_failed || refusal == status::invalid_password ||
        refusal == status::invalid_system_id) // a person has to mend it, and quick tries lock the account
        return {15s, 30s};
    const milliseconds most = std::min(longest_wait, first_wait * (1U << std::min(failures, 6U)));
    return {most / 2, most};
}

} // namespace

milliseconds retry::next_wait(std::chrono::nanoseconds bound_for, std::optional<status> refusal) {
    if (bound_for >= settled_after)
        failures_ = 0;
    const range between = wait_after(refusal, failures_);
    ++failures_;
    return milliseconds{std::uniform_int_distribution<milliseconds::rep>{between.least.count(),
                                                                         between.most.count()}(random_)};
}

} // namespace kabinet::smpp
