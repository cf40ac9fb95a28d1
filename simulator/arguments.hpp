// What the command line asks of the simulator, as settings: files are read here, and what is wrong with
// them is told. Binds and plays nothing.
#pragma once

#include "simulator/argument_words.hpp"
#include "simulator/billing_arguments.hpp"
#include "simulator/links.hpp"
#include "simulator/load.hpp"
#include "simulator/portal.hpp"
#include "simulator/script.hpp"
#include "smpp/dialect.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace kabinet::simulator {

/// The words of the command line, as they came.
struct arguments {
    std::string listen = "127.0.0.1:2775";
    std::string port_file;
    std::string system_id;
    std::string password_file;
    std::string dialect_file;
    std::string bind_wait = "30s";

    std::vector<std::string> script_files; // and below, of play
    std::string portal;
    std::string portal_token_file;
    std::string operator_token_file;
    std::string clock_file;

    std::string subscriber = "79261112233"; // of serve

    std::string from = "79260000000"; // and below, of load
    std::string code;
    std::vector<std::string> answers;
    std::string expected;
    std::uint32_t dialogues = 1000;
    std::uint32_t subscribers = 0;
    std::uint32_t window = 100;
    bool leaves_open = false;
    bool json = false;

    billing_arguments billing;
};

// All but the last throw broken_arguments.
[[nodiscard]] links_settings read_links(const arguments&);
[[nodiscard]] smpp::dialect read_dialect(const arguments&);
/// One of its files. Refused where the arguments lack what a step of it needs: a door, its token, a clock.
[[nodiscard]] script read_script(const arguments&, const std::string& file);
[[nodiscard]] std::optional<portal_settings> read_portal(const arguments&);
[[nodiscard]] load_settings read_load(const arguments&);
[[nodiscard]] msisdn read_subscriber(const arguments&);
[[nodiscard]] std::chrono::milliseconds read_bind_wait(const arguments&);
/// Whoever waits for the file finds it whole. Writes nothing when none was asked for. Throws
/// std::runtime_error with one line when it can't be written.
void write_port_file(const arguments&, std::uint16_t port);

} // namespace kabinet::simulator
