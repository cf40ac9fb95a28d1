// The client against servers that say what nobody asked for, say it late, or hang up: whose question an
// answer is to must never be in doubt.
#include "gateway/door/tls.hpp"
#include "gateway/upstream/http_client.hpp"
#include "tests/gateway/door/certificates.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/gateway/upstream/scripted_server.hpp"

#include <doctest/doctest.h>

#include <boost/asio/executor_work_guard.hpp>

namespace kabinet::gateway::upstream::http_client_odd_peers_test {

using namespace kabinet::gateway::tests;
using namespace kabinet::gateway::upstream::tests;
using boost::asio::ip::tcp;

namespace {

const boost::asio::ip::address here = boost::asio::ip::address_v4::loopback();
const boost::asio::ip::address here_v6 = boost::asio::ip::address_v6::loopback();

using heard = std::shared_ptr<std::optional<boost::system::result<http_answer>>>;

/// A client of one connection at a time, and the server that it asks.
struct stage {
    explicit stage(std::chrono::milliseconds deadline = 10s, const boost::asio::ip::address& at = here)
        : server{loop, at, nullptr} {
        upstream_settings of;
        of.host = at.to_string();
        of.deadline = deadline;
        begin(of);
    }
    /// Over TLS; `of` says whom it trusts.
    stage(upstream_settings of, boost::asio::ssl::context& tls)
        : server{loop, here, &tls} {
        of.deadline = 10s;
        begin(of);
    }
    ~stage() { client->end(); }

    /// Doesn't wait for the answer.
    heard ask(question what) {
        auto came = std::make_shared<std::optional<boost::system::result<http_answer>>>();
        client->ask(std::move(what), [came](auto is) { *came = std::move(is); });
        return came;
    }
    /// The n-th connection from 0 on, once it was asked so many things.
    scripted_session& asked(std::size_t n, std::size_t questions) {
        REQUIRE(run_until(loop, [&] {
            return server.sessions.size() > n && server.sessions[n]->asked.size() >= questions;
        }));
        return *server.sessions[n];
    }
    boost::system::result<http_answer> answer(const heard& to) {
        REQUIRE(run_until(loop, [&] { return to->has_value(); }));
        return **to;
    }
    std::string body(const heard& to) {
        const auto came = answer(to);
        return came ? came->body : came.error().message();
    }

    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    scripted_server server;
    std::optional<http_client> client;

