// A billing system as docs/billing.yaml has it, on a socket: HTTP/1.1 in plain text, kept open between
// requests. Plays the faults it is told to; what is true stands in the books.
#pragma once

#include "simulator/billing_books.hpp"
#include "simulator/billing_faults.hpp"
#include "values/secret.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace kabinet::simulator {

struct billing_settings {
    std::string host = "127.0.0.1"; // a token travels in clear: loopback
    std::uint16_t port = 0;         // 0: any that is free
    std::shared_ptr<const secret> token;
    std::uint64_t seed = 1; // of the faults
    std::function<utc_time()> clock = [] {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    };
};

struct billing_figures {
    std::size_t orders = 0; // PUT, whatever came of it
    std::size_t asked = 0;  // GET and DELETE of operations
    std::size_t reads = 0;
    std::size_t refused = 0; // without a look: the token, the path
    std::size_t late = 0;
    std::size_t waiting = 0; // for what is done afterwards
    std::array<std::size_t, billing_fault_kinds> met{};

    /// How many requests met it.
    [[nodiscard]] std::size_t of(billing_fault what) const { return met[static_cast<std::size_t>(what)]; }
};

/// Belongs to the thread that runs the io_context.
class billing_server {
  public:
    /// Listens at once; throws boost::system::system_error when it can't. The books outlive it; the
    /// io_context may.
    billing_server(boost::asio::io_context&, billing_settings, billing_books&);
    /// Cuts all connections; what was to be done afterwards isn't. Not while another thread runs the loop.
    ~billing_server();
    billing_server(const billing_server&) = delete;
    billing_server& operator=(const billing_server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// What holds from the next request on.
    [[nodiscard]] billing_faults& faults();
    [[nodiscard]] const billing_figures& figures() const;
    [[nodiscard]] billing_books& books();

  private:
    struct parts;
    std::shared_ptr<parts> parts_;
};

} // namespace kabinet::simulator
