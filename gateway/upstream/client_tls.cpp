#include "gateway/upstream/client_tls.hpp"

#include <boost/asio/ssl/context.hpp>
#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace kabinet::gateway::upstream {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

std::unique_ptr<ssl::context> make_context() {
    auto made = std::make_unique<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(made->native_handle(), TLS1_2_VERSION);
    return made;
}

/// Something to say of a file, or nothing.
std::optional<finding> set_up(ssl::context& with, const upstream_settings& of) {
    const auto about = [](const std::filesystem::path& file, std::string_view what, const error_code& why) {
        return finding{mark{file.string(), 0}, fmt::format("{}: {}", what, why.message())};
    };
    error_code wrong;
    with.set_verify_mode(ssl::verify_peer);
    if (of.ca.empty())
        with.set_default_verify_paths(wrong);
    else
        with.load_verify_file(of.ca.string(), wrong);
    if (wrong)
        return about(of.ca, "has no certificate in PEM", wrong);
    if (of.certificate.empty())
        return std::nullopt;
    with.use_certificate_chain_file(of.certificate.string(), wrong);
    if (wrong)
        return about(of.certificate, "has no certificate in PEM that may be shown", wrong);
    with.use_private_key_file(of.key.string(), ssl::context::pem, wrong);
    if (wrong)
        return about(of.key, "has no private key in PEM that fits", wrong);
    return std::nullopt;
}

} // namespace

void check_tls(const upstream_settings& of, std::vector<finding>& findings) {
    if (!of.is_tls)
        return;
    const auto context = make_context();
    if (auto wrong = set_up(*context, of))
        findings.push_back(std::move(*wrong));
}

std::unique_ptr<ssl::context> make_tls(const upstream_settings& of) {
    auto made = make_context();
    if (const auto wrong = set_up(*made, of))
        throw std::runtime_error(describe(*wrong));
    return made;
}

} // namespace kabinet::gateway::upstream
