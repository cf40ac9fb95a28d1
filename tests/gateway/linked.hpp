// Real links against a simulated centre in one loop, for what hands messages to links and waits for their
// responses. A test moves the time that it hands on itself; only the socket's own timers are real and short.
#pragma once

#include "gateway/lines.hpp"
#include "gateway/ticket.hpp"
#include "simulator/centre.hpp"
#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::tests {

/// Links of a gateway and the centre they are bound to.
class linked : public smpp::link_listener {
  public:
    explicit linked(smpp::dialect speaks = {});
    ~linked();
    linked(const linked&) = delete;
    linked& operator=(const linked&) = delete;

    smpp::link_settings settings(std::string name) const;
    line& bind(smpp::link_settings with) { return bind(std::move(with), *this); }
    line& bind(smpp::link_settings with, smpp::link_listener& to);

    [[nodiscard]] simulator::centre& centre() { return centre_; }

    /// What a test wants to know of a link.
    std::function<void(line&, place_key, const smpp::response&)> on_response;
    std::function<void(place_key)> on_missing;
    std::function<void(line&, const smpp::delivery&, const smpp::message&)> on_message;

    struct text_seen {
        msisdn to;
        std::string words;
        bool awaits_input = false;

        friend bool operator==(const text_seen&, const text_seen&) = default;
    };

    /// Of a long SMS.
    struct part_seen {
        msisdn to;
        std::uint16_t reference = 0;
        std::uint8_t number = 0;

        friend bool operator==(const part_seen&, const part_seen&) = default;
    };

    boost::asio::io_context loop;
    lines all;
    std::vector<text_seen> inbox;       // SMS, those in parts once they are whole
    std::vector<part_seen> parts;       // in the order they came
    std::vector<text_seen> screens;     // USSD
    std::vector<smpp::status> refusals; // of what the gateway submitted
    std::vector<smpp::status> answers;  // to what the centre delivered
    std::vector<msisdn> ended;          // dialogues, by the gateway and without a screen

  private:
    void link_bound(smpp::link&, std::string_view) override {}
    void link_lost(smpp::link&, const smpp::link_loss&) override {}
    void message_arrived(smpp::link& by, const smpp::delivery& of, const smpp::message& came) override;
    void response_arrived(smpp::link& by, const smpp::response& answer) override;
    void response_missing(smpp::link&, smpp::ticket of) override;

    void see(const simulator::event& what);

    simulator::centre centre_;
    smpp::dialect speaks_;
};

} // namespace kabinet::gateway::tests
