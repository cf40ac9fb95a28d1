// An operator's pack as it is served: checked, complete, never changed after it was made. Names are
// resolved and fixed screens are laid out, so that a step looks nothing up by text.
#pragma once

#include "menus/action.hpp"
#include "menus/contact.hpp"
#include "menus/facts.hpp"
#include "menus/format.hpp"
#include "menus/password_rules.hpp"
#include "menus/phrase.hpp"
#include "values/access_level.hpp"
#include "values/msisdn.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::menus {

/// What one MSISDN may do, and how many wrong passwords block an account.
struct limits {
    std::uint32_t passwords_per_hour = 3;
    std::uint32_t passwords_per_day = 10;
    std::uint32_t dialogue_starts_per_minute = 20;
    std::uint32_t sms_replies_per_hour = 30;
    std::uint32_t wrong_passwords = 5;
};

/// How logins at the portal go.
struct login_policy {
    bool is_once = true;      // a generated password is good for one login; else until it is replaced
    bool must_change = false; // who logged in with a generated one is to choose another at once
    access_level generated = access_level::all_numbers; // the most a login with such a password reaches
    access_level chosen = access_level::all_numbers;
    access_level pin = access_level::all_numbers;
    access_level automatic = access_level::own_number;
    std::chrono::seconds session = std::chrono::minutes{30}; // that a login lets its portal ask more for
};

/// How long accounts last.
struct account_policy {
    std::optional<std::chrono::seconds> idle_after; // one unused for so long is switched off; none: none is
};

/// When nobody is told what he didn't ask for, in hours of his day: from 22 until before 9.
struct quiet_hours {
    std::uint32_t from = 22;
    std::uint32_t until = 9;

    [[nodiscard]] bool holds(int hour) const {
        const auto at = static_cast<std::uint32_t>(hour);
        return from <= until ? at >= from && at < until : at >= from || at < until;
    }
};

/// The codes of vouchers.
struct voucher_policy {
    std::uint32_t min_digits = 8;
    std::uint32_t max_digits = 20;
    std::uint32_t most_wrong = 5; // in a row; none is taken for a while then
    std::chrono::seconds closed_for = std::chrono::hours{1};
};

/// Calls that subscribers ask for.
struct call_policy {
    std::chrono::seconds within = std::chrono::hours{2}; // that they are promised for
    std::uint32_t per_day = 3;
    std::uint32_t from = 0; // hours of the pack's day when they are made; `within` counts in these alone
    std::uint32_t until = 24;

    [[nodiscard]] bool holds(int hour) const {
        const auto at = static_cast<std::uint32_t>(hour);
        return at >= from && at < until;
    }
};

