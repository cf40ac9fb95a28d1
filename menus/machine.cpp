#include "menus/machine.hpp"

#include "menus/dialled.hpp"
#include "menus/entry.hpp"
#include "menus/make_action.hpp"
#include "menus/outcomes.hpp"
#include "menus/typed.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace kabinet::menus {
namespace {

constexpr std::uint8_t most_wrong_keys = 3;
constexpr std::uint8_t only_way = 1; // from a prompt to the screen after it
constexpr std::string_view farewell = "nav.bye";
constexpr std::string_view gave_up = "wrong.end";
constexpr std::string_view not_there = "nav.hidden";

using parts_view = std::span<const std::string_view>;

/// 1 to 8, or nothing.
std::optional<std::uint8_t> read_key(std::string_view typed) {
    if (typed.size() != 1 || typed[0] < '1' || typed[0] > static_cast<char>('0' + most_items))
        return std::nullopt;
    return static_cast<std::uint8_t>(typed[0] - '0');
}

end finish(std::string_view text, const place& from) {
    return {{text.data(), text.size()}, from};
}

step go_back(const definition& pack, const place& at) {
    if (at.page > 0) {
        place previous = without_entries(at);
        previous.page = static_cast<std::uint8_t>(at.page - 1);
        while (previous.page > 0 && !has_items(pack, *find_screen(pack, at), at, previous.page))
            --previous.page;
        return show{previous};
    }
    if (at.depth == 0)
        return finish(farewell, at);
    return show{one_up(pack, at)};
}

step refuse(place at, refusal why, std::uint8_t retries) {
    if (++at.wrong >= retries)
        return finish(gave_up, at);
    at.refused = why;
    at.standing = stage::asked;
    at.first_entry = {};
    return show{at};
}

step repeat_menu(place at) {
    if (++at.wrong >= most_wrong_keys)
        return finish(gave_up, at);
    forget_what_changed(at);
    at.standing = stage::asked;
    return show{at};
}

step ask_for(const definition& pack, const does& what, std::string_view typed, const place& at) {
    if (what.what == action_kind::tell)
        return end{name_text(view(what.text), channel::screen), at};
    does whole = what;
    if (whole.about == no_offer)
        whole.about = offer_at(pack, at);
    perform asked{
        make_action(pack, whole, typed, {msisdn::from_digits(at.number), money::from_minor(at.amount)}), at,
        std::nullopt};
    if (what.stays) {
        asked.back = cleared(at);
        asked.back->standing = stage::told;
    }
    return asked;
}

bool may_resume_at(const screen& here) {
    const bool asks_secret = here.rule == entry_rule::password || here.rule == entry_rule::voucher;
    return here.kind == screen_kind::menu || (here.kind == screen_kind::prompt && !asks_secret);
}

/// Of the menu there, or the next one above.
resume_policy policy_at(const definition& pack, place at) {
    for (; at.depth > 0 && find_screen(pack, at)->kind != screen_kind::menu; --at.depth) {
    }
    return find_screen(pack, at)->resume;
}

step choose_where(const place& at, std::string_view typed) {
    place there = cleared(at);
    there.page = at.page;
    if (typed == "1")
        return show{there};
    if (typed == "2" || typed == "00")
        return show{home_of(at)};
    if (typed == "0")
        return finish(farewell, home_of(at));
    there.standing = stage::back;
    there.wrong = static_cast<std::uint8_t>(at.wrong + 1);
    if (there.wrong >= most_wrong_keys)
        return finish(gave_up, home_of(at));
    return show{there};
}

step take_item(const definition& pack, const target& leads, std::uint8_t key, const place& at) {
    if (std::holds_alternative<opens>(leads))
        return show{one_deeper(at, key)};
    if (const does* what = std::get_if<does>(&leads))
        return ask_for(pack, *what, {}, at);
    return repeat_menu(at);
}

step enter_menu(const definition& pack, const screen& menu, const place& at, std::string_view typed) {
    if (typed == "0")
        return at.standing == stage::told ? step{show{without_entries(at)}} : go_back(pack, at);
    if (typed == "00")
        return show{home_of(at)};
    if (typed == "9" && at.standing == stage::asked)
        if (const std::optional<std::uint8_t> page = find_next_page(pack, at)) {
            place next = without_entries(at);
            next.page = *page;
            return show{next};
        }
    const std::optional<std::uint8_t> key = read_key(typed);
    return key && is_there(pack, menu, at, *key) ? take_item(pack, menu.items[*key], *key, at)
                                                 : repeat_menu(at);
}

step enter_prompt(const definition& pack, const screen& prompt, const place& at, std::string_view typed,
                  msisdn own, const fingerprinter& fingers) {
    if (typed == "0" || typed == "\uFF10") // the full-width zero
        return go_back(pack, at);
    if (prompt.rule == entry_rule::number || prompt.rule == entry_rule::amount) {
        place next = one_deeper(at, only_way);
        if (!keep_entry(pack, prompt.rule, typed, own, next))
            return refuse(at, refusal::bad_entry, prompt.retries);
        return show{next};
    }
    const secret entry{typed};
    if (const refusal why = examine_entry(pack, prompt.rule, entry, own); why != refusal::none)
        return refuse(at, why, prompt.retries);
    if (!prompt.twice)
        return ask_for(pack, prompt.enters, typed, at);
    const fingerprint taken = fingers.take(entry);
    if (at.standing == stage::again) {
        if (taken != at.first_entry)
            return refuse(at, refusal::mismatch, prompt.retries);
        return ask_for(pack, prompt.enters, typed, at);
    }
    place again = at;
    again.standing = stage::again;
    again.refused = refusal::none;
    again.first_entry = taken;
    return show{again};
}

struct found_code {
    std::uint16_t code = 0;
    std::size_t length = 0; // in parts; 0: none
};

found_code find_code(const definition& pack, parts_view dialled) {
    for (std::size_t length = dialled.size(); length > 0; --length) {
        const parts_view prefix = dialled.first(length);
        const auto found = std::ranges::lower_bound(
            pack.codes, prefix,
            [](const auto& left, const auto& right) {
                return std::ranges::lexicographical_compare(left, right, std::ranges::less{});
            },
            &service_code::parts);
        if (found != pack.codes.end() && std::ranges::equal(found->parts, prefix))
            return {static_cast<std::uint16_t>(found - pack.codes.begin()), length};
    }
    return {};
}

/// A password may be dialled only where the pack lets it; else the prompt asks for it.
step dial_entry(const definition& pack, const screen& prompt, const place& at, parts_view rest) {
    const bool may_be_dialled =
        prompt.rule == entry_rule::password ? pack.passwords.may_be_dialled : prompt.rule != entry_rule::word;
    if (!may_be_dialled)
        return show{at};
    if (rest.size() > 1) {
        const refusal why =
            prompt.rule == entry_rule::password ? refusal::bad_characters : refusal::bad_voucher;
        return end{name_text(name_of(prompt.enters.what), name_of(why), channel::screen), at};
    }
    return ask_for(pack, prompt.enters, rest.front(), at);
}

step follow_keys(const definition& pack, place at, parts_view rest) {
    for (; !rest.empty(); rest = rest.subspan(1)) {
        const screen& here = *find_screen(pack, at);
        if (here.kind == screen_kind::confirmation)
            return show{at};
        if (here.kind == screen_kind::prompt && !std::holds_alternative<opens>(here.items[only_way]))
            return dial_entry(pack, here, at, rest);
        if (here.kind == screen_kind::prompt) { // it is asked for where what was dialled is none
            place next = one_deeper(at, only_way);
            if (!keep_entry(pack, here.rule, rest.front(), {}, next))
                return show{at};
            at = next;
            continue;
        }
        const std::optional<std::uint8_t> key = read_key(rest.front());
        if (const sources unasked = key ? here.when[*key].needs.without(at.asked) : sources{};
            !unasked.empty())
            return inquire{unasked, {at.facts, at.known, at.asked}};
        const target* leads = key ? &here.items[*key] : nullptr;
        if (leads != nullptr && here.hides_items && leads->index() != 0 && !is_there(pack, here, at, *key))
            return finish(not_there, at);
        if (leads != nullptr && std::holds_alternative<opens>(*leads)) {
            at = one_deeper(at, *key);
            continue;
        }
        const does* what = leads != nullptr ? std::get_if<does>(leads) : nullptr;
        return what != nullptr && rest.size() == 1 ? ask_for(pack, *what, {}, at) : repeat_menu(at);
    }
    return show{at};
}

step dial_unknown(const definition& pack, language reads) {
    place at;
    at.reads = reads;
    if (std::holds_alternative<opens>(pack.unknown_code)) {
        at.code = pack.unknown_opens;
        return show{at};
    }
    return ask_for(pack, std::get<does>(pack.unknown_code), {}, at);
}

step dial_narrow(const definition& pack, std::string_view dialled, language reads, const knowledge& of) {
    const dialled_parts taken = take_apart(dialled);
    const parts_view parts{taken.parts.data(), taken.parts.size()};
    const found_code found = find_code(pack, parts);
    if (found.length == 0)
        return dial_unknown(pack, reads);
    place at;
    at.code = found.code;
    at.reads = reads;
    at.facts = of.facts;
    at.known = of.known;
    at.asked = of.asked;
    const parts_view rest = parts.subspan(found.length);
    if (const does* what = std::get_if<does>(&pack.codes[found.code].leads))
        return rest.empty() ? ask_for(pack, *what, {}, at) : dial_unknown(pack, reads);
    return follow_keys(pack, at, rest);
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char octet) { return static_cast<unsigned char>(octet) < 0x80; });
}

