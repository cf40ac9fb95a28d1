#include "gateway/door/tls.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::gateway::door {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

/// Of TLS 1.2: keys that last a connection, no padding to be wrong about. Those of 1.3 are all so.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::time_t told_before = 14 * 24 * 3'600; // seconds before a certificate's end
constexpr std::time_t list_told_before = 24 * 3'600; // and before a list's

using complaint = std::optional<finding>;

complaint about(const std::filesystem::path& file, std::string what) {
    return finding{mark{file.string(), 0}, std::move(what)};
}

complaint about(const std::filesystem::path& file, std::string_view what, const error_code& why) {
    return about(file, fmt::format("{}: {}", what, why.message()));
}

/// The key first: beside a certificate already there a wrong one has no words of its own.
complaint show(ssl::context& by, const tls_files& files) {
    const auto is_sealed = std::make_shared<bool>(false);
    by.set_password_callback([is_sealed](std::size_t, ssl::context::password_purpose) {
        *is_sealed = true;
        return std::string{};
    });
    error_code wrong;
    by.use_private_key_file(files.key.string(), ssl::context::pem, wrong);
    if (*is_sealed)
        return about(files.key, "is encrypted, and nobody is there to type its password");
    if (wrong)
        return about(files.key, "has no private key in PEM", wrong);
    by.use_certificate_chain_file(files.certificate.string(), wrong);
    if (wrong)
        return about(files.certificate, "has no certificate in PEM that may be shown", wrong);
    if (SSL_CTX_check_private_key(by.native_handle()) != 1)
        return about(files.key, "is not the key of " + files.certificate.string());
    return std::nullopt;
}

void warn_of_end(ssl::context& of, const std::filesystem::path& certificate, std::vector<finding>& findings) {
    std::time_t soon = std::time(nullptr) + told_before;
    if (X509_cmp_time(X509_get0_notAfter(SSL_CTX_get0_certificate(of.native_handle())), &soon) < 0)
        findings.emplace_back(mark{certificate.string(), 0}, "has ended, or ends within 14 days",
                              finding::weight::warning);
}

complaint demand_certificate(ssl::context& by, const std::filesystem::path& signed_by) {
    error_code wrong;
    by.load_verify_file(signed_by.string(), wrong);
    if (wrong)
        return about(signed_by, "has no certificate in PEM", wrong);
    by.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
    SSL_CTX* const bare = by.native_handle();
    SSL_CTX_set_client_CA_list(bare, SSL_load_client_CA_file(signed_by.c_str())); // browsers choose by it
    // an authority below another is trusted itself: named by its root, all others below that would be too
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(bare), X509_V_FLAG_PARTIAL_CHAIN);
    // whoever comes again with a ticket is not asked for his certificate, though it be over by then
    SSL_CTX_set_options(bare, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(bare, 0);
    return std::nullopt;
}

/// What a store of trust holds: authorities and lists of what they took back.
struct trusted {
    std::vector<X509*> authorities;
    std::vector<X509_CRL*> lists;

    explicit trusted(X509_STORE* in) {
        const auto* const all = X509_STORE_get0_objects(in);
        for (int at = 0; at < sk_X509_OBJECT_num(all); ++at) {
            const X509_OBJECT* const each = sk_X509_OBJECT_value(all, at);
            if (X509* const authority = X509_OBJECT_get0_X509(each); authority != nullptr)
                authorities.push_back(authority);
            else if (X509_CRL* const list = X509_OBJECT_get0_X509_CRL(const_cast<X509_OBJECT*>(each));
                     list != nullptr)
                lists.push_back(list);
        }
    }
};

/// As OpenSSL will see it when a client comes.
bool is_list_of(X509* authority, X509_CRL* list) {
    return X509_NAME_cmp(X509_get_subject_name(authority), X509_CRL_get_issuer(list)) == 0 &&
           (X509_get_key_usage(authority) & KU_CRL_SIGN) != 0 &&
           X509_CRL_verify(list, X509_get0_pubkey(authority)) == 1;
}

