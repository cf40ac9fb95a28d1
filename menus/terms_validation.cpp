#include "menus/terms_validation.hpp"

#include "menus/about.hpp"
#include "menus/make_action.hpp"
#include "menus/outcomes.hpp"
#include "menus/wanted.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace kabinet::menus {
namespace {

/// One of these must be said.
using placeholder_choice = std::vector<placeholder>;

struct bargain {
    std::string about;
    std::vector<placeholder_choice> terms;
};

using enum placeholder;

/// `{amount}` is all that is taken at once. Where there is a fee, that is more than the price: so a price
/// doesn't stand alone, even one of nothing, which would be read as all.
std::vector<placeholder_choice> terms_of(const draft_ware& ware, const phrase& said) {
    const bool is_repeated = ware.fee > money{};
    if (ware.kind == offer_kind::package)
        return is_repeated ? std::vector<placeholder_choice>{{price}, {period}}
                           : std::vector<placeholder_choice>{};
    if (!is_repeated)
        return ware.price > money{} ? std::vector<placeholder_choice>{{price, amount}}
                                    : std::vector<placeholder_choice>{};
    std::vector<placeholder_choice> terms{{fee}, {period}};
    if (ware.price > money{} || said.holds(price))
        terms.insert(terms.begin(), placeholder_choice{amount});
    return terms;
}

/// What is lent, or given away, and what that costs.
std::vector<placeholder_choice> terms_of(money costs) {
    std::vector<placeholder_choice> terms{{amount}};
    if (costs > money{})
        terms.push_back({fee});
    return terms;
}

bargain transfer_of(const draft& pack) {
    return {"a transfer", terms_of(pack.transfers.fee)};
}

/// All that the item may come to.
std::vector<bargain> bargains_of(const draft& pack, const draft_screen& screen, const draft_target& leads,
                                 const phrase& said) {
    const std::optional<action_kind> kind = find_action(leads.does);
    if (!kind || ends_something(*kind))
        return {};
    if (needs_entries(*kind))
        return {transfer_of(pack)};
    const std::optional<offer_kind> about = offer_needed(*kind);
    if (!about)
        return {};
    const std::vector<std::string> offers =
        leads.offer.empty() ? offers_at(pack, screen.name) : std::vector{leads.offer};
    const auto is_meant = [&](const auto& each) {
        return std::ranges::find(offers, each.name) != offers.end();
    };
    std::vector<bargain> all;
    for (const draft_offer& each : pack.promises)
        if (*about == offer_kind::promise && is_meant(each))
            all.push_back({each.name, terms_of(each.fee)});
    for (const draft_ware& each : pack.wares)
        if (*about == each.kind && is_meant(each))
            all.push_back({each.name, terms_of(each, said)});
    return all;
}

std::string write(const placeholder_choice& one) {
    std::string written;
    for (const placeholder each : one)
        (written += written.empty() ? "{" : " or {").append(name_of(each)) += '}';
    return written;
}

/// `a, b and c are`
std::string list_with_verb(const std::vector<std::string>& names) {
    std::string all;
    for (std::size_t at = 0; at < names.size(); ++at)
        all.append(at == 0 ? "" : at + 1 == names.size() ? " and " : ", ").append(names[at]);
    return all + (names.size() == 1 ? " is" : " are");
}

/// `told`: what is missing is told once of a text.
void tell_missing(const std::string& name, const draft_text& text, const bargain& about, const phrase& said,
                  std::set<placeholder_choice>& told, std::vector<finding>& findings) {
    std::vector<std::string> missing;
    for (const placeholder_choice& one : about.terms)
        if (std::ranges::none_of(one, [&](placeholder which) { return said.holds(which); }) &&
            told.insert(one).second)
            missing.push_back(write(one));
    if (!missing.empty())
        findings.emplace_back(text.where, name + " doesn't say the terms of " + about.about + ": " +
                                              list_with_verb(missing) + " wanted in it");
}

} // namespace

void validate_terms(const draft& pack, const draft_screen& screen, const draft_text& head, const phrase& said,
                    std::vector<finding>& findings) {
    std::set<placeholder_choice> told;
    for (const draft_item& item : screen.items)
        for (const bargain& each : bargains_of(pack, screen, item.leads, said))
            tell_missing(text_prefix(screen) + ".head", head, each, said, told, findings);
}

void validate_terms_by_sms(const draft& pack, std::string_view name, const draft_text& text,
                           const phrase& said, std::vector<finding>& findings) {
    for (const std::string_view outcome : {"terms", "terms_again"})
        if (name == view(name_text(name_of(action_kind::transfer), outcome, channel::sms))) {
            bargain wanted = transfer_of(pack);
            wanted.terms.push_back({party}); // read out of what was texted, and shown nowhere else
            std::set<placeholder_choice> told;
            tell_missing(std::string{name}, text, wanted, said, told, findings);
        }
}

} // namespace kabinet::menus
