// The client while the lookup of its server's name hangs, and how it goes while questions are under way.
#include "gateway/upstream/http_client.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/gateway/upstream/scripted_server.hpp"

#include <doctest/doctest.h>

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include <dlfcn.h>
#include <netdb.h>

namespace kabinet::gateway::upstream::http_client_lookup_test {

using namespace kabinet::gateway::tests;
using namespace kabinet::gateway::upstream::tests;

namespace {

constexpr const char* hanging_name = "hangs.invalid";

/// Lookups of that name hang until they are let go, and find nothing.
class hanging_resolver {
  public:
    void hang() {
        std::unique_lock lock{mutex_};
        ++lookups_;
        let_go_.wait(lock, [this] { return is_open_; });
    }
    void open() {
        const std::scoped_lock lock{mutex_};
        is_open_ = true;
        let_go_.notify_all();
    }
    [[nodiscard]] int lookups() {
        const std::scoped_lock lock{mutex_};
        return lookups_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable let_go_;
    bool is_open_ = false;
    int lookups_ = 0;
};

std::atomic<hanging_resolver*> hangs = nullptr; // none: the name isn't known

struct resolver_stage {
    resolver_stage() { hangs = &resolver; }
    ~resolver_stage() { hangs = nullptr; }
    resolver_stage(const resolver_stage&) = delete;
    resolver_stage& operator=(const resolver_stage&) = delete;
    hanging_resolver resolver;
};

upstream_settings at(std::string host, std::uint16_t port, std::chrono::milliseconds deadline) {
    upstream_settings made;
    made.host = std::move(host);
    made.port = port;
    made.deadline = deadline;
    return made;
}

/// Asks as the gateway's coroutines do: what is heard resumes one that belongs to the loop.
boost::asio::awaitable<void> ask(http_client& of) {
    auto start = [&of](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        of.ask({"GET", "/"}, [kept](const auto&) { std::move (*kept)(); });
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
        std::move(start), boost::asio::use_awaitable);
}

} // namespace

TEST_SUITE("asking over HTTP") {
    TEST_CASE("a lookup that hangs holds no question past its deadline, and isn't begun anew for each") {
        resolver_stage stage;
        boost::asio::io_context loop;
        const auto open = make_work_guard(loop);
        http_client client{at(hanging_name, 80, 100ms), loop.get_executor()};
        for (int times = 0; times < 3; ++times) {
            std::optional<boost::system::result<http_answer>> came;
            client.ask({"GET", "/"}, [&](auto is) { came = std::move(is); });
            CHECK(run_until(loop, [&] { return came.has_value(); })); // it hangs all the while
            if (came)
                CHECK(came->error() == ask_error::not_sent);
        }
        CHECK(stage.resolver.lookups() == 1);
        stage.resolver.open();
        client.end();
    }

    TEST_CASE("a client that goes with a question under way leaves nothing that belongs to the loop") {
        std::optional<boost::asio::io_context> loop{std::in_place};
        auto server =
            std::make_optional<scripted_server>(*loop, boost::asio::ip::address_v4::loopback(), nullptr);
        upstream_settings of = at("127.0.0.1", server->port(), 10s);
        of.connections = 1; // the second waits for the first
        http_client client{of, loop->get_executor()};
        boost::asio::co_spawn(*loop, ask(client), boost::asio::detached);
        boost::asio::co_spawn(*loop, ask(client), boost::asio::detached);
        REQUIRE(run_until(
            *loop, [&] { return server->sessions.size() == 1 && server->sessions[0]->asked.size() == 1; }));
        client.end();
        server.reset();
        loop.reset(); // and the client after it
    }
}

} // namespace kabinet::gateway::upstream::http_client_lookup_test

/// Before the C library's, which is asked for every other name.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    using namespace kabinet::gateway::upstream::http_client_lookup_test;
    if (name != nullptr && std::string_view{name} == hanging_name) {
        if (hanging_resolver* const at = hangs.load())
            at->hang();
        return EAI_NONAME;
    }
    using looks_up = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto theirs = reinterpret_cast<looks_up>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return theirs(name, service, hints, found);
}
