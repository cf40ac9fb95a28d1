// What happens to the phone, in the words and the order its page is told it. Keeps the last of it and writes
// it as JSON; knows no socket and no thread.
#pragma once

#include "simulator/events.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kabinet::gateway::demo {

struct dialled {
    std::string code;
};
struct screen_came {
    std::string text;
    bool awaits_input = false; // when not, the dialogue is over
};
/// Over without a last screen: released, lost, or hung up.
struct screen_over {};
struct sms_came {
    std::string from;
    std::string text;
};
struct sms_sent {
    std::string to;
    std::string text;
};
struct link_changed {
    bool is_bound = false;
};
/// What the phone sent got no answer, or an error of the gateway's.
struct not_taken {
    std::optional<std::uint32_t> status;
};
/// The centre refused what the gateway sent to the phone.
struct not_shown {
    std::string why;
};

using phone_event =
    std::variant<dialled, screen_came, screen_over, sms_came, sms_sent, link_changed, not_taken, not_shown>;

/// What the phone of `owner` makes of an event of the centre; nothing when it is another's, or all is well.
[[nodiscard]] std::optional<phone_event> seen_by(msisdn owner, const simulator::event&);

/// What a text takes on the air: GSM 7-bit where that has all of it, packed, and otherwise UCS-2.
struct text_cost {
    std::size_t characters = 0;
    std::optional<std::size_t> septets; // none: UCS-2
    std::size_t octets = 0;
};
[[nodiscard]] text_cost count(std::string_view utf8);

class event_list {
  public:
    static constexpr std::size_t most = 500;

    explicit event_list(msisdn owner)
        : owner_{owner} {}

    void add(phone_event, utc_time at);
    /// Events are numbered from 1; 0 as long as there is none.
    [[nodiscard]] std::uint64_t last() const { return last_; }
    /// Those after that number that are still kept, and how the phone stands now. A number that isn't given
    /// yet is one of an earlier demo's: all are told.
    [[nodiscard]] std::string write_after(std::uint64_t number) const;

  private:
    struct kept {
        std::uint64_t number = 0;
        utc_time at;
        phone_event what;
    };

    msisdn owner_;
    std::deque<kept> kept_;
    std::uint64_t last_ = 0;
    bool is_bound_ = false;
};

} // namespace kabinet::gateway::demo
