// Certificates made for one test, and their files: none of their keys is anywhere else.
#pragma once

#include "tests/support/folder.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>

namespace kabinet::gateway::door::tests {

template <auto Free>
struct freed_by {
    template <class Type>
    void operator()(Type* of) const {
        Free(of);
    }
};
using private_key = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using x509 = std::unique_ptr<X509, freed_by<X509_free>>;

enum class usage { authority, authority_without_lists, server, client };

struct certified {
    private_key key;
    x509 certificate;
};

inline void require_made(bool holds) {
    if (!holds)
        throw std::runtime_error{"OpenSSL makes no certificate"};
}

inline void extend(X509* made, int which, const char* says) {
    const std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>> one{
        X509V3_EXT_conf_nid(nullptr, nullptr, which, says)};
    require_made(one && X509_add_ext(made, one.get(), -1) == 1);
}

/// From an hour ago for `seconds`. Signed by itself without `by`, with a key of its own without `key`.
inline certified certify(const std::string& name, usage for_whom, const certified* by = nullptr,
                         long seconds = 7'200, EVP_PKEY* key = nullptr) {
    if (key != nullptr)
        EVP_PKEY_up_ref(key);
    certified made{private_key{key != nullptr ? key : EVP_EC_gen("P-256")}, x509{X509_new()}};
    X509* const out = made.certificate.get();
    require_made(made.key && out != nullptr);
    X509_set_version(out, X509_VERSION_3);
    static long serial = 0;
    ASN1_INTEGER_set(X509_get_serialNumber(out), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(out), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(out), seconds - 3'600);
    X509_set_pubkey(out, made.key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(out, X509_get_subject_name(by == nullptr ? out : by->certificate.get()));
    const bool is_authority = for_whom == usage::authority || for_whom == usage::authority_without_lists;
    if (is_authority)
        extend(out, NID_basic_constraints, "critical,CA:TRUE");
    if (for_whom == usage::authority_without_lists)
        extend(out, NID_key_usage, "critical,keyCertSign");
    if (!is_authority)
        extend(out, NID_ext_key_usage, for_whom == usage::server ? "serverAuth" : "clientAuth");
    require_made(X509_sign(out, (by == nullptr ? made : *by).key.get(), EVP_sha256()) > 0);
    return made;
}

using revocation_list = std::unique_ptr<X509_CRL, freed_by<X509_CRL_free>>;

/// An authority takes a certificate back; the list is from an hour ago, or so much later, for `seconds`.
inline revocation_list revoke(const certified& which, const certified& by, long seconds = 7'200,
                              long later = 0) {
    revocation_list made{X509_CRL_new()};
    const std::unique_ptr<ASN1_TIME, freed_by<ASN1_TIME_free>> from{X509_gmtime_adj(nullptr, later - 3'600)};
    const std::unique_ptr<ASN1_TIME, freed_by<ASN1_TIME_free>> until{
        X509_gmtime_adj(nullptr, later + seconds - 3'600)};
    std::unique_ptr<X509_REVOKED, freed_by<X509_REVOKED_free>> row{X509_REVOKED_new()};
    require_made(made && from && until && row);
    X509_REVOKED_set_serialNumber(row.get(), X509_get_serialNumber(which.certificate.get()));
    X509_REVOKED_set_revocationDate(row.get(), from.get());
    X509_CRL_set_version(made.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(made.get(), X509_get_subject_name(by.certificate.get()));
    X509_CRL_set1_lastUpdate(made.get(), from.get());
    X509_CRL_set1_nextUpdate(made.get(), until.get());
    require_made(X509_CRL_add0_revoked(made.get(), row.release()) == 1);
    require_made(X509_CRL_sign(made.get(), by.key.get(), EVP_sha256()) > 0);
    return made;
}

/// A folder with what a test wrote.
class certificate_files {
  public:
    [[nodiscard]] std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

    std::filesystem::path certificate(const std::string& name, const certified& of) const {
        return write(name, [&](std::FILE* to) { return PEM_write_X509(to, of.certificate.get()); });
    }
    std::filesystem::path certificates(const std::string& name,
                                       std::initializer_list<const certified*> all) const {
        return write(name, [&](std::FILE* to) {
            return std::ranges::all_of(all,
                                       [to](const certified* each) {
                                           return PEM_write_X509(to, each->certificate.get()) == 1;
                                       })
                       ? 1
                       : 0;
        });
    }
    std::filesystem::path list(const std::string& name, const revocation_list& of) const {
        return write(name, [&](std::FILE* to) { return PEM_write_X509_CRL(to, of.get()); });
    }
    /// With a password it is encrypted.
    std::filesystem::path key(const std::string& name, const certified& of,
                              const char* password = nullptr) const {
        return write(name, [&](std::FILE* to) {
            return PEM_write_PKCS8PrivateKey(to, of.key.get(),
                                             password == nullptr ? nullptr : EVP_aes_256_cbc(), nullptr, 0,
                                             nullptr, const_cast<char*>(password));
        });
    }

  private:
    template <class Fill>
    std::filesystem::path write(const std::string& name, Fill fill) const {
        const std::unique_ptr<std::FILE, freed_by<std::fclose>> to{std::fopen(at(name).c_str(), "w")};
        require_made(to && fill(to.get()) == 1);
        return at(name);
    }
    kabinet::tests::temporary_folder folder_;
};

} // namespace kabinet::gateway::door::tests
