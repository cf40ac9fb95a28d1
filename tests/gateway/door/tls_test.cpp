// The files of TLS: which are taken, and what is said of the others.
#include "gateway/door/tls.hpp"

#include "tests/gateway/door/certificates.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace kabinet::gateway::door::tls_test {

using namespace tests;

namespace {

constexpr long days(long number) {
    return number * 24 * 3'600;
}

struct files_there {
    certificate_files folder;
    certified root = certify("root", usage::authority);
    certified mine = certify("door", usage::server, &root, days(30));
    tls_files files{folder.certificate("door.crt", mine), folder.key("door.key", mine), {}, {}};

    /// Of what was read; empty when it is taken.
    [[nodiscard]] std::string said() const {
        std::vector<finding> findings;
        const tls_context made = read_tls(files, findings);
        CHECK((made == nullptr) == is_refused(findings));
        return findings.empty() ? "" : describe(findings.front());
    }
    std::filesystem::path text(const std::string& name, const char* says) const {
        std::ofstream{folder.at(name)} << says;
        return folder.at(name);
    }
};

bool has(const std::string& all, std::string_view part) {
    return all.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a certificate, its key and an authority are taken") {
    files_there at;
    CHECK(at.said().empty());
    at.files.client_ca = at.folder.certificate("ca.crt", at.root);
    CHECK(at.said().empty());
}

TEST_CASE("an encrypted key is refused and nobody is asked for its password") {
    files_there at;
    for (const char* password : {"fakeWord1234", ""}) {
        at.files.key = at.folder.key("sealed.key", at.mine, password);
        CHECK(has(at.said(), "sealed.key: is encrypted"));
    }
}

TEST_CASE("a file that isn't what it should be is named with the reason") {
    files_there at;
    const tls_files well = at.files;
    at.files.key = at.text("no.key", "hello\n");
    CHECK(has(at.said(), "no.key: has no private key in PEM: "));
    at.files.key = at.folder.at("missing.key");
    CHECK(has(at.said(), "missing.key: has no private key in PEM: "));
    at.files = well;
    at.files.certificate = at.text("no.crt", "");
    CHECK(has(at.said(), "no.crt: has no certificate in PEM"));
    at.files = well;
    at.files.client_ca = at.text("no.ca", "hello\n");
    CHECK(has(at.said(), "no.ca: has no certificate in PEM"));
    at.files = well;
    at.files.client_ca = at.folder.certificate("ca.crt", at.root);
    at.files.client_crl = at.text("no.crl", "hello\n");
    CHECK(has(at.said(), "no.crl: has no list of revoked certificates in PEM"));
}

TEST_CASE("the key of another certificate is refused") {
    files_there at;
    const certified other = certify("other", usage::server, &at.root);
    at.files.key = at.folder.key("other.key", other);
    CHECK(has(at.said(), "other.key: is not the key of " + at.files.certificate.string()));
    const certified of_another_kind{private_key{EVP_RSA_gen(2048)}, nullptr};
    at.files.key = at.folder.key("rsa.key", of_another_kind);
    CHECK(has(at.said(), "rsa.key: is not the key of "));
}

TEST_CASE("a list of revoked certificates is taken where the authority signed it") {
    files_there at;
    const certified portal = certify("portal", usage::client, &at.root);
    const certified other = certify("root", usage::authority); // of the same name
    at.files.client_ca = at.folder.certificate("ca.crt", at.root);
    at.files.client_crl = at.folder.list("ca.crl", revoke(portal, at.root, days(30)));
    CHECK(at.said().empty());
    at.files.client_crl = at.folder.list("other.crl", revoke(portal, other, days(30)));
    CHECK(has(at.said(), "other.crl: is not signed by an authority of client_ca that may sign lists"));
    at.files.client_crl = at.folder.list("ca.crl", revoke(portal, at.root, days(30)));
    at.files.client_ca = at.folder.certificates("both.crt", {&at.root, &other});
    CHECK(has(at.said(), "ca.crl: warning: has no list of /CN=root, so none of its clients is let in"));
    at.files.client_ca = at.folder.certificate("ca.crt", at.root);
    const certified renamed = certify("renamed", usage::authority, nullptr, 7'200, at.root.key.get());
    const certified mute = certify("root", usage::authority_without_lists, nullptr, 7'200, at.root.key.get());
    for (const certified* other_name : {&renamed, &mute}) { // of the same key
        at.files.client_ca = at.folder.certificate("ca.crt", *other_name);
        CHECK(has(at.said(), "ca.crl: is not signed by an authority of client_ca that may sign lists"));
    }
    at.files.client_ca = at.folder.certificate("ca.crt", at.root);
    at.files.client_crl = at.folder.list("later.crl", revoke(portal, at.root, days(30), days(1)));
    CHECK(has(at.said(), "later.crl: begins later than now"));
    at.files.client_crl = at.folder.list("old.crl", revoke(portal, at.root, days(1)));
    CHECK(has(at.said(), "old.crl: warning: ends within a day"));
    at.files.client_crl = at.folder.list("old.crl", revoke(portal, at.root, 60));
    CHECK(has(at.said(), "old.crl: warning: has ended: nobody is let in"));
}

TEST_CASE("a certificate near its end, or over, is taken with a warning") {
    files_there at;
    for (const long lives : {days(13), 60L}) {
        at.mine = certify("door", usage::server, &at.root, lives);
        at.files.certificate = at.folder.certificate("old.crt", at.mine);
        at.files.key = at.folder.key("old.key", at.mine);
        CHECK(has(at.said(), "old.crt: warning: has ended, or ends within 14 days"));
    }
}

} // namespace kabinet::gateway::door::tls_test
