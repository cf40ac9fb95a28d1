// One TCP connection of a link with its state machine: dials, reads, writes and keeps time, again and again
// until it is stopped. Tells the link's listener what it hears; what a PDU means is in link_fsm.
#pragma once

#include "smpp/attempt.hpp"
#include "smpp/link_fsm.hpp"
#include "smpp/link_listener.hpp"

namespace kabinet::smpp {

/// Lives until its coroutines are done, for they hold it.
class connection : public std::enable_shared_from_this<connection> {
  public:
    /// The link and its listener outlive it, or `abandon` is called before they go.
    connection(boost::asio::io_context&, link& owner, link_listener&, bind_kind, std::uint32_t seed);

    void start();
    void stop();
    /// Closes at once. No call of the listener from here on.
    void abandon();

    [[nodiscard]] boost::system::result<void> submit(const submit_sm&, ticket);
    /// Nothing where the message came by a connection that is gone.
    void respond(const delivery&, status);

    [[nodiscard]] const link_fsm& fsm() const { return fsm_; }

  private:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    template <class T>
    using awaitable = boost::asio::awaitable<T>;
    using kept_alive = std::shared_ptr<connection>; // by the coroutine it is given to

    [[nodiscard]] awaitable<void> run(kept_alive);
    [[nodiscard]] awaitable<void> keep_time(kept_alive);
    [[nodiscard]] awaitable<void> open();
    [[nodiscard]] awaitable<void> read_until_closed();
    [[nodiscard]] awaitable<void> drain_output();
    [[nodiscard]] awaitable<void> wait_for(boost::asio::steady_timer&);

    void take_frames();
    void tell(const link_event&);
    void tell_unanswered();
    void tell_lost();
    void fail(error_code);
    void wake_run();

    void flush();
    void flush_soon();
    void wrote(error_code, std::uint64_t connection_then);

    boost::asio::io_context& loop_;
    link& owner_;
    link_listener& listener_;
    const link_settings& settings_;
    link_fsm fsm_;

    std::shared_ptr<attempt> attempt_; // to open the socket; of the present try or the last
    tcp::socket socket_;
    error_code failed_; // what the socket of this try said first
    boost::asio::steady_timer ticker_;
    boost::asio::steady_timer readable_again_;

    std::vector<std::uint8_t> received_;
    std::size_t filled_ = 0;
    std::uint64_t opened_times_ = 0;
    std::uint64_t number_ = 0;  // of the present connection; 0: none
    bool batch_ = false;        // frames of one read are being taken: one flush after the last
    bool flush_posted_ = false; // completions of one batch of the store: one flush after the last
    bool abandoned_ = false;
};

} // namespace kabinet::smpp
