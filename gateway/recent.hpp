// What happened lately to subscribers, for `kabinet trace`: a ring in memory of fixed size. What is written
// here names codes, actions and outcomes, never what somebody typed or read.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/static_string/static_string.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

class recent {
  public:
    struct event {
        utc_time at{};
        msisdn who;
        boost::static_string<63> what;
    };

    explicit recent(std::size_t most)
        : ring_(most) {}

    void note(msisdn who, utc_time at, std::string_view what, std::string_view about = {}) {
        event& oldest = ring_[next_++ % ring_.size()];
        oldest.at = at;
        oldest.who = who;
        oldest.what.assign(what.data(), std::min(what.size(), oldest.what.max_size()));
        if (!about.empty() && oldest.what.size() + 1 < oldest.what.max_size())
            oldest.what.append(1, ' ').append(
                about.data(), std::min(about.size(), oldest.what.max_size() - oldest.what.size()));
    }

    void forget(msisdn who) {
        for (event& each : ring_)
            if (each.who == who)
                each = {};
    }

    /// Oldest first, the last `most` of one subscriber.
    [[nodiscard]] std::vector<event> of(msisdn who, std::size_t most) const {
        std::vector<event> found;
        for (std::size_t back = 1; back <= std::min(next_, ring_.size()) && found.size() < most; ++back)
            if (const event& each = ring_[(next_ - back) % ring_.size()]; each.who == who)
                found.push_back(each);
        std::reverse(found.begin(), found.end());
        return found;
    }

  private:
    std::vector<event> ring_;
    std::size_t next_ = 0;
};

} // namespace kabinet::gateway
