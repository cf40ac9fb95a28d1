// The door over TLS as a peer meets it: who is let in, what is refused, and how it ends.
#include "gateway/door/server.hpp"

#include "tests/gateway/door/certificates.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <future>
#include <string>

namespace kabinet::gateway::door::connection_test {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;
using namespace tests;

namespace {

const std::string ask = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string ask_last = "GET /z HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

/// An operator's authority, the door it vouches for, and what its clients may show.
struct operators {
    certificate_files folder;
    certified root = certify("root", usage::authority);
    certified mine = certify("door", usage::server, &root);
    certified portal = certify("portal", usage::client, &root);
    tls_files files{folder.certificate("door.crt", mine), folder.key("door.key", mine), {}, {}};

    operators& wanting_certificates() {
        files.client_ca = folder.certificate("ca.crt", root);
        return *this;
    }
    [[nodiscard]] tls_context read() const {
        std::vector<finding> findings;
        tls_context made = read_tls(files, findings);
        REQUIRE(made != nullptr);
        return made;
    }
};

class secured_door {
  public:
    explicit secured_door(const operators& of, server_settings with = {})
        : behind{std::move(with),
                 [](const request&) { return std::optional<answer>{}; },
                 [](request asked) -> asio::awaitable<answer> {
                     co_return answer{200, "text/plain", asked.path + ' ' + asked.body};
                 },
                 {of.read(), [this](const std::string&) { ++turned_away; }}} {}

    std::atomic<int> turned_away = 0;
    server behind;
};

/// A client that holds the door's certificate against the operator's root.
class peer {
  public:
    peer(const server& of, const operators& trusted, const certified* shown = nullptr,
         int newest = TLS1_3_VERSION)
        : context_{ssl::context::tls_client} {
        SSL_CTX* const bare = context_.native_handle();
        SSL_CTX_set_security_level(bare, 0); // 1.1 is the door's to refuse, not ours
        SSL_CTX_set_min_proto_version(bare, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(bare, newest);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(bare), trusted.root.certificate.get());
        if (shown != nullptr) {
            SSL_CTX_use_certificate(bare, shown->certificate.get());
            SSL_CTX_use_PrivateKey(bare, shown->key.get());
        }
        context_.set_verify_mode(ssl::verify_peer);
        stream_.emplace(io_, context_);
        stream_->lowest_layer().connect({asio::ip::make_address("127.0.0.1"), of.port()});
    }

    bool shake_hands() {
        error_code wrong;
        stream_->handshake(ssl::stream_base::client, wrong);
        return !wrong;
    }
    bool send(const std::string& octets) {
        error_code wrong;
        asio::write(*stream_, asio::buffer(octets), wrong);
        return !wrong;
    }
    std::string read_until(const std::string& end) {
        std::string all;
        char one = 0;
        error_code wrong;
        while (!wrong && !all.ends_with(end)) {
            asio::read(*stream_, asio::buffer(&one, 1), wrong);
            if (!wrong)
                all += one;
        }
        return all;
    }
    /// All until the door ends it, and how: `eof` by a close_notify.
    std::pair<std::string, error_code> rest() {
        error_code wrong;
        std::string all;
        asio::read(*stream_, asio::dynamic_buffer(all), wrong);
        return {all, wrong};
    }
    /// What becomes of a whole request; in TLS 1.3 a client learns only then that it was refused.
    std::string exchange() { return shake_hands() && send(ask_last) ? rest().first : ""; }

    SSL* bare() { return stream_->native_handle(); }
    ssl::stream<tcp::socket>& stream() { return *stream_; }

  private:
    asio::io_context io_;
    ssl::context context_;
    std::optional<ssl::stream<tcp::socket>> stream_;
};

/// What its owner says leaves an octet at a time.
class dripping {
  public:
    using lowest_layer_type = tcp::socket::lowest_layer_type;
    using executor_type = tcp::socket::executor_type;

