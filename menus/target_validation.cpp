#include "menus/target_validation.hpp"

#include "menus/about.hpp"
#include "values/nearest.hpp"

#include <algorithm>
#include <variant>

namespace kabinet::menus {
namespace {

template <class List, class Name>
std::vector<std::string> names_in(const List& list, Name name) {
    std::vector<std::string> names;
    for (const auto& each : list)
        names.push_back(each.*name);
    return names;
}

std::vector<std::string> offers_of(const draft& pack) {
    std::vector<std::string> names = names_in(pack.promises, &draft_offer::name);
    for (const draft_ware& each : pack.wares)
        names.push_back(each.name);
    return names;
}

bool has_argument(asked_by whence) {
    return whence == asked_by::prompt || whence == asked_by::command;
}

bool is_by_sms(asked_by whence) {
    return whence == asked_by::command || whence == asked_by::empty_command;
}

/// Whether that action is of any use there.
bool may_stand(action_kind kind, const standing& there) {
    const bool is_sold = needs_offer(kind) || needs_entries(kind);
    if (kind == action_kind::tell || there.whence == asked_by::kept_entry)
        return false;
    if (there.whence == asked_by::prompt)
        return takes_argument(kind);
    if (takes_argument(kind) && !has_argument(there.whence))
        return false;
    if (is_by_sms(there.whence))
        return !needs_reply(kind) || there.whence == asked_by::command;
    return there.is_confirming || (!is_sold && !(cuts_off(kind) && there.whence == asked_by::item));
}

std::vector<std::string> actions_for(const standing& there) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < std::variant_size_v<action>; ++at)
        if (const auto kind = static_cast<action_kind>(at); may_stand(kind, there))
            names.emplace_back(name_of(kind));
    return names;
}

std::vector<std::string> all_actions() {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < std::variant_size_v<action>; ++at)
        if (const auto kind = static_cast<action_kind>(at); kind != action_kind::tell)
            names.emplace_back(name_of(kind));
    return names;
}

std::string list(const std::vector<std::string>& names) {
    std::string listed;
    for (const std::string& each : names)
        listed.append(listed.empty() ? "" : ", ").append(each);
    return listed;
}

} // namespace

std::string guess_or_list(const std::string& name, const std::vector<std::string>& known) {
    const std::string meant = guess(name, known);
    return !meant.empty() || known.empty() ? meant : "; there are " + list(known);
}

target_examiner::target_examiner(const draft& pack, const doubts& of, std::vector<finding>& findings)
    : pack_{pack}
    , doubts_{of}
    , findings_{findings} {}

const draft_screen* target_examiner::find_screen(const std::string& name) const {
    const auto found = std::ranges::find(pack_.screens, name, &draft_screen::name);
    return found == pack_.screens.end() ? nullptr : &*found;
}

void target_examiner::examine(const draft_target& leads, const standing& there) {
    const int said = int{!leads.opens.empty()} + int{!leads.does.empty()} + int{!leads.tells.empty()};
    if (said == 0 && !leads.is_known)
        return;
    if (said != 1)
        return add(leads.where, "exactly one of opens, does and tells is wanted here");
    examine_offer_named(leads);
    if (!leads.opens.empty()) {
        examine_opened(leads, there);
        examine_opened_terms(leads, there);
    }
    if (leads.tells.size() > longest_name)
        add(leads.where, "the name of a text is at most 64 characters long");
    if (!leads.does.empty())
        examine_action(leads, there);
    else if (!leads.language.empty())
        add(leads.where, "a language stands only with does = \"set_language\"");
    if (leads.stays && (leads.does.empty() || there.whence != asked_by::item))
        add(leads.where, "stays stands only with an action of a menu");
    if (!leads.when.empty() && (there.whence != asked_by::item || there.is_confirming))
        add(leads.where, "when stands only with an item of a menu");
}

void target_examiner::examine_opened(const draft_target& leads, const standing& there) {
    if (is_by_sms(there.whence) || there.whence == asked_by::prompt)
        add(leads.where, "only a code or an item of a menu opens a screen");
    else if (find_screen(leads.opens) == nullptr)
        miss(leads.where, "there is no screen " + leads.opens +
                              guess(leads.opens, names_in(pack_.screens, &draft_screen::name)));
}

