// `kabinet serve` as its operator runs it: a folder with the shipped configuration, a key, links to the
// centres of a test. What it wrote stays in the folder from one start to the next.
#pragma once

#include "tests/support/process.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kabinet::tests {

/// For tests that ask for many passwords at once: on a busy machine they'd wait longer than the shipped
/// limit, and some would be told "busy".
inline const std::string hashes_however_many = "[limits]\nhash_queue_ms = 60000\n";

struct gateway_link {
    std::uint16_t port = 0;
    std::string name = "main";
    std::string more = {}; // further lines of its [[smsc]] table
};

/// How a command ended and what it said, complaints included.
struct command_answer {
    int code = -1;
    std::string text;
};

class gateway_process {
  public:
    /// `program` is the kabinet of this build, `config` the shipped folder.
    gateway_process(const std::vector<gateway_link>&, const std::string& more_settings = {});

    /// Before the start: the portal's door, on any port of loopback.
    void open_door() const;
    void start();
    /// SIGTERM; its exit code.
    [[nodiscard]] std::optional<int> stop();
    void kill();

    /// `kabinet WORDS --config` of this folder, whether the gateway runs or not.
    [[nodiscard]] command_answer command(std::vector<std::string> words) const;

    /// What the door answers, head and all. Waits until it is open; throws where that doesn't come.
    [[nodiscard]] std::string get(std::string_view path) const;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::string log() const { return read_whole(folder() / "log"); }
    /// Every octet it left behind, for looking for what must not be there: database, WAL, call records, log.
    [[nodiscard]] std::string everything() const;
    [[nodiscard]] process& running() { return *process_; }

  private:
    temporary_folder folder_;
    std::unique_ptr<process> process_;
};

} // namespace kabinet::tests
