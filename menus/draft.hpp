// A pack as its files say it, names unresolved, right or wrong, each thing with the line it stands on.
// Nothing is served from a draft: validation.hpp says what is wrong with it, definition.hpp is made of it.
#pragma once

#include "menus/definition.hpp"
#include "menus/phrase.hpp"
#include "values/finding.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kabinet::menus {

struct marked_text {
    std::string text;
    mark where;
};

/// Where a key, a code or a keyword leads: exactly one of the first three is said in a right pack.
struct draft_target {
    std::string opens;    // a screen
    std::string does;     // an action
    std::string tells;    // a text
    std::string language; // with does = "set_language"
    bool stays = false;   // the dialogue goes on after the action
    std::string offer;    // what it is about, by its name in the pack
    std::string when;     // of an item: the condition it is there on; empty: always
    mark where;
    bool is_known = true; // false: it isn't there or wasn't understood, which was told
};

struct draft_item {
    std::string key;
    draft_target leads;
};

struct draft_screen {
    screen_kind kind = screen_kind::menu;
    std::string name;
    std::vector<draft_item> items; // of a menu or confirmation; of a prompt: `1`, the screen after it
    draft_target enters;           // of a prompt: what is done with the entry
    marked_text rule;              // of a prompt: what an entry must be
    std::uint32_t retries = 3;
    bool twice = false;
    resume_policy resume = resume_policy::start; // of a menu
    mark where;
};

/// A service code or a keyword, as written.
struct draft_entry {
    std::string typed;
    draft_target leads;
};

struct draft_short_number {
    std::vector<marked_text> numbers;
    std::vector<draft_entry> keywords;
    std::optional<draft_target> empty; // an SMS without text
    marked_text help;                  // the text that answers anything else
    mark where;
};

/// Something lent or sold, as written.
struct draft_offer {
    std::string name;
    money amount;
    money fee;
    std::chrono::seconds term{};
    mark where;
};

/// Something sold, as written. A package's price is its fee.
struct draft_ware {
    offer_kind kind = offer_kind::service;
    std::string name;
    money price;
    money fee;
    std::chrono::seconds period = std::chrono::days{30};
    std::vector<std::string> conflicts{};
    std::int64_t minutes = 0;
    std::int64_t sms = 0;
    std::int64_t megabytes = 0;
    bool renews = true;
    bool is_default = false;
    bool is_sold = true;
    mark where{};
};

struct draft_text {
    std::string name;
    std::string words;
    mark where;
    bool is_known = true; // false: it wasn't understood, which was told
};

struct draft_language {
    std::string code;
    bool is_gsm = false; // promises to stay in the GSM 7-bit alphabet
    marked_text time_pattern;
    std::string day_pattern = "dd.MM";
    std::vector<draft_text> texts; // by name
    mark where;
    bool is_read = true;  // false: its file can't be read, which was told
    bool is_whole = true; // false: something besides its texts wasn't understood

    [[nodiscard]] const draft_text* find(std::string_view name) const;
};

struct draft {
    mark where;
    bool is_whole = true; // false: something in menus.toml wasn't understood, which was told
    std::string name;
    marked_text zone;
    marked_text sender;
    std::vector<draft_language> languages; // the default one first
    std::vector<std::pair<std::string, marked_text>> words;
    std::vector<std::pair<std::string, marked_text>> contacts; // addresses, in the order of their lines
    password_policy passwords;
    limits allowed;
    login_policy logins;
    account_policy accounts;
    screen_size screen;
    numbering_plan numbers;
    marked_text currency;
    quiet_hours quiet;
    call_policy calls;
    voucher_policy vouchers;
    transfer_policy transfers;
    money promise_floor;
    std::vector<draft_offer> promises;
    std::vector<draft_ware> wares;
    std::chrono::seconds kept_unpaid = std::chrono::days{30}; // a service or a package
    std::vector<draft_entry> codes;
    draft_target unknown_code;
    std::vector<draft_screen> screens;
    std::vector<draft_short_number> short_numbers;
};

/// The pack's words, the addresses of its contacts and the numbers of its settings that texts may name:
/// `{min}`, `{max}`,
/// `{wrong_passwords}`, `{sender}`, `{min_digits}`, `{max_digits}`, `{most_wrong_vouchers}`,
/// `{transfer_min}`, `{transfer_max}`, `{transfer_day}`.
[[nodiscard]] pack_words words_of(const draft&);

/// These, and what its offers are as that language writes it: `{small.amount}`, `{small.fee}`,
/// `{small.term}`, `{beep.price}`, `{beep.fee}`, `{beep.period}`, and of a package `{talk.minutes}`,
/// `{talk.sms}`, `{talk.megabytes}`; and `{idle_after}`.
[[nodiscard]] pack_words words_of(const draft&, const forms&);

} // namespace kabinet::menus
