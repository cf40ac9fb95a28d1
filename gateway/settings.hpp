// The whole of kabinet.toml as plain values. Paths are already made whole by whoever read the file.
#pragma once

#include "smpp/link_settings.hpp"
#include "store/settings.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::gateway {

/// Whose account may be: anyone's who dials over a link that vouches for the number, or only numbers of
/// the operator's feed.
enum class accounts_known : std::uint8_t { first_dial, imported };

struct limits {
    std::uint32_t dialogues = 200'000;
    std::uint32_t visitor_numbers_per_hour = 20;
    std::uint32_t portal_sms_per_minute = 300;
    std::chrono::milliseconds hash_queue{200};
};

enum class log_format : std::uint8_t { text, json };
enum class log_level : std::uint8_t { trace, debug, info, warning, error };

struct log_settings {
    log_format format = log_format::text;
    log_level level = log_level::info;
};

/// Files in PEM: what the door shows in TLS, and who signs the certificates of those it lets in.
struct tls_files {
    std::filesystem::path certificate; // and those between it and a root
    std::filesystem::path key;
    std::filesystem::path client_ca;  // empty: no client needs a certificate
    std::filesystem::path client_crl; // which of them it took back; empty: none
};

/// The portal's door, HTTP.
struct door_settings {
    std::string address = "127.0.0.1"; // of an interface, no name
    std::uint16_t port = 0;
    bool speaks_plain_text = false; // off loopback too: what protects it there is the operator's knowledge
    std::optional<tls_files> tls;   // none: plain text
    std::shared_ptr<const std::vector<secret>>
        tokens; // one of them lets the portal in; none: a certificate does
    std::shared_ptr<const std::vector<secret>> operator_tokens = // let in the systems that tell of new SIMs
        std::make_shared<const std::vector<secret>>();
    bool has_account = false; // pages at /account, for operators without a portal

    [[nodiscard]] bool wants_certificates() const { return tls && !tls->client_ca.empty(); }
};

/// A system of the operator's that the gateway asks over HTTP.
struct upstream_settings {
    std::string host;
    std::uint16_t port = 0;
    std::string moved_from; // host and port that it had before, where orders may still be without an end
    bool is_tls = false;
    std::filesystem::path ca;          // who signs its certificate; empty: whom this system trusts
    std::filesystem::path certificate; // shown to it; empty: none
    std::filesystem::path key;
    std::shared_ptr<const secret> token; // none: the certificate is enough for it
    std::chrono::milliseconds deadline{3'000};
    std::uint32_t connections = 16;
    std::uint32_t failures_borne = 5;      // in a row; then it is left alone
    std::chrono::milliseconds rest{3'000}; // for so long
};

struct settings {
    store::settings store;
    accounts_known known = accounts_known::first_dial;
    std::filesystem::path pack;
    std::filesystem::path pilot_pack; // tried by the numbers of that file alone; both empty: none is
    std::filesystem::path pilot_numbers;
    std::chrono::milliseconds resume_within{std::chrono::minutes{5}}; // of a dialogue that broke; 0: never
    std::vector<smpp::link_settings> links;
    gateway::limits limits;
    numbering_plan numbers;
    std::optional<door_settings> door;        // none: closed
    std::optional<upstream_settings> billing; // none: money is kept in the store
    std::optional<upstream_settings> network; // to be told of numbers that are blocked; none: nobody is
    std::filesystem::path cdr;
    log_settings log;
};

} // namespace kabinet::gateway
