// kabinet-sim: an SMSC and USSD centre on the command line, to play a script, to carry a load, or to hold a
// phone in the terminal; and the billing system that an operator would have beside it.
#include "simulator/arguments.hpp"
#include "simulator/billing_arguments.hpp"
#include "simulator/billing_journal.hpp"
#include "simulator/handset.hpp"
#include "simulator/play.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <thread>

namespace {

namespace asio = boost::asio;
namespace simulator = kabinet::simulator;
using simulator::arguments;

constexpr int exit_done = 0;
constexpr int exit_refused = 1;
constexpr int exit_broken = 2;

/// A centre that listens as the arguments say, and its loop.
struct stage {
    explicit stage(const arguments& given)
        : centre{io, simulator::read_links(given), simulator::read_dialect(given)} {
        simulator::write_port_file(given, centre.port());
    }

    /// Runs the loop until the coroutine is done; returns or throws what it does.
    template <class Result>
    Result run(asio::awaitable<Result> playing) {
        std::optional<Result> result;
        asio::co_spawn(io, std::move(playing), [&](std::exception_ptr broken, Result got) {
            // what was just taken from the gateway is still answered
            asio::post(io, [this] { asio::post(io, [this] { io.stop(); }); });
            if (broken)
                std::rethrow_exception(broken);
            result = std::move(got);
        });
        io.run();
        return std::move(result.value());
    }

