// A link_fsm with a clock of the test's and a peer that is the test: octets in, PDUs out, no I/O.
#pragma once

#include "smpp/frame.hpp"
#include "smpp/link_fsm.hpp"
#include "tests/smpp/wire.hpp"

#include <doctest/doctest.h>

namespace kabinet::smpp {

using wire::sent_pdu;

class driven_link {
  public:
    explicit driven_link(bind_kind kind = bind_kind::transceiver, link_settings with = lab_settings(),
                         std::uint32_t seed = 1)
        : kept_{std::make_shared<link_settings>(std::move(with))}
        , fsm{settings, kind, seed}
        , kind_{kind} {}

    [[nodiscard]] static link_settings lab_settings() {
        link_settings lab;
        lab.system_id = "kabinet";
        lab.password = std::make_shared<const secret>("not-real");
        lab.window = 4;
        return lab;
    }

    void connects() {
        fsm.connecting();
        fsm.connected(now);
    }
    /// Connected and bound, with nothing left to read; the bind had number `bind_number`.
    void binds() {
        connects();
        bind_number = sent_alone().sequence_number;
        const link_event event = receives(bind_resp_id(), bind_number, wire::body{}.text("smsc"));
        REQUIRE(std::holds_alternative<bound_now>(event));
    }
    [[nodiscard]] command bind_resp_id() const {
        switch (kind_) {
        case bind_kind::transmitter:
            return command::bind_transmitter_resp;
        case bind_kind::receiver:
            return command::bind_receiver_resp;
        case bind_kind::transceiver:
            break;
        }
        return command::bind_transceiver_resp;
    }

    /// The event's views live until the next PDU.
    link_event receives(command id, std::uint32_t sequence_number, const wire::bytes& body = {},
                        status result = status::ok) {
        received_ = wire::pdu(id, sequence_number, body, result);
        return fsm.received(received_, now);
    }
    void passes(std::chrono::nanoseconds time) {
        now += time;
        fsm.tick(now);
    }
    boost::system::error_code submits(ticket known_by, std::string_view text = "hello") {
        submit_sm pdu;
        pdu.destination_addr = "79261112233";
        pdu.short_message = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
        return fsm.submit(pdu, known_by, now).error();
    }
    /// The number the submit got.
    std::uint32_t submitted(ticket known_by) {
        REQUIRE_FALSE(submits(known_by));
        const auto out = sent();
        REQUIRE_FALSE(out.empty());
        REQUIRE(out.back().id == command::submit_sm);
        return out.back().sequence_number;
    }

    /// Everything written since the last look, in the order it leaves.
    std::vector<sent_pdu> sent() {
        std::vector<sent_pdu> all;
        if (fsm.output().size() == 0)
            return all;
        for (octets rest : fsm.output().begin_write()) {
            while (!rest.empty()) {
                const cut next = cut_frame(rest);
                REQUIRE(next.state == cut_state::whole);
                all.push_back(wire::seen(next.pdu));
                rest = rest.subspan(next.pdu.size());
            }
        }
        fsm.output().written();
        return all;
    }
    sent_pdu sent_alone() {
        const auto all = sent();
        REQUIRE(all.size() == 1);
        return all.front();
    }
    /// The tickets of requests given up by now.
    std::vector<ticket> unanswered() {
        std::vector<ticket> all;
        while (const auto one = fsm.take_unanswered(now))
            all.push_back(*one);
        return all;
    }
    /// The connection goes; how long the link waits before it dials again.
    std::chrono::nanoseconds loses_connection() {
        fsm.disconnected(now);
        return fsm.retry_at() - now;
    }

  private:
    std::shared_ptr<link_settings>
        kept_; // stays where it is when the driven link moves: the fsm refers to it

  public:
    link_settings& settings = *kept_;
    link_fsm fsm;
    steady_time now = steady_time{} + std::chrono::hours{1};
    std::uint32_t bind_number = 0;

  private:
    bind_kind kind_;
    wire::bytes received_;
};

} // namespace kabinet::smpp
