#include "config/check.hpp"
#include "gateway/app.hpp"
#include "gateway/check_command.hpp"
#include "gateway/control_socket.hpp"
#include "gateway/demo.hpp"
#include "gateway/errand.hpp"
#include "gateway/log.hpp"
#include "store/keys.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sys/prctl.h>
#include <sys/resource.h>

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

gateway::read_packs packs_of(config::configuration&& all) {
    gateway::read_packs packs{std::move(all.pack), {}};
    if (all.pilot)
        packs.pilot = gateway::pilot_pack{std::move(*all.pilot), std::move(all.pilot_numbers)};
    return packs;
}

/// What a reload reads: the packs that kabinet.toml names now.
gateway::pack_reader reader_of(const std::filesystem::path& file) {
    return [file](std::vector<finding>& findings) -> std::optional<gateway::read_packs> {
        try {
            config::configuration all = config::load(file);
            findings = std::move(all.warnings);
            return packs_of(std::move(all));
        } catch (const config::broken_configuration& wrong) {
            findings = wrong.findings();
            return std::nullopt;
        }
    };
}

int check(const gateway::check_wish& look) {
    if (!look.walker.empty())
        guard_memory(); // passwords may be typed
    return gateway::run_check(look);
}

int serve(const std::filesystem::path& file) {
    config::configuration all = config::load(file);
    guard_memory();
    const gateway::running_log log{all.settings.log};
    for (const finding& each : all.warnings)
        spdlog::warn("{}", describe(each));
    gateway::settings settings = std::move(all.settings);
    gateway::app app{std::move(settings), packs_of(std::move(all)), reader_of(file)};
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

/// Whoever is in the middle of editing kabinet.toml still reaches the gateway that runs: of the file only the
/// place of its socket is needed.
gateway::settings settings_for_errand(const std::filesystem::path& file) {
    try {
        return config::load_settings(file);
    } catch (const config::broken_configuration&) {
        gateway::settings found;
        found.store.database = config::find_database(file);
        if (found.store.database.empty() || !gateway::is_answered(gateway::socket_path(found)))
            throw;
        fmt::print(stderr, "note: {} is broken, see `kabinet check`; the running gateway is asked\n",
                   file.string());
        return found;
    }
}

/// A running gateway does it; it needs no look at the pack then.
int errand(const std::filesystem::path& file, std::vector<std::string> words) {
    const gateway::settings settings = settings_for_errand(file);
    if (words[0] == "vouchers" && settings.billing) { // before anything is opened
        fmt::print(stderr, "vouchers are the billing system's that [billing] names: bring them in there\n");
        return refused;
    }
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
        settings, [&] { return packs_of(config::load(file)); }, words, has_feed ? &feed : nullptr);
}

struct errand_row {
    const char* name;
    const char* about;
};
constexpr errand_row errands[] = {
    {"status", "Tells how a running gateway is"},
    {"reload", "Has it serve the pack as the files say now"},
    {"maintenance", "on [MINUTES] | off: tells subscribers to come back later; of one action with --action"},
    {"trace", "MSISDN: what happened to one subscriber lately"},
    {"accounts",
     "issue | unblock | block-number | unblock-number MSISDN: a new password by SMS; lifts limits; "
     "blocks a number whose phone is lost, and unblocks it"},
    {"calls", "list | done MSISDN: who is to be called back; that it was done"},
    {"audit", "show MSISDN | verify: what was done on an account; that nobody changed the record, and that\n"
              "all money adds up"},
    {"subscribers",
     "import FILE | export | show MSISDN | erase MSISDN: the operator's feed, CSV (docs/feed.md);\n"
     "one subscriber, money and services too; a person who asks to be forgotten"},
    {"vouchers", "import FILE: codes that subscribers top up with, CSV (docs/feed.md)"},
    {"backup", "FILE: the whole database beside a running gateway; of use only with the key file"},
};

