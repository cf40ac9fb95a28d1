#include "gateway/demo.hpp"

#include "simulator/centre.hpp"
#include "simulator/handset.hpp"
#include "store/keys.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <future>
#include <iostream>
#include <optional>
#include <thread>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto subscriber = msisdn::from_digits(79261112233);
constexpr auto bind_wait = 10s;
constexpr auto answer_wait = 5s;

/// The folder of one demo, gone with it.
class scratch_folder {
  public:
    scratch_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "kabinet-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::system_error{errno, std::generic_category(), pattern};
        path_ = pattern;
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The SMSC and the phone, on a thread of their own.
class stage {
  public:
    explicit stage(const smpp::dialect& speaks)
        : centre_{io_, at_any_port(), speaks}
        , phone_{centre_, subscriber, std::cout} {
        centre_.watch([this](const simulator::event& what) { see(what); });
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~stage() {
        io_.stop();
        thread_.join();
    }
    stage(const stage&) = delete;
    stage& operator=(const stage&) = delete;

    [[nodiscard]] std::uint16_t port() const { return centre_.port(); }
    [[nodiscard]] bool wait_bound() {
        return bound_.get_future().wait_for(bind_wait) == std::future_status::ready;
    }

    /// Types a line on the phone; true when a screen and then an SMS came in time.
    bool play(const std::string& line) {
        std::promise<void> answered;
        asio::post(io_, [&] {
            answered_ = &answered;
            sms_awaited_ = screen_awaited_ = true;
            phone_.read_line(line);
        });
        const bool in_time = answered.get_future().wait_for(answer_wait) == std::future_status::ready;
        std::promise<void> forgotten;
        asio::post(io_, [&] {
            answered_ = nullptr;
            forgotten.set_value();
        });
        forgotten.get_future().wait();
        return in_time;
    }
    void type(const std::string& line) {
        asio::post(io_, [this, line] { phone_.read_line(line); });
    }
    void greet() {
        asio::post(io_, [this] { phone_.greet(); });
    }

  private:
    static simulator::links_settings at_any_port() {
        simulator::links_settings any;
        any.port = 0;
        return any;
    }

    void see(const simulator::event& what) {
        if (std::holds_alternative<simulator::bound>(what) && !std::exchange(was_bound_, true))
            bound_.set_value();
        phone_.see(what);
        screen_awaited_ = screen_awaited_ && !std::holds_alternative<simulator::screen_shown>(what);
        sms_awaited_ = sms_awaited_ && !std::holds_alternative<simulator::sms_received>(what);
        if (answered_ != nullptr && !screen_awaited_ && !sms_awaited_)
            std::exchange(answered_, nullptr)->set_value();
    }

    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    simulator::centre centre_;
    simulator::handset phone_;
    std::thread thread_;
    std::promise<void> bound_;
    bool was_bound_ = false;
    std::promise<void>* answered_ = nullptr;
    bool screen_awaited_ = false;
    bool sms_awaited_ = false;
};

settings for_demo(settings given, const std::filesystem::path& folder, std::uint16_t port) {
    smpp::link_settings link;
    link.name = link.group = "demo";
    link.port = port;
    link.system_id = "kabinet";
    if (!given.links.empty())
        link.speaks = given.links.front().speaks;
    given.links.clear();
    given.links.push_back(std::move(link));
    given.store.database = folder / "kabinet.db";
    given.store.key_file = folder / "kabinet.key";
    given.cdr = folder / "cdr.jsonl";
    return given;
}

/// A line of the terminal; nothing at its end, or when `until` says so.
template <class Until>
std::optional<std::string> read_line(Until until) {
    pollfd terminal{STDIN_FILENO, POLLIN, 0};
    while (!until()) {
        if (::poll(&terminal, 1, 100) <= 0)
            continue;
        std::string line;
        if (!std::getline(std::cin, line))
            return std::nullopt;
        return line;
    }
    return std::nullopt;
}

void play(stage& on, app& gateway, const std::atomic<bool>& is_over) {
    if (!on.wait_bound()) {
        fmt::print("The gateway didn't bind to the simulated SMSC.\n");
        return gateway.end();
    }
    fmt::print("A gateway is bound to a simulated SMSC. {} asks for a password: *105*00#\n",
               subscriber.text());
    std::fflush(stdout);
    if (!on.play("*105*00#"))
        fmt::print("No answer came.\n");
    on.greet();
    while (const auto line = read_line([&] { return is_over.load(); }))
        on.type(*line);
    gateway.end();
}

} // namespace

int run_demo(settings given, menus::definition pack, pack_reader reader) {
    pack.allowed.passwords_per_hour = pack.allowed.passwords_per_day = 30; // whoever tries it tries it often
    const scratch_folder folder;
    stage on{given.links.empty() ? smpp::dialect{} : given.links.front().speaks};
    store::generate_key_file(folder.path() / "kabinet.key");
    app gateway{for_demo(std::move(given), folder.path(), on.port()), std::move(pack), std::move(reader)};
    std::atomic<bool> is_over = false;
    std::thread player{[&] { play(on, gateway, is_over); }};
    const int code = gateway.run();
    is_over = true;
    player.join();
    return code;
}

} // namespace kabinet::gateway
