#include "smpp/link_fsm.hpp"

#include <algorithm>

namespace kabinet::smpp {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t largest_response = header_size + 1;
constexpr std::chrono::milliseconds first_wait = 500ms;
constexpr std::chrono::milliseconds longest_wait = 30s;
constexpr auto settled_after = 10s; // a connection that was bound this long starts the waits anew

/// Commands we know and a centre has no reason to send: answered by their own response, never nacked.
bool is_known_but_not_ours(command id) {
    switch (id) {
    case command::submit_sm:
    case command::submit_multi:
    case command::query_sm:
    case command::cancel_sm:
    case command::replace_sm:
    case command::bind_receiver:
    case command::bind_transmitter:
    case command::bind_transceiver:
        return true;
    default:
        return false;
    }
}

/// Wrong password and the like: a person has to mend it, and fast tries lock the account.
bool needs_a_person(status refusal) {
    return refusal == status::bind_failed || refusal == status::invalid_password ||
           refusal == status::invalid_system_id;
}

class link_category_type final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "smpp.link"; }
    std::string message(int code) const override {
        switch (static_cast<link_error>(code)) {
        case link_error::not_bound:
            return "the link isn't bound for sending";
        case link_error::window_full:
            return "the window is full";
        }
        return "unknown link error";
    }
};

} // namespace

const boost::system::error_category& link_category() {
    static const link_category_type category;
    return category;
}

boost::system::error_code make_error_code(link_error error) {
    return {static_cast<int>(error), link_category()};
}

link_fsm::link_fsm(const link_settings& settings, bind_kind kind, std::uint32_t seed)
    : settings_{settings}
    , kind_{kind}
    , random_{seed}
    , window_{settings.window, settings.speaks.response_timeout} {}

bool link_fsm::may_submit() const {
    return is_bound() && kind_ != bind_kind::receiver && !stopping_;
}

bool link_fsm::should_connect(steady_time now) const {
    return state_ == link_state::closed && !stopping_ && now >= retry_at_;
}

void link_fsm::connected(steady_time now) {
    output_.clear();
    given_up_ = {};
    heard_at_ = now;
    enquired_at_.reset();
    partial_since_.reset();
    refusal_.reset();
    own_request_ = window_.number_alone();
    own_deadline_ = now + settings_.bind_timeout;
    state_ = link_state::binding;
    switch (kind_) {
    case bind_kind::transceiver:
        return write_bind<bind_transceiver>(own_request_);
    case bind_kind::transmitter:
        return write_bind<bind_transmitter>(own_request_);
    case bind_kind::receiver:
        return write_bind<bind_receiver>(own_request_);
    }
}

template <class Pdu>
void link_fsm::write_bind(std::uint32_t sequence_number) {
    Pdu bind;
    bind.system_id = settings_.system_id;
    bind.password = settings_.password->reveal();
    bind.system_type = settings_.system_type;
    bind.interface_version = 0x34;
    bind.address_range = settings_.address_range;
    const auto written = encode(bind, status::ok, sequence_number, output_.request_room(256));
    if (!written)
        return begin_close(); // a field longer than its limit: the configuration check names it
    output_.commit_request(*written);
}

void link_fsm::disconnected(steady_time now) {
    lost_ = true;
    partial_since_.reset();
    output_.clear();
    plan_retry(now);
    bound_since_.reset();
    state_ = link_state::closed;
}

void link_fsm::plan_retry(steady_time now) {
    if (bound_since_ && now - *bound_since_ >= settled_after)
        failures_ = 0;
    std::chrono::milliseconds most = std::min(longest_wait, first_wait * (1 << std::min(failures_, 6U)));
    std::chrono::milliseconds least = most / 2;
    if (refusal_ == status::already_bound) { // the old connection lives on over there for a while
        least = 30s;
        most = 60s;
    } else if (refusal_ && needs_a_person(*refusal_)) {
        least = 15s;
        most = 30s;
    }
    refusal_.reset(); // one refusal, one wait: a failed dial after it is only that
    ++failures_;
    std::uniform_int_distribution<std::chrono::milliseconds::rep> wait{least.count(), most.count()};
    retry_at_ = now + std::chrono::milliseconds{wait(random_)};
}

link_event link_fsm::received(octets pdu, steady_time now) {
    heard_at_ = now;
    enquired_at_.reset();   // any PDU proves the peer alive
    partial_since_.reset(); // what follows it is another PDU, with a deadline of its own
    const header head = decode_header(pdu);
    const octets body = pdu.subspan(header_size);
    if (is_response(head.id))
        return received_response(head, body, now);
    return received_request(head, body);
}

void link_fsm::received_broken_frame() {
    ++counts_.malformed;
    write_header(command::generic_nack, status::invalid_command_length, 0, true);
    begin_close();
}

link_event link_fsm::received_response(const header& head, octets body, steady_time now) {
    switch (head.id) {
    case command::bind_transceiver_resp:
    case command::bind_transmitter_resp:
    case command::bind_receiver_resp:
        return received_bind_resp(head, body, now);
    case command::submit_sm_resp: {
        const auto resp = decode<submit_sm_resp>(body); // a broken body is no reason to lose the response
        return answered(head.sequence_number, head.status, resp ? resp->message_id : std::string_view{});
    }
    case command::unbind_resp:
        if (state_ == link_state::unbinding)
            begin_close();
        return {};
    case command::generic_nack: {
        const status why = head.status == status::ok ? status::unknown_error : head.status;
        // number 0: the peer couldn't read ours (SMPP 3.4 4.3.1), and all we have sent is the bind
        if (state_ == link_state::binding &&
            (head.sequence_number == own_request_ || head.sequence_number == 0))
            return refused(why);
        return answered(head.sequence_number, why, {});
    }
    case command::enquire_link_resp:
        return {};
    default:
        ++counts_.unknown_responses;
        return {};
    }
}

