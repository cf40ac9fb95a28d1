#include "smpp/link_fsm.hpp"

namespace kabinet::smpp {

namespace {

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

} // namespace

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
    write_header(outbound::lane::responses, command::generic_nack, status::invalid_command_length, 0);
    give_up(link_error::broken_frame);
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
            give_up(link_error::stopped);
        return {};
    case command::generic_nack:
        return received_nack(head);
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
    if (head.status != status::ok) {
        refused(head.status);
        return {};
    }
    state_ = link_state::bound;
    bound_since_ = now;
    const auto resp = decode<bind_transceiver_resp>(body); // the three differ in their command_id alone
    return bound_now{resp ? resp->system_id : std::string_view{}};
}

link_event link_fsm::received_nack(const header& head) {
    const status why = head.status == status::ok ? status::unknown_error : head.status;
    // number 0: the peer couldn't read ours (SMPP 3.4 4.3.1), and all we have sent is the bind
    const bool is_of_bind = head.sequence_number == own_request_ || head.sequence_number == 0;
    if (state_ != link_state::binding || !is_of_bind)
        return answered(head.sequence_number, why, {});
    refused(why);
    return {};
}

void link_fsm::refused(status why) {
    refusal_ = why;
    give_up(link_error::bind_refused);
}

link_event link_fsm::answered(std::uint32_t sequence_number, status result, std::string_view message_id) {
    const auto in_time = window_.close(sequence_number);
    const auto known_by = in_time ? in_time : given_up_.take(sequence_number);
    if (!known_by) {
        ++counts_.unknown_responses;
        return {};
    }
    if (result == status::invalid_bind_status && state_ == link_state::bound)
        give_up(link_error::bind_forgotten);
    return response{*known_by, result, message_id, !in_time};
}

link_event link_fsm::received_request(const header& head, octets body) {
    const auto lane = outbound::lane::responses;
    switch (head.id) {
    case command::enquire_link:
        write_header(lane, command::enquire_link_resp, status::ok, head.sequence_number);
        return {};
    case command::unbind: // its response is the last word: nothing written before may leave after it
        write_header(outbound::lane::requests, command::unbind_resp, status::ok, head.sequence_number);
        give_up(link_error::unbound_by_smsc);
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
        write_header(lane, response_to(head.id), status::invalid_bind_status, head.sequence_number);
        return {};
    }
    ++counts_.unknown_commands;
    write_header(lane, command::generic_nack, status::invalid_command_id, head.sequence_number);
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

} // namespace kabinet::smpp
