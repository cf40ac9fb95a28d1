// What the portal may ask at the door: a table of paths, each read, checked, handed to the loop and answered
// in JSON as docs/openapi.yaml says. Knows no socket.
#pragma once

#include "gateway/changes.hpp"
#include "gateway/door/fields.hpp"
#include "gateway/door/http.hpp"
#include "gateway/door/tokens.hpp"
#include "gateway/door/words.hpp"
#include "gateway/metrics.hpp"
#include "gateway/reception.hpp"
#include "values/msisdn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kabinet::gateway::door {

/// Whom the door asks, all of it on the loop and outliving the door.
struct house {
    boost::asio::any_io_executor loop;
    reception& desk;
    std::function<bool()> is_ready;
    std::function<metrics()> measure;
    /// On the loop; false when it can't be taken now.
    std::function<boost::asio::awaitable<bool>(change_notice)> take_change;
    /// A request without the right token, told of on the loop.
    std::function<void()> turned_away;
};

class api {
  public:
    /// `numbers` outlives it, as do the tokens' keys.
    api(house, credentials, const numbering_plan& numbers);

    /// Whether a request may have a body, and which: asked before the body is read. An answer is the end of
    /// it.
    [[nodiscard]] std::optional<answer> refuse_early(const request& without_body) const;

    /// From the door's thread, and answers there. Never throws.
    [[nodiscard]] boost::asio::awaitable<answer> respond(request);

  private:
    using handler = boost::asio::awaitable<answer> (api::*)(const request&);
    enum class caller : std::uint8_t { anybody, portal, operator_system };
    struct route {
        std::string_view method;
        std::string_view path;
        caller lets_in;
        handler handle;
    };
    static std::span<const route> routes();
    [[nodiscard]] static const route* find_route(const request&);
    [[nodiscard]] bool is_let_in(caller, std::string_view bearer) const;

    boost::asio::awaitable<answer> say_alive(const request&);
    boost::asio::awaitable<answer> say_ready(const request&);
    boost::asio::awaitable<answer> say_metrics(const request&);
    boost::asio::awaitable<answer> take_change(const request&);
    boost::asio::awaitable<answer> log_in(const request&);
    boost::asio::awaitable<answer> confirm_login(const request&);
    boost::asio::awaitable<answer> log_in_by_pin(const request&);
    boost::asio::awaitable<answer> log_in_by_sim(const request&);
    boost::asio::awaitable<answer> send_password(const request&);
    boost::asio::awaitable<answer> set_password(const request&);
    boost::asio::awaitable<answer> restore_password(const request&);
    boost::asio::awaitable<answer> send_code(const request&);
    boost::asio::awaitable<answer> set_regime(const request&);
    boost::asio::awaitable<answer> use_code(const fields&, code_entry);
    boost::asio::awaitable<answer> show_account(const request&);
    boost::asio::awaitable<answer> show_archive(const request&);
    boost::asio::awaitable<answer> set_language(const request&);
    boost::asio::awaitable<answer> set_two_step(const request&);
    boost::asio::awaitable<answer> set_automatic(const request&);
    boost::asio::awaitable<answer> set_pin(const request&);
    boost::asio::awaitable<answer> show_balance(const request&);
    boost::asio::awaitable<answer> show_movements(const request&);
    boost::asio::awaitable<answer> top_up(const request&);
    boost::asio::awaitable<answer> take_promise(const request&);
    boost::asio::awaitable<answer> transfer(const request&);
    boost::asio::awaitable<answer> call_back(const request&);
    boost::asio::awaitable<answer> block_number(const request&);
    boost::asio::awaitable<answer> unblock_number(const request&);
    boost::asio::awaitable<answer> take_payment(const request&);
    boost::asio::awaitable<answer> show_services(const request&);
    boost::asio::awaitable<answer> connect_service(const request&);
    boost::asio::awaitable<answer> disconnect_service(const request&);
    boost::asio::awaitable<answer> show_tariff(const request&);
    boost::asio::awaitable<answer> change_tariff(const request&);
    boost::asio::awaitable<answer> show_packages(const request&);
    boost::asio::awaitable<answer> buy_package(const request&);
    boost::asio::awaitable<answer> stop_package(const request&);
    boost::asio::awaitable<answer> take_left(const request&);
    boost::asio::awaitable<answer> show_help(const request&);
    boost::asio::awaitable<answer> show_wares(const request&, menus::offer_kind);
    boost::asio::awaitable<answer> order_ware(const request&, menus::offer_kind, menus::action_kind);

    /// What the house answers, on the loop.
    template <class Wish>
    boost::asio::awaitable<portal_answer> ask(boost::asio::awaitable<portal_answer> (reception::*what)(Wish),
                                              Wish wish) {
        return boost::asio::co_spawn(house_.loop, (house_.desk.*what)(std::move(wish)),
                                     boost::asio::use_awaitable);
    }

    // An answer is why the body can't be meant.
    [[nodiscard]] std::optional<answer> read_body(const request&, fields&, portal_wish&) const;
    [[nodiscard]] std::optional<answer> read_sms_wish(const request&, fields&, sms_wish&) const;
    [[nodiscard]] std::optional<answer> read_entry(const request&, fields&, code_entry&) const;
    [[nodiscard]] std::optional<answer> read_number_and_word(fields&, number_wish&) const;
    [[nodiscard]] std::optional<answer> read_session(const request&, fields&, account_wish&) const;

    house house_;
    credentials known_;
    const numbering_plan& numbers_;
};

} // namespace kabinet::gateway::door
