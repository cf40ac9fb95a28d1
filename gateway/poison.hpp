// Messages that threw: how often each did, so that one nobody can digest doesn't come for ever.
#pragma once

#include "smpp/message.hpp"
#include "values/instant.hpp"

#include <boost/container_hash/hash.hpp>

#include <unordered_map>

namespace kabinet::gateway {

class poison {
  public:
    /// Counts one more time; true from the fifth within an hour or so on.
    [[nodiscard]] bool has_thrown(const smpp::message& came, steady_time now) {
        // So many kinds of poison are one defect, and a restart is near; and a bad hour isn't held against
        // the same words for ever.
        if (times_.size() >= most || now - since_ > std::chrono::hours{1}) {
            times_.clear();
            since_ = now;
        }
        std::size_t mark = boost::hash_range(came.text.begin(), came.text.end());
        boost::hash_combine(mark,
                            boost::hash_range(came.source.characters.begin(), came.source.characters.end()));
        return ++times_[mark] >= 5;
    }

  private:
    static constexpr std::size_t most = 1'000;
    std::unordered_map<std::size_t, unsigned> times_;
    steady_time since_{};
};

} // namespace kabinet::gateway
