// The client while the lookup of its server's name hangs.
#include "gateway/upstream/http_client.hpp"
#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>

#include <dlfcn.h>
#include <netdb.h>

namespace kabinet::gateway::upstream::http_client_lookup_test {

using namespace kabinet::gateway::tests;

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

} // namespace

TEST_SUITE("asking over HTTP") {
    TEST_CASE("a lookup that hangs holds no question past its deadline, and isn't begun anew for each") {
        resolver_stage stage;
        boost::asio::io_context loop;
        const auto open = make_work_guard(loop);
        http_client client{at(hanging_name, 80, 100ms), loop.get_executor()};
        const auto ask = [&] {
            std::optional<boost::system::result<http_answer>> came;
            client.ask({"GET", "/"}, [&](auto is) { came = std::move(is); });
            CHECK(run_until(loop, [&] { return came.has_value(); }));
            if (came)
                CHECK(came->error() == ask_error::not_sent);
        };
        for (int times = 0; times < 3; ++times)
            ask(); // it hangs all the while
        CHECK(stage.resolver.lookups() == 1);
        stage.resolver.open();
        ask(); // behind whatever was begun before
        CHECK(stage.resolver.lookups() <= 2);
        client.end();
    }

    TEST_CASE("whoever only joined a lookup that failed has the name looked up for himself") {
        resolver_stage stage;
        boost::asio::io_context loop;
        const auto open = make_work_guard(loop);
        http_client client{at(hanging_name, 80, 10s), loop.get_executor()};
        int heard = 0;
        const auto hear = [&](const boost::system::result<http_answer>& came) {
            CHECK(came.error() == ask_error::not_sent);
            ++heard;
        };
        client.ask({"GET", "/first"}, hear);
        client.ask({"GET", "/second"}, hear);
        stage.resolver.open();
        CHECK(run_until(loop, [&] { return heard == 2; }));
        CHECK(stage.resolver.lookups() == 2);
        client.end();
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
