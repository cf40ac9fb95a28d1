// What the door is in TLS: who it says it is, and whom it lets in. Knows no socket and no HTTP.
#pragma once

#include "gateway/settings.hpp"
#include "values/finding.hpp"

#include <boost/system/error_code.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct ssl_st; // OpenSSL's SSL

namespace boost::asio::ssl {
class context;
}

namespace kabinet::gateway::door {

using tls_context = std::shared_ptr<boost::asio::ssl::context>;

/// TLS 1.2 at least, 1.3 where the peer can. Nothing, with a finding, when a file isn't what it should be.
/// Never asks at the terminal.
[[nodiscard]] tls_context read_tls(const tls_files&, std::vector<finding>&);

/// Why a handshake failed for the peer's certificate: it has none, or none that `client_ca` vouches for
/// still. Nothing where it failed for something else.
[[nodiscard]] std::optional<std::string> why_unproven(const ssl_st* handshake,
                                                      const boost::system::error_code& failed);

struct tls {
    tls_context context; // none: plain text
    // a peer that is unproven, and why; told of on the server's thread
    std::function<void(std::string)> turned_away = [](const std::string&) {};
};

} // namespace kabinet::gateway::door
