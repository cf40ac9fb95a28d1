#include "gateway/check_command.hpp"

#include "config/check.hpp"
#include "gateway/clocks.hpp"
#include "gateway/control_socket.hpp"
#include "gateway/door/server.hpp"
#include "gateway/door/tls.hpp"
#include "gateway/errand.hpp"
#include "gateway/upstream/client_tls.hpp"
#include "gateway/walk.hpp"
#include "menus/outline_dot.hpp"
#include "menus/outline_tree.hpp"
#include "menus/targets.hpp"
#include "store/keys.hpp"

#include <fmt/format.h>

#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <vector>

namespace kabinet::gateway {

namespace {

constexpr int done = 0;
constexpr int broken = 2;

bool is_writable_folder(const std::filesystem::path& folder) {
    return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0;
}

/// Of what the configuration names, what keeps a gateway from starting on this machine: a pack is checked on
/// others too, so it is a warning.
std::vector<std::string> missing_of(const settings& of) {
    std::vector<std::string> wrong;
    try {
        static_cast<void>(store::keys::read(of.store.key_file));
    } catch (const std::runtime_error& unreadable) {
        wrong.emplace_back(unreadable.what());
    }
    for (const std::filesystem::path& each : {of.store.database, of.cdr})
        if (!each.empty() && !is_writable_folder(each.parent_path()))
            wrong.push_back(each.string() + ": its folder isn't there, or can't be written");
    if (!has_room_for(socket_path(of)))
        wrong.push_back(socket_path(of).string() + ": too long a path for the socket of its commands");
    if (of.door && !is_answered(socket_path(of))) // its port is the gateway's that runs here
        try {
            const door::server tried{{of.door->address, of.door->port}, {}, {}};
        } catch (const std::runtime_error& taken) {
            wrong.emplace_back(taken.what());
        }
    return wrong;
}

/// Whether the files may be used.
bool report(const std::filesystem::path& file) {
    std::vector<finding> findings = config::check(file);
    if (!is_refused(findings))
        if (const auto door = config::load_settings(file).door; door && door->tls)
            static_cast<void>(door::read_tls(*door->tls, findings));
    if (!is_refused(findings)) {
        const settings configured = config::load_settings(file);
        for (const auto* system : {&configured.billing, &configured.network})
            if (*system)
                upstream::check_tls(**system, findings);
    }
    print_findings(findings);
    return !is_refused(findings);
}

/// What a right configuration doesn't do, though its pack's words may promise it.
std::vector<std::string> notes_on(const settings& of, const menus::draft& pack) {
    bool blocks = false;
    menus::visit_targets(pack, [&](const menus::draft_target& leads, bool) {
        const auto does = menus::find_action(leads.does);
        blocks =
            blocks || does == menus::action_kind::block_number || does == menus::action_kind::block_other;
    });
    if (!blocks || of.network)
        return {};
    return {
        "the pack blocks lost numbers, and there is no [network]: their calls and data aren't barred, only "
        "Kabinet's own doors are"};
}

/// A terminal shows nothing of what is typed, as long as it lives. Ctrl-C ends the input meanwhile, so that
/// no terminal is left like that.
class unseen_typing {
  public:
    unseen_typing() {
        if (::tcgetattr(STDIN_FILENO, &was_) != 0)
            return;
        struct sigaction interrupts {};
        interrupts.sa_handler = [](int) {};
        ::sigaction(SIGINT, &interrupts, &interrupted_);
        termios unseen = was_;
        unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &unseen);
        is_changed_ = true;
    }
    ~unseen_typing() {
        if (!is_changed_)
            return;
        ::tcsetattr(STDIN_FILENO, TCSANOW, &was_);
        ::sigaction(SIGINT, &interrupted_, nullptr);
    }
    unseen_typing(const unseen_typing&) = delete;
    unseen_typing& operator=(const unseen_typing&) = delete;

  private:
    termios was_{};
    struct sigaction interrupted_ {};
    bool is_changed_ = false;
};

/// False at the end of input.
bool read_line(const walk& for_it, std::string& line) {
    if (::isatty(STDIN_FILENO) == 0)
        return static_cast<bool>(std::getline(std::cin, line));
    fmt::print("{}> ", for_it.asks_for());
    std::fflush(stdout);
    std::optional<unseen_typing> quiet;
    if (for_it.awaits_secret())
        quiet.emplace();
    const bool is_read = static_cast<bool>(std::getline(std::cin, line));
    if (quiet || !is_read) // nobody saw the line end
        fmt::print("\n");
    return is_read;
}

void print(const walk::lines& lines) {
    for (const std::string& line : lines)
        fmt::print("{}\n", line);
    std::fflush(stdout);
}

language choose_language(const menus::definition& pack, const std::string& wanted) {
    if (wanted.empty())
        return pack.languages.front().code;
    std::string spoken;
    for (const menus::spoken_language& each : pack.languages) {
        if (each.code.code() == wanted)
            return each.code;
        spoken += (spoken.empty() ? "" : ", ") + std::string{each.code.code()};
    }
    throw std::runtime_error{fmt::format("--language {}: the pack has {}", wanted, spoken)};
}

int walk_through(config::configuration all, const check_wish& of) {
    const auto who = normalise(of.walker, all.settings.numbers);
    if (!who)
        throw std::runtime_error{fmt::format("--try {}: {}", of.walker, who.error().message())};
    const bool is_pilot = all.pilot && std::ranges::binary_search(all.pilot_numbers, *who);
    if (is_pilot)
        fmt::print(stderr, "note: {} is a pilot's number and has {}\n", who->text(),
                   all.settings.pilot_pack.string());
    menus::definition pack = std::move(is_pilot ? *all.pilot : all.pack);
    const language reads = choose_language(pack, of.language);
    walk walking{std::move(pack), *who, reads, read_clocks().utc};
    print(walking.begin());
    for (std::string line; read_line(walking, line);) {
        print(walking.take(line));
        wipe(line.data(), line.size());
    }
    return done;
}

} // namespace

void print_findings(const std::vector<finding>& findings) {
    for (const finding& each : findings)
        fmt::print(stderr, "{}\n", describe(each));
    if (has_gap(findings))
        fmt::print(stderr, "more may be told when this is mended: what rests on it wasn't looked at\n");
}

int run_check(const check_wish& of) {
    if (!report(of.file))
        return broken;
    if (!of.walker.empty())
        return walk_through(config::load(of.file), of);
    if (of.pilot && !of.tree && !of.dot)
        throw std::runtime_error{
            "--pilot: stands beside --tree or --dot; both packs are checked in any case"};
    if (of.tree || of.dot) {
        const config::pack_of whose = of.pilot ? config::pack_of::pilots : config::pack_of::everybody;
        const menus::outline outline = menus::outline_of(config::load_draft(of.file, whose));
        fmt::print("{}", of.tree ? menus::draw_tree(outline) : menus::write_dot(outline));
        return done;
    }
    const std::vector<std::string> missing = missing_of(config::load_settings(of.file));
    for (const std::string& each : missing)
        fmt::print(stderr, "warning: serve would not start here: {}\n", each);
    for (const std::string& each :
         notes_on(config::load_settings(of.file), config::load_draft(of.file, config::pack_of::everybody)))
        fmt::print(stderr, "note: {}\n", each);
    fmt::print("{}: well{}\n", of.file.string(),
               missing.empty() ? "" : "; serve would not start on this machine");
    return done;
}

} // namespace kabinet::gateway
