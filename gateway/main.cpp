#include "config/check.hpp"
#include "gateway/app.hpp"
#include "gateway/demo.hpp"
#include "gateway/log.hpp"
#include "store/keys.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace {

using namespace kabinet;

// Exit codes that stay: 0 done, 1 refused, 2 broken input or configuration.
constexpr int done = 0;
constexpr int refused = 1;
constexpr int broken = 2;

int check(const std::filesystem::path& file) {
    const std::vector<finding> findings = config::check(file);
    for (const finding& each : findings)
        fmt::print(stderr, "{}\n", config::describe(each));
    if (is_refused(findings))
        return broken;
    fmt::print("{}: well\n", file.string());
    return done;
}

int serve(const std::filesystem::path& file) {
    config::configuration all = config::load(file);
    gateway::guard_memory();
    gateway::start_log(all.settings.log);
    for (const finding& each : all.warnings)
        spdlog::warn("{}", config::describe(each));
    int code = done;
    try {
        gateway::app app{std::move(all.settings), std::move(all.pack)};
        code = app.run();
    } catch (...) {
        gateway::stop_log();
        throw;
    }
    gateway::stop_log();
    return code;
}

int demo(const std::filesystem::path& file) {
    config::configuration all = config::load(file);
    gateway::guard_memory();
    all.settings.log.level = gateway::log_level::error; // the terminal is the phone's
    gateway::start_log(all.settings.log);
    const int code = gateway::run_demo(std::move(all.settings), std::move(all.pack));
    gateway::stop_log();
    return code;
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
    CLI::App* showing = program.add_subcommand(
        "demo",
        "Plays a conversation with a simulated SMSC, then lends you a handset; leaves nothing behind");
    showing->add_option("--config", config_file, "kabinet.toml, for its pack")->capture_default_str();
    CLI::App* making_key = program.add_subcommand("keygen", "Makes a key file, readable by its owner only");
    making_key->add_option("file", key_file, "The file to make")->required();

    try {
        program.parse(count, words);
        if (serving->parsed())
            return serve(config_file);
        if (checking->parsed())
            return check(config_file);
        if (showing->parsed())
            return demo(config_file);
        return keygen(key_file);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? done : broken;
    } catch (const config::broken_configuration& wrong) {
        for (const finding& each : wrong.findings())
            fmt::print(stderr, "{}\n", config::describe(each));
        return broken;
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "kabinet: {}\n", wrong.what());
        return broken;
    }
}