short_text narrow_all(std::string_view text) {
    short_text narrowed;
    for (code_point next = next_code_point(text); next.size != 0; next = next_code_point(text)) {
        const char32_t value = is_blank(next.value) ? U' ' : narrow(next.value);
        if (!append_code_point(narrowed, value))
            return {};
        text.remove_prefix(next.size);
    }
    return narrowed;
}

} // namespace

std::optional<place> find_resumption(const definition& pack, const place& left) {
    const screen* here = find_screen(pack, left);
    if (here == nullptr)
        return std::nullopt;
    place at = cleared(left);
    at.page = left.page;
    at.known = at.asked = {};
    at.facts = {};
    for (; !may_resume_at(*here); here = find_screen(pack, at)) {
        if (at.depth == 0)
            return std::nullopt;
        at = one_up(pack, at);
    }
    const bool is_start = at.depth == 0 && at.page == 0;
    const resume_policy policy = policy_at(pack, at);
    if (is_start || policy == resume_policy::start)
        return std::nullopt;
    if (policy == resume_policy::ask)
        at.standing = stage::back;
    return at;
}

step dial(const definition& pack, std::string_view dialled, language reads, const knowledge& of) {
    if (is_ascii(dialled))
        return dial_narrow(pack, dialled, reads, of);
    short_text narrowed = narrow_all(dialled);
    step taken = dial_narrow(pack, view(narrowed), reads, of);
    wipe(narrowed.data(), narrowed.size());
    return taken;
}

step enter(const definition& pack, const place& at, std::string_view typed, msisdn own,
           const fingerprinter& fingers) {
    const screen* here = find_screen(pack, at);
    if (here == nullptr)
        return finish(gave_up, at);
    typed = trim(typed);
    if (at.standing == stage::back)
        return choose_where(at, is_ascii(typed) ? typed : view(narrow_all(typed)));
    if (here->kind == screen_kind::prompt)
        return enter_prompt(pack, *here, at, typed, own, fingers);
    if (is_ascii(typed))
        return enter_menu(pack, *here, at, typed);
    return enter_menu(pack, *here, at, view(narrow_all(typed)));
}

} // namespace kabinet::menus