std::string name_of(X509* authority) {
    std::array<char, 200> name{};
    X509_NAME_oneline(X509_get_subject_name(authority), name.data(), static_cast<int>(name.size()));
    return name.data();
}

/// Lists that are taken and keep out more than who is on them.
void warn_of_lists(const trusted& all, const std::filesystem::path& lists, std::vector<finding>& findings) {
    const auto warn = [&](std::string what) {
        findings.emplace_back(mark{lists.string(), 0}, std::move(what), finding::weight::warning);
    };
    std::time_t now = std::time(nullptr);
    std::time_t soon = now + list_told_before;
    for (X509_CRL* const list : all.lists) {
        const ASN1_TIME* const end = X509_CRL_get0_nextUpdate(list);
        if (end != nullptr && X509_cmp_time(end, &now) < 0)
            warn("has ended: nobody is let in without a newer one");
        else if (end != nullptr && X509_cmp_time(end, &soon) < 0)
            warn("ends within a day: nobody is let in then without a newer one");
    }
    for (X509* const each : all.authorities)
        if (std::ranges::none_of(all.lists, [each](X509_CRL* list) { return is_list_of(each, list); }))
            warn("has no list of " + name_of(each) + ", so none of its clients is let in");
}

complaint refuse_revoked(ssl::context& by, const std::filesystem::path& lists,
                         std::vector<finding>& findings) {
    SSL_CTX* const bare = by.native_handle();
    X509_STORE* const known = SSL_CTX_get_cert_store(bare);
    X509_LOOKUP* const reader = X509_STORE_add_lookup(known, X509_LOOKUP_file());
    if (X509_load_crl_file(reader, lists.c_str(), X509_FILETYPE_PEM) < 1)
        return about(lists, "has no list of revoked certificates in PEM");
    const trusted all{known};
    for (X509_CRL* const list : all.lists) { // one that doesn't fit would keep everybody out
        const auto is_its_list = [list](X509* each) { return is_list_of(each, list); };
        if (std::ranges::none_of(all.authorities, is_its_list))
            return about(lists, "is not signed by an authority of client_ca that may sign lists");
        std::time_t now = std::time(nullptr);
        if (X509_cmp_time(X509_CRL_get0_lastUpdate(list), &now) > 0)
            return about(lists, "begins later than now");
    }
    warn_of_lists(all, lists, findings);
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(bare), X509_V_FLAG_CRL_CHECK);
    return std::nullopt;
}

} // namespace

tls_context read_tls(const tls_files& files, std::vector<finding>& findings) {
    auto made = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const bare = made->native_handle();
    SSL_CTX_set_min_proto_version(bare, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(bare, ciphers);
    // what was read of a request may be a password
    SSL_CTX_set_options(bare, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_mode(bare, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(bare, SSL_SESS_CACHE_OFF); // tickets are the peers' to keep
    complaint wrong = show(*made, files);
    if (!wrong && !files.client_ca.empty())
        wrong = demand_certificate(*made, files.client_ca);
    if (!wrong && !files.client_crl.empty())
        wrong = refuse_revoked(*made, files.client_crl, findings);
    if (wrong) {
        findings.push_back(std::move(*wrong));
        return nullptr;
    }
    warn_of_end(*made, files.certificate, findings);
    return made;
}

std::optional<std::string> why_unproven(const ssl_st* handshake, const error_code& failed) {
    // of the errors of a bad signature the first isn't OpenSSL's verdict on the certificate
    if (const long verdict = SSL_get_verify_result(handshake); verdict != X509_V_OK)
        return X509_verify_cert_error_string(verdict);
    if (failed.category() == boost::asio::error::get_ssl_category() &&
        ERR_GET_REASON(static_cast<unsigned long>(failed.value())) == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE)
        return "no certificate";
    return std::nullopt;
}

} // namespace kabinet::gateway::door