void target_examiner::examine_action(const draft_target& leads, const standing& there) {
    const std::optional<action_kind> kind = find_action(leads.does);
    if (kind && *kind != action_kind::tell) {
        examine_place(leads, *kind, there);
        return examine_language(leads, *kind);
    }
    const std::string meant = guess(leads.does, all_actions());
    miss(leads.where, "there is no action " + leads.does +
                          (meant.empty() ? "; here may stand " + list(actions_for(there)) : meant));
}

void target_examiner::examine_place(const draft_target& leads, action_kind kind, const standing& there) {
    if (takes_argument(kind) && !has_argument(there.whence))
        add(leads.where, leads.does + " needs an entry: open a prompt instead");
    if (!takes_argument(kind) && there.whence == asked_by::prompt)
        add(leads.where, leads.does + " takes no entry");
    if (needs_offer(kind) || needs_entries(kind))
        examine_sale(leads, kind, there);
    if (needs_reply(kind) && there.whence == asked_by::empty_command)
        add(leads.where, leads.does + " by SMS needs a keyword");
    if (cuts_off(kind) && there.whence == asked_by::item && !there.is_confirming)
        add(leads.where,
            leads.does + " stands in a menu only behind a confirmation: a dialled path would do it at once");
    if (kind == action_kind::show_tariff && !doubts_.of_tables &&
        std::ranges::find(pack_.wares, offer_kind::tariff, &draft_ware::kind) == pack_.wares.end())
        add(leads.where, leads.does + " needs a tariff that the pack has");
}

void target_examiner::examine_language(const draft_target& leads, action_kind kind) {
    if (kind != action_kind::set_language) {
        if (!leads.language.empty())
            add(leads.where, "a language stands only with does = \"set_language\"");
        return;
    }
    if (std::ranges::find(pack_.languages, leads.language, &draft_language::code) == pack_.languages.end())
        add(leads.where, "the pack has no language \"" + leads.language + '"' +
                             guess_or_list(leads.language, names_in(pack_.languages, &draft_language::code)));
}

/// Money is moved for what was read before: at a confirmation, by a keyword that names it, or by a reply to
/// an SMS that says it.
void target_examiner::examine_sale(const draft_target& leads, action_kind kind, const standing& there) {
    if (is_by_sms(there.whence)) {
        if (needs_offer(kind) && leads.offer.empty())
            add(leads.where, leads.does + " by SMS needs an offer to be named");
    } else if (!there.is_confirming) {
        add(leads.where, leads.does + " stands only in a confirmation, which says its price");
    }
}

void target_examiner::examine_offer_named(const draft_target& leads) {
    if (leads.offer.empty())
        return;
    const std::optional<named_offer> named = find_named(pack_, leads.offer);
    if (!named) {
        if (!doubts_.of_tables)
            miss(leads.where,
                 "the pack has no offer " + leads.offer + guess_or_list(leads.offer, offers_of(pack_)));
        return;
    }
    const std::optional<action_kind> kind = find_action(leads.does);
    if (!kind)
        return;
    examine_kind(leads, named->kind, offer_needed(*kind));
    if (!named->is_sold && !ends_something(*kind))
        add(leads.where, leads.offer + " isn't sold any more");
}

void target_examiner::examine_kind(const draft_target& leads, offer_kind is,
                                   std::optional<offer_kind> wanted) {
    if (wanted && is != *wanted)
        add(leads.where,
            leads.offer + " is a " + std::string{name_of(is)} + ", not a " + std::string{name_of(*wanted)});
}

/// Whatever leads to a screen about terms says which, or stands in a screen that is about some itself.
void target_examiner::examine_opened_terms(const draft_target& leads, const standing& there) {
    const draft_screen* found = find_screen(leads.opens);
    if (found == nullptr)
        return;
    const draft_screen& opened = *found;
    const std::optional<offer_kind> wanted = about_kind(pack_, opened);
    if (leads.offer.empty()) {
        const bool is_asking = asks(opened) && !there.is_about;
        if (doubts_.of_uses)
            return;
        if (is_asking || (wanted && is_opened_about(pack_, opened.name) && !there.is_about))
            add(leads.where, leads.opens + " asks about an offer: say which, offer = \"...\"");
        return;
    }
    if (!wanted) {
        if (!doubts_.of_uses)
            add(leads.where, leads.opens + " asks about no offer");
        return;
    }
    const std::optional<named_offer> named = find_named(pack_, leads.offer);
    if (!named)
        return;
    examine_kind(leads, named->kind, wanted);
    if (!named->is_sold && sells(pack_, opened))
        add(leads.where, leads.offer + " isn't sold any more, and " + leads.opens + " sells it");
}

} // namespace kabinet::menus
