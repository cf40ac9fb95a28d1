// One connection of an ESME, seen from the centre: octets in, whole PDUs out of it, everything ready in one
// write, and requests matched with their responses. What a PDU means is its owner's business.
#pragma once

#include "simulator/delivery.hpp"
#include "simulator/events.hpp"
#include "smpp/codec.hpp"
#include "smpp/window.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <deque>
#include <memory>

namespace kabinet::simulator {

enum class request_kind : std::uint8_t { ussd, sms, receipt };

/// A deliver_sm on its way, and whose it is.
struct request {
    msisdn from;
    request_kind kind = request_kind::ussd;
    pdu_octets pdu;
};

class link;

class link_owner {
  public:
    /// A whole PDU that is no response to one of the link's requests.
    virtual void take(link&, const smpp::header&, smpp::octets body) = 0;
    /// The response to a request, or nothing when it is late or the link is lost.
    virtual void take_response(link&, request, std::optional<smpp::status>) = 0;
    /// Called once; the link takes and sends nothing more.
    virtual void lose(link&) = 0;

  protected:
    ~link_owner() = default;
};

enum class binding : std::uint8_t { none, transmitter, receiver, transceiver };

class link : public std::enable_shared_from_this<link> {
  public:
    /// `owner` must outlive every run of the socket's io_context.
    link(boost::asio::ip::tcp::socket, link_number, link_owner&, std::uint32_t window,
         std::chrono::milliseconds response_timeout);

    void start();
    [[nodiscard]] link_number number() const { return number_; }

    void bind(binding as) { bound_as_ = as; }
    [[nodiscard]] bool is_bound() const { return bound_as_ != binding::none; }
    [[nodiscard]] bool is_open() const { return open_; }
    [[nodiscard]] bool may_deliver() const;
    [[nodiscard]] bool may_submit() const;

    template <class Pdu>
    void respond(const Pdu& pdu, smpp::status status, std::uint32_t sequence_number) {
        std::array<std::uint8_t, 256> place;
        if (const auto size = smpp::encode(pdu, status, sequence_number, place))
            write(smpp::octets{place}.first(*size));
    }
    void respond_without_body(smpp::command, smpp::status, std::uint32_t sequence_number);
    /// A request nobody awaits: enquire_link, unbind.
    void ask(smpp::command);
    /// Numbers the request and sends it, once the window lets it.
    void send(request);
    /// Under a number that was used before; under a new one while that is awaited or the window is full.
    void send_again(request, std::uint32_t sequence_number);
    /// The number of the last request that left.
    [[nodiscard]] std::uint32_t last_sequence_number() const { return last_sequence_number_; }
    void write(smpp::octets);

    void stop_reading() { reads_ = false; }
    void resume_reading();
    /// Whatever is written leaves first.
    void close_when_written();
    void close();

  private:
    void read();
    void cut();
    void take(smpp::octets pdu);
    void flush();
    void send_waiting();
    std::uint32_t number_and_write(request);
    void watch_deadlines();
    void time_out();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer deadline_;
    link_owner& owner_;
    link_number number_;
    binding bound_as_ = binding::none;
    smpp::window<request> window_;
    std::uint32_t last_sequence_number_ = 0;
    std::deque<request> waiting_;
    std::vector<std::uint8_t> received_;
    std::size_t held_ = 0; // octets at the front of received_ not yet cut into PDUs
    std::vector<std::uint8_t> ready_;
    std::vector<std::uint8_t> leaving_;
    bool open_ = true;
    bool reads_ = true;
    bool reading_ = false;
    bool flushing_ = false;
    bool watching_ = false;
    bool closing_ = false;
};

} // namespace kabinet::simulator
