#include "tests/support/billing_process.hpp"

#include "simulator/billing_line.hpp"

#include <fmt/format.h>

#include <csignal>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace kabinet::tests {

using namespace std::chrono_literals;

namespace {

constexpr auto start_limit = 30s; // its journal may be long by then
constexpr auto end_limit = 10s;

std::optional<std::uint16_t> port_in(const std::string& said) {
    constexpr std::string_view before = "A billing system listens on port ";
    const auto at = said.find(before);
    if (at == std::string::npos || said.find('\n', at) == std::string::npos)
        return std::nullopt;
    return static_cast<std::uint16_t>(std::stoi(said.substr(at + before.size())));
}

} // namespace

billing_process::billing_process(const std::string& vouchers, std::vector<std::string> options)
    : options_{std::move(options)} {
    write_whole(file("token"), std::string{token} + '\n');
    write_whole(file("vouchers.csv"), vouchers);
}

void billing_process::start(const std::vector<std::string>& faults) {
    std::vector<std::string> command{KABINET_SIM_PROGRAM, "billing",
                                     "--listen",          fmt::format("127.0.0.1:{}", port_),
                                     "--token-file",      file("token").string(),
                                     "--vouchers",        file("vouchers.csv").string(),
                                     "--journal",         file("journal").string()};
    command.insert(command.end(), options_.begin(), options_.end());
    command.insert(command.end(), faults.begin(), faults.end());
    std::filesystem::remove(file("said"));
    process_ = std::make_unique<process>(command, file("said"));
    std::optional<std::uint16_t> port;
    const bool listens = wait_until(
        [&] { return (port = port_in(said())).has_value() || !process_->is_running(); }, start_limit);
    if (!listens || !port)
        throw std::runtime_error{"the billing system doesn't start: " + said()};
    port_ = *port;
}

void billing_process::kill() {
    process_->send(SIGKILL);
    (void)process_->wait(end_limit);
}

std::string billing_process::end() {
    process_->send(SIGTERM);
    if (process_->wait(end_limit) != 0)
        throw std::runtime_error{"the billing system doesn't end as it should: " + said()};
    const std::string all = said();
    const auto last = all.rfind('\n', all.size() - 2);
    return all.substr(last == std::string::npos ? 0 : last + 1);
}

std::vector<simulator::billing_change> billing_process::journal() const {
    std::vector<simulator::billing_change> steps;
    std::istringstream lines{read_whole(file("journal"))};
    for (std::string each; std::getline(lines, each);) {
        auto read = simulator::read_line(each);
        if (!read)
            throw std::runtime_error{"no line of a billing journal: " + each};
        steps.push_back(std::move(*read));
    }
    return steps;
}

} // namespace kabinet::tests
