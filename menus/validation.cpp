#include "menus/validation.hpp"

#include "menus/about.hpp"
#include "menus/commands.hpp"
#include "menus/condition_validation.hpp"
#include "menus/contact_validation.hpp"
#include "menus/dialled.hpp"
#include "menus/doubts.hpp"
#include "menus/entry.hpp"
#include "menus/format.hpp"
#include "menus/make_action.hpp"
#include "menus/named_codes.hpp"
#include "menus/reach.hpp"
#include "menus/shadowed_paths.hpp"
#include "menus/target_validation.hpp"
#include "menus/text_validation.hpp"
#include "menus/typed.hpp"
#include "menus/unused_words.hpp"
#include "menus/ware_validation.hpp"
#include "values/nearest.hpp"

#include <algorithm>
#include <set>

namespace kabinet::menus {
namespace {

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

class pack_examiner {
  public:
    pack_examiner(const draft& pack, const doubts& of, std::vector<finding>& findings)
        : pack_{pack}
        , doubts_{of}
        , targets_{pack, of, findings}
        , findings_{findings} {}

    void examine() {
        examine_pack();
        examine_offers();
        validate_wares(pack_, findings_);
        validate_contacts(pack_, findings_);
        examine_codes();
        refuse_shadowed_paths(pack_, findings_);
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

    /// Or it is missing, but not because it wasn't understood.
    [[nodiscard]] bool is_given(const marked_text& text) const {
        return !text.text.empty() || !doubts_.of_tables;
    }

    void examine_pack() {
        if (pack_.zone.text.empty() && is_given(pack_.zone))
            add(pack_.zone.where, "time_zone is missing: an IANA name such as Europe/Moscow is wanted");
        else if (is_given(pack_.zone) && !is_time_zone(pack_.zone.text))
            add(pack_.zone.where, "there is no time zone " + pack_.zone.text + "; an IANA name is wanted");
        if (is_given(pack_.sender) && !is_sender(pack_.sender.text))
            add(pack_.sender.where,
                "sender must be 1 to 20 digits, or 1 to 11 Latin letters, digits, blanks, dots and dashes");
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
        for (const auto& [name, address] : pack_.contacts)
            if (find_placeholder(name) || !is_name(name))
                add(address.where, "a contact can't be called " + name);
    }

    void examine_codes() {
        if (pack_.codes.empty() && !doubts_.of_tables)
            add(pack_.where, "a pack needs a service code");
        std::set<std::vector<std::string>> known;
        for (const draft_entry& code : pack_.codes) {
            const dialled_parts taken = take_apart(code.typed);
            std::vector<std::string> parts{taken.parts.begin(), taken.parts.end()};
            if (!is_service_code(code.typed, parts))
                add(code.leads.where,
                    code.typed + " is no service code: digits between * and a # at the end" +
                        (code.typed.starts_with('*') ? std::string{} : guess(code.typed, {"unknown"})));
            if (!known.insert(std::move(parts)).second)
                add(code.leads.where, code.typed + " is given twice");
            targets_.examine(code.leads, {asked_by::code});
        }
        targets_.examine(pack_.unknown_code, {asked_by::code});
        const std::string& opened = pack_.unknown_code.opens;
        if (!opened.empty() && !doubts_.of_reach &&
            std::ranges::none_of(pack_.codes,
                                 [&](const draft_entry& code) { return code.leads.opens == opened; }))
            add(pack_.unknown_code.where,
                "unknown codes open " + opened + ", which no code of its own opens");
    }

    static bool is_service_code(std::string_view typed, const std::vector<std::string>& parts) {
        return typed.size() > 2 && typed.size() <= 40 && typed.front() == '*' && typed.back() == '#' &&
               !parts.empty() && std::ranges::all_of(parts, [](const std::string& part) {
                   return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
               });
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
        if (!is_currency && is_given(pack_.currency))
            add(pack_.currency.where, "currency must be three capital letters of ISO 4217, such as RUB");
        const transfer_policy& give = pack_.transfers;
        if (!is_amount(give.min) || give.min > give.max || give.max > give.per_day)
            add(pack_.where,
                "transfers: min must be more than nothing, and not over max, nor max over per_day");
        if (give.fee < money{})
            add(pack_.where, "transfers: the fee must not be below nothing");
        if (pack_.calls.within < std::chrono::minutes{1} || pack_.calls.within > std::chrono::days{7})
            add(pack_.where, "calls: within must be from 1min to 7d");
        if (pack_.calls.from >= pack_.calls.until)
            add(pack_.where, "calls: from must be an hour before until");
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
            targets_.examine(item.leads, {asked_by::item, screen.kind == screen_kind::confirmation,
                                          is_opened_about(pack_, screen.name)});
        }
    }

