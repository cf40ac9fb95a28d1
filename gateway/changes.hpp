// A SIM or an owner that changed: told by the feed or by the operator's systems at the door, and heard of
// wherever something of the number is kept in memory.
#pragma once

#include "menus/definition.hpp"
#include "store/feed.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>

namespace kabinet::gateway {

/// After a change of SIM or owner no password is issued for so long.
inline constexpr std::chrono::hours change_cooldown{24};

/// Who remembers numbers.
class change_listener {
  public:
    /// The SIM is another one: dialogues end, and what the store cancelled isn't sent.
    virtual void end_access(store::ended_access) = 0;
    /// The number is somebody else's, or nobody's, from now on.
    virtual void forget(msisdn) = 0;

  protected:
    ~change_listener() = default;
};

/// How changes are meant, and in which words the subscriber hears of them.
[[nodiscard]] store::feed_terms change_terms(const menus::definition&);

/// Whom a file or a notice concerned.
void spread(store::feed_outcome&&, change_listener&);

/// The operator's systems say so of one number.
struct change_notice {
    enum class of : std::uint8_t { sim, owner };

    msisdn who;
    of what = of::sim;
    utc_time at{}; // a notice told twice is told once
};

/// False when the store can't take it now. On the loop.
[[nodiscard]] boost::asio::awaitable<bool> take_change(store::store&, const menus::definition&,
                                                       change_listener&, change_notice);

} // namespace kabinet::gateway
