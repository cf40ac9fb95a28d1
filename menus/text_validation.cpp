#include "menus/text_validation.hpp"

#include "menus/fit.hpp"
#include "menus/format.hpp"
#include "menus/layout.hpp"
#include "menus/terms_validation.hpp"
#include "menus/wanted.hpp"
#include "values/nearest.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <set>

namespace kabinet::menus {
namespace {

/// The first character that isn't in the GSM 7-bit alphabet, as it is written.
std::string find_foreign(std::string_view text) {
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        if (next.size == 0)
            return {};
        if (!count_septets(text.substr(0, next.size)))
            return std::string{text.substr(0, next.size)};
        text.remove_prefix(next.size);
    }
    return {};
}

class text_examiner {
  public:
    text_examiner(const draft& pack, const doubts& of, const draft_language& in,
                  const std::vector<wanted_text>& wanted, std::vector<finding>& findings)
        : pack_{pack}
        , doubts_{of}
        , in_{in}
        , wanted_{wanted}
        , findings_{findings}
        , forms_{language::from(in.code).value_or(language{}), pack.zone.text, in.time_pattern.text,
                 in.day_pattern}
        , words_{words_of(pack, forms_)}
        , longest_{find_longest(pack, in, forms_)} {}

    void examine() {
        if (!language::from(in_.code))
            add(in_.where, "\"" + in_.code + "\" is no language: two letters name it");
        examine_time_pattern();
        for (const draft_text& text : in_.texts)
            if (text.is_known)
                examine_words(text);
        std::set<const draft_text*> used;
        std::vector<const wanted_text*> missing;
        for (const wanted_text& wanted : wanted_)
            if (const draft_text* text = find_written(in_, wanted)) {
                used.insert(text);
                if (text->is_known)
                    examine_use(*text, wanted);
            } else if (!wanted.is_optional && !is_in_doubt(wanted.name)) {
                missing.push_back(&wanted);
            }
        std::vector<const draft_text*> unused;
        if (!doubts_.of_uses)
            for (const draft_text& text : in_.texts)
                if (!used.contains(&text))
                    unused.push_back(&text);
        tell_missing(missing, unused);
        tell_unused(unused, missing);
        for (const draft_screen& screen : pack_.screens)
            if (screen.kind != screen_kind::prompt)
                examine_menu(screen);
    }

  private:
    void add(const mark& where, std::string what) { findings_.emplace_back(where, std::move(what)); }

    void examine_time_pattern() {
        const std::string& pattern = in_.time_pattern.text;
        if (pattern.empty() && in_.is_whole)
            add(in_.time_pattern.where,
                "[forms] time is missing: how times are written, such as d MMM HH:mm");
        else if (!pattern.empty() && !is_time_pattern(pattern))
            add(in_.time_pattern.where, "\"" + pattern + "\" is no form of a time: d MMM HH:mm is");
    }

    /// Whether what asks for the text may not have been meant so.
    [[nodiscard]] bool is_in_doubt(const std::string& name) const {
        return std::ranges::any_of(pack_.screens,
                                   [&](const draft_screen& screen) {
                                       return doubts_.screens.contains(screen.name) &&
                                              name.starts_with(text_prefix(screen) + '.');
                                   }) ||
               std::ranges::any_of(pack_.wares, [&](const draft_ware& ware) {
                   return doubts_.offers.contains(ware.name) && name == view(title_of(ware.kind, ware.name));
               });
    }

    void tell_missing(const std::vector<const wanted_text*>& missing,
                      const std::vector<const draft_text*>& unused) {
        std::vector<std::string> names;
        for (const draft_text* each : unused)
            names.push_back(each->name);
        for (const wanted_text* each : missing) {
            std::string meant;
            for (const std::string& way : each->written_as)
                if (meant.empty())
                    meant = nearest(way, names);
            add(in_.where, "the text " + each->name + " is missing; " + each->asked_by.file + ':' +
                               std::to_string(each->asked_by.line) + " asks for it" +
                               (meant.empty() ? "" : ", and there is " + meant + ", which nothing uses"));
        }
    }