    void examine_prompt(const draft_screen& screen) {
        if (screen.items.empty())
            targets_.examine(screen.enters, {asked_by::prompt});
        for (const draft_item& item : screen.items)
            targets_.examine(item.leads, {asked_by::kept_entry});
        if (screen.retries < 1 || screen.retries > 9)
            add(screen.where, "retries must be 1 to 9");
        if (const std::optional<entry_rule> rule = find_rule(screen.rule.text))
            examine_rule(screen, *rule);
        else if (is_given(screen.rule))
            add(screen.rule.where,
                screen.rule.text.empty()
                    ? "rule is missing: what may be entered here" + guess_or_list({}, rule_words())
                    : "there is no rule " + screen.rule.text + " for entries" +
                          guess_or_list(screen.rule.text, rule_words()));
    }

    void examine_rule(const draft_screen& screen, entry_rule rule) {
        const draft_target& leads = screen.items.empty() ? screen.enters : screen.items.front().leads;
        const bool is_kept = rule == entry_rule::number || rule == entry_rule::amount;
        if (leads.is_known && is_kept != !screen.items.empty())
            add(screen.where, is_kept ? "what is entered here is kept: say which screen it opens"
                                      : "only a number or an amount is kept for another screen");
        else if (is_kept && screen.twice)
            add(screen.where, "only a password is asked for twice");
        const std::optional<action_kind> does = find_action(screen.enters.does);
        if (!leads.is_known || (!does && !screen.enters.does.empty()))
            return; // what it does isn't known
        if (rule == entry_rule::voucher && does != action_kind::top_up)
            add(screen.rule.where, "the rule voucher is for does = \"top_up\"");
        else if (rule == entry_rule::password && does != action_kind::choose_password)
            add(screen.rule.where, "the rule password is for does = \"choose_password\"");
        if ((rule == entry_rule::word) != (does && needs_word(*does)))
            add(screen.rule.where, "the rule word is for block_other and unblock_other, and they want it");
    }

    [[nodiscard]] static bool is_of_rule(const draft_screen& screen, std::string_view rule) {
        return screen.kind == screen_kind::prompt && screen.rule.text == rule;
    }

    [[nodiscard]] static bool may_be_of_any_rule(const draft_screen& screen) {
        return screen.kind == screen_kind::prompt && !find_rule(screen.rule.text);
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
                if (item.leads.opens == name && !is_of_rule(screen, rule) && !may_be_of_any_rule(screen))
                    complain(item.leads.where);
    }

    void examine_reach() {
        const reached from_codes = find_depths(pack_);
        for (const draft_screen& screen : pack_.screens) {
            const auto found = from_codes.depths.find(screen.name);
            if (found == from_codes.depths.end() && !doubts_.of_reach)
                add(screen.where, "no code and no menu leads to " + screen.name);
            else if (found != from_codes.depths.end() && found->second > most_depth)
                add(screen.where, screen.name + " is more than 8 keys deep");
        }
        for (const draft_item* item : from_codes.circling)
            add(item->leads.where, item->leads.opens + " stands above this item; 0 leads back to it");
    }

    void examine_short_number(const draft_short_number& number, std::set<std::string>& known) {
        if (number.numbers.empty() && !doubts_.of_tables)
            add(number.where, "a short number is missing");
        for (const marked_text& one : number.numbers) {
            if (one.text.empty() || one.text.find_first_not_of("0123456789") != std::string::npos)
                add(one.where, one.text + " is no short number");
            if (!known.insert(one.text).second)
                add(one.where, "the short number " + one.text + " is given twice");
        }
        if (number.help.text.empty() && is_given(number.help))
            add(number.where, "help is missing: the text that answers an unknown keyword");
        const bool awaits_replies = std::ranges::any_of(number.keywords, [](const draft_entry& one) {
            const std::optional<action_kind> kind = find_action(one.leads.does);
            return kind && needs_reply(*kind);
        });
        std::set<std::string> keywords;
        for (const draft_entry& one : number.keywords) {
            if (awaits_replies && !read_reply(view(fold_keyword(one.typed))).empty())
                add(one.leads.where, one.typed + " reads like the code of a reply, which agrees to what "
                                                 "another keyword of this number asks");
            const keyword folded = fold_keyword(one.typed);
            if (folded.empty() || has_blanks(one.typed))
                add(one.leads.where, "a keyword is one word: \"" + one.typed + '"');
            if (!keywords.emplace(view(folded)).second)
                add(one.leads.where, one.typed + " reads like another keyword of this number");
            targets_.examine(one.leads, {asked_by::command});
        }
        if (number.empty)
            targets_.examine(*number.empty, {asked_by::empty_command});
    }

    const draft& pack_;
    const doubts& doubts_;
    target_examiner targets_;
    std::vector<finding>& findings_;
};

} // namespace

std::vector<finding> validate(const draft& pack) {
    std::vector<finding> findings;
    const doubts in_doubt = find_doubts(pack);
    pack_examiner{pack, in_doubt, findings}.examine();
    validate_conditions(pack, in_doubt, findings);
    validate_texts(pack, in_doubt, findings);
    refuse_unused_words(pack, in_doubt, findings);
    if (!in_doubt.of_reach)
        warn_of_named_codes(pack, findings);
    std::ranges::sort(findings);
    findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
    return findings;
}

} // namespace kabinet::menus