  private:
    void begin(upstream_settings& of) {
        of.port = server.port();
        of.connections = 1;
        client.emplace(of, loop.get_executor());
    }
};

/// A certificate for `localhost`, shown by a server and trusted by its client.
struct trusted {
    trusted() {
        using namespace door::tests;
        const certified authority = certify("an authority", usage::authority);
        const certified shown = certify("localhost", usage::server, &authority);
        files.certificate("ca.crt", authority);
        files.certificate("server.crt", shown);
        files.key("server.key", shown);
        std::vector<finding> findings;
        context = door::read_tls({files.at("server.crt"), files.at("server.key"), {}, {}}, findings);
        REQUIRE(context != nullptr); // a warning that it ends soon is found
        client.host = "localhost";
        client.is_tls = true;
        client.ca = files.at("ca.crt");
    }
    door::tests::certificate_files files;
    door::tls_context context;
    upstream_settings client;
};

/// Of an answer that has so many octets, some hundreds.
std::string body_of_answer(std::size_t octets) {
    const std::string some(100, 'x');
    return std::string(octets - (answer_of(some).size() - some.size()), 'x');
}

bool has_ipv6() {
    boost::asio::io_context loop;
    boost::system::error_code wrong;
    tcp::acceptor acceptor{loop};
    acceptor.open(tcp::v6(), wrong);
    if (!wrong)
        acceptor.bind({here_v6, 0}, wrong);
    return !wrong;
}

} // namespace

TEST_SUITE("asking servers that are odd") {
    TEST_CASE("what is said before the answer is no answer, and the next question has its own") {
        const std::string processing = "HTTP/1.1 102 Processing\r\n\r\n";
        stage on;
        std::size_t questions = 0;
        const auto ask = [&](std::initializer_list<std::string> said) {
            const heard came = on.ask({"PUT", "/v1/operations/1", "{}"});
            scripted_session& peer = on.asked(0, ++questions);
            for (const std::string& each : said)
                peer.says(each);
            return on.body(came);
        };
        CHECK(ask({processing, answer_of("the first")}) == "the first");
        CHECK(ask({answer_of("the second")}) == "the second");
        CHECK(ask({processing + answer_of("the third")}) == "the third");
        CHECK(ask({"HTTP/1.1 100 Continue\r\n\r\n", processing, processing,
                   "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" +
                       answer_of("the fourth")}) == "the fourth");
        CHECK(ask({answer_of("the fifth")}) == "the fifth");
        CHECK(on.server.sessions.size() == 1); // kept all the while
    }

    TEST_CASE("a server that only says that it is at work gave no answer") {
        stage on{1s};
        const heard came = on.ask({"PUT", "/", "{}"});
        scripted_session& peer = on.asked(0, 1);
        for (int times = 0; times < 3; ++times)
            peer.says("HTTP/1.1 102 Processing\r\n\r\n");
        CHECK(on.answer(came).error() == ask_error::no_answer);
    }

    TEST_CASE("a server that goes to another protocol gave no answer, and is hung up on") {
        stage on{60s}; // longer than the test waits
        const heard came = on.ask({"GET", "/"});
        scripted_session& peer = on.asked(0, 1);
        peer.says("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        CHECK(on.answer(came).error() == ask_error::no_answer);
        CHECK(run_until(on.loop, [&] { return peer.gone; }));
    }

    TEST_CASE("of two answers to one question the second is nobody's") {
        stage on;
        const heard first = on.ask({"GET", "/"});
        on.asked(0, 1).says(answer_of("the first") + answer_of("nobody's"));
        CHECK(on.body(first) == "the first");
        const heard second = on.ask({"GET", "/"});
        on.asked(1, 1).says(answer_of("the second"));
        CHECK(on.body(second) == "the second");
        CHECK(on.server.sessions[0]->asked.size() == 1);
    }

    TEST_CASE("nor is it over TLS, where it may lie deciphered or not") {
        trusted all;
        stage on{all.client, *all.context};
        const heard first = on.ask({"GET", "/"});
        on.asked(0, 1).says_together({answer_of("the first"), answer_of("nobody's")});
        CHECK(on.body(first) == "the first");
        const heard second = on.ask({"GET", "/"});
        // as much as is read at once: the rest of the record waits
        const std::string body = body_of_answer(512);
        on.asked(1, 1).says(answer_of(body) + answer_of("nobody's"));
        CHECK(on.body(second) == body);
        const heard third = on.ask({"GET", "/"});
        on.asked(2, 1).says(answer_of("the third"));
        CHECK(on.body(third) == "the third");
    }

    TEST_CASE("over TLS as well one connection serves question after question") {
        trusted all;
        stage on{all.client, *all.context};
        for (std::size_t times = 1; times <= 3; ++times) {
            const heard came = on.ask({"GET", "/"});
            on.asked(0, times).says(answer_of(std::to_string(times)));
            CHECK(on.body(came) == std::to_string(times));
        }
        CHECK(on.server.sessions.size() == 1);
    }

    TEST_CASE("an answer after the deadline isn't taken for that to the next question") {
        stage on{1s};
        const heard first = on.ask({"GET", "/first"});
        scripted_session& slow = on.asked(0, 1);
        CHECK(on.answer(first).error() == ask_error::no_answer);
        slow.says(answer_of("the first"));
        const heard second = on.ask({"GET", "/second"});
        on.asked(1, 1).says(answer_of("the second"));
        CHECK(on.body(second) == "the second");
    }

    TEST_CASE("a connection that ended, or that something was said over unasked, isn't asked any more") {
        stage on;
        const heard first = on.ask({"GET", "/"});
        on.asked(0, 1).says(answer_of("the first"));
        CHECK(on.body(first) == "the first");
        on.server.sessions[0]->hangs_up();
        const heard second = on.ask({"PUT", "/", "{}"});
        on.asked(1, 1).says(answer_of("the second"));
        CHECK(on.body(second) == "the second");
        on.server.sessions[1]->says("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        const heard third = on.ask({"PUT", "/", "{}"});
        on.asked(2, 1).says(answer_of("the third"));
        CHECK(on.body(third) == "the third");
    }

    TEST_CASE("a connection that the server won't keep isn't kept") {
        stage on;
        const heard first = on.ask({"GET", "/"});
        on.asked(0, 1).says("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        CHECK(on.body(first) == "ok");
        CHECK(run_until(on.loop, [&] { return on.server.sessions[0]->gone; }));
    }

    TEST_CASE("once it has ended, a client keeps nothing of whoever asked, and asks nothing more") {
        stage on;
        const heard first = on.ask({"GET", "/1"});
        on.asked(0, 1);
        const heard waits = on.ask({"GET", "/2"});
        on.client->end();
        CHECK(first.use_count() == 1);
        CHECK(waits.use_count() == 1);
        CHECK(on.ask({"GET", "/3"}).use_count() == 1);
    }

    TEST_CASE("Host says the port where it isn't the scheme's own, and an IPv6 address in brackets") {
        const auto field = [](std::string host, std::uint16_t port, bool is_tls) {
            upstream_settings of;
            of.host = std::move(host);
            of.port = port;
            of.is_tls = is_tls;
            return host_field(of);
        };
        CHECK(field("billing.example.net", 80, false) == "billing.example.net");
        CHECK(field("billing.example.net", 443, true) == "billing.example.net");
        CHECK(field("billing.example.net", 443, false) == "billing.example.net:443");
        CHECK(field("billing.example.net", 80, true) == "billing.example.net:80");
        CHECK(field("127.0.0.1", 8085, false) == "127.0.0.1:8085");
        CHECK(field("::1", 8085, false) == "[::1]:8085");
        CHECK(field("::1", 443, true) == "[::1]");
    }

    TEST_CASE("Host arrives so") {
        const auto said = [](const boost::asio::ip::address& at, const std::string& host) {
            stage on{10s, at};
            const heard came = on.ask({"GET", "/"});
            scripted_session& peer = on.asked(0, 1);
            const std::string line = "\r\nHost: " + host + ':' + std::to_string(on.server.port()) + "\r\n";
            CHECK_MESSAGE(peer.asked[0].find(line) != std::string::npos, peer.asked[0]);
            peer.says(answer_of("{}"));
            CHECK(on.body(came) == "{}");
        };
        said(here, "127.0.0.1");
        if (has_ipv6())
            said(here_v6, "[::1]");
        else
            MESSAGE("there is no IPv6 here");
    }
}

} // namespace kabinet::gateway::upstream::http_client_odd_peers_test
