#include "simulator/links.hpp"

#include "simulator/submission.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

namespace kabinet::simulator {

namespace asio = boost::asio;
using boost::system::error_code;
using smpp::command;
using smpp::status;

namespace {

constexpr std::string_view own_system_id = "kabinet-sim";
constexpr std::uint8_t interface_version = 0x34; // SMPP 3.4 5.2.4

const smpp::submit_sm& as_submit_sm(const smpp::submit_sm& pdu) {
    return pdu;
}

} // namespace

links::links(asio::io_context& io, links_settings settings, simulator::faults& faults,
             link_listener& listener)
    : settings_{std::move(settings)}
    , faults_{faults}
    , listener_{listener}
    , acceptor_{io, {asio::ip::make_address(settings_.host), settings_.port}} {
    accept();
}

void links::accept() {
    acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
        if (!acceptor_.is_open())
            return;
        if (!error) {
            link_owner& owner = *this;
            const auto made = std::make_shared<link>(std::move(socket), ++last_number_, owner,
                                                     settings_.window, settings_.response_timeout);
            links_.emplace(last_number_, made);
            made->start();
        }
        accept();
    });
}

void links::stop_listening() {
    error_code ignored;
    acceptor_.close(ignored);
}

link* links::find(link_number number) {
    const auto found = links_.find(number);
    return found == links_.end() ? nullptr : found->second.get();
}

link* links::find_receiver(link_number passed_over) {
    for (auto next = links_.upper_bound(passed_over); next != links_.end(); ++next)
        if (next->second->may_deliver())
            return next->second.get();
    return nullptr;
}

void links::take(link& from, const smpp::header& header, smpp::octets body) {
    switch (header.id) {
    case command::bind_receiver:
        return take_bind<smpp::bind_receiver, smpp::bind_receiver_resp>(from, header, body,
                                                                        binding::receiver);
    case command::bind_transmitter:
        return take_bind<smpp::bind_transmitter, smpp::bind_transmitter_resp>(from, header, body,
                                                                              binding::transmitter);
    case command::bind_transceiver:
        return take_bind<smpp::bind_transceiver, smpp::bind_transceiver_resp>(from, header, body,
                                                                              binding::transceiver);
    case command::submit_sm:
        return take_submit<smpp::submit_sm>(from, header, body);
    case command::data_sm:
        return take_submit<smpp::data_sm>(from, header, body);
    case command::enquire_link:
        if (faults_.answers_enquire_link)
            from.respond_without_body(command::enquire_link_resp, status::ok, header.sequence_number);
        return;
    case command::unbind:
        from.respond_without_body(command::unbind_resp, status::ok, header.sequence_number);
        return from.close_when_written();
    case command::unbind_resp:
        return from.close();
    default:
        // SMPP 3.4 4.3: an unknown request is nacked; a response never is.
        if (!smpp::is_response(header.id))
            from.respond_without_body(command::generic_nack, status::invalid_command_id,
                                      header.sequence_number);
    }
}

void links::take_response(link& from, request answered, std::optional<status> answer) {
    listener_.take_response(from, std::move(answered), answer);
}

void links::lose(link& gone) {
    const auto kept_alive = gone.shared_from_this();
    links_.erase(gone.number());
    if (gone.is_bound())
        listener_.lose_bound(gone);
}

std::optional<bind_refusal> links::judge(std::string_view system_id, std::string_view password) {
    if (faults_.refuse_binds && faults_.refuse_binds->times > 0) {
        if (faults_.refuse_binds->times != for_ever)
            --faults_.refuse_binds->times;
        return faults_.refuse_binds;
    }
    if (!settings_.system_id.empty() && system_id != settings_.system_id)
        return bind_refusal{status::invalid_system_id};
    if (settings_.password && password != settings_.password->reveal())
        return bind_refusal{status::invalid_password};
    return std::nullopt;
}

template <class Bind, class Response>
void links::take_bind(link& from, const smpp::header& header, smpp::octets body, binding as) {
    const auto bind = smpp::decode<Bind>(body);
    if (!bind)
        return from.respond_without_body(smpp::response_to(header.id), smpp::answer_to(bind.error()),
                                         header.sequence_number);
    if (from.is_bound())
        return refuse_bind<Response>(from, header, {status::already_bound});
    if (const auto refusal = judge(bind->system_id, bind->password))
        return refuse_bind<Response>(from, header, *refusal);

    std::array<std::uint8_t, 8> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u8(smpp::tag::sc_interface_version, interface_version);
    Response response;
    response.system_id = own_system_id;
    response.tlv = optional_part.list();
    from.respond(response, status::ok, header.sequence_number);
    from.bind(as);
    listener_.take_bind(from, header.id, bind->system_id);
}

template <class Response>
void links::refuse_bind(link& from, const smpp::header& header, const bind_refusal& refusal) {
    if (refusal.body == refusal_body::none)
        return from.respond_without_body(smpp::response_to(header.id), refusal.with, header.sequence_number);
    Response response;
    if (refusal.body == refusal_body::whole)
        response.system_id = own_system_id;
    from.respond(response, refusal.with, header.sequence_number);
}

template <class Submit>
void links::take_submit(link& from, const smpp::header& header, smpp::octets body) {
    const submit_number number{header.id, header.sequence_number};
    if (!from.may_submit())
        return respond_to_submit(from, number, status::invalid_bind_status, {});
    const auto pdu = smpp::decode<Submit>(body);
    if (!pdu)
        return respond_to_submit(from, number, smpp::answer_to(pdu.error()), {});
    listener_.take_submit(from, number, as_submit_sm(*pdu));
}

void links::answer(link& to, submit_number number, status status, std::string_view message_id) {
    if (!faults_.answers_submits)
        return;
    if (faults_.response_delay.count() == 0)
        return respond_to_submit(to, number, status, message_id);
    const auto timer = std::make_shared<asio::steady_timer>(acceptor_.get_executor(), faults_.response_delay);
    timer->async_wait(
        [this, timer, late = to.shared_from_this(), number, status,
         id = std::string{message_id}](error_code) { respond_to_submit(*late, number, status, id); });
}

void links::respond_to_submit(link& to, submit_number number, status status, std::string_view message_id) {
    if (status != smpp::status::ok)
        return to.respond_without_body(smpp::response_to(number.id), status, number.sequence_number);
    if (number.id == command::data_sm) {
        smpp::data_sm_resp response;
        response.message_id = message_id;
        return to.respond(response, status, number.sequence_number);
    }
    smpp::submit_sm_resp response;
    response.message_id = message_id;
    to.respond(response, status, number.sequence_number);
}

} // namespace kabinet::simulator
