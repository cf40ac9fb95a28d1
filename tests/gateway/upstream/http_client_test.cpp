#include "gateway/upstream/http_client.hpp"

#include "gateway/door/server.hpp"
#include "gateway/upstream/client_tls.hpp"
#include "tests/gateway/door/certificates.hpp"
#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/executor_work_guard.hpp>

namespace kabinet::gateway::upstream::http_client_test {

using namespace kabinet::gateway::tests;
using namespace kabinet::gateway::door::tests;

namespace {

/// A server that answers what it was asked, over TLS where it has a certificate.
struct echo {
    explicit echo(const std::optional<tls_files>& files = {}) {
        door::tls beneath;
        std::vector<finding> findings;
        if (files)
            beneath.context = door::read_tls(*files, findings);
        door::server_settings at;
        at.address = "127.0.0.1";
        auto say = [](door::request asked) -> boost::asio::awaitable<door::answer> {
            std::string said =
                asked.method + ' ' + asked.path + '?' + asked.query.value_or("") + ' ' + asked.body;
            said += asked.bearer.empty() ? " without" : " with a token";
            co_return door::answer{200, "application/json", std::move(said)};
        };
        server.emplace(
            std::move(at), [](const door::request&) { return std::nullopt; }, std::move(say),
            std::move(beneath));
    }
    ~echo() { server->end(); }
    std::optional<door::server> server;
};

struct asking {
    explicit asking(upstream_settings of)
        : client{of, loop.get_executor()} {}
    ~asking() { client.end(); }

    boost::system::result<http_answer> ask(question what) {
        std::optional<boost::system::result<http_answer>> came;
        client.ask(std::move(what), [&](auto is) { came = std::move(is); });
        REQUIRE(run_until(loop, [&] { return came.has_value(); }));
        return *came;
    }

    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    http_client client;
};

upstream_settings at(std::uint16_t port, std::string host = "127.0.0.1") {
    upstream_settings made;
    made.host = std::move(host);
    made.port = port;
    made.deadline = 2s;
    return made;
}

/// A server with a certificate for `localhost`, and who signed it.
struct trusted {
    trusted()
        : authority{certify("an authority", usage::authority)}
        , shown{certify("localhost", usage::server, &authority)}
        , theirs{certify("kabinet", usage::client, &authority)} {
        files.certificate("ca.crt", authority);
        files.certificate("server.crt", shown);
        files.key("server.key", shown);
        files.certificate("client.crt", theirs);
        files.key("client.key", theirs);
    }
    [[nodiscard]] tls_files of_server(bool wants_client = false) const {
        tls_files made{files.at("server.crt"), files.at("server.key"), {}, {}};
        if (wants_client)
            made.client_ca = files.at("ca.crt");
        return made;
    }
    [[nodiscard]] upstream_settings of_client(std::uint16_t port) const {
        upstream_settings made = at(port, "localhost");
        made.is_tls = true;
        made.ca = files.at("ca.crt");
        return made;
    }
    certificate_files files;
    certified authority;
    certified shown;
    certified theirs;
};

} // namespace

TEST_SUITE("asking over HTTP") {
    TEST_CASE("method, path, query and body arrive, with the token") {
        echo there;
        upstream_settings of = at(there.server->port());
        of.token = std::make_shared<const secret>("a-token");
        asking here{of};
        for (int times = 0; times < 3; ++times) { // over one connection
            const auto came = here.ask({"PUT", "/v1/operations/1?a=b", R"({"kind":"x"})"});
            REQUIRE(came.has_value());
            CHECK(came->status == 200);
            CHECK(came->body == R"(PUT /v1/operations/1?a=b {"kind":"x"} with a token)");
        }
    }

    TEST_CASE("where nobody listens it was not sent, for certain") {
        const std::uint16_t port = [] {
            echo gone;
            return gone.server->port();
        }();
        asking here{at(port)};
        CHECK(here.ask({"GET", "/"}).error() == ask_error::not_sent);
        asking nowhere{at(port, "no-such-host.invalid")};
        CHECK(nowhere.ask({"GET", "/"}).error() == ask_error::not_sent);
    }

    TEST_CASE("over TLS the certificate must be the host's, from who is trusted") {
        trusted all;
        echo there{all.of_server()};
        asking here{all.of_client(there.server->port())};
        CHECK(here.ask({"GET", "/"}).value().status == 200);

        upstream_settings other = all.of_client(there.server->port());
        other.host = "127.0.0.1"; // the certificate says localhost
        asking wrong_name{other};
        CHECK(wrong_name.ask({"GET", "/"}).error() == ask_error::not_sent);

        const certified stranger = certify("another authority", usage::authority);
        other = all.of_client(there.server->port());
        other.ca = all.files.certificate("stranger.crt", stranger);
        asking wrong_signer{other};
        CHECK(wrong_signer.ask({"GET", "/"}).error() == ask_error::not_sent);
    }

    TEST_CASE("a certificate of our own is shown to who wants one") {
        trusted all;
        echo there{all.of_server(true)};
        upstream_settings of = all.of_client(there.server->port());
        asking without{of};
        CHECK_FALSE(without.ask({"GET", "/"}).has_value());
        of.certificate = all.files.at("client.crt");
        of.key = all.files.at("client.key");
        asking with{of};
        CHECK(with.ask({"GET", "/"}).value().status == 200);
    }

    TEST_CASE("files of TLS that aren't what they should be are found before anything is asked") {
        trusted all;
        upstream_settings of = all.of_client(1);
        std::vector<finding> findings;
        check_tls(of, findings);
        CHECK(findings.empty());
        of.ca = all.files.at("server.key");
        check_tls(of, findings);
        REQUIRE(findings.size() == 1);
        CHECK(describe(findings[0]).find("server.key") != std::string::npos);
        CHECK_THROWS_AS(asking{of}, std::runtime_error);
    }
}

} // namespace kabinet::gateway::upstream::http_client_test
