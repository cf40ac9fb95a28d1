#include "smpp/attempt.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <exception>
#include <latch>
#include <netdb.h>

using namespace std::chrono_literals;

namespace {

std::latch* name_server_wakes = nullptr; // while it is there, every lookup hangs until it opens

} // namespace

/// The only name server of these tests: knows "smsc.test" alone.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
    if (name_server_wakes != nullptr)
        name_server_wakes->wait();
    if (node == nullptr || std::string_view{node} != "smsc.test")
        return EAI_NONAME;
    static sockaddr_in loopback{};
    loopback.sin_family = AF_INET;
    loopback.sin_port = htons(static_cast<std::uint16_t>(std::stoi(service)));
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static addrinfo only{};
    only.ai_family = AF_INET;
    only.ai_socktype = hints == nullptr ? SOCK_STREAM : hints->ai_socktype;
    only.ai_addrlen = sizeof loopback;
    only.ai_addr = reinterpret_cast<sockaddr*>(&loopback);
    *found = &only;
    return 0;
}

extern "C" void freeaddrinfo(addrinfo*) noexcept {}

namespace kabinet::smpp::attempt_test {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using outcome = boost::system::result<tcp::socket>;

asio::awaitable<void> open(std::shared_ptr<attempt> by, std::string host, std::uint16_t port,
                           std::chrono::milliseconds limit, std::optional<outcome>& into) {
    into.emplace(co_await by->open(std::move(host), port, limit));
}

struct lab {
    asio::io_context loop;
    tcp::acceptor door{loop, {asio::ip::address_v4::loopback(), 0}};
    std::shared_ptr<attempt> tried = std::make_shared<attempt>(loop);
    std::optional<outcome> came;

    void starts(std::string host, std::chrono::milliseconds limit = 5s) {
        asio::co_spawn(loop, open(tried, std::move(host), door.local_endpoint().port(), limit, came),
                       [](const std::exception_ptr& thrown) { CHECK_FALSE(thrown); });
    }
    boost::system::error_code ends() {
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (!came && std::chrono::steady_clock::now() < until)
            loop.run_one_for(20ms);
        REQUIRE(came.has_value());
        return came->has_error() ? came->error() : boost::system::error_code{};
    }
};

/// A name server that hangs for the life of this.
class hanging_names {
  public:
    hanging_names() { name_server_wakes = &wakes_; }
    ~hanging_names() { name_server_wakes = nullptr; }
    void answers_at_last() { wakes_.count_down(); }

  private:
    std::latch wakes_{1};
};

} // namespace

TEST_CASE("an open door gives a connected socket by address and by name") {
    for (const char* host : {"127.0.0.1", "smsc.test"}) {
        lab here;
        here.starts(host);
        REQUIRE_FALSE(here.ends());
        CHECK((*here.came)->remote_endpoint() == here.door.local_endpoint());
    }
}

TEST_CASE("a closed door and an unknown name say what they are") {
    lab closed;
    const auto port = closed.door.local_endpoint().port();
    closed.door.close();
    asio::co_spawn(closed.loop, open(closed.tried, "127.0.0.1", port, 5s, closed.came),
                   [](const std::exception_ptr& thrown) { CHECK_FALSE(thrown); });
    CHECK(closed.ends() == boost::system::errc::connection_refused);
    lab unknown;
    unknown.starts("nowhere.test");
    CHECK(unknown.ends() == asio::error::host_not_found);
}

TEST_CASE("a name server that hangs outlasts no limit and holds up no address") {
    hanging_names names;
    lab here;
    here.starts("smsc.test", 1ms);
    CHECK(here.ends() == asio::error::timed_out);
    here.came.reset();
    here.tried = std::make_shared<attempt>(here.loop);
    here.starts("127.0.0.1");
    CHECK_FALSE(here.ends());
    names.answers_at_last();
    here.loop.run_for(5s); // until the lookup that nobody waits for is back
    CHECK(here.loop.stopped());
}

TEST_CASE("a try that is given up ends at once whatever it waits for") {
    hanging_names names;
    lab here;
    here.starts("smsc.test");
    here.loop.poll();
    here.tried->give_up();
    CHECK(here.ends() == asio::error::operation_aborted);
    names.answers_at_last();

    lab connecting;
    connecting.starts("127.0.0.1");
    connecting.loop.run_one();
    connecting.tried->give_up();
    CHECK(connecting.ends() == asio::error::operation_aborted);
}

TEST_CASE("a try given up before it began opens nothing") {
    lab here;
    here.tried->give_up();
    here.starts("127.0.0.1");
    CHECK(here.ends() == asio::error::operation_aborted);
}

} // namespace kabinet::smpp::attempt_test
