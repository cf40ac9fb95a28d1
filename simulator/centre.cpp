#include "simulator/centre.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace kabinet::simulator {

namespace asio = boost::asio;
using smpp::command;
using smpp::status;

namespace {

constexpr std::uint8_t show_only = 3; // USSN request, protocol 1.1

} // namespace

centre::centre(asio::io_context& io, links_settings settings, smpp::dialect speaks)
    : speaks_{std::move(speaks)}
    , links_{io, std::move(settings), faults_, *this} {}

void centre::tell(const event& what) const {
    if (handler_)
        handler_(what);
}

bool centre::dial(msisdn from, std::string_view code) {
    link* const by = links_.find_receiver();
    if (by == nullptr)
        return false;
    subscriber& who = subscribers_[from];
    open(who, by->number(), speaks_.dialled_in_destination ? code : service_code(code));
    return step(from, who, speaks_.ops.begin, speaks_.dialled_in_destination ? std::string_view{} : code);
}

bool centre::answer(msisdn from, std::string_view input) {
    const auto found = subscribers_.find(from);
    if (found == subscribers_.end() || !found->second.talking || !found->second.talking->awaits_input)
        return false;
    dialogue& talking = *found->second.talking;
    talking.awaits_input = false;
    talking.session = next_word(speaks_, talking.session);
    return step(from, found->second, speaks_.ops.input, input);
}

bool centre::hang_up(msisdn from) {
    const auto found = subscribers_.find(from);
    if (found == subscribers_.end() || !found->second.talking)
        return false;
    step(from, found->second, speaks_.ops.abort, {});
    close(found->second);
    return true;
}

bool centre::has_dialogue(msisdn of) const {
    const auto found = subscribers_.find(of);
    return found != subscribers_.end() && found->second.talking.has_value();
}

/// Sends one step of the dialogue the subscriber has.
bool centre::step(msisdn from, subscriber& who, std::uint8_t op, std::string_view text) {
    const dialogue& talking = *who.talking;
    link* const by = links_.find(talking.link);
    if (by == nullptr || !by->may_deliver())
        return false;
    const bool ends = op == speaks_.ops.abort;
    const ussd_step words{from, talking.service, op, talking.session, ends, text};
    send(*by, who, {from, request_kind::ussd, write_ussd(words, speaks_)});
    return true;
}

void centre::text(msisdn from, std::string_view to, std::string_view body) {
    for (pdu_octets& each : write_sms(from, to, body, speaks_, ++long_sms_))
        send_or_keep({from, request_kind::sms, std::move(each)});
}

void centre::send_or_keep(request next) {
    link* const by = links_.find_receiver();
    if (by == nullptr)
        return kept_.push_back(std::move(next));
    subscriber& who = subscribers_[next.from];
    send(*by, who, std::move(next));
}

void centre::send(link& by, subscriber& who, request next) {
    if (next.kind != request_kind::receipt)
        who.last = next;
    by.send(std::move(next));
    who.last_link = by.number();
    who.last_number = by.last_sequence_number();
}

bool centre::redeliver(msisdn from, redelivery how) {
    const auto found = subscribers_.find(from);
    if (found == subscribers_.end() || found->second.last.pdu.empty())
        return false;
    subscriber& who = found->second;
    link* by = links_.find(who.last_link);
    if (how == redelivery::other_link) {
        by = links_.find_receiver(who.last_link);
        if (by == nullptr)
            by = links_.find_receiver();
        if (by != nullptr && by->number() == who.last_link)
            return false;
    }
    if (by == nullptr || !by->may_deliver())
        return false;
    if (how == redelivery::same_number)
        by->send_again(who.last, who.last_number);
    else
        by->send(who.last);
    return true;
}

centre::dialogue& centre::open(subscriber& who, link_number by, std::string_view service) {
    if (!who.talking)
        ++dialogues_;
    return who.talking.emplace(dialogue{by, first_word(speaks_, ++sessions_), std::string{service}, false});
}

void centre::close(subscriber& who) {
    if (!who.talking)
        return;
    who.talking.reset();
    --dialogues_;
}

void centre::take_bind(link& by, command as, std::string_view system_id) {
    tell(bound{by.number(), as, system_id});
    if (by.may_deliver())
        for (request& each : std::exchange(kept_, {}))
            send_or_keep(std::move(each));
}

void centre::lose_bound(link& gone) {
    std::vector<msisdn> cut_off;
    for (auto& [number, who] : subscribers_) {
        if (who.talking && who.talking->link == gone.number()) {
            close(who);
            cut_off.push_back(number);
        }
    }
    tell(unbound{gone.number()});
    for (const msisdn number : cut_off)
        tell(dialogue_ended{number});
}

void centre::take_response(link& by, request answered, std::optional<status> answer) {
    const bool is_lost = !answer && !by.is_open();
    if (answered.kind != request_kind::receipt)
        tell(delivered{answered.from, answer});
    // An SMSC stores and forwards; a USSD centre doesn't.
    if (is_lost && answered.kind != request_kind::ussd)
        send_or_keep(std::move(answered));
}