/// What one subscriber may give another.
struct transfer_policy {
    money min = money::from_minor(minor_of_major);
    money max = money::from_minor(500 * minor_of_major);
    money fee;
    money least; // that must be left
    money per_day = money::from_minor(1'500 * minor_of_major);
    std::uint32_t per_hour = 10;
};

/// A USSD string has 160 octets on the air (3GPP TS 24.090): 182 septets, of which 160 are used so that every
/// centre takes it, or 80 characters of UCS-2.
inline constexpr std::size_t most_screen_septets = 160;
inline constexpr std::size_t most_screen_characters = 80;

/// What one USSD screen holds; a pack may ask for less.
struct screen_size {
    std::size_t septets = most_screen_septets;       // of a text in the GSM 7-bit alphabet
    std::size_t characters = most_screen_characters; // UTF-16 units of any other
};

using screen_index = std::uint16_t;
inline constexpr std::size_t most_items = 8;
inline constexpr std::size_t most_depth = 8; // keys from a service code to a screen

using offer_index = std::uint16_t; // of definition::offers
inline constexpr offer_index no_offer = 0xFFFF;

struct opens {
    screen_index screen = 0;
    offer_index about = no_offer; // what the screen asks about
};

struct does {
    action_kind what = action_kind::tell;
    language chosen;              // of set_language
    text_name text;               // of tell
    bool stays = false;           // the dialogue goes on after it
    offer_index about = no_offer; // else it is about what its screen is about
};

/// Where a key, a code or a keyword leads.
using target = std::variant<std::monostate, opens, does>;

/// A confirmation is a menu that a dialled path never goes through: what it costs is read first.
enum class screen_kind : std::uint8_t { menu, confirmation, prompt };

/// What comes of dialling anew after a dialogue that broke at a menu or below it.
enum class resume_policy : std::uint8_t { start, proceed, ask };

/// What an entry at a prompt must be.
enum class entry_rule : std::uint8_t { password, voucher, number, amount, word };

struct screen {
    std::string name;
    screen_kind kind = screen_kind::menu;
    std::array<target, most_items + 1> items;   // by key, which is stable; 0 leads nowhere
    std::array<condition, most_items + 1> when; // what an item is there on, by its key
    sources asks;                               // for these conditions; none: they need nobody
    bool hides_items = false;                   // any of them may be away
    does enters;                                // of a prompt: what is done with the entry
    entry_rule rule = entry_rule::password;     // and what it must be
    bool shows_purse = false;                   // its head says what the account has
    bool shows_holding = false;                 // or whether it has what the screen is about
    std::uint8_t retries = 3;
    bool twice = false; // a prompt asks again and compares
    resume_policy resume = resume_policy::start;
};

/// A line of a menu: an item with its number, or with key 0 the head.
struct menu_line {
    std::uint8_t key = 0;
    phrase words;
};

/// A part of a menu that fits one screen, without its line for `0`. An item that is away leaves its page as
/// it is.
struct page {
    phrase body;                  // with every item
    std::uint8_t last_key = 0;    // of the items on it
    std::vector<menu_line> lines; // the same without the line for `9`
};

/// A first page with another head, and that head alone.
struct headed {
    phrase body;
    phrase head;
};

/// One screen in one language.
struct laid_out_screen {
    std::vector<page> pages; // of a prompt: the question, and where it asks twice the second one
    std::string own_zero;    // the line for `0` where the screen has its own words for it
    headed plain;            // the first page where what the account has isn't known in time
    headed held;             // and where it has what the screen is about
    headed paused;           // the same, and its fee could not be paid
};

struct spoken_language {
    language code;
    menus::forms forms;
    std::vector<phrase> texts;            // in the order of definition::text_names
    std::vector<laid_out_screen> screens; // by screen_index
    std::string back, exit, cancel;       // the lines for `0`
    std::string more;                     // the line for `9`
    std::string wrong_key;                // the line over a repeated screen
    fact_set facts;                       // that hold because it is spoken
};

struct service_code {
    std::vector<std::string> parts; // `*105*00#` is 105, 00
    target leads;
};

struct command {
    std::string keyword; // folded
    does what;
};

struct short_number {
    std::string number;
    std::vector<command> commands;
    std::optional<does> empty;
    does help;
};

struct definition {
    std::string name;
    std::string sender; // of SMS nobody asked for
    password_policy passwords;
    limits allowed;
    login_policy logins;
    account_policy accounts;
    screen_size screen;
    numbering_plan numbers;
    std::string currency; // ISO 4217
    std::string zone;     // of time: an IANA name
    quiet_hours quiet;
    call_policy calls;
    voucher_policy vouchers;
    transfer_policy transfers;
    money promise_floor; // the lowest balance that a promised payment is given at
    std::vector<offer> offers;
    pack_words words;                // what texts may name: `{portal}`, `{support}`, `{min}`
    std::vector<contact> contacts;   // in the order in which they are told
    std::vector<service_code> codes; // by parts
    target unknown_code;             // one that opens leads by the code `unknown_opens`
    std::uint16_t unknown_opens = 0;
    std::vector<fact> facts;                            // that its menus ask about, in the order of fact_set
    std::array<fact_set, fact_sources> facts_by_source; // who knows them
    std::vector<fact_set> facts_of_offers; // by offer_index: that the account has it; none: nothing asks
    std::vector<menus::screen> screens;
    std::vector<short_number> short_numbers;
    std::vector<std::string> text_names;    // sorted; each outcome of each action under its own name
    std::vector<spoken_language> languages; // never empty; the default one first

    /// The default one stands in for a language the pack doesn't have.
    [[nodiscard]] const spoken_language& speak(language) const;
    [[nodiscard]] std::optional<std::size_t> find_text(std::string_view text) const;

    /// Whether what came of an action at the screen goes out by SMS too, and not only when the screen
    /// fails: a new password where the pack wants so, an answer that is an SMS.
    [[nodiscard]] bool wants_sms(action_kind, std::string_view outcome) const;

    /// Whether anything of the pack leads to it; what it doesn't lead to has no words.
    [[nodiscard]] bool leads_to(action_kind) const;
};

/// What a fact may name there.
[[nodiscard]] fact_keys keys_of(const definition&);

struct draft;

/// Makes what is served. The draft must have passed `validate`.
[[nodiscard]] definition define(const draft&);

} // namespace kabinet::menus