link_event link_fsm::received_bind_resp(const header& head, octets body, steady_time now) {
    if (state_ != link_state::binding || head.sequence_number != own_request_) {
        ++counts_.unknown_responses;
        return {};
    }
    if (head.status != status::ok)
        return refused(head.status);
    state_ = link_state::bound;
    bound_since_ = now;
    const auto resp = decode<bind_transceiver_resp>(body); // the three differ in their command_id alone
    return bound_now{resp ? resp->system_id : std::string_view{}};
}

link_event link_fsm::refused(status why) {
    refusal_ = why;
    begin_close();
    return bind_refused{why};
}

link_event link_fsm::answered(std::uint32_t sequence_number, status result, std::string_view message_id) {
    if (const auto found = window_.close(sequence_number))
        return response{*found, result, message_id, false};
    for (given_up& each : given_up_) {
        if (each.sequence_number == sequence_number && sequence_number != 0) {
            each.sequence_number = 0;
            return response{each.ticket, result, message_id, true};
        }
    }
    ++counts_.unknown_responses;
    return {};
}

link_event link_fsm::received_request(const header& head, octets body) {
    switch (head.id) {
    case command::enquire_link:
        write_header(command::enquire_link_resp, status::ok, head.sequence_number, true);
        return {};
    case command::unbind:
        write_header(command::unbind_resp, status::ok, head.sequence_number, true);
        begin_close();
        return {};
    case command::deliver_sm:
        return received_message<deliver_sm>(head, body);
    case command::data_sm:
        return received_message<data_sm>(head, body);
    case command::alert_notification:
        if (const auto alert = decode<alert_notification>(body))
            return subscriber_available{{alert->source_addr_ton, alert->source_addr_npi, alert->source_addr}};
        ++counts_.malformed;
        return {};
    case command::outbind: // we dial ourselves, and are bound or about to be
        return {};
    default:
        break;
    }
    if (is_known_but_not_ours(head.id)) {
        ++counts_.refused_by_state;
        write_header(response_to(head.id), status::invalid_bind_status, head.sequence_number, true);
        return {};
    }
    ++counts_.unknown_commands;
    write_header(command::generic_nack, status::invalid_command_id, head.sequence_number, true);
    return {};
}

template <class Pdu>
link_event link_fsm::received_message(const header& head, octets body) {
    if (state_ != link_state::bound || kind_ == bind_kind::transmitter) {
        ++counts_.refused_by_state;
        respond(head.id, head.sequence_number, status::invalid_bind_status);
        return {};
    }
    const auto pdu = decode<Pdu>(body);
    if (!pdu) {
        ++counts_.malformed;
        respond(head.id, head.sequence_number, answer_to(pdu.error()));
        return {};
    }
    return to_message(*pdu, head.sequence_number);
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
    if ((state_ == link_state::binding || state_ == link_state::unbinding) && now >= own_deadline_)
        return begin_close();
    if (partial_since_ && now - *partial_since_ >= settings_.pdu_deadline)
        return begin_close();
    if (state_ != link_state::bound)
        return;
    if (enquired_at_) {
        if (now - *enquired_at_ >= settings_.enquire_link_timeout)
            begin_close();
    } else if (now - heard_at_ >= settings_.enquire_link_interval) {
        enquired_at_ = now;
        write_header(command::enquire_link, status::ok, window_.number_alone(), false);
    }
}

void link_fsm::stop(steady_time now) {
    stopping_ = true;
    if (state_ == link_state::bound) {
        own_request_ = window_.number_alone();
        own_deadline_ = now + settings_.unbind_timeout;
        write_header(command::unbind, status::ok, own_request_, false);
        state_ = link_state::unbinding;
    } else if (state_ != link_state::closed) {
        begin_close();
    }
}

boost::system::result<void> link_fsm::submit(const submit_sm& pdu, ticket known_by, steady_time now) {
    if (!may_submit())
        return make_error_code(link_error::not_bound);
    if (window_.is_full())
        return make_error_code(link_error::window_full);
    const std::size_t room = 512 + pdu.short_message.size() + pdu.tlv.raw().size();
    const std::span<std::uint8_t> place = output_.request_room(room);
    const auto written = encode(pdu, status::ok, 0, place);
    if (!written)
        return written.error();
    const std::uint32_t sequence_number = *window_.open(known_by, now);
    encode_header({static_cast<std::uint32_t>(*written), command::submit_sm, status::ok, sequence_number},
                  place.first<header_size>());
    output_.commit_request(*written);
    return {};
}

void link_fsm::respond(command request, std::uint32_t sequence_number, status result) {
    const std::span<std::uint8_t> place = output_.response_room(largest_response);
    // message_id of deliver_sm_resp and data_sm_resp is there and empty (SMPP 3.4 4.6.2)
    encode_header({largest_response, response_to(request), result, sequence_number},
                  place.first<header_size>());
    place[header_size] = 0;
    output_.commit_response(largest_response);
}

void link_fsm::write_header(command id, status result, std::uint32_t sequence_number, bool is_answer) {
    const auto place = is_answer ? output_.response_room(header_size) : output_.request_room(header_size);
    encode_header({header_size, id, result, sequence_number}, place.first<header_size>());
    if (is_answer)
        output_.commit_response(header_size);
    else
        output_.commit_request(header_size);
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
    given_up_[next_given_up_] = {late->sequence_number, late->awaited};
    next_given_up_ = (next_given_up_ + 1) % given_up_.size();
    return late->awaited;
}

} // namespace kabinet::smpp