    asio::io_context io;
    simulator::centre centre;
};

simulator::surroundings surround(const arguments& given) {
    simulator::surroundings around;
    if (auto door = simulator::read_portal(given))
        around.door.emplace(std::move(*door));
    if (!given.clock_file.empty())
        around.clock.emplace(given.clock_file,
                             std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
    return around;
}

/// One after the other for the same gateway; the exit code.
asio::awaitable<int> play_each(simulator::centre& on, const arguments& given,
                               const std::vector<simulator::script>& scripts) {
    const auto bind_wait = simulator::read_bind_wait(given);
    int code = exit_done;
    for (std::size_t which = 0; which < scripts.size(); ++which) {
        simulator::surroundings around = surround(given);
        const auto failed = co_await simulator::play(on, scripts[which], bind_wait, std::move(around));
        if (!failed)
            continue;
        const std::string& file = given.script_files[which];
        fmt::print(stderr, "{}: {}\n", failed->line == 0 ? file : fmt::format("{}:{}", file, failed->line),
                   failed->what);
        code = exit_refused;
    }
    co_return code;
}

int play(const arguments& given) {
    std::vector<simulator::script> scripts;
    for (const std::string& file : given.script_files)
        scripts.push_back(simulator::read_script(given, file));
    stage on{given};
    return on.run(play_each(on.centre, given, scripts));
}

int carry_load(const arguments& given) {
    const simulator::load_settings settings = simulator::read_load(given);
    const auto bind_wait = simulator::read_bind_wait(given);
    stage on{given};
    const auto report = on.run(simulator::carry(on.centre, settings, bind_wait));
    if (!report) {
        fmt::print(stderr, "no gateway has bound within {}\n", given.bind_wait);
        return exit_refused;
    }
    fmt::print("{}\n", given.json ? as_json(*report) : as_table(*report));
    return report->finished == given.dialogues ? exit_done : exit_refused;
}

/// Until the terminal's input ends.
int serve(const arguments& given) {
    stage on{given};
    simulator::handset phone{on.centre, simulator::read_subscriber(given), std::cout};
    on.centre.watch([&phone](const simulator::event& what) { phone.see(what); });
    fmt::print("An SMSC and USSD centre listens on port {}.\n", on.centre.port());
    std::fflush(stdout);
    phone.greet();
    std::thread terminal{[&] {
        for (std::string line; std::getline(std::cin, line);)
            asio::post(on.io, [&phone, line] { phone.read_line(line); });
        asio::post(on.io, [&on] { on.io.stop(); });
    }};
    on.io.run();
    terminal.join();
    return exit_done;
}

/// Until a signal ends it.
int keep_books(const arguments& given) {
    simulator::billing_books books{simulator::read_books(given.billing)};
    std::unique_ptr<simulator::billing_journal> journal;
    if (!given.billing.journal_file.empty())
        journal = simulator::keep_in(given.billing.journal_file, books);
    if (journal && journal->octets_cut() != 0)
        fmt::print(stderr, "{}: its last line was torn and is cut off, {} octets\n",
                   given.billing.journal_file, journal->octets_cut());
    asio::io_context io;
    simulator::billing_server server{io, simulator::read_server(given.billing), books};
    server.faults() = simulator::read_faults(given.billing);
    simulator::write_port_file(given, server.port());
    asio::signal_set ending{io, SIGINT, SIGTERM};
    ending.async_wait([&io](const boost::system::error_code&, int) { io.stop(); });
    fmt::print("A billing system listens on port {}.\n", server.port());
    std::fflush(stdout);
    io.run();
    fmt::print("{}\n", describe(books.figures(), server.figures()));
    return exit_done;
}

void add_centre_options(CLI::App& to, arguments& given) {
    to.add_option("--listen", given.listen, "where the gateway binds, ADDRESS:PORT; port 0 takes any")
        ->capture_default_str();
    to.add_option("--port-file", given.port_file, "write the port there once it is open");
    to.add_option("--dialect", given.dialect_file, "how the centre speaks, a file as in config/dialects");
    to.add_option("--system-id", given.system_id, "take only this login");
    to.add_option("--password-file", given.password_file, "take only this password");
}

void add_portal_options(CLI::App& to, arguments& given) {
    to.add_option(
        "--portal", given.portal,
        "the gateway's door, ADDRESS:PORT on loopback, for a script's lines 'portal' and 'operator'");
    to.add_option("--portal-token-file", given.portal_token_file, "its first line is the portal's token");
    to.add_option("--operator-token-file", given.operator_token_file,
                  "and that of the operator's systems which tell of new SIMs and owners");
}

void add_clock_option(CLI::App& to, arguments& given) {
    to.add_option(
        "--clock-file", given.clock_file,
        "for a script's lines 'later': where libfaketime, before the gateway, reads how far the clock "
        "is ahead");
}

void add_bind_wait(CLI::App& to, arguments& given) {
    to.add_option("--bind-wait", given.bind_wait, "how long the gateway may take to bind")
        ->capture_default_str();
}

void add_load_options(CLI::App& to, arguments& given) {
    to.add_option("--dialogues", given.dialogues, "how many, each by a subscriber of its own")
        ->capture_default_str()
        ->check(CLI::Range(1U, 100'000'000U));
    to.add_option("--subscribers", given.subscribers, "so many take turns at the dialogues instead")
        ->check(CLI::Range(2U, 100'000'000U));
    to.add_option("--window", given.window, "how many at once")
        ->capture_default_str()
        ->check(CLI::Range(1U, 10'000U));
    to.add_option("--dial", given.code, "the code everyone dials")->required();
    to.add_option("--answer", given.answers, "an answer to the next screen; may be given again");
    to.add_option(
        "--expect", given.expected,
        "how the last screen begins: dialogues that end otherwise are counted apart, and their last "
        "step is in no figure");
    to.add_option("--from", given.from, "the first subscriber's number")->capture_default_str();
    to.add_flag("--leave-open", given.leaves_open, "don't hang up after the last answer");
    to.add_flag("--json", given.json, "report as one line of JSON");
}

void add_books_options(CLI::App& to, arguments& given) {
    simulator::billing_arguments& billing = given.billing;
    to.add_option("--listen", billing.listen, "where it is asked, ADDRESS:PORT on loopback; port 0 takes any")
        ->capture_default_str();
    to.add_option("--port-file", given.port_file, "write the port there once it is open");
    to.add_option("--token-file", billing.token_file, "its first line is the token that is asked for")
        ->required();
    to.add_option("--journal", billing.journal_file,
                  "keep the books there, through kill -9 too; without it they end with the process");
    to.add_option("--opening", billing.opening, "what a number has that is asked for the first time")
        ->capture_default_str();
    to.add_option("--points", billing.points, "and its bonus points")->capture_default_str();
    to.add_option("--vouchers", billing.vouchers_file,
                  "its vouchers, a file as 'kabinet vouchers import' takes it");
    to.add_option("--stranger", billing.strangers, "a number that is nobody's; may be given again");
}

void add_share(CLI::App& to, const char* name, double& share, const char* what) {
    to.add_option(name, share, what)->check(CLI::Range(0.0, 1.0));
}

/// Shares are parts of 1: 0.05 is every twentieth.
void add_fault_options(CLI::App& to, simulator::billing_arguments& given) {
    simulator::billing_faults& faults = given.faults;
    to.add_option("--seed", given.seed, "of what is drawn")->capture_default_str();
    add_share(to, "--late-share", faults.operations.late,
              "of 1, what share of PUT, GET and DELETE of operations is answered late");
    to.add_option("--late-for", given.late_for, "and by how long")->capture_default_str();
    add_share(to, "--fail-share", faults.operations.failed, "answered 500, and not done");
    add_share(to, "--mute-share", faults.operations.mute,
              "done and never answered: the connection is cut, or held open in silence, half each");
    add_share(to, "--rubbish-share", faults.operations.rubbish, "done and answered with what is no answer");
    add_share(to, "--turn-away-share", faults.turned_away, "PUT: answered 429, and not done");
    add_share(to, "--swallow-share", faults.swallowed, "PUT: not done and never answered, as --mute-share");
    add_share(to, "--afterwards-share", faults.afterwards, "PUT: never answered, and done some time later");
    to.add_option("--afterwards-for", given.afterwards_for, "and how much later at most")
        ->capture_default_str();
    add_share(to, "--open-share", faults.begun, "PUT: answered 202, and ended some time later");
    to.add_option("--open-for", given.begun_for, "and how much later at most")->capture_default_str();
    add_share(to, "--read-late-share", faults.reads.late, "of accounts: answered late");
    add_share(to, "--read-fail-share", faults.reads.failed, "of accounts: answered 500");
    add_share(to, "--read-mute-share", faults.reads.mute, "of accounts: never answered");
    add_share(to, "--read-rubbish-share", faults.reads.rubbish, "of accounts: answered with no answer");
}

int run(int count, char** words) {
    arguments given;
    CLI::App app{"An SMSC and USSD centre for people without one", "kabinet-sim"};
    app.require_subcommand(1);
    CLI::App& playing = *app.add_subcommand("play", "play a scripted conversation with a gateway that binds");
    playing.add_option("file", given.script_files, "scripts, see docs/transcripts.md; one after the other")
        ->required();
    add_portal_options(playing, given);
    add_clock_option(playing, given);
    CLI::App& loading = *app.add_subcommand("load", "dial as many subscribers and report how long it took");
    add_load_options(loading, given);
    CLI::App& serving = *app.add_subcommand("serve", "a centre with a phone in this terminal");
    serving.add_option("--subscriber", given.subscriber, "whose phone it is")->capture_default_str();
    CLI::App& billing =
        *app.add_subcommand("billing", "a billing system that misbehaves, see docs/billing.md");
    add_books_options(billing, given);
    add_fault_options(billing, given.billing);
    for (CLI::App* each : {&playing, &loading, &serving})
        add_centre_options(*each, given);
    for (CLI::App* each : {&playing, &loading})
        add_bind_wait(*each, given);

    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? exit_done : exit_broken;
    }
    try {
        if (playing.parsed())
            return play(given);
        if (billing.parsed())
            return keep_books(given);
        return loading.parsed() ? carry_load(given) : serve(given);
    } catch (const boost::system::system_error& refused) {
        const std::string& where = billing.parsed() ? given.billing.listen : given.listen;
        throw simulator::broken_arguments{fmt::format("{}: {}", where, refused.code().message())};
    }
}

} // namespace

int main(int count, char** words) {
    try {
        return run(count, words);
    } catch (const std::exception& broken) {
        fmt::print(stderr, "{}\n", broken.what());
        return exit_broken;
    }
}
