#include "gateway/control_socket.hpp"
#include "gateway/log.hpp"
#include "tests/gateway/desk.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <sys/stat.h>

#include <optional>
#include <thread>

namespace kabinet::gateway::control_socket_test {

using namespace tests;
namespace asio = boost::asio;
using asio::local::stream_protocol;

namespace {

/// A gateway's socket with an office behind it, its loop on the test's thread.
class open_desk : public desk {
  public:
    [[nodiscard]] std::filesystem::path path() const { return place.path() / "kabinet.sock"; }

    open_desk() { spdlog::set_level(spdlog::level::off); }

    /// Runs `work` on a thread while the loop runs.
    template <class Work>
    auto beside(Work work) {
        std::optional<decltype(work())> came;
        const std::jthread other{[&] { asio::post(loop, [&came, made = work()] { came = made; }); }};
        REQUIRE(run_until(loop, [&] { return came.has_value(); }));
        return *came;
    }
    /// Writes `words` as a client of any kind might, and returns all that came until the socket closed.
    std::string say(std::string words) {
        return beside([this, words = std::move(words)] {
            asio::io_context io;
            stream_protocol::socket to{io};
            to.connect(stream_protocol::endpoint{path().string()});
            boost::system::error_code failed;
            asio::write(to, asio::buffer(words), failed); // it may close before it has read all of it
            to.shutdown(stream_protocol::socket::shutdown_send, failed);
            std::string came;
            asio::read(to, asio::dynamic_buffer(came), failed);
            return came;
        });
    }
    control_socket at_the_door{loop, path(), clerk};
};

} // namespace

TEST_SUITE("control socket") {
    TEST_CASE("only its owner may speak through it") {
        open_desk on;
        struct stat found {};
        REQUIRE(::stat(on.path().c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
    }

    TEST_CASE("a command is answered in lines that end with its code") {
        open_desk on;
        on.at_the_door.start();
        CHECK(on.say("status\n\n") == ">well\n=0\n");
        CHECK(on.say("accounts\nunblock\n79261112233\n\n") == "!79261112233: has no account\n=1\n");
        CHECK(on.say("frobnicate\n\n") == "!no such command; `kabinet --help` lists them\n=2\n");
    }

    TEST_CASE("nothing, garbage and lines without end are answered and the next command is") {
        open_desk on;
        on.at_the_door.start();
        CHECK(on.say("").ends_with("=2\n"));
        CHECK(on.say("\n\n\n").ends_with("=2\n"));
        CHECK(on.say(std::string(1000, '\0')).ends_with("=2\n"));
        static_cast<void>(on.say(std::string(200'000, 'x')));
        std::string many;
        for (int each = 0; each < 100; ++each)
            many += "word\n";
        CHECK(on.say(many).ends_with("=2\n"));
        CHECK(on.say("status\n\n") == ">well\n=0\n");
    }

    TEST_CASE("who hangs up before the answer doesn't hurt the others") {
        open_desk on;
        on.at_the_door.start();
        for (int each = 0; each < 20; ++each)
            on.beside([&] {
                asio::io_context io;
                stream_protocol::socket to{io};
                to.connect(stream_protocol::endpoint{on.path().string()});
                asio::write(to, asio::buffer(std::string{"audit\nverify\n\n"}));
                return true;
            });
        CHECK(on.say("status\n\n") == ">well\n=0\n");
    }

    TEST_CASE("a socket that a killed gateway left is taken over") {
        store::tests::folder place;
        const auto path = place.path() / "kabinet.sock";
        {
            asio::io_context io;
            stream_protocol::acceptor left{io, stream_protocol::endpoint{path.string()}};
        }
        REQUIRE(std::filesystem::exists(path));
        desk on;
        control_socket again{on.loop, path, on.clerk};
        again.start();
        CHECK(std::filesystem::exists(path));
    }

    TEST_CASE("where nobody listens nothing is done") {
        store::tests::folder place;
        CHECK_FALSE(run_at_gateway(place.path() / "kabinet.sock", {"status"}, nullptr).has_value());
    }

    TEST_CASE("a command's file goes with it") {
        open_desk on;
        on.at_the_door.start();
        CHECK(on.say("subscribers\nimport\nfeed.csv\n\nmsisdn\n79261112233\n").ends_with("=0\n"));
        CHECK(on.say("subscribers\nexport\n\n").find("79261112233") != std::string::npos);
    }
}

} // namespace kabinet::gateway::control_socket_test
