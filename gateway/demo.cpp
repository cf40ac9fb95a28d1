#include "gateway/demo.hpp"

#include "gateway/demo/page.hpp"
#include "gateway/demo/story.hpp"
#include "gateway/demo/voucher.hpp"
#include "gateway/demo/ways.hpp"
#include "store/keys.hpp"
#include "store/secrets.hpp"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

namespace kabinet::gateway {

namespace {

constexpr auto subscriber = msisdn::from_digits(79261112233);

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

/// The page is told what the phone on the stage sees, as long as both are there.
class showing {
  public:
    showing(demo::stage& on, demo::page& to)
        : on_{on} {
        on_.play_to([&to](demo::phone_event what) { to.tell(std::move(what)); });
    }
    ~showing() { on_.play_to(nullptr); }
    showing(const showing&) = delete;
    showing& operator=(const showing&) = delete;

  private:
    demo::stage& on_;
};

demo::phone_keys keys_of(demo::stage& on) {
    return {[&on](std::string text) { on.key_in(std::move(text)); },
            [&on](std::string to, std::string text) { on.send_sms(std::move(to), std::move(text)); },
            [&on] { on.hang_up(); }};
}

/// Of this run alone: whoever isn't in this process has to guess it.
secret draw_token() {
    constexpr std::size_t letters = 40;
    constexpr auto letters_to_draw = static_cast<std::uint32_t>(store::password_letters.size());
    std::string drawn(letters, ' ');
    for (char& each : drawn)
        each = store::password_letters[store::draw_from_system(letters_to_draw)];
    secret token{drawn};
    wipe(drawn.data(), drawn.size());
    return token;
}

/// The door of the demo's own portal, on loopback.
door_settings door_for(const secret& token) {
    std::vector<secret> known;
    known.push_back(token.clone());
    door_settings made;
    made.tokens = std::make_shared<const std::vector<secret>>(std::move(known));
    made.has_account = true;
    made.speaks_plain_text = true; // cookies that say Secure aren't kept by every browser on loopback
    return made;
}

settings for_demo(settings given, const std::filesystem::path& folder, std::uint16_t port,
                  const secret& token) {
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
    given.door = door_for(token);
    given.billing.reset(); // nothing that is played here reaches a system of the operator's
    given.network.reset();
    given.known = accounts_known::first_dial; // no feed knows the phone
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

void print_addresses(std::uint16_t phone, std::uint16_t door) {
    fmt::print("A phone for your browser:  http://127.0.0.1:{}/\n", phone);
    fmt::print("A portal to log in to:     http://127.0.0.1:{}/account\n", door);
    fmt::print("The portal's door, its API: http://127.0.0.1:{}/v1/ (docs/openapi.yaml)\n", door);
    std::fflush(stdout);
}

/// What there is to play with, apart from who plays.
struct playbill {
    demo::login_rules rules;
    std::optional<demo::voucher> lent;
    demo::ways of;
};

playbill make_playbill(const menus::definition& pack) {
    playbill made{{pack.allowed.wrong_passwords, pack.logins.is_once}, demo::draw_voucher(pack), {}};
    made.of = demo::find_ways(pack, made.lent);
    return made;
}

void play(demo::stage& on, const demo::portal& by, const playbill& bill, app& gateway,
          const std::atomic<bool>& is_over) {
    if (!on.wait_bound()) {
        fmt::print("The gateway didn't bind to the simulated SMSC.\n");
        return gateway.end();
    }
    demo::tell_story(on, by, bill.of, bill.rules);
    fmt::print("{}", demo::propose(bill.of, bill.lent));
    std::fflush(stdout);
    on.greet();
    while (const auto line = read_line([&] { return is_over.load(); }))
        on.type(*line);
    gateway.end();
}

} // namespace

int run_demo(settings given, menus::definition pack, pack_reader reader) {
    pack.allowed.passwords_per_hour = pack.allowed.passwords_per_day = 30; // whoever tries it tries it often
    const playbill bill = make_playbill(pack);
    const scratch_folder folder;
    const secret token = draw_token();
    demo::stage on{given.links.empty() ? smpp::dialect{} : given.links.front().speaks, subscriber, std::cout,
                   demo::write_hint(bill.of)};
    demo::page phone{subscriber, bill.of, keys_of(on)};
    const showing on_page{on, phone};
    store::generate_key_file(folder.path() / "kabinet.key");
    settings made = for_demo(std::move(given), folder.path(), on.port(), token);
    if (bill.lent)
        demo::bring_in(*bill.lent, made.store);
    app gateway{std::move(made), read_packs{std::move(pack), {}}, std::move(reader)};
    const demo::portal by{gateway.door_port().value(), token};
    print_addresses(phone.port(), gateway.door_port().value());
    std::atomic<bool> is_over = false;
    std::thread player{[&] { play(on, by, bill, gateway, is_over); }};
    const int code = gateway.run();
    is_over = true;
    player.join();
    return code;
}

} // namespace kabinet::gateway