    void tell_unused(const std::vector<const draft_text*>& unused,
                     const std::vector<const wanted_text*>& missing) {
        std::vector<std::string> names;
        for (const wanted_text* each : missing)
            names.insert(names.end(), each->written_as.begin(), each->written_as.end());
        for (const draft_text* each : unused)
            add(each->where, "nothing uses the text " + each->name + guess(each->name, names));
    }

    /// `{beep.fee}`, while a menu's `beep` is told not to be there.
    [[nodiscard]] bool rests_on_doubt(const phrase_fault& of) const {
        return !of.name.empty() &&
               (doubts_.of_tables || doubts_.lacking.contains(of.name.substr(0, of.name.find('.'))));
    }

    void examine_words(const draft_text& text) {
        if (text.words.empty())
            add(text.where, text.name + " is empty");
        const parsed_phrase parsed = parse_phrase(text.words, words_);
        for (const phrase_fault& fault : parsed.faults)
            if (!rests_on_doubt(fault))
                add(text.where, text.name + ": " + fault.sentence);
        for (const piece& part : parsed.made.pieces)
            if (!part.forms.empty() && part.forms.size() != forms_.count_forms())
                add(text.where,
                    text.name + ": {count|...} wants " + std::to_string(forms_.count_forms()) + " forms");
        if (!count_utf16(text.words))
            return add(text.where, text.name + " is broken UTF-8");
        if (!in_.is_gsm)
            return;
        if (const std::string foreign = find_foreign(fill(parsed.made, longest_)); !foreign.empty())
            add(text.where, text.name + ": '" + foreign + "' is not in the GSM 7-bit alphabet");
    }

    void examine_use(const draft_text& text, const wanted_text& wanted) {
        const phrase parsed = parse_phrase(text.words, words_).made;
        for (const piece& part : parsed.pieces)
            if (part.filled && !wanted.may_say.has(*part.filled) && !is_of_unknown_screen(wanted))
                add(text.where, wanted.name + " can't say {" + std::string{name_of(*part.filled)} + '}');
        if (wanted.fits == fit::part)
            return;
        if (wanted.issues_secret)
            examine_password(text, wanted, parsed);
        if (!doubts_.of_tables)
            validate_terms_by_sms(pack_, wanted.name, text, parsed, findings_);
        if (wanted.name == "nav.resume")
            for (const char* choice : {"\n1 ", "\n2 "})
                if (text.words.find(choice) == std::string::npos)
                    add(text.where,
                        "nav.resume must have a line that begins with 1, to go on, and one with 2, for "
                        "the start");
        const length is = measure(parsed, wanted);
        if (!is.fits())
            add(text.where, wanted.name + " is too long: " + describe_excess(is) +
                                describe_examples(parsed, longest_in(wanted.name, longest_)));
    }

    /// What a screen may say rests on what its items do.
    [[nodiscard]] bool is_of_unknown_screen(const wanted_text& wanted) const {
        return doubts_.of_uses && wanted.fits == fit::part;
    }

    /// A password stands after a colon and a space at the end of its line, wherever the pack shows it.
    void examine_password(const draft_text& text, const wanted_text& wanted, const phrase& parsed) {
        const bool is_screen = wanted.fits == fit::screen;
        const bool shows = !is_screen || pack_.passwords.show != password_shown::sms;
        if (doubts_.of_tables) // so `show`, too
            return;
        if (shows != parsed.holds(placeholder::password))
            return add(text.where,
                       wanted.name + (shows ? " must say {password}" : " must not say {password}"));
        const std::string& words = text.words;
        const std::size_t at = words.find("{password}");
        if (at == std::string::npos)
            return;
        const std::size_t after = at + std::string_view{"{password}"}.size();
        const bool is_alone =
            at >= 2 && words.compare(at - 2, 2, ": ") == 0 && (after == words.size() || words[after] == '\n');
        if (!is_alone)
            add(text.where,
                wanted.name + ": {password} stands after a colon and a space, at the end of its line");
    }

