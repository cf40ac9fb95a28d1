// Names for wishes, so that a second delivery is known for one and a second wish isn't. A wish whose answer
// is known to have arrived is over: the same dial after that is another one.
#pragma once

#include "gateway/request.hpp"
#include "store/keys.hpp"
#include "values/instant.hpp"

#include <chrono>
#include <cstring>
#include <deque>
#include <unordered_map>

namespace kabinet::gateway {

class wishes {
  public:
    explicit wishes(const store::keys&);

    struct dial_name {
        store::request_id id{};   // of this wish
        store::request_id base{}; // of all equal dials
    };
    /// A dial within one session; at a centre without session ids, whoever dials the same.
    [[nodiscard]] dial_name name_dial(std::string_view group, const ussd_request&) const;
    /// A later step: dialogues and their screens are counted, and this run has a name of its own.
    [[nodiscard]] store::request_id name_step(std::uint64_t dialogue, unsigned screen) const;
    [[nodiscard]] store::request_id name_sms(const sms_request&) const;

    /// The one notice of an hour that too much was asked.
    [[nodiscard]] store::request_id name_notice(msisdn, utc_time now) const;

    /// The answer to that dial was shown: for `life` an equal dial gets another name.
    void is_over(const store::request_id& base, std::chrono::milliseconds life, steady_time now);
    void forget(steady_time now);

  private:
    struct over {
        store::request_id base{};
        unsigned count = 0;
        steady_time forget_at{};
    };
    struct name_hash { // a name is a keyed hash already
        std::size_t operator()(const store::request_id& of) const noexcept {
            std::size_t first = 0;
            std::memcpy(&first, of.data(), sizeof first);
            return first;
        }
    };

    const store::keys& keys_;
    std::array<std::uint8_t, 16> run_{}; // random: counters of an earlier run name other wishes
    std::unordered_map<store::request_id, unsigned, name_hash> counts_; // by base: how many are over
    std::deque<over> over_;
};

} // namespace kabinet::gateway
