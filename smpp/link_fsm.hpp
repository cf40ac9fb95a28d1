// One connection to an SMSC, without its socket: bind, enquire_link, unbind, responses, the window, and when
// to dial again. Told of octets and of time; says what to write and whether to connect or close.
#pragma once

#include "smpp/codec.hpp"
#include "smpp/given_up.hpp"
#include "smpp/link_error.hpp"
#include "smpp/link_event.hpp"
#include "smpp/link_settings.hpp"
#include "smpp/outbound.hpp"
#include "smpp/retry.hpp"
#include "smpp/window.hpp"

#include <boost/system/result.hpp>

namespace kabinet::smpp {

enum class bind_kind : std::uint8_t { transceiver, transmitter, receiver };

enum class link_state : std::uint8_t {
    closed,     // no TCP connection; dials again at `retry_at`
    connecting, // the socket is being opened
    binding,    // the bind is written; nothing else may be, not even enquire_link (SMPP 3.4 2.2)
    bound,
    unbinding, // our unbind is written: answers are still taken, nothing new is
    closing,   // what is written may leave, then the connection goes
};

/// PDUs that were answered or dropped without a word to the rooms above.
struct link_counts {
    std::uint64_t malformed = 0;
    std::uint64_t unknown_commands = 0;
    std::uint64_t unknown_responses = 0;
    std::uint64_t refused_by_state = 0;

    friend bool operator==(const link_counts&, const link_counts&) = default;
};

class link_fsm {
  public:
    /// `seed` feeds the jitter of the waits between two tries. The settings outlive it.
    link_fsm(const link_settings&, bind_kind, std::uint32_t seed);

    // What the socket tells.
    void connecting();
    void connected(steady_time now);
    /// The connection went, or never came.
    void disconnected(steady_time now);
    [[nodiscard]] link_event received(octets pdu, steady_time now);
    /// A command_length nobody can mean: nack, then close.
    void received_broken_frame();
    /// Some octets of a PDU are here and the rest isn't; or none are.
    void has_partial_pdu(bool is_partial, steady_time now);
    /// Time went by: each call may write an enquire_link or give the connection up.
    void tick(steady_time now);
    /// Own stop: unbind when bound, then close; no further connections. A second one doesn't wait.
    void stop(steady_time now);

    // What the rooms above tell.
    /// Writes a submit_sm. Its response, or `take_unanswered`, brings the ticket back, exactly
    /// once; a response after that is late and says so. Fails with not_bound, window_full or a codec_error.
    [[nodiscard]] boost::system::result<void> submit(const submit_sm&, ticket, steady_time now);
    /// Writes the response to a message: before the submits that wait, or after those written earlier where
    /// the dialect wants it so.
    void respond(command request, std::uint32_t sequence_number, status);

    /// A request whose response didn't come in time, or whose connection is gone.
    [[nodiscard]] std::optional<ticket> take_unanswered(steady_time now);

    [[nodiscard]] link_state state() const { return state_; }
    [[nodiscard]] bool is_bound() const { return state_ == link_state::bound; }
    [[nodiscard]] bool may_submit() const;
    [[nodiscard]] bool should_connect(steady_time now) const;
    [[nodiscard]] bool should_close() const { return state_ == link_state::closing; }
    [[nodiscard]] bool is_stopped() const { return stopping_ && state_ == link_state::closed; }
    [[nodiscard]] steady_time retry_at() const { return retry_at_; }

    // Of the connection that is, or was the last.
    /// Why this side gave it up; no error when it didn't.
    [[nodiscard]] boost::system::error_code given_up_for() const { return given_up_for_; }
    /// What the SMSC refused its bind with.
    [[nodiscard]] std::optional<status> refusal() const { return refusal_; }
    /// How many connections in a row went, it included, since one was bound: 1 when it was bound itself.
    [[nodiscard]] std::uint32_t tries() const { return tries_; }
    /// Whether the last one that ended was bound.
    [[nodiscard]] bool was_bound() const { return was_bound_; }

    [[nodiscard]] std::uint32_t in_flight() const { return window_.size(); }
    [[nodiscard]] std::optional<steady_time> oldest_in_flight() const { return window_.oldest(); }
    [[nodiscard]] const link_counts& counts() const { return counts_; }
    [[nodiscard]] outbound& output() { return output_; }
    [[nodiscard]] window<ticket>& awaited() { return window_; }

  private:
    [[nodiscard]] link_event received_response(const header&, octets body, steady_time now);
    [[nodiscard]] link_event received_request(const header&, octets body);
    [[nodiscard]] link_event received_bind_resp(const header&, octets body, steady_time now);
    [[nodiscard]] link_event received_nack(const header&);
    [[nodiscard]] link_event answered(std::uint32_t sequence_number, status, std::string_view message_id);
    template <class Pdu>
    [[nodiscard]] link_event received_message(const header&, octets body);
    void refused(status why);

    template <class Pdu>
    void write_bind();
    void write_header(outbound::lane, command, status, std::uint32_t sequence_number);
    void give_up(link_error why);

    const link_settings& settings_;
    bind_kind kind_;
    link_state state_ = link_state::closed;
    bool stopping_ = false;

    outbound output_;
    window<ticket> window_;
    bool lost_ = false; // the window's requests are those of a connection that is gone
    given_up given_up_;

    std::uint32_t own_request_ = 0; // sequence_number of the bind or unbind awaited
    steady_time own_deadline_{};
    std::optional<steady_time> enquired_at_;
    steady_time heard_at_{};
    std::optional<steady_time> partial_since_;
    std::optional<steady_time> bound_since_;

    boost::system::error_code given_up_for_;
    std::optional<status> refusal_;
    retry retry_;
    steady_time retry_at_{};
    std::uint32_t tries_ = 0;
    bool was_bound_ = false;
    link_counts counts_;
};

} // namespace kabinet::smpp
