// The gateway's door over plain HTTP, as the operator's portal and its other systems meet it. What is asked
// and answered are the plain values of exchange.hpp; how long to wait is for whoever asks.
#pragma once

#include "simulator/exchange.hpp"
#include "values/secret.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace kabinet::simulator {

struct portal_settings {
    std::string host; // an address
    std::uint16_t port = 0;
    std::shared_ptr<const secret> token;          // of the portal
    std::shared_ptr<const secret> operator_token; // of the operator's other systems
};

class portal {
  public:
    explicit portal(portal_settings settings)
        : settings_{std::move(settings)} {}

    /// Asks on a connection of its own; `hear` is called on the executor once there is an answer, or none to
    /// be had.
    void ask(const boost::asio::any_io_executor&, const ask_door&, std::function<void(reply)> hear) const;

  private:
    portal_settings settings_;
};

/// The request as the wire has it; the connection ends with its answer.
[[nodiscard]] std::string write_http(const ask_door&, std::string_view token);
/// What came until the connection's end.
[[nodiscard]] reply read_http(std::string_view came);

} // namespace kabinet::simulator
