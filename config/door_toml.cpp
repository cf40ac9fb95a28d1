#include "config/door_toml.hpp"

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

bool is_token(std::string_view line) {
    return std::ranges::all_of(line, [](char each) { return each > ' ' && each < '\x7f'; });
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
            made_.tokens = read_tokens(file, "portal_token_file");
        if (read_file_name("operator_token_file", file, "; docs/portal.md says how to make one"))
            made_.operator_tokens = read_tokens(file, "operator_token_file");
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

    /// False when the table has no such key. A file that isn't there is a finding.
    bool read_file_name(std::string_view key, fs::path& into, std::string_view advice = {}) {
        std::string path;
        if (!from_.read(key, path))
            return false;
        into = path.empty() ? fs::path{} : (folder_ / path).lexically_normal();
        std::error_code missing;
        if (path.empty())
            from_.refuse(key, "is empty");
        else if (!fs::exists(into, missing))
            findings_.emplace_back(from_.where(key), into.string() + " is missing" + std::string{advice});
        return true;
    }

    void refuse_if_others_read(const fs::path& file) {
        constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
        std::error_code missing;
        const fs::file_status status = fs::status(file, missing);
        if (fs::exists(status) && (status.permissions() & others) != fs::perms::none)
            findings_.emplace_back(mark{file.string(), 0}, "others than its owner can read it: chmod 600");
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
        refuse_if_others_read(files.key);
        if (has_certificate || has_key)
            made_.tls = std::move(files);
    }

    /// A token a line, blank lines and `#` comments between; readable by its owner only.
    std::shared_ptr<const std::vector<secret>> read_tokens(const fs::path& path, std::string_view key) {
        constexpr std::size_t shortest = 32;
        auto tokens = std::make_shared<std::vector<secret>>();
        std::error_code missing;
        if (!fs::exists(path, missing))
            return tokens;
        refuse_if_others_read(path);
        std::string text = read_file(path, findings_).value_or("");
        std::string_view rest = text;
        for (std::uint32_t line = 1; !rest.empty(); ++line) {
            const std::string_view one = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), one.size() + 1));
            if (one.empty() || one.starts_with('#'))
                continue;
            tokens->emplace_back(one);
            if (one.size() < shortest || tokens->back().is_truncated() || !is_token(one))
                findings_.emplace_back(mark{path.string(), line},
                                       "no token: 32 to 192 characters without blanks are wanted");
        }
        wipe(text.data(), text.size());
        if (tokens->empty())
            findings_.emplace_back(from_.where(key), path.string() + " has no token");
        return tokens;
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
