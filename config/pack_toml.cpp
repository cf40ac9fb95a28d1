#include "config/pack_toml.hpp"

#include "config/section.hpp"
#include "menus/validation.hpp"

#include <algorithm>
#include <set>
#include <sstream>

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
    return leads;
}

/// Every entry left in a table is a key, a code or a keyword that leads somewhere.
std::vector<menus::draft_entry> read_entries(section& from) {
    std::vector<menus::draft_entry> entries;
    for (auto& [typed, table] : from.open_each()) {
        entries.push_back({typed, read_target(table)});
        table.refuse_unknown();
    }
    return entries;
}

menus::marked_text read_marked(section& from, std::string_view key) {
    menus::marked_text made{{}, from.where(key)};
    from.require(key);
    from.read(key, made.text);
    return made;
}

void read_passwords(section from, menus::password_policy& rules) {
    using enum menus::password_shown;
    from.read_choice("show", rules.show, {{"both", both}, {"screen", screen}, {"sms", sms}});
    std::chrono::milliseconds life = rules.life;
    if (from.read("life", life))
        rules.life = std::chrono::floor<std::chrono::seconds>(life);
    from.read_number("min", rules.min_length, 4, 64);
    from.read_number("max", rules.max_length, 4, 64);
    from.read_number("kinds", rules.kinds, 1, 3);
    from.read("dialled", rules.may_be_dialled);
    from.refuse_unknown();
}

void read_limits(section from, menus::limits& allowed) {
    from.read_number("passwords_per_hour", allowed.passwords_per_hour, 1);
    from.read_number("passwords_per_day", allowed.passwords_per_day, 1);
    from.read_number("dialogue_starts_per_minute", allowed.dialogue_starts_per_minute, 1);
    from.read_number("sms_replies_per_hour", allowed.sms_replies_per_hour, 1);
    from.read_number("wrong_passwords", allowed.wrong_passwords, 1);
    from.refuse_unknown();
}

void read_login(section from, menus::login_policy& logins) {
    constexpr auto& of = access_levels;
    from.read("once", logins.is_once);
    from.read("must_change", logins.must_change);
    for (auto [key, level] : {std::pair{"level_generated", &logins.generated},
                              {"level_chosen", &logins.chosen},
                              {"level_pin", &logins.pin},
                              {"level_automatic", &logins.automatic}})
        from.read_choice(key, *level, {of[0], of[1], of[2]});
    std::chrono::milliseconds session = logins.session;
    if (from.read("session", session))
        logins.session = std::chrono::floor<std::chrono::seconds>(session);
    from.refuse_unknown();
}

/// A term of days: nobody's account goes between two of his logins.
void read_accounts(section from, menus::account_policy& accounts) {
    std::chrono::milliseconds term{};
    if (from.read("idle_after", term)) {
        if (term < std::chrono::days{1} || term > std::chrono::days{3660})
            from.refuse("idle_after", "is not between \"1d\" and \"3660d\"");
        accounts.idle_after = std::chrono::floor<std::chrono::seconds>(term);
    }
    from.refuse_unknown();
}

/// An amount in quotes, as a term is: a number with a fraction would be a near one.
void read_amount(section& from, std::string_view key, money& into) {
    std::string text;
    if (!from.read(key, text))
        return;
    if (const auto read = read_money(text))
        into = *read;
    else
        from.refuse(key, "is \"" + text + "\", not an amount such as \"99.90\"");
}

void read_term(section& from, std::string_view key, std::chrono::seconds& into) {
    std::chrono::milliseconds term = into;
    if (from.read(key, term))
        into = std::chrono::floor<std::chrono::seconds>(term);
}

void read_vouchers(section from, menus::voucher_policy& rules) {
    from.read_number("min_digits", rules.min_digits, 6, 30);
    from.read_number("max_digits", rules.max_digits, 6, 30);
    from.read_number("most_wrong", rules.most_wrong, 1, 1000);
    read_term(from, "closed_for", rules.closed_for);
    from.refuse_unknown();
}

void read_transfers(section from, menus::transfer_policy& rules) {
    read_amount(from, "min", rules.min);
    read_amount(from, "max", rules.max);
    read_amount(from, "fee", rules.fee);
    read_amount(from, "least", rules.least);
    read_amount(from, "per_day", rules.per_day);
    from.read_number("per_hour", rules.per_hour, 1, 1000);
    from.refuse_unknown();
}

