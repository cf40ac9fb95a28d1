// An SMSC and USSD centre for people without one: subscribers dial, answer and text; what the gateway
// sends appears on their phones. Speaks the dialect it is given and misbehaves on request.
#pragma once

#include "simulator/links.hpp"
#include "simulator/submission.hpp"

#include <boost/asio/io_context.hpp>

#include <unordered_map>

namespace kabinet::simulator {

/// How the last deliver_sm of a subscriber comes again.
enum class redelivery : std::uint8_t { same_number, new_number, other_link };

/// Everything happens on the io_context's thread, sentences and events alike; events come before the call
/// that caused them returns, or later. Must outlive every run of the io_context.
class centre final : link_listener {
  public:
    /// Listens at once; throws boost::system::system_error when it can't.
    centre(boost::asio::io_context&, links_settings, smpp::dialect);

    [[nodiscard]] std::uint16_t port() const { return links_.port(); }
    /// One at a time: the last one given is told.
    void watch(event_handler handler) { handler_ = std::move(handler); }
    [[nodiscard]] simulator::faults& faults() { return faults_; }

    /// Opens a dialogue in place of the one the subscriber may have. False when no link takes it.
    bool dial(msisdn, std::string_view code);
    /// False when no screen of the subscriber awaits input.
    bool answer(msisdn, std::string_view input);
    /// False when the subscriber has no dialogue.
    bool hang_up(msisdn);
    /// Kept for the next link that binds when there is none now.
    void text(msisdn, std::string_view to, std::string_view body);
    /// False when there is nothing to send again, or no link to send it on.
    bool redeliver(msisdn, redelivery);

    [[nodiscard]] bool has_receiver() { return links_.find_receiver() != nullptr; }
    [[nodiscard]] bool has_dialogue(msisdn) const;
    [[nodiscard]] std::size_t open_dialogues() const { return dialogues_; }

    /// Each of these is done to every open link.
    void ask_for_life();
    void unbind();
    void drop();
    void stop_reading();
    void resume_reading();
    void send_raw(smpp::octets);
    /// Takes no more connections and drops those there are.
    void stop();

  private:
    struct dialogue {
        link_number link = 0;
        session_word session = 0;
        std::string service; // where the subscriber's steps go to
        bool awaits_input = false;
    };
    struct subscriber {
        std::optional<dialogue> talking;
        request last;
        link_number last_link = 0;
        std::uint32_t last_number = 0;
    };

    void take_bind(link&, smpp::command as, std::string_view system_id) override;
    void take_submit(link&, submit_number, const smpp::submit_sm&) override;
    void take_response(link&, request, std::optional<smpp::status>) override;
    void lose_bound(link&) override;

    [[nodiscard]] std::optional<refusal> judge(const submission&) const;
    [[nodiscard]] std::optional<refusal> judge_screen(const submission&) const;
    [[nodiscard]] std::optional<refusal> take_fault(const submission&);
    [[nodiscard]] bool opens_dialogue(const submission&) const;
    [[nodiscard]] bool ends_dialogue(const submission&) const;
    void show(const submission&);
    void receive(const submission&);
    void send_receipt(const submission&, std::string_view message_id);

    dialogue& open(subscriber&, link_number, std::string_view service);
    void close(subscriber&);
    bool step(msisdn, subscriber&, std::uint8_t op, std::string_view text);
    void send(link&, subscriber&, request);
    void send_or_keep(request);
    void tell(const event&) const;

    smpp::dialect speaks_;
    simulator::faults faults_;
    links links_;
    event_handler handler_;
    std::unordered_map<msisdn, subscriber> subscribers_;
    std::size_t dialogues_ = 0;
    std::deque<request> kept_; // SMS that wait for a link
    long_messages long_messages_;
    std::uint32_t sessions_ = 0;
    std::uint64_t messages_ = 0;
    std::uint8_t long_sms_ = 0;
};

} // namespace kabinet::simulator
