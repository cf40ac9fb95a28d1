// Long SMS: cutting encoded text where a phone may cut it, and joining the parts that come, in any order.
// What carries a part's number (UDH or sar_*) is the business of submission and delivery.
#pragma once

#include "smpp/tlv.hpp"
#include "values/msisdn.hpp"
#include "values/text.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace kabinet::simulator {

/// One part of a long message, 3GPP TS 23.040 9.2.3.24.1: numbers run from 1.
struct part {
    std::uint16_t reference = 0;
    std::uint8_t total = 0;
    std::uint8_t number = 0;
};

/// How many of the first `most` octets may go into one part: an escape or a surrogate pair stays whole.
[[nodiscard]] std::size_t fit_part(smpp::octets text, alphabet, std::size_t most);

class long_messages {
  public:
    /// Parts of unfinished messages that are kept; beyond it the oldest message is forgotten.
    static constexpr std::size_t most_unfinished = 1000;

    /// The whole text once its last part is there. A part with total 0, or numbered over its total, is a
    /// message of its own; a doubled part changes nothing.
    [[nodiscard]] std::optional<std::string> join(std::string_view source, msisdn destination, const part&,
                                                  std::string_view text);
    [[nodiscard]] std::size_t unfinished() const { return parts_.size(); }

  private:
    using key = std::tuple<std::string, msisdn, std::uint16_t, std::uint8_t>;
    struct message {
        std::uint64_t age = 0;
        std::vector<std::optional<std::string>> texts;
    };

    void forget_oldest();

    std::map<key, message> parts_;
    std::uint64_t begun_ = 0;
};

} // namespace kabinet::simulator
