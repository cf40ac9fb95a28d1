// The whole configuration at once: what `kabinet check` prints and `kabinet serve` starts with.
#pragma once

#include "gateway/settings.hpp"
#include "menus/draft.hpp"
#include "values/finding.hpp"
#include "values/msisdn.hpp"

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace kabinet::config {

struct configuration {
    gateway::settings settings;
    menus::definition pack;
    std::optional<menus::definition> pilot; // for these numbers alone
    std::vector<msisdn> pilot_numbers;
    std::vector<finding> warnings;
};

/// What is wrong in kabinet.toml, the files it names and the pack, warnings too. Empty when all is well.
[[nodiscard]] std::vector<finding> check(const std::filesystem::path& kabinet_toml);

/// A start that can't be: all that `check` says, in one exception.
class broken_configuration : public std::runtime_error {
  public:
    explicit broken_configuration(std::vector<finding>);
    [[nodiscard]] const std::vector<finding>& findings() const { return findings_; }

  private:
    std::vector<finding> findings_;
};

/// Throws `broken_configuration`.
[[nodiscard]] configuration load(const std::filesystem::path& kabinet_toml);

enum class pack_of { everybody, pilots };

/// That pack as its files say it, for who looks at it. Throws `broken_configuration`, also where pilots have
/// none.
[[nodiscard]] menus::draft load_draft(const std::filesystem::path& kabinet_toml, pack_of);

/// kabinet.toml alone, without its pack: enough to find a gateway that runs. Throws `broken_configuration`.
[[nodiscard]] gateway::settings load_settings(const std::filesystem::path& kabinet_toml);

/// The database that kabinet.toml names, whatever else is wrong in it; empty where that can't be read.
[[nodiscard]] std::filesystem::path find_database(const std::filesystem::path& kabinet_toml);

} // namespace kabinet::config
