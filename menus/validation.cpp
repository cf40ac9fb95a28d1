#include "menus/validation.hpp"

#include "menus/about.hpp"
#include "menus/condition_validation.hpp"
#include "menus/dialled.hpp"
#include "menus/entry.hpp"
#include "menus/format.hpp"
#include "menus/make_action.hpp"
#include "menus/named_codes.hpp"
#include "menus/reach.hpp"
#include "menus/text_validation.hpp"
#include "menus/typed.hpp"
#include "menus/wanted.hpp"
#include "menus/ware_validation.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kabinet::menus {
namespace {

constexpr std::size_t longest_name = 64; // leaves room in text_name for an outcome and a channel

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    });
}

/// 3GPP TS 23.040 9.1.2.5: an address of letters has room for 11.
bool is_sender(std::string_view address) {
    const bool is_number = address.find_first_not_of("0123456789") == std::string_view::npos;
    const bool is_latin = std::ranges::all_of(address, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') ||
               std::string_view{" .-_"}.find(letter) != std::string_view::npos;
    });
    return !address.empty() && (is_number ? address.size() <= 20 : is_latin && address.size() <= 11);
}

/// How a target came to be asked for, which decides what it may be.
enum class from : std::uint8_t { code, item, prompt, kept_entry, command };

class examiner {
  public:
    examiner(const draft& pack, std::vector<finding>& findings)
        : pack_{pack}
        , findings_{findings} {
        for (const draft_screen& screen : pack.screens)
            screens_.emplace(screen.name, &screen);
    }

    void examine() {
        examine_pack();
        examine_offers();
        validate_wares(pack_, findings_);
        examine_codes();
        std::set<std::string> names;
        for (const draft_screen& screen : pack_.screens) {
            if (!names.insert(screen.name).second)
                add(screen.where, "the name " + screen.name + " is already another screen's");
            examine_screen(screen);
        }
        examine_entries();
        examine_reach();
        std::set<std::string> numbers;
        for (const draft_short_number& number : pack_.short_numbers)
            examine_short_number(number, numbers);
    }

  private:
    void add(const mark& where, std::string what) { findings_.emplace_back(where, std::move(what)); }

    void examine_pack() {
        if (!is_time_zone(pack_.zone.text))
            add(pack_.zone.where, "there is no time zone " + pack_.zone.text + "; an IANA name is wanted");
        if (!is_sender(pack_.sender.text))
            add(pack_.sender.where,
                "sender must be 1 to 20 digits, or 1 to 11 Latin letters, digits and blanks");
        if (pack_.languages.empty())
            add(pack_.where, "a pack needs a language");
        const password_policy& rules = pack_.passwords;
        if (rules.min_length > rules.max_length || rules.max_length > 64)
            add(pack_.where, "chosen passwords: min must not be over max, nor max over 64");
        if (rules.life < std::chrono::minutes{1})
            add(pack_.where, "a generated password must live for a minute at least");
        if (pack_.allowed.wrong_passwords == 0)
            add(pack_.where, "wrong_passwords must be 1 at least");
        for (const auto& [name, word] : pack_.words)
            if (find_placeholder(name) || !is_name(name))
                add(word.where, "a word of the pack can't be called " + name);
    }

    void examine_codes() {
        if (pack_.codes.empty())
            add(pack_.where, "a pack needs a service code");
        std::set<std::vector<std::string>> known;
        for (const draft_entry& code : pack_.codes) {
            const dialled_parts taken = take_apart(code.typed);
            std::vector<std::string> parts{taken.parts.begin(), taken.parts.end()};
            if (!is_service_code(code.typed, parts))
                add(code.leads.where,
                    code.typed + " is no service code: digits between * and a # at the end");
            if (!known.insert(std::move(parts)).second)
                add(code.leads.where, code.typed + " is given twice");
            examine_target(code.leads, from::code);
        }
        examine_target(pack_.unknown_code, from::code);
        const std::string& opened = pack_.unknown_code.opens;
        if (!opened.empty() && std::ranges::none_of(pack_.codes, [&](const draft_entry& code) {
                return code.leads.opens == opened;
            }))
            add(pack_.unknown_code.where,
                "unknown codes open " + opened + ", which no code of its own opens");
    }

