#include "config/check.hpp"

#include "config/kabinet_toml.hpp"
#include "config/pack_toml.hpp"
#include "config/pilot_numbers.hpp"
#include "config/toml.hpp"

#include <optional>
#include <utility>

namespace kabinet::config {
namespace {

struct read_configuration {
    gateway::settings settings;
    std::optional<menus::definition> pack;
    std::optional<menus::definition> pilot;
    std::vector<msisdn> pilot_numbers;
    std::vector<finding> findings;
};

/// The pack that [menus] names under that key.
std::optional<menus::definition> load_named(std::string_view key, const std::filesystem::path& folder,
                                            const std::filesystem::path& kabinet_toml,
                                            const numbering_plan& numbers, std::vector<finding>& findings) {
    const std::filesystem::path menus = folder / "menus.toml";
    if (std::error_code no_matter; std::filesystem::exists(menus, no_matter))
        return load_pack(folder, numbers, findings);
    findings.emplace_back(mark{kabinet_toml.string(), 0},
                          "[menus] " + std::string{key} + ": there is no " + menus.string(),
                          finding::weight::gap);
    return std::nullopt;
}

read_configuration read_all(const std::filesystem::path& file) {
    read_configuration made;
    const std::optional<std::string> text = read_file(file, made.findings);
    if (!text)
        return made;
    made.settings = read_settings(*text, file, made.findings);
    if (!made.settings.pack.empty())
        made.pack = load_named("pack", made.settings.pack, file, made.settings.numbers, made.findings);
    if (made.settings.pilot_pack.empty() || made.settings.pilot_numbers.empty())
        return made;
    made.pilot =
        load_named("pilot_pack", made.settings.pilot_pack, file, made.settings.numbers, made.findings);
    made.pilot_numbers =
        load_pilot_numbers(made.settings.pilot_numbers, made.settings.numbers, made.findings);
    return made;
}

std::string describe_all(const std::vector<finding>& findings) {
    std::string text;
    for (const finding& one : findings)
        text += (text.empty() ? "" : "\n") + describe(one);
    return text;
}

} // namespace

std::vector<finding> check(const std::filesystem::path& kabinet_toml) {
    return read_all(kabinet_toml).findings;
}

broken_configuration::broken_configuration(std::vector<finding> findings)
    : std::runtime_error{describe_all(findings)}
    , findings_{std::move(findings)} {}

configuration load(const std::filesystem::path& kabinet_toml) {
    read_configuration made = read_all(kabinet_toml);
    if (!made.pack || is_refused(made.findings))
        throw broken_configuration{std::move(made.findings)};
    return {std::move(made.settings), std::move(*made.pack), std::move(made.pilot),
            std::move(made.pilot_numbers), std::move(made.findings)};
}

gateway::settings load_settings(const std::filesystem::path& kabinet_toml) {
    std::vector<finding> findings;
    gateway::settings settings;
    if (const std::optional<std::string> text = read_file(kabinet_toml, findings))
        settings = read_settings(*text, kabinet_toml, findings);
    if (is_refused(findings))
        throw broken_configuration{std::move(findings)};
    return settings;
}

std::filesystem::path find_database(const std::filesystem::path& kabinet_toml) {
    std::vector<finding> ignored;
    const std::optional<std::string> text = read_file(kabinet_toml, ignored);
    return text ? read_settings(*text, kabinet_toml, ignored).store.database : std::filesystem::path{};
}

menus::draft load_draft(const std::filesystem::path& kabinet_toml, pack_of whose) {
    const gateway::settings settings = load_settings(kabinet_toml);
    const std::filesystem::path& folder = whose == pack_of::pilots ? settings.pilot_pack : settings.pack;
    std::vector<finding> findings;
    std::optional<menus::draft> pack;
    if (folder.empty())
        findings.emplace_back(mark{kabinet_toml.string(), 0}, "[menus] names no pilot_pack");
    else
        pack = load_draft(folder, settings.numbers, findings);
    if (!pack)
        throw broken_configuration{std::move(findings)};
    return std::move(*pack);
}

} // namespace kabinet::config
