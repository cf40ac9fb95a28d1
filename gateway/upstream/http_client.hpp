// Questions to one HTTP server over a few connections that are kept, on a thread of its own. Asks once: what
// is to be made of an answer that didn't come is its user's to know.
#pragma once

#include "gateway/settings.hpp"
#include "values/secret.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/system/result.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::gateway::upstream {

struct question {
    question(std::string_view with, std::string what, std::string said = {})
        : method{with}
        , target{std::move(what)}
        , body{std::move(said)} {}
    ~question() { wipe(body.data(), body.size()); } // it may hold a voucher's code
    question(question&&) noexcept = default;
    question& operator=(question&&) noexcept = default;

    std::string method; // GET, PUT, DELETE
    std::string target; // path and query
    std::string body;   // JSON
};

inline constexpr unsigned http_ok = 200;
inline constexpr unsigned http_not_found = 404;

struct http_answer {
    unsigned status = 0;
    std::string body;
};

enum class ask_error {
    not_sent = 1, // for certain: the server never saw it
    no_answer,    // whether it saw it isn't known
};
const boost::system::error_category& ask_category();
boost::system::error_code make_error_code(ask_error);

/// What the field Host says: an IPv6 address in brackets, and the port where it isn't the scheme's own (RFC
/// 9110 7.2).
[[nodiscard]] std::string host_field(const upstream_settings&);

class http_client {
  public:
    using hear = std::function<void(boost::system::result<http_answer>)>;

    /// Throws std::runtime_error with a file's name when one of TLS isn't what it should be.
    http_client(const upstream_settings&, boost::asio::any_io_executor hears);
    ~http_client();

    /// While `hears` lives: what was asked and isn't answered is destroyed by then, unheard. Where a resolver
    /// hangs it waits for that.
    void end();

    /// From any thread until it ends; nothing after. Heard once, within the deadline and a moment.
    void ask(question, hear);

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::gateway::upstream

template <>
struct boost::system::is_error_code_enum<kabinet::gateway::upstream::ask_error> : std::true_type {};