    static bool is_service_code(std::string_view typed, const std::vector<std::string>& parts) {
        return typed.size() > 2 && typed.size() <= 40 && typed.front() == '*' && typed.back() == '#' &&
               !parts.empty() && std::ranges::all_of(parts, [](const std::string& part) {
                   return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
               });
    }

    void examine_target(const draft_target& leads, from whence) {
        const int said = int{!leads.opens.empty()} + int{!leads.does.empty()} + int{!leads.tells.empty()};
        if (said != 1)
            return add(leads.where, "exactly one of opens, does and tells is wanted here");
        examine_offer_named(leads);
        if (!leads.opens.empty()) {
            examine_opened(leads, whence);
            examine_opened_terms(leads);
        }
        if (leads.tells.size() > longest_name)
            add(leads.where, "the name of a text is at most 64 characters long");
        if (!leads.does.empty())
            examine_action(leads, whence);
        else if (!leads.language.empty())
            add(leads.where, "a language stands only with does = \"set_language\"");
        if (leads.stays && (leads.does.empty() || whence != from::item))
            add(leads.where, "stays stands only with an action of a menu");
        if (!leads.when.empty() && (whence != from::item || is_confirming_))
            add(leads.where, "when stands only with an item of a menu");
    }

    void examine_opened(const draft_target& leads, from whence) {
        if (whence == from::command || whence == from::prompt)
            add(leads.where, "only a code or an item of a menu opens a screen");
        else if (!screens_.contains(leads.opens))
            add(leads.where, "there is no screen " + leads.opens);
    }

    void examine_action(const draft_target& leads, from whence) {
        const std::optional<action_kind> kind = find_action(leads.does);
        if (!kind || *kind == action_kind::tell)
            return add(leads.where, "there is no action " + leads.does);
        const bool has_argument = whence == from::prompt || (whence == from::command && !is_empty_sms_);
        if (takes_argument(*kind) && !has_argument)
            add(leads.where, leads.does + " needs an entry: open a prompt instead");
        if (!takes_argument(*kind) && whence == from::prompt)
            add(leads.where, leads.does + " takes no entry");
        if (needs_offer(*kind) || needs_entries(*kind))
            examine_sale(leads, whence);
        if (cuts_off(*kind) && whence == from::item && !is_confirming_)
            add(leads.where,
                leads.does +
                    " stands in a menu only behind a confirmation: a dialled path would do it at once");
        if (*kind == action_kind::show_tariff &&
            std::ranges::find(pack_.wares, offer_kind::tariff, &draft_ware::kind) == pack_.wares.end())
            add(leads.where, leads.does + " needs a tariff that the pack has");
        if (*kind != action_kind::set_language) {
            if (!leads.language.empty())
                add(leads.where, "a language stands only with does = \"set_language\"");
            return;
        }
        if (std::ranges::find(pack_.languages, leads.language, &draft_language::code) ==
            pack_.languages.end())
            add(leads.where, "the pack has no language \"" + leads.language + '"');
    }

    /// Money is moved for what was read before: at a confirmation, or by a keyword that names it.
    void examine_sale(const draft_target& leads, from whence) {
        if (whence == from::command) {
            if (find_action(leads.does) == action_kind::transfer)
                add(leads.where, leads.does + " stands only in a confirmation, which says its price");
            else if (leads.offer.empty())
                add(leads.where, leads.does + " by SMS needs an offer to be named");
        } else if (!is_confirming_) {
            add(leads.where, leads.does + " stands only in a confirmation, which says its price");
        }
    }

    void examine_offer_named(const draft_target& leads) {
        if (leads.offer.empty())
            return;
        const std::optional<named_offer> named = find_named(pack_, leads.offer);
        if (!named)
            return add(leads.where, "the pack has no offer " + leads.offer);
        const std::optional<action_kind> kind = find_action(leads.does);
        if (!kind)
            return;
        examine_kind(leads, *named, offer_needed(*kind));
        if (!named->is_sold && !ends_something(*kind))
            add(leads.where, leads.offer + " isn't sold any more");
    }

    void examine_kind(const draft_target& leads, const named_offer& named, std::optional<offer_kind> wanted) {
        if (wanted && named.kind != *wanted)
            add(leads.where, leads.offer + " is a " + std::string{name_of(named.kind)} + ", not a " +
                                 std::string{name_of(*wanted)});
    }

