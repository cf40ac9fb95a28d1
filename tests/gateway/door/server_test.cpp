// The door's socket as a peer meets it: octets in, octets out. What is asked is nothing here.
#include "gateway/door/server.hpp"

#include <doctest/doctest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <string>

namespace kabinet::gateway::door::server_test {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

/// A door that answers every request with what it read of it.
class echo {
  public:
    explicit echo(server_settings with = {})
        : behind{std::move(with), [](const request& asked) { return refuse_early(asked); },
                 [this](request asked) -> asio::awaitable<answer> {
                     ++served;
                     co_return answer{200, "text/plain",
                                      asked.method + ' ' + asked.path + ' ' + asked.bearer + ' ' +
                                          asked.idempotency_key.value_or("-") + ' ' + asked.body};
                 }} {}

    static std::optional<answer> refuse_early(const request& asked) {
        if (asked.path == "/kept") {
            answer file{200, "text/css", asked.forwarded_for};
            file.headers.emplace_back("Cache-Control", "immutable");
            return file;
        }
        if (asked.path != "/refused")
            return std::nullopt;
        answer made{403, "text/plain", "no"};
        made.headers.emplace_back("Allow", "POST");
        made.headers.emplace_back("Set-Cookie", "a=1");
        made.headers.emplace_back("Set-Cookie", "b=2");
        made.retry_after = 7s;
        return made;
    }