    explicit dripping(asio::io_context& io)
        : socket_{io} {}
    [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
    [[nodiscard]] lowest_layer_type& lowest_layer() { return socket_.lowest_layer(); }
    void connect(const server& to) {
        socket_.connect({asio::ip::make_address("127.0.0.1"), to.port()});
        socket_.set_option(tcp::no_delay{true});
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& all, error_code& wrong) {
        const asio::const_buffer first = *asio::buffer_sequence_begin(all);
        return socket_.write_some(asio::buffer(first, 1), wrong);
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& into, error_code& wrong) {
        return socket_.read_some(into, wrong);
    }

  private:
    tcp::socket socket_;
};

/// One that speaks no TLS; all that came until the door closed.
std::string say_in_clear(const server& to, const std::string& octets) {
    asio::io_context io;
    tcp::socket socket{io};
    socket.connect({asio::ip::make_address("127.0.0.1"), to.port()});
    asio::write(socket, asio::buffer(octets));
    std::string all;
    error_code wrong;
    asio::read(socket, asio::dynamic_buffer(all), wrong);
    CHECK(wrong == asio::error::eof);
    return all;
}

bool is_answered(const std::string& came) {
    return came.starts_with("HTTP/1.1 200 OK\r\n") && came.ends_with("/z ");
}

/// What the door's thread had to tell is told by then.
void settle(server& of) {
    std::promise<void> done;
    asio::post(of.executor(), [&] { done.set_value(); });
    done.get_future().wait();
}

/// Whether that many come to be turned away: a peer hears of it a moment before the count does.
bool turns_away(secured_door& of, int times) {
    for (const auto limit = std::chrono::steady_clock::now() + 5s;
         of.turned_away != times && std::chrono::steady_clock::now() < limit;)
        settle(of.behind);
    return of.turned_away == times;
}

} // namespace

TEST_CASE("requests are answered over TLS 1.3, and the end is said") {
    operators of;
    secured_door door{of};
    peer client{door.behind, of};
    REQUIRE(client.shake_hands());
    CHECK(SSL_version(client.bare()) == TLS1_3_VERSION);
    client.send(ask);
    CHECK(client.read_until("/a ").starts_with("HTTP/1.1 200 OK\r\n"));
    client.send("GET https://h/z HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const auto [came, ended] = client.rest();
    CHECK(is_answered(came));
    CHECK(ended == asio::error::eof);
    CHECK(door.turned_away == 0);
}

TEST_CASE("a peer of TLS 1.2 is answered with keys that last a connection") {
    operators of;
    secured_door door{of};
    peer client{door.behind, of, nullptr, TLS1_2_VERSION};
    CHECK(is_answered(client.exchange()));
    CHECK(std::string{SSL_get_cipher_name(client.bare())}.starts_with("ECDHE-"));
    CHECK(SSL_get_secure_renegotiation_support(client.bare()) == 1);
    CHECK(SSL_COMP_get_name(SSL_get_current_compression(client.bare())) == nullptr);
}

TEST_CASE("TLS 1.1 is refused") {
    operators of;
    secured_door door{of};
    for (const int old : {TLS1_VERSION, TLS1_1_VERSION}) {
        peer client{door.behind, of, nullptr, old};
        CHECK_FALSE(client.shake_hands());
    }
    CHECK(is_answered(peer{door.behind, of}.exchange()));
}

TEST_CASE("a renegotiation is refused") {
    operators of;
    secured_door door{of};
    peer client{door.behind, of, nullptr, TLS1_2_VERSION};
    REQUIRE(client.shake_hands());
    SSL_renegotiate(client.bare());
    client.send(ask_last);
    CHECK_FALSE(is_answered(client.rest().first));
}

TEST_CASE("plain HTTP to a door with TLS is told so, and is nobody who was turned away") {
    secured_door door{operators{}.wanting_certificates()};
    const std::string told = say_in_clear(door.behind, ask_last);
    CHECK(told.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(told.ends_with("\r\n\r\nTLS is spoken here: https\n"));
    CHECK_FALSE(say_in_clear(door.behind, std::string(100, '\xff')).starts_with("HTTP"));
    settle(door.behind);
    CHECK(door.turned_away == 0);
}

TEST_CASE("a client whose words come an octet at a time is served like any other") {
    operators of;
    secured_door door{of.wanting_certificates()};
    for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        asio::io_context io;
        ssl::context context{ssl::context::tls_client};
        SSL_CTX_set_max_proto_version(context.native_handle(), newest);
        SSL_CTX_use_certificate(context.native_handle(), of.portal.certificate.get());
        SSL_CTX_use_PrivateKey(context.native_handle(), of.portal.key.get());
        ssl::stream<dripping> client{io, context};
        client.next_layer().connect(door.behind);
        client.handshake(ssl::stream_base::client);
        asio::write(client, asio::buffer(ask_last));
        std::string came;
        error_code ended;
        asio::read(client, asio::dynamic_buffer(came), ended);
        CHECK(is_answered(came));
    }
}

TEST_CASE("a handshake that doesn't come to its end is left") {
    operators of;
    server_settings hasty;
    hasty.patience = 100ms;
    secured_door door{of.wanting_certificates(), hasty};
    CHECK(say_in_clear(door.behind, "").empty());
    CHECK(say_in_clear(door.behind, "\x16").empty());
    CHECK(say_in_clear(door.behind, "\x16\x03\x01\x02").empty()); // the head of a ClientHello
    peer client{door.behind, of, &of.portal};
    REQUIRE(client.shake_hands()); // and then says nothing
    CHECK(client.rest().first.empty());
    CHECK(door.turned_away == 0);
}

TEST_CASE("whoever shakes hands takes a connection's place") {
    operators of;
    server_settings few;
    few.connections = 1;
    secured_door door{of, few};
    peer first{door.behind, of};
    REQUIRE(first.shake_hands());
    peer second{door.behind, of};
    CHECK_FALSE(second.shake_hands());
    first.send(ask_last);
    CHECK(is_answered(first.rest().first));
}

TEST_CASE("a client with a certificate of the authority's is let in, and shows it each time") {
    operators of;
    secured_door door{of.wanting_certificates()};
    for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(newest);
        peer client{door.behind, of, &of.portal, newest};
        CHECK(is_answered(client.exchange()));
        const std::unique_ptr<SSL_SESSION, freed_by<SSL_SESSION_free>> kept{SSL_get1_session(client.bare())};
        peer again{door.behind, of, &of.portal, newest};
        SSL_set_session(again.bare(), kept.get());
        CHECK(is_answered(again.exchange()));
        CHECK(SSL_session_reused(again.bare()) == 0); // a ticket would be good longer than the certificate
    }
    CHECK(door.turned_away == 0);
}

TEST_CASE("a client without a certificate, or with one that proves nothing, is turned away and counted") {
    operators of;
    secured_door door{of.wanting_certificates()};
    const certified foreign_root = certify("root", usage::authority);
    const certified foreign = certify("portal", usage::client, &foreign_root);
    const certified own = certify("portal", usage::client);
    const certified over = certify("portal", usage::client, &of.root, 60);
    const certified wrong_use = certify("portal", usage::server, &of.root);
    const certified by_no_authority = certify("portal", usage::client, &of.portal);
    int times = 0;
    for (const certified* shown :
         {static_cast<const certified*>(nullptr), &foreign, &own, &over, &wrong_use, &by_no_authority}) {
        for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            CAPTURE(times);
            peer client{door.behind, of, shown, newest};
            CHECK(client.exchange().empty());
            CHECK(turns_away(door, ++times));
        }
    }
    peer well{door.behind, of, &of.portal};
    CHECK(is_answered(well.exchange()));
    CHECK(door.turned_away == times);
}

TEST_CASE("a client that is refused learns why") {
    operators of;
    secured_door door{of.wanting_certificates()};
    peer client{door.behind, of};
    REQUIRE(client.shake_hands());
    client.send(ask_last);
    const error_code why = client.rest().second;
    CHECK(ERR_GET_REASON(static_cast<unsigned long>(why.value())) == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED);
}

TEST_CASE("an authority below another lets in its own clients and no others of that other's") {
    operators of;
    const certified middle = certify("middle", usage::authority, &of.root);
    const certified below = certify("portal", usage::client, &middle);
    of.files.client_ca = of.folder.certificate("ca.crt", middle);
    secured_door door{of};
    CHECK(is_answered(peer{door.behind, of, &below}.exchange()));
    CHECK(peer{door.behind, of, &of.portal}.exchange().empty());
}

TEST_CASE("a client whose certificate was taken back is a stranger, after a reload too") {
    operators of;
    const certified other = certify("portal", usage::client, &of.root);
    of.files.client_ca = of.folder.certificate("ca.crt", of.root);
    of.files.client_crl = of.folder.list("ca.crl", revoke(other, of.root));
    secured_door door{of};
    CHECK(peer{door.behind, of, &other}.exchange().empty());
    CHECK(turns_away(door, 1));
    CHECK(is_answered(peer{door.behind, of, &of.portal}.exchange()));
    of.files.client_crl = of.folder.list("ca.crl", revoke(of.portal, of.root));
    door.behind.renew(of.read());
    settle(door.behind);
    CHECK(peer{door.behind, of, &of.portal}.exchange().empty());
    CHECK(turns_away(door, 2));
}

TEST_CASE("once a list of revoked certificates has ended nobody is let in") {
    operators of;
    const certified other = certify("portal", usage::client, &of.root);
    of.files.client_ca = of.folder.certificate("ca.crt", of.root);
    of.files.client_crl = of.folder.list("ca.crl", revoke(other, of.root, 60));
    secured_door door{of};
    CHECK(peer{door.behind, of, &of.portal}.exchange().empty());
    CHECK(turns_away(door, 1));
}

TEST_CASE("a body that is too large is refused while its body is still coming") {
    operators of;
    secured_door door{of};
    for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        peer client{door.behind, of, nullptr, newest};
        REQUIRE(client.shake_hands());
        client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n");
        client.send(std::string(200'000, 'x'));
        const auto [came, ended] = client.rest();
        CHECK(came.starts_with("HTTP/1.1 413 Payload Too Large\r\n"));
        CHECK(came.ends_with("\r\n\r\nthe body is too large\n"));
        CHECK(ended == asio::error::eof);
    }
}

TEST_CASE("a client that says goodbye is told goodbye") {
    operators of;
    secured_door door{of};
    peer client{door.behind, of};
    REQUIRE(client.shake_hands());
    client.send(ask);
    client.read_until("/a ");
    error_code wrong;
    client.stream().shutdown(wrong);
    CHECK_FALSE(wrong);
}

TEST_CASE("another certificate is shown to whoever comes after, and the connections there are end after an "
          "answer") {
    operators of;
    operators later;
    secured_door door{of};
    peer before{door.behind, of};
    REQUIRE(before.shake_hands());
    door.behind.renew(later.read());
    settle(door.behind);
    CHECK_FALSE(peer{door.behind, of}.shake_hands());
    CHECK(is_answered(peer{door.behind, later}.exchange()));
    before.send(ask);
    CHECK(before.rest().first.empty()); // who isn't let in any more has nothing done
}

TEST_CASE("a ticket from before a renewal lets nobody in after it") {
    operators of;
    secured_door door{of.wanting_certificates()};
    peer before{door.behind, of, &of.portal};
    REQUIRE(is_answered(before.exchange()));
    const std::unique_ptr<SSL_SESSION, freed_by<SSL_SESSION_free>> kept{SSL_get1_session(before.bare())};
    const certified other_root = certify("root", usage::authority);
    of.files.client_ca = of.folder.certificate("other.crt", other_root);
    door.behind.renew(of.read());
    settle(door.behind);
    peer after{door.behind, of, &of.portal};
    SSL_set_session(after.bare(), kept.get());
    CHECK(after.exchange().empty());
    CHECK(turns_away(door, 1));
}

} // namespace kabinet::gateway::door::connection_test
