#include "config/pack_settings_toml.hpp"

#include <algorithm>
#include <chrono>

namespace kabinet::config {
namespace {

using menus::draft;

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

void read_calls(section from, menus::call_policy& rules) {
    read_term(from, "within", rules.within);
    from.read_number("per_day", rules.per_day, 1, 100);
    from.read_number("from", rules.from, 0, 23);
    from.read_number("until", rules.until, 1, 24);
    from.refuse_unknown();
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
    if (!from.has("price") && !from.has("fee") && from.is_understood())
        from.refuse(name + " has neither price nor fee: is it free, then say fee = \"0\"");
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

/// Any names, each with a text, in the order of their lines.
void read_named_texts(section from, std::vector<std::pair<std::string, menus::marked_text>>& into) {
    for (const toml_entry* entry : from.untaken()) {
        menus::marked_text text{{}, entry->value.where};
        if (from.read(entry->key, text.text))
            into.emplace_back(entry->key, std::move(text));
    }
}

} // namespace

menus::marked_text read_marked(section& from, std::string_view key) {
    menus::marked_text made{{}, from.where(key)};
    from.read(key, made.text);
    return made;
}

void read_pack_settings(section& file, draft& pack) {
    file.require("name");
    file.read("name", pack.name);
    pack.zone = read_marked(file, "time_zone");
    pack.sender = read_marked(file, "sender");
    pack.currency = read_marked(file, "currency");
    if (std::optional<section> from = file.open("screen")) {
        from->read_number("septets", pack.screen.septets, 40, menus::most_screen_septets);
        from->read_number("characters", pack.screen.characters, 40, menus::most_screen_characters);
        from->refuse_unknown();
    }
    if (std::optional<section> from = file.open("words"))
        read_named_texts(*from, pack.words);
    if (std::optional<section> from = file.open("contact"))
        read_named_texts(*from, pack.contacts);
    if (std::optional<section> from = file.open("password"))
        read_passwords(*from, pack.passwords);
    if (std::optional<section> from = file.open("limits"))
        read_limits(*from, pack.allowed);
    if (std::optional<section> from = file.open("quiet")) {
        from->read_number("from", pack.quiet.from, 0, 23);
        from->read_number("until", pack.quiet.until, 0, 23);
        from->refuse_unknown();
    }
    if (std::optional<section> from = file.open("login"))
        read_login(*from, pack.logins);
    if (std::optional<section> from = file.open("accounts"))
        read_accounts(*from, pack.accounts);
    if (std::optional<section> from = file.open("calls"))
        read_calls(*from, pack.calls);
    if (std::optional<section> from = file.open("voucher"))
        read_vouchers(*from, pack.vouchers);
    if (std::optional<section> from = file.open("transfer"))
        read_transfers(*from, pack.transfers);
    if (std::optional<section> from = file.open("promise"))
        read_promises(*from, pack);
    read_wares(file, pack);
}

} // namespace kabinet::config
