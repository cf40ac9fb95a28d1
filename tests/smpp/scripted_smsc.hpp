// The far end of a loopback socket: does what the test says, and by itself only what every SMSC does. Speaks
// raw octets and knows nothing of links.
#pragma once

#include "smpp/frame.hpp"
#include "tests/smpp/wire.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <memory>

namespace kabinet::smpp {

/// One accepted connection.
class smsc_session : public std::enable_shared_from_this<smsc_session> {
  public:
    explicit smsc_session(boost::asio::ip::tcp::socket socket)
        : socket_{std::move(socket)} {}

    /// Reads, and answers binds and unbinds where `obliging`.
    void reads() {
        socket_.async_read_some(boost::asio::buffer(place_),
                                [self = shared_from_this()](auto failed, std::size_t size) {
                                    if (failed) {
                                        self->gone = true;
                                        return;
                                    }
                                    self->take({self->place_.data(), size});
                                    if (!self->deaf)
                                        self->reads();
                                });
    }
    /// At once, and whole: for what fits the socket's buffer.
    void says(const wire::bytes& bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
    void says(command id, std::uint32_t sequence_number, const wire::bytes& body = {},
              status result = status::ok) {
        says(wire::pdu(id, sequence_number, body, result));
    }
    /// The same again and again, for as long as the other side takes it.
    void repeats(std::shared_ptr<const wire::bytes> bytes) {
        boost::asio::async_write(socket_, boost::asio::buffer(*bytes),
                                 [self = shared_from_this(), bytes](auto failed, std::size_t size) {
                                     self->repeated += size;
                                     if (!failed && !self->silent)
                                         self->repeats(bytes);
                                 });
    }
    void hangs_up() {
        boost::system::error_code ignored;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
    }
    /// Without a farewell: the other side gets a reset.
    void breaks_off() {
        socket_.set_option(boost::asio::socket_base::linger{true, 0});
        socket_.close();
    }
    [[nodiscard]] std::size_t count(command id) const {
        std::size_t found = 0;
        for (const wire::sent_pdu& each : received)
            found += each.id == id ? 1U : 0U;
        return found;
    }

    std::vector<wire::sent_pdu> received;
    std::size_t repeated = 0; // octets of `repeats` that left
    bool obliging = true;
    bool deaf = false;   // reads no more
    bool silent = false; // ends `repeats`
    bool gone = false;   // the other side hung up

  private:
    void take(octets arrived) {
        rest_.insert(rest_.end(), arrived.begin(), arrived.end());
        std::size_t taken = 0;
        for (cut next = cut_frame(rest_); next.state == cut_state::whole;
             next = cut_frame(octets{rest_}.subspan(taken))) {
            taken += next.pdu.size();
            received.push_back(wire::seen(next.pdu));
            if (obliging)
                oblige(received.back());
        }
        rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(taken));
    }
    void oblige(const wire::sent_pdu& pdu) {
        switch (pdu.id) {
        case command::bind_transceiver:
        case command::bind_transmitter:
        case command::bind_receiver:
            return says(response_to(pdu.id), pdu.sequence_number, wire::body{}.text("smsc"));
        case command::unbind:
            return says(command::unbind_resp, pdu.sequence_number);
        default:
            return;
        }
    }

    boost::asio::ip::tcp::socket socket_;
    std::array<std::uint8_t, 65'536> place_{};
    wire::bytes rest_;
};

class scripted_smsc {
  public:
    explicit scripted_smsc(boost::asio::io_context& loop)
        : acceptor_{loop, {boost::asio::ip::address_v4::loopback(), 0}}
        , port_{acceptor_.local_endpoint().port()} {
        accepts();
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// The n-th connection from 0 on.
    [[nodiscard]] smsc_session& session(std::size_t n) { return *sessions.at(n); }
    void closes_its_door() { acceptor_.close(); }
    /// Of connections to come: their receive buffer, so that a deaf one is full soon.
    void takes_little() { acceptor_.set_option(boost::asio::socket_base::receive_buffer_size{4'096}); }

    std::vector<std::shared_ptr<smsc_session>> sessions;
    bool obliging = true; // of sessions to come

  private:
    void accepts() {
        acceptor_.async_accept([this](auto failed, boost::asio::ip::tcp::socket socket) {
            if (failed)
                return;
            socket.set_option(boost::asio::ip::tcp::no_delay{true});
            sessions.push_back(std::make_shared<smsc_session>(std::move(socket)));
            sessions.back()->obliging = obliging;
            sessions.back()->reads();
            accepts();
        });
    }

    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
};

} // namespace kabinet::smpp
