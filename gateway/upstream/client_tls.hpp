// TLS towards another system of the operator's: whom it is held against and what is shown to it. Knows no
// socket and no HTTP.
#pragma once

#include "gateway/settings.hpp"
#include "values/finding.hpp"

#include <memory>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace kabinet::gateway::upstream {

/// The findings of its files.
void check_tls(const upstream_settings&, std::vector<finding>&);

/// TLS 1.2 at least. Throws std::runtime_error with a file's name when one of them isn't what it should be.
[[nodiscard]] std::unique_ptr<boost::asio::ssl::context> make_tls(const upstream_settings&);

} // namespace kabinet::gateway::upstream
