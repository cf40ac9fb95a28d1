// Any octets as the body of any PDU: decoded within bounds or refused; what was decoded is written and read
// again as the same. Then as a stream of any peer into the state machine of a link, with time going by.
#include "smpp/frame.hpp"
#include "smpp/link_fsm.hpp"
#include "tests/smpp/wire.hpp"

#include <cstdlib>
#include <set>

using namespace kabinet;
using namespace kabinet::smpp;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

template <class Pdu>
void try_as(octets body) {
    const auto pdu = decode<Pdu>(body);
    if (!pdu) {
        require(answer_to(pdu.error()) != status::ok);
        return;
    }
    wire::bytes again(header_size + body.size() + 1); // a response without body gets its NUL
    const auto size = encode(*pdu, status::ok, 1, again);
    if (!size) {
        require(size.error() == codec_error::string_too_long || size.error() == codec_error::text_too_long);
        return;
    }
    const header head = decode_header(again);
    require(head.id == command_of<Pdu> && head.command_length == *size);
    const auto same = decode<Pdu>(octets{again}.subspan(header_size, *size - header_size));
    require(same.has_value() && wire::fields_of(*same) == wire::fields_of(*pdu));
}

/// A link that submits, is stopped and dials again while the input is its peer.
class tried_link {
  public:
    explicit tried_link(std::uint8_t kind)
        : fsm_{settings_, static_cast<bind_kind>(kind % 3), 1} {}

    void hears(octets stream) {
        while (!stream.empty()) {
            dial();
            const cut next = cut_frame(stream);
            if (next.state == cut_state::broken)
                fsm_.received_broken_frame();
            if (next.state != cut_state::whole)
                break;
            take(fsm_.received(next.pdu, now_));
            step(next.pdu.back());
            stream = stream.subspan(next.pdu.size());
        }
        fsm_.disconnected(now_);
        take_unanswered();
        require(out_.empty());
    }

  private:
    void dial() {
        if (fsm_.state() != link_state::closed)
            return;
        fsm_.connecting();
        fsm_.connected(now_);
        fsm_.awaited().continue_after(0); // low numbers again: an input finds those more easily
    }
    void take(const link_event& event) {
        if (const auto* answer = std::get_if<response>(&event))
            require(answer->is_late || out_.erase(answer->ticket) == 1);
        if (const auto* arrived = std::get_if<message>(&event))
            fsm_.respond(arrived->kind, arrived->sequence_number, status::ok);
    }
    void step(std::uint8_t how) {
        if (fsm_.submit(submit_sm{}, next_, now_))
            out_.insert(next_++);
        now_ += std::chrono::milliseconds{how * 100};
        fsm_.tick(now_);
        if (fsm_.output().size() != 0) {
            for (octets rest : fsm_.output().begin_write())
                for (; !rest.empty(); rest = rest.subspan(cut_frame(rest).pdu.size()))
                    require(cut_frame(rest).state == cut_state::whole);
            fsm_.output().written();
        }
        if (fsm_.should_close())
            fsm_.disconnected(now_);
        take_unanswered();
        require(fsm_.in_flight() == out_.size());
    }
    void take_unanswered() {
        while (const auto one = fsm_.take_unanswered(now_))
            require(out_.erase(*one) == 1);
    }

    link_settings settings_;
    link_fsm fsm_;
    steady_time now_{};
    std::set<ticket> out_;
    ticket next_ = 1;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    if (size == 0)
        return 0;
    const octets rest{input + 1, size - 1};
    wire::for_each_pdu([&]<class Pdu>(std::type_identity<Pdu>) { try_as<Pdu>(rest); });
    tried_link{input[0]}.hears(rest);
    return 0;
}
