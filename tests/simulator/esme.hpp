// The smallest ESME there is: raw PDUs over a loopback socket, for tests of the centre. Keeps no rules.
#pragma once

#include "smpp/codec.hpp"
#include "smpp/frame.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

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

    esme(boost::asio::io_context& io, std::uint16_t port)
        : io_{io}
        , socket_{io} {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        read();
    }

    template <class Pdu>
    void send(const Pdu& pdu, std::uint32_t sequence_number = 1, smpp::status status = smpp::status::ok) {
        std::array<std::uint8_t, 2048> place;
        send_raw(smpp::octets{place}.first(smpp::encode(pdu, status, sequence_number, place).value()));
    }
    void send_header(smpp::command id, std::uint32_t sequence_number,
                     smpp::status status = smpp::status::ok) {
        std::array<std::uint8_t, smpp::header_size> place;
        smpp::encode_header({smpp::header_size, id, status, sequence_number}, place);
        send_raw(place);
    }
    void send_raw(smpp::octets octets) {
        boost::asio::write(socket_, boost::asio::buffer(octets.data(), octets.size()));
    }

    /// The next PDU; throws when none comes.
    [[nodiscard]] received next() {
        received taken;
        if (!run_until(io_, [&] { return take(taken); }))
            throw std::runtime_error{"no PDU came"};
        return taken;
    }
    /// Whether nothing more is there, seen by asking for a sign of life that must come first.
    [[nodiscard]] bool is_quiet() {
        send_header(smpp::command::enquire_link, 0x7777);
        return next().header.id == smpp::command::enquire_link_resp;
    }
    [[nodiscard]] bool is_closed() {
        return run_until(io_, [&] { return closed_; });
    }
    void close() { socket_.close(); }

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
    void read() {
        socket_.async_read_some(
            boost::asio::buffer(place_), [this](boost::system::error_code error, std::size_t size) {
                closed_ = static_cast<bool>(error);
                if (closed_)
                    return;
                held_.insert(held_.end(), place_.begin(), place_.begin() + static_cast<std::ptrdiff_t>(size));
                read();
            });
    }

    bool take(received& taken) {
        const smpp::cut first = smpp::cut_frame(held_);
        if (first.state != smpp::cut_state::whole)
            return false;
        taken.header = smpp::decode_header(first.pdu);
        taken.body = bodies_.emplace_back(first.pdu.begin() + smpp::header_size, first.pdu.end());
        held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(first.pdu.size()));
        return true;
    }

    boost::asio::io_context& io_;
    boost::asio::ip::tcp::socket socket_;
    std::array<std::uint8_t, 4096> place_{};
    std::vector<std::uint8_t> held_;
    std::deque<std::string> bodies_;
    bool closed_ = false;
};

} // namespace kabinet::simulator