    std::atomic<int> served = 0;
    server behind;
};

class peer {
  public:
    explicit peer(const server& of) {
        socket_.connect({asio::ip::make_address("127.0.0.1"), of.port()});
        const timeval limit{5, 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    bool send(const std::string& octets) {
        boost::system::error_code wrong;
        asio::write(socket_, asio::buffer(octets), wrong);
        return !wrong;
    }
    /// All until the door closes.
    std::string rest() {
        boost::system::error_code wrong;
        std::string all;
        asio::read(socket_, asio::dynamic_buffer(all), wrong);
        CHECK(wrong == asio::error::eof);
        return all;
    }
    std::string read_until(const std::string& end) {
        std::string all;
        char one = 0;
        boost::system::error_code wrong;
        while (!wrong && !all.ends_with(end)) {
            asio::read(socket_, asio::buffer(&one, 1), wrong);
            if (!wrong)
                all += one;
        }
        return all;
    }

  private:
    asio::io_context io_;
    tcp::socket socket_{io_};
};

bool has(const std::string& all, std::string_view part) {
    return all.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a request arrives with its path, token, key and body and no more of it") {
    echo door;
    peer client{door.behind};
    client.send("POST /v1/x?password=1 HTTP/1.1\r\nHost: h\r\nAuthorization: bearer abc\r\n"
                "idempotency-key: k1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");
    const std::string came = client.rest();
    CHECK(has(came, "HTTP/1.1 200 OK\r\n"));
    CHECK(has(came, "\r\nCache-Control: no-store\r\n"));
    CHECK(came.ends_with("\r\n\r\nPOST /v1/x abc k1 body"));
}

TEST_CASE("several requests on one connection are answered in their order, written together or not") {
    echo door;
    peer client{door.behind};
    client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(has(client.read_until("GET /1  - "), "200 OK"));
    client.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const std::string came = client.rest();
    CHECK(came.find("GET /2") < came.find("GET /3"));
    CHECK(has(came, "GET /3"));
    CHECK(door.served == 3);
}

TEST_CASE("a request comes whole, octet by octet") {
    echo door;
    peer client{door.behind};
    for (const char octet :
         std::string{"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"})
        client.send(std::string{octet});
    CHECK(client.rest().ends_with("POST /a  - abc"));
}

TEST_CASE("what is refused by its header is not read on") {
    echo door;
    peer client{door.behind};
    client.send("POST /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 10000\r\n\r\n");
    const std::string came = client.rest();
    CHECK(has(came, "403 Forbidden"));
    CHECK(has(came, "\r\nAllow: POST\r\n"));
    CHECK(has(came, "\r\nSet-Cookie: a=1\r\n"));
    CHECK(has(came, "\r\nSet-Cookie: b=2\r\n"));
    CHECK(has(came, "\r\nRetry-After: 7\r\n"));
    CHECK(has(came, "\r\nConnection: close\r\n"));
    CHECK(door.served == 0);
}

TEST_CASE("a refusal without a body keeps the connection") {
    echo door;
    peer client{door.behind};
    client.send(
        "GET /refused HTTP/1.1\r\nHost: h\r\n\r\nGET /on HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(client.rest().ends_with("GET /on  - "));
}

TEST_CASE("too large a body or header is refused before it is read") {
    echo door;
    peer large{door.behind};
    large.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n\r\nx");
    CHECK(has(large.rest(), "413 Payload Too Large"));
    peer chunked{door.behind};
    chunked.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n" +
                 std::string(0x8000, 'x'));
    CHECK(has(chunked.rest(), "413 Payload Too Large"));
    peer header{door.behind};
    header.send("GET /a HTTP/1.1\r\nHost: h\r\nX: " + std::string(9'000, 'x'));
    CHECK(has(header.rest(), "431 Request Header Fields Too Large"));
    CHECK(door.served == 0);
}

TEST_CASE("what isn't HTTP is told so") {
    echo door;
    for (const char* octets :
         {"hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
          "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        CAPTURE(octets);
        peer client{door.behind};
        client.send(octets);
        CHECK(has(client.rest(), "400 Bad Request"));
    }
    CHECK(door.served == 0);
}

TEST_CASE("whoever takes too long is left") {
    server_settings hasty;
    hasty.patience = 100ms;
    echo door{hasty};
    peer silent{door.behind};
    CHECK(silent.rest().empty());
    peer slow{door.behind};
    slow.send("GET / HT");
    CHECK(slow.rest().empty());
    peer bodiless{door.behind};
    bodiless.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
    CHECK(bodiless.rest().empty());
}

TEST_CASE("a body that never ends is refused before it fills the memory") {
    echo door;
    const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string& endless : {"1;x=" + std::string(100'000, 'a'), std::string(100'000, '0'),
                                       "0\r\nX: " + std::string(100'000, 'a')}) {
        peer client{door.behind};
        client.send(head + endless);
        CHECK(has(client.rest(), "HTTP/1.1 4"));
    }
    CHECK(door.served == 0);
}

TEST_CASE("HEAD is answered like GET without the body") {
    echo door;
    peer client{door.behind};
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const std::string came = client.rest();
    CHECK(has(came, "\r\nContent-Length: 10\r\n"));
    CHECK_FALSE(has(came, "GET /a"));
    CHECK(came.ends_with("GET /b  - "));
}

TEST_CASE("what HTTP/1.1 wants of a request is wanted") {
    echo door;
    const std::pair<const char*, const char*> rows[] = {
        {"GET / HTTP/1.1\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: h\r\nExpect: a miracle\r\nContent-Length: 2\r\n\r\n", "417"},
        {"GET http://h/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "GET /x  - "},
        {"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.0 200 OK"},
    };
    for (const auto& [octets, told] : rows) {
        CAPTURE(octets);
        peer client{door.behind};
        client.send(octets);
        const std::string came = client.rest();
        CHECK(has(came, told));
        CHECK_FALSE(has(came, "100 Continue"));
        CHECK(has(came, "\r\nDate: "));
    }
}

TEST_CASE("a peer that waits to be asked for the body is asked") {
    echo door;
    peer client{door.behind};
    client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: "
                "close\r\n\r\n");
    CHECK(has(client.read_until("\r\n\r\n"), "100 Continue"));
    client.send("ok");
    CHECK(client.rest().ends_with("POST /a  - ok"));
}

TEST_CASE("an answer may say itself how long it is kept, and who was before a proxy is told") {
    echo door;
    peer client{door.behind};
    client.send("GET /kept HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: "
                "192.0.2.1\r\nConnection: close\r\n\r\n");
    const std::string came = client.rest();
    CHECK(has(came, "\r\nCache-Control: immutable\r\n"));
    CHECK_FALSE(has(came, "no-store"));
    CHECK(came.ends_with("192.0.2.1"));
}

TEST_CASE("more connections than there may be are closed and those there are go on") {
    server_settings few;
    few.connections = 2;
    echo door{few};
    peer first{door.behind}, second{door.behind};
    first.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
    second.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(has(first.read_until("GET /1  - "), "200"));
    CHECK(has(second.read_until("GET /2  - "), "200"));
    peer third{door.behind};
    CHECK(third.rest().empty());
    first.send("GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(has(first.read_until("GET /3  - "), "200"));
}

TEST_CASE("an address that is taken is an error that names it") {
    echo door;
    server_settings same;
    same.port = door.behind.port();
    CHECK_THROWS_WITH_AS(echo{same}, doctest::Contains("the door can't listen on 127.0.0.1 port"),
                         std::runtime_error);
}

TEST_CASE("a door that closes takes nobody new") {
    echo door;
    peer before{door.behind};
    before.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(has(before.read_until("GET /1  - "), "200"));
    door.behind.stop_taking();
    before.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(before.rest().empty());
    CHECK(door.behind.is_at_rest());
    CHECK(door.served == 1);
}

} // namespace kabinet::gateway::door::server_test
