#include "gateway/uses.hpp"

#include "store/backend.hpp"

namespace kabinet::gateway {

namespace {

constexpr std::chrono::hours once_an{1};
constexpr std::size_t most_told = 100'000;

} // namespace

void uses::note(msisdn who, const menus::account_policy& accounts, instant now) {
    if (!accounts.idle_after)
        return;
    if (is_over(since_ + once_an, now.utc, once_an) || told_.size() >= most_told) {
        told_.clear();
        since_ = now.utc;
    }
    if (!told_.insert(who.digits()).second)
        return;
    auto work = [who, idle_after = *accounts.idle_after, now](store::backend& rows) {
        return rows.note_use(who, idle_after, now.utc);
    };
    store_.run_errand(work, now, [](const boost::system::result<void>&) {});
}

} // namespace kabinet::gateway