/// Every table in it is an offer under its name.
void read_promises(section from, draft& pack) {
    read_amount(from, "floor", pack.promise_floor);
    for (auto& [name, table] : from.open_each()) {
        menus::draft_offer made;
        made.name = name;
        made.where = table.where();
        for (const char* key : {"amount", "term"})
            table.require(key);
        read_amount(table, "amount", made.amount);
        read_amount(table, "fee", made.fee);
        read_term(table, "term", made.term);
        table.refuse_unknown();
        pack.promises.push_back(std::move(made));
    }
}

/// A package costs the same each time: its price is its fee.
menus::draft_ware read_ware(menus::offer_kind kind, const std::string& name, section& from) {
    menus::draft_ware made;
    made.kind = kind;
    made.name = name;
    made.where = from.where();
    read_term(from, "period", made.period);
    from.read("sold", made.is_sold);
    if (kind == menus::offer_kind::package) {
        from.require("price");
        read_amount(from, "price", made.fee);
        from.read_number("minutes", made.minutes);
        from.read_number("sms", made.sms);
        from.read_number("megabytes", made.megabytes);
        from.read("renews", made.renews);
        from.refuse_unknown();
        return made;
    }
    read_amount(from, "price", made.price);
    read_amount(from, "fee", made.fee);
    if (kind == menus::offer_kind::service)
        from.read("conflicts", made.conflicts);
    else
        from.read("default", made.is_default);
    from.refuse_unknown();
    return made;
}

/// `[service]`, `[tariff]` and `[package]`: every table in them is one under its name.
void read_wares(section& file, draft& pack) {
    using enum menus::offer_kind;
    for (const menus::offer_kind kind : {service, tariff, package})
        if (std::optional<section> from = file.open(menus::name_of(kind)))
            for (auto& [name, table] : from->open_each())
                pack.wares.push_back(read_ware(kind, name, table));
    if (std::optional<section> from = file.open("fees")) {
        read_term(*from, "kept_unpaid", pack.kept_unpaid);
        from->refuse_unknown();
    }
}

void read_words(section from, draft& pack) {
    for (const toml_entry* entry : from.untaken()) {
        menus::marked_text word{{}, entry->value.where};
        if (from.read(entry->key, word.text))
            pack.words.emplace_back(entry->key, std::move(word));
    }
}

void read_codes(section from, draft& pack) {
    from.require("unknown");
    if (std::optional<draft_target> unknown = read_target(from, "unknown"))
        pack.unknown_code = std::move(*unknown);
    pack.codes = read_entries(from);
}

