// One connection to an SMSC, without its socket: bind, enquire_link, unbind, responses, the window, and when
// to dial again. Told of octets and of time; says what to write and whether to connect or close.
#pragma once

#include "smpp/codec.hpp"
#include "smpp/link_settings.hpp"
#include "smpp/message.hpp"
#include "smpp/outbound.hpp"
#include "smpp/window.hpp"

#include <boost/system/result.hpp>

#include <random>
#include <variant>

namespace kabinet::smpp {

/// What the rooms above gave a submit to know its response by.
using ticket = std::uint64_t;

enum class bind_kind : std::uint8_t { transceiver, transmitter, receiver };

enum class link_state : std::uint8_t {
    closed,     // no TCP connection; dials again at `retry_at`
    connecting, // the socket is being opened
    binding,    // the bind is written; nothing else may be, not even enquire_link (SMPP 3.4 2.2)
    bound,
    unbinding, // our unbind is written: answers are still taken, nothing new is
    closing,   // what is written may leave, then the connection goes
};

enum class link_error {
    not_bound = 1, // or bound as receiver, or about to stop
    window_full,
};
const boost::system::error_category& link_category();
boost::system::error_code make_error_code(link_error);

/// What one received PDU means to the rooms above; most mean nothing to them.
struct bound_now {
    std::string_view system_id; // the SMSC's
};
struct bind_refused {
    status why{};
};
struct response {
    smpp::ticket ticket = 0;
    status result{};
    std::string_view message_id;
    bool is_late = false; // its request had been given up
};
struct subscriber_available { // alert_notification; has no response
    address_view source;
};
using link_event =
    std::variant<std::monostate, bound_now, bind_refused, message, response, subscriber_available>;

/// PDUs that were answered or dropped without a word to the rooms above.
struct link_counts {
    std::uint64_t malformed = 0;
    std::uint64_t unknown_commands = 0;
    std::uint64_t unknown_responses = 0;
    std::uint64_t refused_by_state = 0;
};

class link_fsm {
  public:
    /// `seed` feeds the jitter of the waits between two tries.
    link_fsm(const link_settings&, bind_kind, std::uint32_t seed);

    // What the socket tells.
    void connecting() { state_ = link_state::connecting; }
    void connected(steady_time now);
    void disconnected(steady_time now);
    [[nodiscard]] link_event received(octets pdu, steady_time now);
    /// A command_length nobody can mean: nack, then close.
    void received_broken_frame();
    /// Some octets of a PDU are here and the rest isn't; or none are.
    void has_partial_pdu(bool is_partial, steady_time now);
    /// Time went by: each call may write an enquire_link or give the connection up.
    void tick(steady_time now);
    /// Own stop: unbind when bound, then close; no further connections.
    void stop(steady_time now);

    // What the rooms above tell.
    /// Writes a submit_sm. Its response, or `take_unanswered`, brings the ticket back, exactly
    /// once; a response after that is late and says so.
    [[nodiscard]] boost::system::result<void> submit(const submit_sm&, ticket, steady_time now);
    /// Writes the response to a message.
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
    [[nodiscard]] std::uint32_t in_flight() const { return window_.size(); }
    [[nodiscard]] const link_counts& counts() const { return counts_; }
    [[nodiscard]] outbound& output() { return output_; }
    [[nodiscard]] window<ticket>& awaited() { return window_; }

  private:
    [[nodiscard]] link_event received_response(const header&, octets body, steady_time now);
    [[nodiscard]] link_event received_request(const header&, octets body);
    [[nodiscard]] link_event received_bind_resp(const header&, octets body, steady_time now);
    [[nodiscard]] link_event refused(status why);
    [[nodiscard]] link_event answered(std::uint32_t sequence_number, status, std::string_view message_id);
    template <class Pdu>
    [[nodiscard]] link_event received_message(const header&, octets body);
    template <class Pdu>
    void write_bind(std::uint32_t sequence_number);
    void write_header(command, status, std::uint32_t sequence_number, bool is_response);
    void begin_close() { state_ = link_state::closing; }
    void plan_retry(steady_time now);

    const link_settings& settings_;
    bind_kind kind_;
    std::minstd_rand random_;
    link_state state_ = link_state::closed;
    bool stopping_ = false;

    outbound output_;
    window<ticket> window_;
    bool lost_ = false; // the window's requests are those of a connection that is gone

    /// Requests given up lately, so that a late response still says "sent".
    struct given_up {
        std::uint32_t sequence_number = 0;
        smpp::ticket ticket = 0;
    };
    std::array<given_up, 256> given_up_{};
    std::size_t next_given_up_ = 0;

    std::uint32_t own_request_ = 0; // sequence_number of the bind or unbind awaited
    steady_time own_deadline_{};
    std::optional<steady_time> enquired_at_;
    steady_time heard_at_{};
    std::optional<steady_time> partial_since_;
    std::optional<steady_time> bound_since_;
    steady_time retry_at_{};
    std::uint32_t failures_ = 0;
    std::optional<status> refusal_; // of the connection that is, or just was
    link_counts counts_;
};

} // namespace kabinet::smpp

template <>
struct boost::system::is_error_code_enum<kabinet::smpp::link_error> : std::true_type {};
