// `kabinet-sim billing` as a process of its own, with a journal that outlives it: killed, and started again
// at the same port to misbehave in another way.
#pragma once

#include "simulator/billing_change.hpp"
#include "tests/support/process.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::tests {

class billing_process {
  public:
    static constexpr std::string_view token = "fake-billing-token-0123456789abcdef";

    /// `vouchers` is a file of them, whole. `options` hold for each start.
    billing_process(const std::string& vouchers, std::vector<std::string> options);

    /// Listens when it returns; at any port for the first time. Throws when it doesn't come so far.
    void start(const std::vector<std::string>& faults = {});
    void kill();
    /// SIGTERM; the line with which it ends. Throws when it doesn't end with 0.
    [[nodiscard]] std::string end();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Every step of its books up to now. Throws at a line that is none.
    [[nodiscard]] std::vector<simulator::billing_change> journal() const;

  private:
    [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_.path() / name; }
    [[nodiscard]] std::string said() const { return read_whole(file("said")); }

    temporary_folder folder_;
    std::vector<std::string> options_;
    std::uint16_t port_ = 0;
    std::unique_ptr<process> process_;
};

} // namespace kabinet::tests
