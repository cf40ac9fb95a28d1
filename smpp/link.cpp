#include "smpp/link.hpp"

#include "smpp/connection.hpp"

#include <algorithm>

namespace kabinet::smpp {

link::link(boost::asio::io_context& loop, link_settings settings, link_listener& listener)
    : settings_{std::move(settings)} {
    std::random_device seed;
    const auto add = [&](bind_kind kind) {
        connections_.push_back(std::make_shared<connection>(loop, *this, listener, kind, seed()));
    };
    if (settings_.bind == bind_mode::transceiver) {
        add(bind_kind::transceiver);
    } else {
        add(bind_kind::transmitter);
        add(bind_kind::receiver);
    }
}

link::~link() {
    for (const auto& each : connections_)
        each->abandon();
}

void link::start() {
    for (const auto& each : connections_)
        each->start();
}

void link::stop() {
    for (const auto& each : connections_)
        each->stop();
}

bool link::is_stopped() const {
    return std::all_of(connections_.begin(), connections_.end(),
                       [](const auto& each) { return each->fsm().is_stopped(); });
}

bool link::is_bound() const {
    return std::all_of(connections_.begin(), connections_.end(),
                       [](const auto& each) { return each->fsm().is_bound(); });
}

std::uint32_t link::in_flight() const {
    return way_out().fsm().in_flight();
}

std::optional<steady_time> link::oldest_in_flight() const {
    return way_out().fsm().oldest_in_flight();
}

link_counts link::counts() const {
    link_counts sum;
    for (const auto& each : connections_) {
        const link_counts& one = each->fsm().counts();
        sum.malformed += one.malformed;
        sum.unknown_commands += one.unknown_commands;
        sum.unknown_responses += one.unknown_responses;
        sum.refused_by_state += one.refused_by_state;
    }
    return sum;
}

boost::system::result<void> link::submit(const submit_sm& pdu, ticket known_by) {
    return way_out().submit(pdu, known_by);
}

void link::respond(const delivery& of, status result) {
    way_in().respond(of, result);
}

} // namespace kabinet::smpp
