// What the portal may ask at the door: a table of paths, each read, checked, handed to the loop and answered
// in JSON as docs/openapi.yaml says. Knows no socket.
#pragma once

#include "gateway/door/fields.hpp"
#include "gateway/door/http.hpp"
#include "gateway/door/tokens.hpp"
#include "gateway/metrics.hpp"
#include "gateway/reception.hpp"
#include "values/msisdn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

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
    /// A request without the right token, told of on the loop.
    std::function<void()> turned_away;
};

class api {
  public:
    /// `numbers` outlives it, as do the tokens' keys. Without tokens whoever has come this far is the portal.
    api(house, std::optional<tokens>, const numbering_plan& numbers);

    /// Whether a request may have a body, and which: asked before the body is read. An answer is the end of
    /// it.
    [[nodiscard]] std::optional<answer> refuse_early(const request& without_body) const;

    /// From the door's thread, and answers there. Never throws.
    [[nodiscard]] boost::asio::awaitable<answer> respond(request);

  private:
    using handler = boost::asio::awaitable<answer> (api::*)(const request&);
    struct route {
        std::string_view method;
        std::string_view path;
        bool needs_token;
        handler handle;
    };
    static std::span<const route> routes();
    [[nodiscard]] static const route* find_route(const request&);

    boost::asio::awaitable<answer> say_alive(const request&);
    boost::asio::awaitable<answer> say_ready(const request&);
    boost::asio::awaitable<answer> say_metrics(const request&);
    boost::asio::awaitable<answer> log_in(const request&);
    boost::asio::awaitable<answer> send_password(const request&);
    boost::asio::awaitable<answer> set_password(const request&);
    boost::asio::awaitable<answer> send_code(const request&);
    boost::asio::awaitable<answer> set_regime(const request&);
    boost::asio::awaitable<answer> use_code(const fields&, code_entry);

    // An answer is why the body can't be meant.
    [[nodiscard]] std::optional<answer> read_body(const request&, fields&, portal_wish&) const;
    [[nodiscard]] std::optional<answer> read_sms_wish(const request&, fields&, sms_wish&) const;
    [[nodiscard]] std::optional<answer> read_entry(const request&, fields&, code_entry&) const;

    house house_;
    std::optional<tokens> tokens_;
    const numbering_plan& numbers_;
};

/// An answer that explains an error to whoever wrote the client (RFC 9457).
[[nodiscard]] answer refuse(unsigned status, std::string_view title, std::string_view detail);

} // namespace kabinet::gateway::door
