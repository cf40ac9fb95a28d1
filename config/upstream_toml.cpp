#include "config/upstream_toml.hpp"

#include "config/token_file.hpp"

#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view plain = "http://";
constexpr std::string_view secured = "https://";
constexpr std::uint16_t plain_port = 80;
constexpr std::uint16_t secured_port = 443;

/// `https://billing.example.net:8443`: no path, no name of a user.
bool read_url(std::string_view url, gateway::upstream_settings& into) {
    into.is_tls = url.starts_with(secured);
    if (!into.is_tls && !url.starts_with(plain))
        return false;
    url.remove_prefix(into.is_tls ? secured.size() : plain.size());
    if (url.ends_with('/'))
        url.remove_suffix(1);
    into.port = into.is_tls ? secured_port : plain_port;
    const bool is_v6 = url.starts_with('[');
    const auto host_ends = is_v6 ? url.find(']') : url.find(':');
    if (is_v6 && host_ends == std::string_view::npos)
        return false;
    into.host = is_v6 ? url.substr(1, host_ends - 1) : url.substr(0, host_ends);
    url.remove_prefix(std::min(url.size(), is_v6 ? host_ends + 1 : host_ends));
    if (into.host.empty() || into.host.find_first_of("/?#@ ") != std::string::npos)
        return false;
    if (url.empty())
        return true;
    const auto [end, wrong] = std::from_chars(url.data() + 1, url.data() + url.size(), into.port);
    return url.starts_with(':') && wrong == std::errc{} && end == url.data() + url.size() && into.port != 0;
}

bool is_this_machine(const std::string& host) {
    return host.starts_with("127.") || host == "::1" || host == "localhost";
}

void read_files(section& from, const fs::path& folder, std::vector<finding>& findings,
                gateway::upstream_settings& made) {
    const auto read = [&](std::string_view key, fs::path& into) {
        return read_file_name(from, key, folder, findings, into);
    };
    const bool has_ca = read("ca", made.ca);
    const bool has_certificate = read("certificate", made.certificate);
    const bool has_key = read("key", made.key);
    if (has_certificate != has_key)
        from.refuse(has_key ? "key" : "certificate",
                    has_key ? "is of no use without certificate" : "is of no use without key");
    if (has_key)
        refuse_if_others_read(made.key, findings);
    if (!made.is_tls && (has_ca || has_certificate))
        from.refuse(has_ca ? "ca" : "certificate", "is of no use without https");
    fs::path token;
    if (read("token_file", token)) {
        const auto tokens = read_tokens(from, "token_file", token, findings);
        if (tokens->size() > 1)
            from.refuse("token_file", "has more than one token: which one is to be shown?");
        else if (!tokens->empty())
            made.token = std::make_shared<const secret>(tokens->front().clone());
    } else if (!has_certificate) {
        from.require("token_file");
    }
}

} // namespace

gateway::upstream_settings read_upstream(section& from, const fs::path& folder,
                                         std::vector<finding>& findings) {
    gateway::upstream_settings made;
    std::string url;
    bool is_plain_meant = false;
    from.read("plain_text", is_plain_meant);
    from.require("url");
    if (from.read("url", url) && !read_url(url, made))
        from.refuse("url", "is \"" + url + "\", not http:// or https:// with a host and perhaps a port");
    else if (!made.is_tls && !is_this_machine(made.host) && !is_plain_meant)
        from.refuse(
            "url",
            "is in plain text, and what it carries is not for everybody: say https, or plain_text = true");
    read_files(from, folder, findings, made);
    if (from.read("deadline", made.deadline) &&
        (made.deadline < std::chrono::milliseconds{100} || made.deadline > std::chrono::seconds{60}))
        from.refuse("deadline", "is between 100ms and 60s");
    from.read_number("connections", made.connections, 1, 1'000);
    from.refuse_unknown();
    return made;
}

gateway::upstream_settings read_billing(section& from, const fs::path& folder,
                                        std::vector<finding>& findings) {
    std::string before;
    gateway::upstream_settings old;
    const bool has_moved = from.read("moved_from", before);
    if (has_moved && !read_url(before, old))
        from.refuse("moved_from", "is \"" + before + "\", not the url that it had before");
    gateway::upstream_settings made = read_upstream(from, folder, findings);
    if (has_moved)
        made.moved_from = old.host + ":" + std::to_string(old.port);
    return made;
}

} // namespace kabinet::config
