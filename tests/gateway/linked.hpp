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
    explicit linked(smpp::dialect speaks = {})
        : centre_{loop, {}, speaks}
        , speaks_{std::move(speaks)} {
        centre_.watch([this](const simulator::event& what) { see(what); });
    }
    ~linked() = default;
    linked(const linked&) = delete;
    linked& operator=(const linked&) = delete;

    smpp::link_settings settings(std::string name) const {
        smpp::link_settings made;
        made.name = made.group = std::move(name);
        made.port = centre_.port();
        made.system_id = made.name;
        made.speaks = speaks_;
        return made;
    }
    line& bind(smpp::link_settings with) { return bind(std::move(with), *this); }
    line& bind(smpp::link_settings with, smpp::link_listener& to) {
        line& added = all.add(std::make_unique<smpp::link>(loop, std::move(with), to));
        added.link->start();
        REQUIRE(run_until(loop, [&] { return added.link->is_bound(); }));
        return added;
    }

    [[nodiscard]] simulator::centre& centre() { return centre_; }

    /// What a test wants to know of a link.
    std::function<void(line&, place_key, const smpp::response&)> on_response = [](line&, place_key,
                                                                                  const smpp::response&) {};
    std::function<void(place_key)> on_missing = [](place_key) {};
    std::function<void(line&, const smpp::delivery&, const smpp::message&)> on_message =
        [](line&, const smpp::delivery&, const smpp::message&) {};

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
    void message_arrived(smpp::link& by, const smpp::delivery& of, const smpp::message& came) override {
        on_message(all.of(by), of, came);
    }
    void response_arrived(smpp::link& by, const smpp::response& answer) override {
        on_response(all.of(by), ticket::read(answer.ticket).place, answer);
    }
    void response_missing(smpp::link&, smpp::ticket of) override { on_missing(ticket::read(of).place); }

    void see(const simulator::event& what) {
        if (const auto* sms = std::get_if<simulator::sms_received>(&what))
            inbox.push_back({sms->to, std::string{sms->text}});
        else if (const auto* part = std::get_if<simulator::part_received>(&what))
            parts.push_back({part->to, part->reference, part->number});
        else if (const auto* screen = std::get_if<simulator::screen_shown>(&what))
            screens.push_back({screen->to, std::string{screen->text}, screen->awaits_input});
        else if (const auto* refused = std::get_if<simulator::refused>(&what))
            refusals.push_back(refused->with);
        else if (const auto* delivered = std::get_if<simulator::delivered>(&what);
                 delivered != nullptr && delivered->answer)
            answers.push_back(*delivered->answer);
        else if (const auto* over = std::get_if<simulator::dialogue_ended>(&what))
            ended.push_back(over->of);
    }

    simulator::centre centre_;
    smpp::dialect speaks_;
};

} // namespace kabinet::gateway::tests