void centre::take_submit(link& by, submit_number number, const smpp::submit_sm& pdu) {
    const auto read = read_submission(pdu, speaks_);
    const auto refusal = read ? judge(*read) : read.error();
    const auto fault = read && !refusal ? take_fault(*read) : std::nullopt;
    if (const auto& against = refusal ? refusal : fault) {
        links_.answer(by, number, against->with, {});
        return tell(refused{read ? read->destination : msisdn{}, against->with, against->why});
    }
    const std::string id = fmt::format("{}", ++messages_);
    const bool gets_receipt = read->wants_receipt && !read->is_ussd;
    if (gets_receipt && faults_.receipts == receipt_moment::before_response)
        send_receipt(*read, id);
    links_.answer(by, number, status::ok, id);
    if (gets_receipt && faults_.receipts == receipt_moment::after_response)
        send_receipt(*read, id);
    if (read->is_ussd)
        show(*read);
    else
        receive(*read);
}

std::optional<refusal> centre::take_fault(const submission& read) {
    auto& asked = faults_.refuse_submits;
    if (!asked || asked->times == 0)
        return std::nullopt;
    if (asked->of != submit_kind::any && (asked->of == submit_kind::ussd) != read.is_ussd)
        return std::nullopt;
    if (asked->times != for_ever)
        --asked->times;
    return refusal{asked->with, "the centre was told to refuse"};
}

bool centre::ends_dialogue(const submission& read) const {
    return read.has_end_bit || read.op == show_only || read.op == speaks_.ops.answer ||
           read.op == speaks_.ops.one_shot_answer || read.op == speaks_.ops.abort_request;
}

/// A screen nobody dialled for: USSR or USSN without a session (protocol 1.1, push).
bool centre::opens_dialogue(const submission& read) const {
    if (read.session || (read.op != speaks_.ops.ask && read.op != show_only))
        return false;
    return speaks_.session != smpp::session_id_kind::none || !has_dialogue(read.destination);
}

std::optional<refusal> centre::judge(const submission& read) const {
    if (!read.is_ussd)
        return std::nullopt;
    if (read.op != speaks_.ops.ask && !ends_dialogue(read))
        return refusal{centre_status::submit_failed, "no such ussd_service_op"};
    if (read.text.empty() && read.op != speaks_.ops.abort_request)
        return refusal{centre_status::submit_failed, "an empty screen"};
    return judge_screen(read);
}

std::optional<refusal> centre::judge_screen(const submission& read) const {
    const auto found = subscribers_.find(read.destination);
    const bool is_talking = found != subscribers_.end() && found->second.talking;
    if (opens_dialogue(read)) {
        if (is_talking)
            return refusal{centre_status::dialogue_busy, "the subscriber has a dialogue already"};
        return std::nullopt;
    }
    if (!is_talking)
        return refusal{centre_status::no_such_dialogue, "the subscriber has no dialogue"};
    const dialogue& talking = *found->second.talking;
    if (read.session.has_value() != (speaks_.session != smpp::session_id_kind::none) ||
        (read.session && !is_same_session(speaks_, *read.session, talking.session)))
        return refusal{centre_status::other_session, "another session than the subscriber's"};
    if (talking.awaits_input && read.op != speaks_.ops.abort_request)
        return refusal{centre_status::dialogue_busy, "the screen before it still awaits input"};
    return std::nullopt;
}

void centre::show(const submission& read) {
    subscriber& who = subscribers_[read.destination];
    if (!who.talking) {
        link* const by = links_.find_receiver();
        open(who, by == nullptr ? 0 : by->number(), read.source);
    }
    if (!ends_dialogue(read)) {
        who.talking->awaits_input = true;
        return tell(screen_shown{read.destination, read.text, true});
    }
    if (read.op == show_only)
        step(read.destination, who, speaks_.ops.shown, {});
    close(who);
    if (read.op == speaks_.ops.abort_request)
        return tell(dialogue_ended{read.destination});
    tell(screen_shown{read.destination, read.text, false});
}

void centre::receive(const submission& read) {
    if (!read.piece)
        return tell(sms_received{read.destination, read.source, read.text});
    const part& piece = *read.piece;
    tell(part_received{read.destination, piece.reference, piece.total, piece.number, read.text});
    if (const auto whole = long_messages_.join(read.source, read.destination, piece, read.text))
        tell(sms_received{read.destination, read.source, *whole});
}

void centre::send_receipt(const submission& read, std::string_view message_id) {
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    send_or_keep({read.destination, request_kind::receipt,
                  write_receipt(read.destination, read.source, message_id, now)});
}

void centre::ask_for_life() {
    links_.for_each([](link& each) { each.ask(command::enquire_link); });
}

void centre::unbind() {
    links_.for_each([](link& each) { each.ask(command::unbind); });
}

void centre::drop() {
    links_.for_each([](link& each) { each.close(); });
}

void centre::stop_reading() {
    links_.for_each([](link& each) { each.stop_reading(); });
}

void centre::resume_reading() {
    links_.for_each([](link& each) { each.resume_reading(); });
}

void centre::send_raw(smpp::octets octets) {
    links_.for_each([octets](link& each) { each.write(octets); });
}

void centre::stop() {
    links_.stop_listening();
    drop();
}

} // namespace kabinet::simulator