CLI::App* add_check(CLI::App& program, gateway::check_wish& look) {
    CLI::App* checking = program.add_subcommand(
        "check", "Says everything that is wrong in kabinet.toml and the files it names; draws the pack's\n"
                 "menus, or lets you walk them");
    checking->add_option("--config", look.file, "kabinet.toml")->capture_default_str();
    CLI::Option* tree = checking->add_flag(
        "--tree", look.tree, "Draws the menus: codes, keys, and how full each screen is in each language");
    CLI::Option* dot =
        checking->add_flag("--dot", look.dot, "Writes them as a graph for Graphviz: | dot -Tsvg > menus.svg");
    CLI::Option* pilot = checking->add_flag("--pilot", look.pilot, "Draws the pilot pack instead");
    CLI::Option* walk = checking->add_option(
        "--try", look.walker,
        "Walks the menus as that number, a pilot's those of the pilot pack; nothing is done");
    walk->type_name("MSISDN");
    checking->add_option("--language", look.language, "Of that walk, as en; the pack's first without it")
        ->needs(walk);
    tree->excludes(dot)->excludes(walk);
    dot->excludes(walk);
    pilot->excludes(walk); // the number says it
    return checking;
}

/// The parser says of an unknown one only that a known one is missing.
void refuse_unknown(const CLI::App& program, const std::string& word) {
    const auto is_named = [&](const CLI::App* each) { return each->check_name(word); };
    if (!word.empty() && word.front() != '-' && program.get_subcommands(is_named).empty())
        throw std::runtime_error{"there is no command " + word + "; kabinet --help lists those there are"};
}

} // namespace

int main(int count, char** words) {
    CLI::App program{"Kabinet: self-care for a mobile operator's subscribers, by USSD and SMS over SMPP 3.4"};
    program.require_subcommand(1);
    program.set_version_flag("--version", "kabinet " KABINET_VERSION);
    std::filesystem::path config_file = "kabinet.toml";
    std::filesystem::path key_file;

    CLI::App* serving = program.add_subcommand("serve", "Binds to the SMSCs and answers subscribers");
    serving->add_option("--config", config_file, "kabinet.toml")->capture_default_str();
    gateway::check_wish look;
    const CLI::App* checking = add_check(program, look);
    CLI::App* showing = program.add_subcommand("demo", "Plays a story with a simulated SMSC, then lends you "
                                                       "a phone, in the terminal and in a browser; leaves "
                                                       "nothing behind");
    showing->add_option("--config", config_file, "kabinet.toml, for its pack")->capture_default_str();
    CLI::App* making_key = program.add_subcommand("keygen", "Makes a key file, readable by its owner only");
    making_key->add_option("file", key_file, "The file to make")->required();

    std::vector<std::string> asked;
    std::string closed_action;
    std::string closed_until;
    for (const errand_row& each : errands) {
        CLI::App* taken = program.add_subcommand(each.name, each.about);
        taken->add_option("--config", config_file, "kabinet.toml")->capture_default_str();
        taken->add_option("words", asked, "what follows");
        if (std::string_view{each.name} == "maintenance") {
            taken->add_option("--action", closed_action,
                              "Of this one alone, as take_promise; the rest goes on");
            taken->add_option("--until", closed_until, "When it ends, as 12:00 in the pack's time zone");
        }
    }

    try {
        refuse_unknown(program, count > 1 ? words[1] : "");
        program.parse(count, words);
        if (serving->parsed())
            return serve(config_file);
        if (checking->parsed())
            return check(look);
        if (showing->parsed())
            return demo(config_file);
        if (making_key->parsed())
            return keygen(key_file);
        asked.insert(asked.begin(), program.get_subcommands().front()->get_name());
        for (const auto& [name, value] : {std::pair{"--action", closed_action}, {"--until", closed_until}})
            if (!value.empty())
                asked.insert(asked.end(), {name, value});
        return errand(config_file, asked);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? done : broken;
    } catch (const config::broken_configuration& wrong) {
        gateway::print_findings(wrong.findings());
        return broken;
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "kabinet: {}\n", wrong.what());
        return broken;
    }
}