    /// Whatever leads to a screen about terms says which, or stands in a screen that is about some itself.
    void examine_opened_terms(const draft_target& leads) {
        const auto found = screens_.find(leads.opens);
        if (found == screens_.end())
            return;
        const draft_screen& opened = *found->second;
        const std::optional<offer_kind> wanted = about_kind(pack_, opened);
        if (leads.offer.empty()) {
            const bool is_asking = asks(opened) && !is_about_;
            if (is_asking || (wanted && is_opened_about(pack_, opened.name) && !is_about_))
                add(leads.where, leads.opens + " asks about an offer: say which, offer = \"...\"");
            return;
        }
        if (!wanted)
            return add(leads.where, leads.opens + " asks about no offer");
        const std::optional<named_offer> named = find_named(pack_, leads.offer);
        if (!named)
            return;
        examine_kind(leads, *named, wanted);
        if (!named->is_sold && sells(pack_, opened))
            add(leads.where, leads.offer + " isn't sold any more, and " + leads.opens + " sells it");
    }

    void examine_offers() {
        std::set<std::string> names;
        for (const draft_offer& each : pack_.promises) {
            if (!is_name(each.name) || each.name.size() > offer{}.name.max_size())
                add(each.where, "an offer can't be called \"" + each.name + "\"");
            if (!names.insert(each.name).second)
                add(each.where, "the offer " + each.name + " is given twice");
            if (!is_amount(each.amount))
                add(each.where, "the offer " + each.name + " is of no amount");
            if (each.fee < money{} || each.fee >= each.amount)
                add(each.where, "the fee of " + each.name + " must be below its amount");
            if (each.term < std::chrono::minutes{1} || each.term > std::chrono::hours{24 * 366})
                add(each.where, "the term of " + each.name + " must be a minute at least, a year at most");
        }
        const bool is_currency =
            pack_.currency.text.size() == 3 &&
            std::ranges::all_of(pack_.currency.text, [](char each) { return each >= 'A' && each <= 'Z'; });
        if (!is_currency)
            add(pack_.currency.where, "currency must be three capital letters of ISO 4217, such as RUB");
        const transfer_policy& give = pack_.transfers;
        if (!is_amount(give.min) || give.min > give.max || give.max > give.per_day)
            add(pack_.where,
                "transfers: min must be more than nothing, and not over max, nor max over per_day");
        if (give.fee < money{})
            add(pack_.where, "transfers: the fee must not be below nothing");
        if (pack_.vouchers.min_digits > pack_.vouchers.max_digits)
            add(pack_.where, "vouchers: min_digits must not be over max_digits");
    }

    void examine_screen(const draft_screen& screen) {
        if (!is_name(screen.name))
            add(screen.where, "a screen can't be called \"" + screen.name + "\": a-z, 0-9 and _ make a name");
        if (screen.kind == screen_kind::prompt)
            return examine_prompt(screen);
        if (screen.items.size() > most_items)
            add(screen.where,
                screen.name + " has " + std::to_string(screen.items.size()) + " items, 8 at most");
        if (screen.kind == screen_kind::confirmation && screen.items.empty())
            add(screen.where, screen.name + " confirms nothing: an item is missing");
        if (!is_of_one_kind(pack_, screen))
            add(screen.where, screen.name + " asks about offers of two kinds");
        for (const draft_item& item : screen.items) {
            if (item.key.starts_with('0'))
                add(item.leads.where, "the key " + item.key + " begins with 0, which leads back");
            else if (item.key.size() != 1 || item.key < "1" || item.key > "8")
                add(item.leads.where, "the key " + item.key + " is not one of 1 to 8");
            is_confirming_ = screen.kind == screen_kind::confirmation;
            is_about_ = is_opened_about(pack_, screen.name);
            examine_target(item.leads, from::item);
            is_confirming_ = is_about_ = false;
        }
    }