menus::draft_screen read_prompt(section& from) {
    menus::draft_screen screen;
    screen.enters = read_target(from);
    if (!screen.enters.opens.empty())
        screen.items.push_back({"1", std::move(screen.enters)});
    screen.rule = read_marked(from, "rule");
    from.read("twice", screen.twice);
    from.read_number("retries", screen.retries, 1, 9);
    from.refuse_unknown();
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

/// Returns the languages it names, the default one first.
std::vector<std::string> read_menus(section file, draft& pack) {
    pack.where = file.where();
    std::vector<std::string> languages;
    file.require("languages");
    file.read("languages", languages);
    if (std::set<std::string>{languages.begin(), languages.end()}.size() < languages.size())
        file.refuse("languages", "names one twice");
    file.require("name");
    file.read("name", pack.name);
    pack.zone = read_marked(file, "time_zone");
    pack.sender = read_marked(file, "sender");
    if (std::optional<section> from = file.open("screen")) {
        from->read_number("septets", pack.screen.septets, 40, menus::most_screen_septets);
        from->read_number("characters", pack.screen.characters, 40, menus::most_screen_characters);
        from->refuse_unknown();
    }
    if (std::optional<section> from = file.open("words"))
        read_words(*from, pack);
    if (std::optional<section> from = file.open("password"))
        read_passwords(*from, pack.passwords);
    if (std::optional<section> from = file.open("limits"))
        read_limits(*from, pack.allowed);
    pack.currency = read_marked(file, "currency");
    if (std::optional<section> from = file.open("quiet")) {
        from->read_number("from", pack.quiet.from, 0, 23);
        from->read_number("until", pack.quiet.until, 0, 23);
        from->refuse_unknown();
    }
    if (std::optional<section> from = file.open("voucher"))
        read_vouchers(*from, pack.vouchers);
    if (std::optional<section> from = file.open("transfer"))
        read_transfers(*from, pack.transfers);
    if (std::optional<section> from = file.open("promise"))
        read_promises(*from, pack);
    read_wares(file, pack);
    if (std::optional<section> from = file.open("login"))
        read_login(*from, pack.logins);
    if (std::optional<section> from = file.open("accounts"))
        read_accounts(*from, pack.accounts);
    file.require("codes");
    if (std::optional<section> from = file.open("codes"))
        read_codes(*from, pack);
    read_screens(file, menus::screen_kind::menu, "menu", pack);
    read_screens(file, menus::screen_kind::confirmation, "confirmation", pack);
    read_screens(file, menus::screen_kind::prompt, "prompt", pack);
    for (section& from : file.open_all("sms"))
        read_short_number(from, pack);
    file.refuse_unknown();
    return languages;
}

/// `[issue_password.issued]` with `sms = "…"` is the text issue_password.issued.sms.
void flatten(const toml_entry& entry, const std::string& prefix, std::vector<menus::draft_text>& texts,
             std::vector<finding>& findings) {
    const std::string name = prefix.empty() ? entry.key : prefix + '.' + entry.key;
    if (const std::string* words = std::get_if<std::string>(&entry.value.is))
        texts.push_back({name, *words, entry.value.where});
    else if (const toml_table* table = std::get_if<toml_table>(&entry.value.is))
        for (const toml_entry& inner : *table)
            flatten(inner, name, texts, findings);
    else
        findings.emplace_back(entry.value.where, name + " must be a text in quotes");
}

menus::draft_language read_texts(section file, const std::string& code, std::vector<finding>& findings) {
    menus::draft_language made;
    made.code = code;
    made.where = file.where();
    file.require("alphabet");
    file.read_choice("alphabet", made.is_gsm, {{"gsm7", true}, {"ucs2", false}});
    file.require("forms");
    if (std::optional<section> forms = file.open("forms")) {
        made.time_pattern = read_marked(*forms, "time");
        forms->read("day", made.day_pattern);
        forms->refuse_unknown();
    }
    for (const toml_entry* entry : file.untaken())
        flatten(*entry, {}, made.texts, findings);
    std::ranges::sort(made.texts, {}, &menus::draft_text::name);
    return made;
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
        if (entry.path().extension() == ".toml")
            if (std::optional<std::string> words = read_file(entry.path(), findings))
                files.texts.push_back({entry.path().string(), std::move(*words)});
    std::ranges::sort(files.texts, {}, &named_text::file);
    files.blocklist = read_file(folder / "blocklist.txt", findings).value_or("");
    return files;
}

menus::draft read_pack(const pack_files& files, const numbering_plan& numbers,
                       std::vector<finding>& findings) {
    draft pack;
    pack.numbers = numbers;
    pack.passwords.blocklist = read_blocklist(files.blocklist);
    std::vector<std::string> languages;
    const std::optional<toml_table> menus = parse_toml(files.menus.text, files.menus.file, findings);
    if (menus)
        languages = read_menus(section{*menus, {files.menus.file, 1}, findings}, pack);

    std::vector<menus::draft_language> spoken;
    for (const named_text& file : files.texts) {
        const std::string code = std::filesystem::path{file.file}.stem().string();
        if (menus && std::ranges::find(languages, code) == languages.end())
            findings.emplace_back(mark{file.file, 0}, "languages doesn't name " + code);
        if (const std::optional<toml_table> table = parse_toml(file.text, file.file, findings))
            spoken.push_back(read_texts(section{*table, {file.file, 1}, findings}, code, findings));
    }
    for (const std::string& code : languages) {
        const auto found = std::ranges::find(spoken, code, &menus::draft_language::code);
        if (found != spoken.end())
            pack.languages.push_back(*found);
        else
            findings.emplace_back(pack.where, "texts/" + code + ".toml is missing or broken");
    }
    return pack;
}

std::optional<draft> load_draft(const std::filesystem::path& folder, const numbering_plan& numbers,
                                std::vector<finding>& findings) {
    const std::optional<pack_files> files = read_pack_files(folder, findings);
    if (!files)
        return std::nullopt;
    std::vector<finding> own;
    draft pack = read_pack(*files, numbers, own);
    if (!pack.where.file.empty()) // else menus.toml is no TOML, and validation could only repeat that
        std::ranges::move(menus::validate(pack), std::back_inserter(own));
    findings.insert(findings.end(), own.begin(), own.end());
    return is_refused(own) ? std::nullopt : std::optional{std::move(pack)};
}

std::optional<menus::definition> load_pack(const std::filesystem::path& folder, const numbering_plan& numbers,
                                           std::vector<finding>& findings) {
    const std::optional<draft> pack = load_draft(folder, numbers, findings);
    return pack ? std::optional{menus::define(*pack)} : std::nullopt;
}

} // namespace kabinet::config
