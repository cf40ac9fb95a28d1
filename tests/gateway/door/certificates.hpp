// Certificates made for one test, and their files: none of their keys is anywhere else.
#pragma once

#include "tests/support/folder.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
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

enum class usage { authority, server, client };

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

/// From an hour ago for `seconds`. Signed by itself without `by`.
inline certified certify(const std::string& name, usage for_whom, const certified* by = nullptr,
                         long seconds = 7'200) {
    certified made{private_key{EVP_EC_gen("P-256")}, x509{X509_new()}};
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
    if (for_whom == usage::authority)
        extend(out, NID_basic_constraints, "critical,CA:TRUE");
    else
        extend(out, NID_ext_key_usage, for_whom == usage::server ? "serverAuth" : "clientAuth");
    require_made(X509_sign(out, (by == nullptr ? made : *by).key.get(), EVP_sha256()) > 0);
    return made;
}

/// A folder with what a test wrote.
class certificate_files {
  public:
    [[nodiscard]] std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

    std::filesystem::path certificate(const std::string& name, const certified& of) const {
        return write(name, [&](std::FILE* to) { return PEM_write_X509(to, of.certificate.get()); });
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