    void examine_prompt(const draft_screen& screen) {
        if (screen.items.empty())
            examine_target(screen.enters, from::prompt);
        for (const draft_item& item : screen.items)
            examine_target(item.leads, from::kept_entry);
        const std::optional<entry_rule> rule = find_rule(screen.rule.text);
        const bool is_kept = rule == entry_rule::number || rule == entry_rule::amount;
        if (rule && is_kept != !screen.items.empty())
            add(screen.where, is_kept ? "what is entered here is kept: say which screen it opens"
                                      : "only a number or an amount is kept for another screen");
        else if (is_kept && screen.twice)
            add(screen.where, "only a password is asked for twice");
        if (!rule)
            add(screen.rule.where, "there is no rule " + screen.rule.text + " for entries");
        else if (rule == entry_rule::voucher && !is_kept &&
                 screen.enters.does != name_of(action_kind::top_up))
            add(screen.rule.where, "the rule voucher is for does = \"top_up\"");
        else if (rule == entry_rule::password && screen.enters.does != name_of(action_kind::choose_password))
            add(screen.rule.where, "the rule password is for does = \"choose_password\"");
        const std::optional<action_kind> does = find_action(screen.enters.does);
        if (rule && (rule == entry_rule::word) != (does && needs_word(*does)))
            add(screen.rule.where, "the rule word is for block_other and unblock_other, and they want it");
        if (screen.retries < 1 || screen.retries > 9)
            add(screen.where, "retries must be 1 to 9");
    }

    [[nodiscard]] static bool is_of_rule(const draft_screen& screen, std::string_view rule) {
        return screen.kind == screen_kind::prompt && screen.rule.text == rule;
    }

    /// Whatever opens the confirmation of a transfer has asked for the amount, and what opens that, or asks
    /// for a code word, for the number.
    void examine_entries() {
        for (const draft_screen& screen : pack_.screens) {
            const bool asks = std::ranges::any_of(screen.items, [](const draft_item& item) {
                return find_action(item.leads.does) == action_kind::transfer;
            });
            if (asks)
                examine_openers(screen.name, "amount");
            if (is_of_rule(screen, "amount") || is_of_rule(screen, "word"))
                examine_openers(screen.name, "number");
        }
    }

    void examine_openers(const std::string& name, std::string_view rule) {
        const auto complain = [&](const mark& where) {
            add(where, name + " wants a prompt of rule " + std::string{rule} + " before it");
        };
        for (const draft_entry& code : pack_.codes)
            if (code.leads.opens == name)
                complain(code.leads.where);
        for (const draft_screen& screen : pack_.screens)
            for (const draft_item& item : screen.items)
                if (item.leads.opens == name && !is_of_rule(screen, rule))
                    complain(item.leads.where);
    }

    void examine_reach() {
        const reached from_codes = find_depths(pack_);
        for (const draft_screen& screen : pack_.screens) {
            const auto found = from_codes.depths.find(screen.name);
            if (found == from_codes.depths.end())
                add(screen.where, "no code and no menu leads to " + screen.name);
            else if (found->second > most_depth)
                add(screen.where, screen.name + " is more than 8 keys deep");
        }
        for (const draft_item* item : from_codes.circling)
            add(item->leads.where, item->leads.opens + " stands above this item; 0 leads back to it");
    }

    void examine_short_number(const draft_short_number& number, std::set<std::string>& known) {
        if (number.numbers.empty())
            add(number.where, "a short number is missing");
        for (const marked_text& one : number.numbers) {
            if (one.text.empty() || one.text.find_first_not_of("0123456789") != std::string::npos)
                add(one.where, one.text + " is no short number");
            if (!known.insert(one.text).second)
                add(one.where, "the short number " + one.text + " is given twice");
        }
        if (number.help.text.empty())
            add(number.where, "help is missing: the text that answers an unknown keyword");
        std::set<std::string> keywords;
        for (const draft_entry& one : number.keywords) {
            const keyword folded = fold_keyword(one.typed);
            if (folded.empty() || has_blanks(one.typed))
                add(one.leads.where, "a keyword is one word: \"" + one.typed + '"');
            if (!keywords.emplace(view(folded)).second)
                add(one.leads.where, one.typed + " reads like another keyword of this number");
            examine_target(one.leads, from::command);
        }
        is_empty_sms_ = true;
        if (number.empty)
            examine_target(*number.empty, from::command);
        is_empty_sms_ = false;
    }

    const draft& pack_;
    std::vector<finding>& findings_;
    std::map<std::string, const draft_screen*> screens_;
    bool is_empty_sms_ = false;
    bool is_confirming_ = false;
    bool is_about_ = false; // the screen of the target is about an offer
};

} // namespace

std::vector<finding> validate(const draft& pack) {
    std::vector<finding> findings;
    examiner{pack, findings}.examine();
    validate_conditions(pack, findings);
    validate_texts(pack, findings);
    warn_of_named_codes(pack, findings);
    std::ranges::sort(findings);
    findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
    return findings;
}

} // namespace kabinet::menus
