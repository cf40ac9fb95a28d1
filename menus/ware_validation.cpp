#include "menus/ware_validation.hpp"

#include "menus/about.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace kabinet::menus {
namespace {

constexpr std::int64_t most_in_package = 999'999;

class ware_examiner {
  public:
    ware_examiner(const draft& pack, std::vector<finding>& findings)
        : pack_{pack}
        , findings_{findings} {}

    void examine() {
        for (const draft_offer& each : pack_.promises)
            names_.insert(each.name);
        for (const draft_ware& each : pack_.wares)
            examine(each);
        examine_default();
        if (pack_.kept_unpaid < std::chrono::days{1})
            findings_.emplace_back(pack_.where, "fees: what can't be paid is kept for a day at least");
    }

  private:
    void add(const draft_ware& of, const std::string& what) { findings_.emplace_back(of.where, what); }

    void examine(const draft_ware& one) {
        const std::string kind{name_of(one.kind)};
        const bool is_name =
            !one.name.empty() && one.name.size() <= offer_name{}.max_size() &&
            std::ranges::all_of(one.name, [](char letter) {
                return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
            });
        if (!is_name)
            add(one, "a " + kind + " can't be called \"" + one.name + "\"");
        if (!names_.insert(one.name).second)
            add(one, "the offer " + one.name + " is given twice");
        if (one.price < money{} || one.fee < money{} || one.price + one.fee > most_money)
            add(one,
                "price and fee of " + one.name + " must not be below nothing, nor more than anybody has");
        const bool is_whole = one.period % std::chrono::days{1} == std::chrono::seconds{};
        if (!is_whole || one.period < std::chrono::days{1} || one.period > std::chrono::days{366})
            add(one, "the period of " + one.name + " must be whole days, a year at most");
        if (one.kind == offer_kind::package)
            examine_package(one);
        for (const std::string& each : one.conflicts)
            examine_conflict(one, each);
    }

    void examine_package(const draft_ware& one) {
        const auto [least, most] = std::minmax({one.minutes, one.sms, one.megabytes});
        if (most == 0 && pack_.is_whole)
            add(one, "the package " + one.name + " holds nothing");
        if (least < 0 || most > most_in_package)
            add(one, "the package " + one.name + " holds more than 999999 of something");
        if (one.fee == money{} && pack_.is_whole)
            add(one, "the package " + one.name + " has no price");
    }

    /// Each of two names the other, so that whoever takes one out of the file finds both.
    void examine_conflict(const draft_ware& one, const std::string& with) {
        const auto other = std::ranges::find_if(pack_.wares, [&](const draft_ware& each) {
            return each.name == with && each.kind == offer_kind::service;
        });
        if (other == pack_.wares.end() && !pack_.is_whole)
            return; // it may be the one that wasn't understood
        if (other == pack_.wares.end() || with == one.name)
            return add(one, one.name + " conflicts with " + with + ", which is no other service");
        if (std::ranges::find(other->conflicts, one.name) == other->conflicts.end() && pack_.is_whole)
            add(one, one.name + " conflicts with " + with + ", which doesn't say so");
    }

    /// Whoever never chose one has agreed to no fee.
    void examine_default() {
        const draft_ware* found = nullptr;
        const draft_ware* first = nullptr;
        for (const draft_ware& each : pack_.wares) {
            if (each.kind != offer_kind::tariff)
                continue;
            first = first == nullptr ? &each : first;
            if (!each.is_default)
                continue;
            if (found != nullptr)
                add(each, found->name + " is the default tariff already");
            if (each.fee != money{})
                add(each, "the default tariff must have no fee: nobody has agreed to it");
            found = &each;
        }
        if (first != nullptr && found == nullptr && pack_.is_whole)
            add(*first, "one tariff must be the default one, of those who chose none");
    }

    const draft& pack_;
    std::vector<finding>& findings_;
    std::set<std::string> names_;
};

} // namespace

void validate_wares(const draft& pack, std::vector<finding>& findings) {
    ware_examiner{pack, findings}.examine();
}

} // namespace kabinet::menus
