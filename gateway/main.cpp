#include "config/check.hpp"
#include "gateway/app.hpp"
#include "gateway/demo.hpp"
#include "gateway/door/tls.hpp"
#include "gateway/errand.hpp"
#include "gateway/log.hpp"
#include "store/keys.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace {

using namespace kabinet;

// Exit codes that stay: 0 done, 1 refused, 2 broken input or configuration.
constexpr int done = 0;
constexpr int refused = 1;
constexpr int broken = 2;

/// No core file and no debugger of another user: both would show passwords.
void guard_memory() {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

/// What a reload reads: the pack that kabinet.toml names now.
gateway::pack_reader reader_of(const std::filesystem::path& file) {
    return [file](std::vector<finding>& findings) -> std::optional<menus::definition> {
        try {
            config::configuration all = config::load(file);
            findings = std::move(all.warnings);
            return std::move(all.pack);
        } catch (const config::broken_configuration& wrong) {
            findings = wrong.findings();
            return std::nullopt;
        }
    };
}

bool is_writable_folder(const std::filesystem::path& folder) {
    return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0;
}

/// Of what the configuration names, what keeps a gateway from starting on this machine: a pack is checked on
/// others too, so it is a warning.
std::vector<std::string> missing_of(const gateway::settings& settings) {
    std::vector<std::string> wrong;
    try {
        static_cast<void>(store::keys::read(settings.store.key_file));
    } catch (const std::runtime_error& unreadable) {
        wrong.emplace_back(unreadable.what());
    }
    for (const std::filesystem::path& each : {settings.store.database, settings.cdr})
        if (!each.empty() && !is_writable_folder(each.parent_path()))
            wrong.push_back(each.string() + ": its folder isn't there, or can't be written");
    return wrong;
}

int check(const std::filesystem::path& file) {
    std::vector<finding> findings = config::check(file);
    if (!is_refused(findings))
        if (const auto door = config::load_settings(file).door; door && door->tls)
            static_cast<void>(gateway::door::read_tls(*door->tls, findings));
    for (const finding& each : findings)
        fmt::print(stderr, "{}\n", describe(each));
    if (is_refused(findings))
        return broken;
    for (const std::string& each : missing_of(config::load_settings(file)))
        fmt::print(stderr, "warning: serve would not start here: {}\n", each);
    fmt::print("{}: well\n", file.string());
    return done;
}

int serve(const std::filesystem::path& file) {
    config::configuration all = config::load(file);
    guard_memory();
    const gateway::running_log log{all.settings.log};
    for (const finding& each : all.warnings)
        spdlog::warn("{}", describe(each));
    gateway::app app{std::move(all.settings), std::move(all.pack), reader_of(file)};
    return app.run();
}

int demo(const std::filesystem::path& file) {
    config::configuration all = config::load(file);
    guard_memory();
    all.settings.log.level = gateway::log_level::error; // the terminal is the phone's
    const gateway::running_log log{all.settings.log};
    return gateway::run_demo(std::move(all.settings), std::move(all.pack), reader_of(file));
}

int keygen(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) {
        fmt::print(stderr, "{}: is there already; what it sealed could not be opened any more\n",
                   file.string());
        return refused;
    }
    store::generate_key_file(file);
    return done;
}

/// A running gateway does it; it needs no look at the pack then.
int errand(const std::filesystem::path& file, std::vector<std::string> words) {
    const gateway::settings settings = config::load_settings(file);
    std::ifstream feed;
    const bool has_feed =
        words.size() > 2 && (words[0] == "subscribers" || words[0] == "vouchers") && words[1] == "import";
    if (has_feed) {
        feed.open(words[2]);
        if (!feed)
            throw std::runtime_error{words[2] + ": can't be read"};
    }
    if (words.size() > 1 && words[0] == "backup") // the gateway stands in another folder
        words[1] = std::filesystem::absolute(words[1]).string();
    guard_memory();
    return gateway::run_errand(
        settings, [&] { return config::load(file).pack; }, words, has_feed ? &feed : nullptr);
}

struct errand_row {
    const char* name;
    const char* about;
};
constexpr errand_row errands[] = {
    {"status", "Tells how a running gateway is"},
    {"reload", "Has it serve the pack as the files say now"},
    {"maintenance", "on [MINUTES] | off: tells subscribers to come back later"},
    {"trace", "MSISDN: what happened to one subscriber lately"},
    {"accounts", "issue | unblock MSISDN: a new password by SMS; lifts limits"},
    {"audit", "show MSISDN | verify: what was done on an account; that nobody changed the record, and that\n"
              "all money adds up"},
    {"subscribers",
     "import FILE | export | show MSISDN | erase MSISDN: the operator's feed, CSV (docs/feed.md);\n"
     "one subscriber; a person who asks to be forgotten"},
    {"vouchers", "import FILE: codes that subscribers top up with, CSV (docs/feed.md)"},
    {"backup", "FILE: the whole database beside a running gateway; of use only with the key file"},
};

} // namespace

int main(int count, char** words) {
    CLI::App program{"Kabinet: self-care for a mobile operator's subscribers, by USSD and SMS over SMPP 3.4"};
    program.require_subcommand(1);
    program.set_version_flag("--version", "kabinet " KABINET_VERSION);
    std::filesystem::path config_file = "kabinet.toml";
    std::filesystem::path key_file;

    CLI::App* serving = program.add_subcommand("serve", "Binds to the SMSCs and answers subscribers");
    serving->add_option("--config", config_file, "kabinet.toml")->capture_default_str();
    CLI::App* checking = program.add_subcommand(
        "check", "Says everything that is wrong in kabinet.toml and the files it names");
    checking->add_option("--config", config_file, "kabinet.toml")->capture_default_str();
    CLI::App* showing = program.add_subcommand("demo", "Plays a story with a simulated SMSC, then lends you "
                                                       "a phone, in the terminal and in a browser; leaves "
                                                       "nothing behind");
    showing->add_option("--config", config_file, "kabinet.toml, for its pack")->capture_default_str();
    CLI::App* making_key = program.add_subcommand("keygen", "Makes a key file, readable by its owner only");
    making_key->add_option("file", key_file, "The file to make")->required();

    std::vector<std::string> asked;
    for (const errand_row& each : errands) {
        CLI::App* taken = program.add_subcommand(each.name, each.about);
        taken->add_option("--config", config_file, "kabinet.toml")->capture_default_str();
        taken->add_option("words", asked, "what follows");
    }

    try {
        program.parse(count, words);
        if (serving->parsed())
            return serve(config_file);
        if (checking->parsed())
            return check(config_file);
        if (showing->parsed())
            return demo(config_file);
        if (making_key->parsed())
            return keygen(key_file);
        asked.insert(asked.begin(), program.get_subcommands().front()->get_name());
        return errand(config_file, asked);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? done : broken;
    } catch (const config::broken_configuration& wrong) {
        for (const finding& each : wrong.findings())
            fmt::print(stderr, "{}\n", describe(each));
        return broken;
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "kabinet: {}\n", wrong.what());
        return broken;
    }
}
