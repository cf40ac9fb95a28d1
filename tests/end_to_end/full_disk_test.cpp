#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace full_disk_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t first = 79261330000;

/// A disk of two megabytes, gone with the test.
class small_disk {
  public:
    explicit small_disk(std::filesystem::path at)
        : at_{std::move(at)} {
        std::filesystem::create_directory(at_);
        is_mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=2m,mode=0700") == 0;
    }
    ~small_disk() {
        if (is_mounted_)
            ::umount2(at_.c_str(), MNT_DETACH);
    }
    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;

    [[nodiscard]] bool is_mounted() const { return is_mounted_; }
    void fill() const {
        const int file = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        REQUIRE(file >= 0);
        constexpr std::array<char, 4096> block{};
        while (::write(file, block.data(), block.size()) > 0) {
        }
        ::close(file);
    }
    void make_room() const { std::filesystem::remove(filler()); }

  private:
    [[nodiscard]] std::filesystem::path filler() const { return at_ / "filler"; }

    std::filesystem::path at_;
    bool is_mounted_ = false;
};

} // namespace

TEST_CASE(
    "on a full disk messages are put off and nothing acknowledged is lost and service resumes by itself") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    const small_disk disk{gateway.folder() / "disk"};
    if (!disk.is_mounted()) {
        MESSAGE("skipped: only root may mount a small disk");
        return;
    }
    change_in(gateway.folder() / "kabinet.toml", "sqlite:kabinet.db", "sqlite:disk/kabinet.db");
    gateway.open_door();
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    std::uint64_t next = first;
    const auto ask = [&] {
        auto phone = smsc.phone(next++);
        phone.text("000110", "00");
        return phone.delivered();
    };
    REQUIRE(ask() == smpp::status::ok);
    CHECK(has(gateway.get("/readyz"), "HTTP/1.1 200 OK"));

    disk.fill();
    constexpr std::uint64_t most = 500; // the log has some room of its own
    std::optional<smpp::status> answer = smpp::status::ok;
    while (answer == smpp::status::ok && next < first + most)
        answer = ask();
    CHECK(answer == smpp::status::temporary_error);
    const std::uint64_t put_off = next - 1;
    auto at_menu = smsc.phone(next++);
    REQUIRE(at_menu.dial("*105*00#"));
    CHECK(has(at_menu.screen().text, "ничего не изменено"));
    CHECK(has(gateway.get("/readyz"), "HTTP/1.1 503 "));
    CHECK(has(gateway.get("/metrics"), "\nkabinet_store_full 1\n"));
    CHECK(has(gateway.get("/healthz"), "HTTP/1.1 200 OK"));
    CHECK(gateway.running().is_running());

    disk.make_room();
    const bool is_served_again = wait_until([&] { return ask() == smpp::status::ok; }, 15s);
    CHECK(is_served_again);
    CHECK(has(gateway.get("/readyz"), "HTTP/1.1 200 OK"));
    const std::uint64_t served_again = next - 1;
    CHECK(gateway.stop() == 0);

    const auto database = gateway.folder() / "disk/kabinet.db";
    const auto accounts = read_accounts(database, gateway.folder() / "kabinet.key");
    const auto find = [&](std::uint64_t digits) {
        return std::find_if(accounts.begin(), accounts.end(), [digits](const account_row& each) {
            return each.who == msisdn::from_digits(digits);
        });
    };
    for (std::uint64_t each = first; each < put_off; ++each) {
        REQUIRE(find(each) != accounts.end());
        CHECK(is_password(*find(each), password_in(smsc.phone(each).sms().text)));
    }
    CHECK(find(put_off) == accounts.end());
    REQUIRE(find(served_again) != accounts.end());
    CHECK(is_password(*find(served_again), password_in(smsc.phone(served_again).sms().text)));
    CHECK(count_unfinished_sms(database) == 0);
}

} // namespace full_disk_test
