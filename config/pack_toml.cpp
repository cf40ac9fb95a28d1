#include "config/pack_toml.hpp"

#include "config/pack_settings_toml.hpp"
#include "config/pack_texts_toml.hpp"
#include "config/section.hpp"
#include "menus/validation.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

namespace kabinet::config {
namespace {

using menus::draft;
using menus::draft_target;

draft_target read_target(section& from) {
    draft_target leads;
    leads.where = from.where();
    from.read("opens", leads.opens);
    from.read("does", leads.does);
    from.read("tells", leads.tells);
    from.read("language", leads.language);
    from.read("stays", leads.stays);
    from.read("offer", leads.offer);
    if (from.read("when", leads.when) && leads.when.empty())
        from.refuse("when", "is empty: without it the item is always there");
    return leads;
}

std::optional<draft_target> read_target(section& within, std::string_view key) {
    std::optional<section> table = within.open(key);
    if (!table)
        return std::nullopt;
    draft_target leads = read_target(*table);
    table->refuse_unknown();
    leads.is_known = table->is_understood();
    return leads;
}

/// Every entry left in a table is a key, a code or a keyword that leads somewhere.
std::vector<menus::draft_entry> read_entries(section& from) {
    std::vector<menus::draft_entry> entries;
    for (auto& [typed, table] : from.open_each()) {
        entries.push_back({typed, read_target(table)});
        table.refuse_unknown();
        entries.back().leads.is_known = table.is_understood();
    }
    return entries;
}

void read_codes(section from, draft& pack) {
    from.require("unknown");
    pack.unknown_code.where = from.where();
    pack.unknown_code.is_known = false;
    if (std::optional<draft_target> unknown = read_target(from, "unknown"))
        pack.unknown_code = std::move(*unknown);
    pack.codes = read_entries(from);
}

menus::draft_screen read_prompt(section& from) {
    menus::draft_screen screen;
    screen.enters = read_target(from);
    screen.rule = read_marked(from, "rule");
    from.read("twice", screen.twice);
    from.read_number("retries", screen.retries, 1, 9);
    from.refuse_unknown();
    screen.enters.is_known = from.is_understood();
    if (!screen.enters.opens.empty())
        screen.items.push_back({"1", std::exchange(screen.enters, {})});
    return screen;
}

menus::resume_policy read_resume(section& from, menus::screen_kind kind) {
    using enum menus::resume_policy;
    menus::resume_policy read = start;
    from.read_choice("resume", read, {{"start", start}, {"continue", proceed}, {"ask", ask}});
    if (from.has("resume") && kind != menus::screen_kind::menu)
        from.refuse("resume", "stands only in a menu: what it says holds for what is below it, too");
    return read;
}

void read_screens(section& file, menus::screen_kind kind, std::string_view heading, draft& pack) {
    std::optional<section> all = file.open(heading);
    if (!all)
        return;
    for (auto& [name, table] : all->open_each()) {
        const menus::resume_policy resume = read_resume(table, kind);
        menus::draft_screen screen;
        if (kind == menus::screen_kind::prompt)
            screen = read_prompt(table);
        else
            for (menus::draft_entry& entry : read_entries(table))
                screen.items.push_back({std::move(entry.typed), std::move(entry.leads)});
        screen.kind = kind;
        screen.resume = resume;
        screen.name = name;
        screen.where = table.where();
        pack.screens.push_back(std::move(screen));
    }
}

void read_short_number(section from, draft& pack) {
    menus::draft_short_number number;
    number.where = from.where();
    std::vector<std::string> numbers;
    from.require("numbers");
    from.read("numbers", numbers);
    for (std::string& one : numbers)
        number.numbers.push_back({std::move(one), from.where("numbers")});
    number.help = read_marked(from, "help");
    number.empty = read_target(from, "empty");
    if (std::optional<section> keywords = from.open("keywords"))
        number.keywords = read_entries(*keywords);
    from.refuse_unknown();
    pack.short_numbers.push_back(std::move(number));
}

/// Returns the languages it names, the default one first; nothing where that isn't known.
std::optional<std::vector<std::string>> read_menus(section file, draft& pack) {
    pack.where = file.where();
    pack.unknown_code.where = file.where();
    pack.unknown_code.is_known = false;
    std::vector<std::string> languages;
    file.require("languages");
    const bool is_named = file.read("languages", languages);
    if (std::set<std::string>{languages.begin(), languages.end()}.size() < languages.size())
        file.refuse("languages", "names one twice");
    read_pack_settings(file, pack);
    file.require("codes");
    if (std::optional<section> from = file.open("codes"))
        read_codes(*from, pack);
    read_screens(file, menus::screen_kind::menu, "menu", pack);
    read_screens(file, menus::screen_kind::confirmation, "confirmation", pack);
    read_screens(file, menus::screen_kind::prompt, "prompt", pack);
    for (section& from : file.open_all("sms"))
        read_short_number(from, pack);
    file.refuse_unknown();
    return is_named ? std::optional{std::move(languages)} : std::nullopt;
}

menus::draft_language read_language(const named_text& file, std::vector<finding>& findings) {
    const std::string code = std::filesystem::path{file.file}.stem().string();
    if (file.is_read)
        if (const std::optional<toml_table> table = parse_toml(file.text, file.file, findings))
            return read_texts(section{*table, {file.file, 1}, findings}, code, findings);
    menus::draft_language unread;
    unread.code = code;
    unread.where = {file.file, 1};
    unread.is_read = false;
    return unread;
}

/// Those that menus.toml names. Where they aren't known, each that has a file, but nothing is said of its
/// texts.
void take_languages(std::vector<menus::draft_language> spoken,
                    const std::optional<std::vector<std::string>>& named, draft& pack,
                    std::vector<finding>& findings) {
    if (!named) {
        for (menus::draft_language& each : spoken)
            each.is_read = false;
        pack.languages = std::move(spoken);
        return;
    }
    for (const menus::draft_language& each : spoken)
        if (std::ranges::find(*named, each.code) == named->end())
            findings.emplace_back(mark{each.where.file, 0}, "languages doesn't name " + each.code);
    for (const std::string& code : *named) {
        const auto found = std::ranges::find(spoken, code, &menus::draft_language::code);
        if (found != spoken.end()) {
            pack.languages.push_back(*found);
            continue;
        }
        findings.emplace_back(pack.where, "texts/" + code + ".toml is missing", finding::weight::gap);
        pack.languages.emplace_back().code = code;
        pack.languages.back().where = pack.where;
        pack.languages.back().is_read = false;
    }
}

std::vector<std::string> read_blocklist(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.empty() || line.front() == '#')
            continue;
        std::ranges::transform(line, line.begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        });
        words.push_back(std::move(line));
    }
    std::ranges::sort(words);
    return words;
}

} // namespace

