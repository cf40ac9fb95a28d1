#include "simulator/link.hpp"

#include "smpp/frame.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <utility>

namespace kabinet::simulator {

namespace asio = boost::asio;
using boost::system::error_code;

link::link(asio::ip::tcp::socket socket, link_number number, link_owner& owner, std::uint32_t window,
           std::chrono::milliseconds response_timeout)
    : socket_{std::move(socket)}
    , deadline_{socket_.get_executor()}
    , owner_{owner}
    , number_{number}
    , window_{window, response_timeout}
    , received_(2 * smpp::largest_pdu) {}

void link::start() {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
    read();
}

bool link::may_deliver() const {
    return open_ && !closing_ && (bound_as_ == binding::receiver || bound_as_ == binding::transceiver);
}

bool link::may_submit() const {
    return bound_as_ == binding::transmitter || bound_as_ == binding::transceiver;
}

void link::read() {
    if (!open_ || !reads_ || reading_)
        return;
    reading_ = true;
    const auto rest = asio::buffer(received_.data() + held_, received_.size() - held_);
    socket_.async_read_some(rest, [self = shared_from_this()](error_code error, std::size_t size) {
        self->reading_ = false;
        if (error)
            return self->close();
        self->held_ += size;
        self->cut();
        self->read();
    });
}

void link::resume_reading() {
    reads_ = true;
    cut();
    read();
}

void link::cut() {
    std::size_t done = 0;
    while (open_ && reads_) {
        const smpp::cut next = smpp::cut_frame(smpp::octets{received_}.subspan(done, held_ - done));
        if (next.state == smpp::cut_state::incomplete)
            break;
        if (next.state == smpp::cut_state::broken) {
            respond_without_body(smpp::command::generic_nack, smpp::status::invalid_command_length, 0);
            reads_ = false;
            return close_when_written();
        }
        done += next.pdu.size();
        take(next.pdu);
    }
    const auto begin = received_.begin();
    std::copy(begin + static_cast<std::ptrdiff_t>(done), begin + static_cast<std::ptrdiff_t>(held_), begin);
    held_ -= done;
}

void link::take(smpp::octets pdu) {
    const smpp::header header = smpp::decode_header(pdu);
    if (smpp::is_response(header.id)) {
        if (auto answered = window_.close(header.sequence_number)) {
            owner_.take_response(*this, std::move(*answered), header.status);
            return send_waiting();
        }
    }
    owner_.take(*this, header, pdu.subspan(smpp::header_size));
}

void link::respond_without_body(smpp::command id, smpp::status status, std::uint32_t sequence_number) {
    std::array<std::uint8_t, smpp::header_size> place;
    smpp::encode_header({smpp::header_size, id, status, sequence_number}, place);
    write(place);
}

void link::ask(smpp::command id) {
    last_sequence_number_ = window_.number_alone();
    respond_without_body(id, smpp::status::ok, last_sequence_number_);
}

void link::send(request next) {
    waiting_.push_back(std::move(next));
    send_waiting();
}

void link::send_waiting() {
    while (open_ && !waiting_.empty() && !window_.is_full()) {
        request next = std::move(waiting_.front());
        waiting_.pop_front();
        last_sequence_number_ = number_and_write(std::move(next));
    }
}

void link::send_again(request again, std::uint32_t sequence_number) {
    if (!open_ || window_.is_full())
        return send(std::move(again));
    window_.continue_after(sequence_number - 1);
    number_and_write(std::move(again));
    window_.continue_after(last_sequence_number_);
}

std::uint32_t link::number_and_write(request next) {
    const std::size_t at = ready_.size();
    write(next.pdu);
    const std::uint32_t number = window_.open(std::move(next), std::chrono::steady_clock::now()).value();
    for (std::size_t i = 0; i < 4; ++i)
        ready_[at + 12 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    watch_deadlines();
    return number;
}

void link::watch_deadlines() {
    const auto next = window_.next_deadline();
    if (watching_ || !open_ || !next)
        return;
    watching_ = true;
    deadline_.expires_at(*next);
    deadline_.async_wait([self = shared_from_this()](error_code) {
        self->watching_ = false;
        self->time_out();
    });
}

void link::time_out() {
    while (open_) {
        auto late = window_.take_late(std::chrono::steady_clock::now());
        if (!late)
            break;
        owner_.take_response(*this, std::move(late->awaited), std::nullopt);
    }
    send_waiting();
    watch_deadlines();
}

void link::write(smpp::octets octets) {
    if (!open_)
        return;
    ready_.insert(ready_.end(), octets.begin(), octets.end());
    if (flushing_)
        return;
    flushing_ = true;
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->flush(); });
}

void link::flush() {
    leaving_.clear();
    std::swap(leaving_, ready_);
    if (!open_ || leaving_.empty()) {
        flushing_ = false;
        if (closing_)
            close();
        return;
    }
    asio::async_write(socket_, asio::buffer(leaving_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error)
                              self->close();
                          self->flush();
                      });
}

void link::close_when_written() {
    closing_ = true;
    if (!flushing_)
        close();
}

void link::close() {
    if (!open_)
        return;
    open_ = false;
    error_code ignored;
    socket_.close(ignored);
    deadline_.cancel();
    while (auto awaited = window_.take_any())
        owner_.take_response(*this, std::move(*awaited), std::nullopt);
    for (request& never_sent : std::exchange(waiting_, {}))
        owner_.take_response(*this, std::move(never_sent), std::nullopt);
    owner_.lose(*this);
}

} // namespace kabinet::simulator
