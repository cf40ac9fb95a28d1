// The smallest ESME there is: raw PDUs over a loopback socket, for tests of the centre. Keeps no rules.
#pragma once

#include "smpp/codec.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

/// Runs the loop until `is_true`, for two seconds at most.
template <class Condition>
bool run_until(boost::asio::io_context& io, Condition is_true) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds{2};
    io.restart();
    while (!is_true())
        if (io.run_one_until(latest) == 0)
            return is_true();
    return true;
}

class esme {
  public:
    /// What came lives as long as the ESME.
    struct received {
        smpp::header header;
        std::string_view body;

        template <class Pdu>
        [[nodiscard]] Pdu as() const {
            if (header.id != smpp::command_of<Pdu>)
                throw std::runtime_error{"another PDU than expected"};
            const auto* const first = reinterpret_cast<const std::uint8_t*>(body.data());
            return smpp::decode<Pdu>({first, body.size()}).value();
        }
    };

    esme(boost::asio::io_context& io, std::uint16_t port);
    ~esme();
    esme(const esme&) = delete;
    esme& operator=(const esme&) = delete;

    template <class Pdu>
    void send(const Pdu& pdu, std::uint32_t sequence_number = 1, smpp::status status = smpp::status::ok) {
        std::array<std::uint8_t, 2048> place;
        send_raw(smpp::octets{place}.first(smpp::encode(pdu, status, sequence_number, place).value()));
    }
    void send_header(smpp::command id, std::uint32_t sequence_number, smpp::status status = smpp::status::ok);
    void send_raw(smpp::octets octets);

    /// The next PDU; throws when none comes.
    [[nodiscard]] received next();
    /// Whether nothing more is there, seen by asking for a sign of life that must come first.
    [[nodiscard]] bool is_quiet();
    [[nodiscard]] bool is_closed();
    void close();

    template <class Bind>
    received bind(std::string_view system_id = "kabinet", std::string_view password = "fakeword") {
        Bind pdu;
        pdu.system_id = system_id;
        pdu.password = password;
        pdu.interface_version = 0x34;
        send(pdu);
        return next();
    }

  private:
    void read();
    bool take(received& taken);

    boost::asio::io_context& io_;
    boost::asio::ip::tcp::socket socket_;
    std::array<std::uint8_t, 4096> place_{};
    std::vector<std::uint8_t> held_;
    std::deque<std::string> bodies_;
    bool closed_ = false;
};

} // namespace kabinet::simulator