    [[nodiscard]] length measure(const phrase& parsed, const wanted_text& wanted) const {
        std::string filled = fill(parsed, longest_in(wanted.name, longest_));
        if (wanted.fits == fit::sms)
            return measure_sms(filled, wanted.sms_parts);
        if (wanted.keeps_zero_line)
            filled += '\n' + longest_zero_line(wanted);
        return measure_screen(filled, pack_.screen);
    }

    [[nodiscard]] std::string longest_zero_line(const wanted_text& wanted) const {
        std::string longest;
        std::vector<std::string> names{"nav.back", "nav.cancel"};
        if (wanted.name == "nav.resume")
            names = {"nav.exit"};
        for (const draft_screen& screen : pack_.screens)
            if (screen.kind == screen_kind::prompt)
                if (const std::string prefix = text_prefix(screen);
                    wanted.name.starts_with(prefix) ||
                    (!screen.enters.does.empty() && wanted.name.starts_with(screen.enters.does)))
                    names.push_back(prefix + ".0");
        for (const std::string& name : names)
            if (const draft_text* line = in_.find(name); line != nullptr && is_longer(line->words, longest))
                longest = line->words;
        return longest;
    }

    /// Its items don't move when the head is the other one.
    void examine_other_head(const draft_screen& screen, const menu_parts& parts, std::string_view which,
                            const std::optional<phrase>& other) {
        if (!other)
            return;
        const std::string name = text_prefix(screen) + std::string{which};
        const draft_text* text = in_.find(name);
        const length head = measure_screen(fill(parts.head, longest_), pack_.screen);
        const length plain = measure_screen(fill(*other, longest_), pack_.screen);
        if (text != nullptr && (plain.used > head.used || (head.is_gsm && !plain.is_gsm)))
            add(text->where, name + " is longer than the head it stands for: " +
                                 describe_excess({plain.used, head.used, plain.is_gsm}) +
                                 describe_examples(*other, longest_));
    }

    void examine_terms(const draft_screen& screen) {
        const draft_text* head = in_.find(text_prefix(screen) + ".head");
        if (screen.kind != screen_kind::confirmation || head == nullptr || head->words.empty())
            return;
        const parsed_phrase said = parse_phrase(head->words, words_);
        if (said.faults.empty()) // what is meant by such a one isn't known
            validate_terms(pack_, screen, *head, said.made, findings_);
    }

    void examine_menu(const draft_screen& screen) {
        const menu_parts parts = parts_of(pack_, in_, screen, words_);
        const longest_values longest = longest_on(pack_, screen, longest_);
        const laid_out pages = lay_out(parts, pack_.screen, longest);
        examine_terms(screen);
        examine_other_head(screen, parts, ".plain", parts.plain_head);
        examine_other_head(screen, parts, ".held", parts.held_head);
        examine_other_head(screen, parts, ".paused", parts.paused_head);
        for (const auto& [key, is] : pages.too_long) {
            const std::string name = text_prefix(screen) + (key == 0 ? ".head" : '.' + std::to_string(key));
            const draft_text* text = in_.find(name);
            add(text == nullptr ? in_.where : text->where,
                name + " is too long for a page: with the lines for 9 and 0 " + describe_excess(is) +
                    (text == nullptr ? ""
                                     : describe_examples(parse_phrase(text->words, words_).made, longest)));
        }
    }

    const draft& pack_;
    const doubts& doubts_;
    const draft_language& in_;
    const std::vector<wanted_text>& wanted_;
    std::vector<finding>& findings_;
    forms forms_;
    pack_words words_;
    longest_values longest_;
};

} // namespace

void validate_texts(const draft& pack, const doubts& of, std::vector<finding>& findings) {
    const std::vector<wanted_text> wanted = wanted_texts(pack);
    for (const draft_language& in : pack.languages)
        if (in.is_read)
            text_examiner{pack, of, in, wanted, findings}.examine();
}

} // namespace kabinet::menus