std::optional<pack_files> read_pack_files(const std::filesystem::path& folder,
                                          std::vector<finding>& findings) {
    pack_files files;
    const std::filesystem::path menus = folder / "menus.toml";
    const std::optional<std::string> text = read_file(menus, findings);
    if (!text)
        return std::nullopt;
    files.menus = {menus.string(), *text};
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator{folder / "texts", missing})
        if (entry.path().extension() == ".toml") {
            std::optional<std::string> words = read_file(entry.path(), findings);
            const bool is_read = words.has_value();
            files.texts.push_back({entry.path().string(), std::move(words).value_or(""), is_read});
        }
    std::ranges::sort(files.texts, {}, &named_text::file);
    files.blocklist = read_file(folder / "blocklist.txt", findings).value_or("");
    return files;
}

menus::draft read_pack(const pack_files& files, const numbering_plan& numbers,
                       std::vector<finding>& findings) {
    draft pack;
    pack.numbers = numbers;
    pack.passwords.blocklist = read_blocklist(files.blocklist);
    std::optional<std::vector<std::string>> languages;
    const std::optional<toml_table> menus = parse_toml(files.menus.text, files.menus.file, findings);
    if (menus)
        languages = read_menus(section{*menus, {files.menus.file, 1}, findings}, pack);
    pack.is_whole = !has_gap(findings);
    std::vector<menus::draft_language> spoken;
    for (const named_text& file : files.texts)
        spoken.push_back(read_language(file, findings));
    take_languages(std::move(spoken), languages, pack, findings);
    return pack;
}

std::optional<draft> load_draft(const std::filesystem::path& folder, const numbering_plan& numbers,
                                std::vector<finding>& findings) {
    std::vector<finding> own;
    std::optional<draft> pack;
    if (const std::optional<pack_files> files = read_pack_files(folder, own))
        pack = read_pack(*files, numbers, own);
    if (pack &&
        !pack->where.file.empty()) // else menus.toml is no TOML, and validation could only repeat that
        std::ranges::move(menus::validate(*pack), std::back_inserter(own));
    findings.insert(findings.end(), own.begin(), own.end());
    return is_refused(own) ? std::nullopt : std::move(pack);
}

std::optional<menus::definition> load_pack(const std::filesystem::path& folder, const numbering_plan& numbers,
                                           std::vector<finding>& findings) {
    const std::optional<draft> pack = load_draft(folder, numbers, findings);
    return pack ? std::optional{menus::define(*pack)} : std::nullopt;
}

} // namespace kabinet::config
