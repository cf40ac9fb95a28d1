#include "config/door_toml.hpp"

#include "config/token_file.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::config {
namespace {

namespace fs = std::filesystem;

/// `127.0.0.1:8080` or `[::1]:8080`.
bool read_endpoint(std::string_view text, gateway::door_settings& into) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return false;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const bool is_v6 = host.starts_with('[') && host.ends_with(']');
    if (is_v6)
        host = host.substr(1, host.size() - 2);
    into.address = host;
    in6_addr parsed{};
    const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), into.port);
    return wrong == std::errc{} && end == port.data() + port.size() &&
           ::inet_pton(is_v6 ? AF_INET6 : AF_INET, into.address.c_str(), &parsed) == 1;
}

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

class door_reader {
  public:
    door_reader(section& from, const fs::path& folder, std::vector<finding>& findings)
        : from_{from}
        , folder_{folder}
        , findings_{findings} {}

    gateway::door_settings read() {
        from_.read("plain_text", made_.speaks_plain_text);
        from_.read("account", made_.has_account);
        from_.require("listen");
        read_tls();
        read_address();
        fs::path file;
        if (!from_.has("client_ca"))
            from_.require("portal_token_file");
        if (read_file_name("portal_token_file", file, "; docs/portal.md says how to make one"))
            made_.tokens = read_tokens(from_, "portal_token_file", file, findings_);
        if (read_file_name("operator_token_file", file, "; docs/portal.md says how to make one"))
            made_.operator_tokens = read_tokens(from_, "operator_token_file", file, findings_);
        if (!made_.tokens && !made_.operator_tokens->empty())
            from_.refuse(
                "operator_token_file",
                "is of no use without portal_token_file: with client_ca alone every certificate is the "
                "portal");
        if (has_common_token())
            from_.refuse("operator_token_file", "has a token of the portal's: who tells of a new owner may "
                                                "erase an account, and the portal has no need to");
        from_.refuse_unknown();
        return std::move(made_);
    }

  private:
    [[nodiscard]] bool has_common_token() const {
        return made_.tokens && std::ranges::any_of(*made_.operator_tokens, [&](const secret& each) {
                   return std::ranges::find(*made_.tokens, each.reveal(), &secret::reveal) !=
                          made_.tokens->end();
               });
    }

    bool read_file_name(std::string_view key, fs::path& into, std::string_view advice = {}) {
        return config::read_file_name(from_, key, folder_, findings_, into, advice);
    }

    void read_address() {
        std::string listen;
        if (from_.read("listen", listen) && !read_endpoint(listen, made_))
            from_.refuse("listen", "is \"" + listen + "\", not ADDRESS:PORT with the address in digits");
        else if (!is_loopback(made_.address) && !made_.speaks_plain_text && !made_.tls)
            from_.refuse("listen",
                         "is open to others, and passwords would travel in plain text: name "
                         "certificate and key, listen on 127.0.0.1 behind a proxy that speaks TLS, or "
                         "say plain_text = true");
    }

    void read_tls() {
        gateway::tls_files files;
        const bool has_certificate = read_file_name("certificate", files.certificate);
        const bool has_key = read_file_name("key", files.key);
        const bool has_ca = read_file_name("client_ca", files.client_ca);
        if (read_file_name("client_crl", files.client_crl) && !has_ca)
            from_.refuse("client_crl", "is of no use without client_ca");
        if (has_certificate && !has_key)
            from_.refuse("certificate", "is of no use without key");
        if (has_key && !has_certificate)
            from_.refuse("key", "is of no use without certificate");
        if (has_ca && !has_certificate && !has_key)
            from_.refuse("client_ca", "is of no use without certificate and key");
        if (has_certificate && made_.speaks_plain_text)
            from_.refuse("plain_text",
                         "is true, and certificate says that TLS is spoken: take out one of them");
        refuse_if_others_read(files.key, findings_);
        if (has_certificate || has_key)
            made_.tls = std::move(files);
    }

    section& from_;
    const fs::path& folder_;
    std::vector<finding>& findings_;
    gateway::door_settings made_;
};

} // namespace

gateway::door_settings read_door(section& from, const fs::path& folder, std::vector<finding>& findings) {
    return door_reader{from, folder, findings}.read();
}

} // namespace kabinet::config
