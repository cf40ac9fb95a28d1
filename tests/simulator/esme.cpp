#include "tests/simulator/esme.hpp"

#include "smpp/frame.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace kabinet::simulator {

esme::esme(boost::asio::io_context& io, std::uint16_t port)
    : io_{io}
    , socket_{io} {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    read();
}

esme::~esme() = default;

void esme::send_header(smpp::command id, std::uint32_t sequence_number, smpp::status status) {
    std::array<std::uint8_t, smpp::header_size> place;
    smpp::encode_header({smpp::header_size, id, status, sequence_number}, place);
    send_raw(place);
}

void esme::send_raw(smpp::octets octets) {
    boost::asio::write(socket_, boost::asio::buffer(octets.data(), octets.size()));
}

esme::received esme::next() {
    received taken;
    if (!run_until(io_, [&] { return take(taken); }))
        throw std::runtime_error{"no PDU came"};
    return taken;
}

bool esme::is_quiet() {
    send_header(smpp::command::enquire_link, 0x7777);
    return next().header.id == smpp::command::enquire_link_resp;
}

bool esme::is_closed() {
    return run_until(io_, [&] { return closed_; });
}

void esme::close() {
    socket_.close();
}

void esme::read() {
    socket_.async_read_some(
        boost::asio::buffer(place_), [this](boost::system::error_code error, std::size_t size) {
            closed_ = static_cast<bool>(error);
            if (closed_)
                return;
            held_.insert(held_.end(), place_.begin(), place_.begin() + static_cast<std::ptrdiff_t>(size));
            read();
        });
}

bool esme::take(received& taken) {
    const smpp::cut first = smpp::cut_frame(held_);
    if (first.state != smpp::cut_state::whole)
        return false;
    taken.header = smpp::decode_header(first.pdu);
    taken.body = bodies_.emplace_back(first.pdu.begin() + smpp::header_size, first.pdu.end());
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(first.pdu.size()));
    return true;
}

} // namespace kabinet::simulator
