#include "menus/draft.hpp"

#include <algorithm>

namespace kabinet::menus {

const draft_text* draft_language::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(texts, name, std::less<>{}, &draft_text::name);
    return found == texts.end() || found->name != name ? nullptr : &*found;
}

pack_words words_of(const draft& pack) {
    pack_words words;
    for (const auto& [name, word] : pack.words)
        words.emplace(name, word.text);
    for (const auto& [name, address] : pack.contacts)
        words.emplace(name, address.text);
    words.emplace("min", std::to_string(pack.passwords.min_length));
    words.emplace("max", std::to_string(pack.passwords.max_length));
    words.emplace("wrong_passwords", std::to_string(pack.allowed.wrong_passwords));
    words.emplace("sender", pack.sender.text);
    words.emplace("min_digits", std::to_string(pack.vouchers.min_digits));
    words.emplace("max_digits", std::to_string(pack.vouchers.max_digits));
    words.emplace("most_wrong_vouchers", std::to_string(pack.vouchers.most_wrong));
    return words;
}

pack_words words_of(const draft& pack, const forms& writes) {
    pack_words words = words_of(pack);
    words.emplace("transfer_min", writes.write_money(pack.transfers.min));
    words.emplace("transfer_max", writes.write_money(pack.transfers.max));
    words.emplace("transfer_day", writes.write_money(pack.transfers.per_day));
    if (pack.accounts.idle_after)
        words.emplace("idle_after", writes.write_term(*pack.accounts.idle_after));
    for (const draft_offer& each : pack.promises) {
        words.emplace(each.name + ".amount", writes.write_money(each.amount));
        words.emplace(each.name + ".fee", writes.write_money(each.fee));
        words.emplace(each.name + ".term", writes.write_term(each.term));
    }
    for (const draft_ware& each : pack.wares) {
        const bool is_package = each.kind == offer_kind::package;
        words.emplace(each.name + ".price", writes.write_money(is_package ? each.fee : each.price));
        words.emplace(each.name + ".period", writes.write_term(each.period));
        if (!is_package) {
            words.emplace(each.name + ".fee", writes.write_money(each.fee));
            continue;
        }
        words.emplace(each.name + ".minutes", std::to_string(each.minutes));
        words.emplace(each.name + ".sms", std::to_string(each.sms));
        words.emplace(each.name + ".megabytes", std::to_string(each.megabytes));
    }
    return words;
}

} // namespace kabinet::menus
