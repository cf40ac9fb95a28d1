#include "smpp/link_fsm.hpp"

namespace kabinet::smpp {

namespace {

constexpr std::size_t message_resp_size = header_size + 1;

} // namespace

link_fsm::link_fsm(const link_settings& settings, bind_kind kind, std::uint32_t seed)
    : settings_{settings}
    , kind_{kind}
    , window_{settings.window, settings.speaks.response_timeout}
    , retry_{seed} {}

bool link_fsm::may_submit() const {
    return is_bound() && kind_ != bind_kind::receiver && !stopping_;
}

bool link_fsm::should_connect(steady_time now) const {
    return state_ == link_state::closed && !stopping_ && now >= retry_at_;
}

void link_fsm::connecting() {
    given_up_for_.clear();
    refusal_.reset();
    state_ = link_state::connecting;
}

void link_fsm::connected(steady_time now) {
    output_.clear();
    given_up_.forget_all();
    heard_at_ = now;
    enquired_at_.reset();
    partial_since_.reset();
    own_request_ = window_.number_alone();
    own_deadline_ = now + settings_.bind_timeout;
    state_ = link_state::binding;
    switch (kind_) {
    case bind_kind::transceiver:
        return write_bind<bind_transceiver>();
    case bind_kind::transmitter:
        return write_bind<bind_transmitter>();
    case bind_kind::receiver:
        return write_bind<bind_receiver>();
    }
}

template <class Pdu>
void link_fsm::write_bind() {
    Pdu bind;
    bind.system_id = settings_.system_id;
    bind.password = settings_.password->reveal();
    bind.system_type = settings_.system_type;
    bind.interface_version = 0x34;
    bind.address_range = settings_.address_range;
    const auto written = encode(bind, status::ok, own_request_, output_.room(outbound::lane::requests, 256));
    if (!written)
        return give_up(link_error::bind_unwritable);
    output_.commit(outbound::lane::requests, *written);
}

void link_fsm::disconnected(steady_time now) {
    lost_ = true;
    partial_since_.reset();
    output_.clear();
    was_bound_ = bound_since_.has_value();
    tries_ = was_bound_ ? 1 : tries_ + 1;
    retry_at_ =
        now + retry_.next_wait(bound_since_ ? now - *bound_since_ : steady_time::duration{}, refusal_);
    bound_since_.reset();
    state_ = link_state::closed;
}

void link_fsm::give_up(link_error why) {
    if (!given_up_for_)
        given_up_for_ = why;
    state_ = link_state::closing;
}

void link_fsm::has_partial_pdu(bool is_partial, steady_time now) {
    if (!is_partial)
        partial_since_.reset();
    else if (!partial_since_)
        partial_since_ = now;
}

void link_fsm::tick(steady_time now) {
    if (state_ == link_state::closed || state_ == link_state::connecting || state_ == link_state::closing)
        return;
    if (state_ == link_state::binding && now >= own_deadline_)
        return give_up(link_error::bind_unanswered);
    if (state_ == link_state::unbinding && now >= own_deadline_)
        return give_up(link_error::stopped);
    if (partial_since_ && now - *partial_since_ >= settings_.pdu_deadline)
        return give_up(link_error::pdu_unfinished);
    if (state_ != link_state::bound)
        return;
    if (enquired_at_) {
        if (now - *enquired_at_ >= settings_.enquire_link_timeout)
            give_up(link_error::enquire_link_unanswered);
    } else if (now - heard_at_ >= settings_.enquire_link_interval) {
        enquired_at_ = now;
        write_header(outbound::lane::requests, command::enquire_link, status::ok, window_.number_alone());
    }
}

void link_fsm::stop(steady_time now) {
    stopping_ = true;
    if (state_ == link_state::closed)
        return;
    if (state_ != link_state::bound)
        return give_up(link_error::stopped);
    given_up_for_ = link_error::stopped;
    own_request_ = window_.number_alone();
    own_deadline_ = now + settings_.unbind_timeout;
    write_header(outbound::lane::requests, command::unbind, status::ok, own_request_);
    state_ = link_state::unbinding;
}

boost::system::result<void> link_fsm::submit(const submit_sm& pdu, ticket known_by, steady_time now) {
    if (!may_submit())
        return make_error_code(link_error::not_bound);
    if (window_.is_full())
        return make_error_code(link_error::window_full);
    const std::size_t enough = 512 + pdu.short_message.size() + pdu.tlv.raw().size();
    const std::span<std::uint8_t> place = output_.room(outbound::lane::requests, enough);
    const auto written = encode(pdu, status::ok, 0, place);
    if (!written)
        return written.error();
    const std::uint32_t sequence_number = *window_.open(known_by, now);
    encode_header({static_cast<std::uint32_t>(*written), command::submit_sm, status::ok, sequence_number},
                  place.first<header_size>());
    output_.commit(outbound::lane::requests, *written);
    return {};
}

void link_fsm::respond(command request, std::uint32_t sequence_number, status result) {
    const auto lane = settings_.speaks.respond == response_order::after_submit ? outbound::lane::requests
                                                                               : outbound::lane::responses;
    const std::span<std::uint8_t> place = output_.room(lane, message_resp_size);
    // message_id of deliver_sm_resp and data_sm_resp is there and empty (SMPP 3.4 4.6.2)
    encode_header({message_resp_size, response_to(request), result, sequence_number},
                  place.first<header_size>());
    place[header_size] = 0;
    output_.commit(lane, message_resp_size);
}

void link_fsm::write_header(outbound::lane lane, command id, status result, std::uint32_t sequence_number) {
    encode_header({header_size, id, result, sequence_number},
                  output_.room(lane, header_size).first<header_size>());
    output_.commit(lane, header_size);
}

std::optional<ticket> link_fsm::take_unanswered(steady_time now) {
    if (lost_) {
        if (const auto lost = window_.take_any())
            return lost;
        lost_ = false;
        return std::nullopt;
    }
    const auto late = window_.take_late(now);
    if (!late)
        return std::nullopt;
    given_up_.remember(late->sequence_number, late->awaited);
    return late->awaited;
}

} // namespace kabinet::smpp
