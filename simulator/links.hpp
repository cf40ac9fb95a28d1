// The links of a centre: listens, judges binds, answers what every link must answer.
// Knows nothing of subscribers, dialogues and texts.
#pragma once

#include "simulator/faults.hpp"
#include "simulator/link.hpp"
#include "values/secret.hpp"

#include <map>
#include <memory>
#include <string>

namespace kabinet::simulator {

struct links_settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;                 // 0: any that is free
    std::string system_id;                  // empty: whoever comes is taken
    std::shared_ptr<const secret> password; // none: any password is right
    std::uint32_t window = 100;             // of deliver_sm awaiting a response, on each link
    std::chrono::milliseconds response_timeout{10'000};
};

/// A submit_sm or data_sm that awaits its answer.
struct submit_number {
    smpp::command id{};
    std::uint32_t sequence_number = 0;
};

class link_listener {
  public:
    virtual void take_bind(link&, smpp::command as, std::string_view system_id) = 0;
    virtual void take_submit(link&, submit_number, const smpp::submit_sm&) = 0;
    virtual void take_response(link&, request, std::optional<smpp::status>) = 0;
    virtual void lose_bound(link&) = 0;

  protected:
    ~link_listener() = default;
};

class links final : link_owner {
  public:
    /// Listens at once; throws boost::system::system_error when it can't. The listener and the faults, and
    /// this, must outlive every run of the io_context.
    links(boost::asio::io_context&, links_settings, simulator::faults&, link_listener&);

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// The link that was bound first and can deliver, or the first one after `passed_over`; null when there
    /// is none.
    [[nodiscard]] link* find_receiver(link_number passed_over = 0);
    [[nodiscard]] link* find(link_number);

    /// Answers as the faults allow: late, or not at all.
    void answer(link&, submit_number, smpp::status, std::string_view message_id);

    /// Does something to each link that is open now.
    template <class Action>
    void for_each(Action action) {
        const auto now_open = links_;
        for (const auto& [number, each] : now_open)
            action(*each);
    }
    /// Takes no new connections.
    void stop_listening();

  private:
    void accept();
    void take(link&, const smpp::header&, smpp::octets body) override;
    void take_response(link&, request, std::optional<smpp::status>) override;
    void lose(link&) override;
    template <class Bind, class Response>
    void take_bind(link&, const smpp::header&, smpp::octets body, binding as);
    template <class Response>
    void refuse_bind(link&, const smpp::header&, const bind_refusal&);
    template <class Submit>
    void take_submit(link&, const smpp::header&, smpp::octets body);
    void respond_to_submit(link&, submit_number, smpp::status, std::string_view message_id);
    [[nodiscard]] std::optional<bind_refusal> judge(std::string_view system_id, std::string_view password);

    links_settings settings_;
    simulator::faults& faults_;
    link_listener& listener_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::map<link_number, std::shared_ptr<link>> links_;
    link_number last_number_ = 0;
};

} // namespace kabinet::simulator
