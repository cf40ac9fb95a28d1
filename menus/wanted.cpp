#include "menus/wanted.hpp"

#include "menus/about.hpp"
#include "menus/make_action.hpp"
#include "menus/targets.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace kabinet::menus {
namespace {

// Those of what is sold come last: only a pack that sells has them.
constexpr std::array<std::string_view, 28> operations_known{"issue_password",   "choose_password",
                                                            "set_language",     "log_in",
                                                            "close_portal",     "set_switch",
                                                            "set_pin",          "access_blocked",
                                                            "access_opened",    "top_up",
                                                            "take_promise",     "return_promise",
                                                            "pay_in",           "transfer",
                                                            "receive_transfer", "block_number",
                                                            "unblock_number",   "call_back",
                                                            "make_call",        "other",
                                                            "connect_service",  "disconnect_service",
                                                            "change_tariff",    "buy_package",
                                                            "stop_package",     "ware_paused",
                                                            "ware_resumed",     "ware_ended"};
constexpr std::size_t operations_of_wares = 8;
constexpr std::array<std::string_view, 12> movements_known{
    "voucher",      "payment", "promise",     "promise_fee", "promise_return", "transfer",
    "transfer_fee", "service", "service_fee", "tariff",      "tariff_fee",     "package"};
constexpr std::size_t movements_of_wares = 5;
constexpr std::array<std::string_view, 5> ways_known{"ussd", "sms", "portal", "staff", "feed"};

fit fit_of(channel way) {
    return way == channel::screen ? fit::screen : fit::sms;
}

class wish_list {
  public:
    explicit wish_list(const draft& pack)
        : pack_{pack} {}

    std::vector<wanted_text> make() && {
        add_navigation();
        for (const house_text& text : house_texts())
            add_house_text(text);
        for (const auto& [name, address] : pack_.contacts)
            for (const std::string& text : {title_of_contact(name), hours_of_contact(name)})
                add_plain(text, address.where);
        for (const draft_ware& ware : pack_.wares)
            add_plain(std::string{view(title_of(ware.kind, ware.name))}, ware.where);
        for (const ware_text& text : ware_texts())
            if (const auto sold = std::ranges::find(pack_.wares, text.of, &draft_ware::kind);
                sold != pack_.wares.end())
                add_told(std::string{text.name}, channel::sms, sold->where, text.may_say);
        for (const draft_screen& screen : pack_.screens)
            add_screen(screen);
        add_hidden();
        add_resume();
        visit_targets(pack_,
                      [this](const draft_target& leads, bool from_sms) { add_target(leads, from_sms); });
        for (const draft_short_number& number : pack_.short_numbers)
            if (!number.help.text.empty())
                add_told(number.help.text, channel::sms, number.help.where);
        return std::move(wanted_);
    }

  private:
    wanted_text& add(wanted_text wanted) {
        const auto [at, is_new] = by_name_.try_emplace(wanted.name, wanted_.size());
        if (is_new)
            wanted_.push_back(std::move(wanted));
        return wanted_[at->second];
    }

    void add_plain(const std::string& name, const mark& where, fit fits = fit::part) {
        add({.name = name, .written_as = {name}, .fits = fits, .may_say = {}, .asked_by = where});
    }

    void add_navigation() {
        for (const char* line : {"nav.back", "nav.exit", "nav.cancel", "nav.more", "wrong.line"})
            add_plain(line, pack_.where);
        for (const char* last : {"nav.bye", "wrong.end"}) {
            add_plain(last, pack_.where, fit::screen);
            wanted_.back().may_say = {placeholder::code};
        }
    }

    /// What is said to whoever dials an item that isn't there for him.
    void add_hidden() {
        for (const draft_screen& screen : pack_.screens)
            for (const draft_item& item : screen.items)
                if (!item.leads.when.empty()) {
                    add_plain("nav.hidden", item.leads.where, fit::screen);
                    wanted_.back().may_say = {placeholder::code};
                    return;
                }
    }

    void add_resume() {
        for (const draft_screen& screen : pack_.screens)
            if (screen.resume == resume_policy::ask) {
                add_question("nav.resume", screen.where);
                return;
            }
    }

    void add_house_text(const house_text& text) {
        for (channel way : {channel::screen, channel::sms})
            if (way == channel::screen ? text.on_screen : text.by_sms) {
                wanted_text& wanted = add_told(std::string{text.name}, way, pack_.where, text.may_say);
                wanted.issues_secret = text.issues_secret;
                wanted.keeps_zero_line = way == channel::screen && text.keeps_zero_line;
            }
    }

    wanted_text& add_told(const std::string& name, channel way, const mark& where,
                          placeholders may_say = {}) {
        const std::string full = name + '.' + std::string{name_of(way)};
        return add({.name = full,
                    .written_as = {full, name},
                    .fits = fit_of(way),
                    .may_say = may_say,
                    .asked_by = where});
    }

    void add_screen(const draft_screen& screen) {
        const std::string prefix = text_prefix(screen);
        add_plain(prefix + ".0", screen.where);
        wanted_.back().is_optional = true;
        if (screen.kind != screen_kind::prompt) {
            add_plain(prefix + ".head", screen.where);
            wanted_.back().may_say = sayable(screen);
            if (says_purse(pack_, screen))
                add_plain(prefix + ".plain", screen.where);
            if (says_holding(pack_, screen))
                for (const char* head : {".held", ".paused"}) {
                    add_plain(prefix + head, screen.where);
                    wanted_.back().may_say = {placeholder::title, placeholder::fee, placeholder::period};
                }
            for (const draft_item& item : screen.items)
                add_plain(prefix + '.' + item.key, item.leads.where);
            return;
        }
        add_question(prefix + ".ask", screen.where);
        if (!screen.items.empty())
            add_question(prefix + ".wrong", screen.where);
        if (!screen.twice)
            return;
        add_question(prefix + ".again", screen.where);
        add_question(prefix + ".mismatch", screen.where);
    }

    /// A menu says what the account has, a confirmation what it asks about.
    [[nodiscard]] placeholders sayable(const draft_screen& screen) const {
        const std::optional<offer_kind> about = about_kind(pack_, screen);
        if (about && *about != offer_kind::promise)
            return words_of_ware(*about, screen.kind);
        if (screen.kind == screen_kind::menu)
            return {placeholder::balance, placeholder::points};
        const bool has_entries = std::ranges::any_of(screen.items, [](const draft_item& item) {
            const std::optional<action_kind> kind = find_action(item.leads.does);
            return kind && needs_entries(*kind);
        });
        if (has_entries)
            return {placeholder::amount, placeholder::fee, placeholder::party};
        if (!about)
            return {};
        return {placeholder::amount, placeholder::fee, placeholder::term, placeholder::until};
    }

    /// A menu is looked at for as long as one likes: it says no time.
    [[nodiscard]] static placeholders words_of_ware(offer_kind kind, screen_kind of) {
        using enum placeholder;
        const bool is_package = kind == offer_kind::package;
        if (of == screen_kind::menu)
            return is_package ? placeholders{title, price, period, minutes, sms, megabytes}
                              : placeholders{title, price, fee, period, amount};
        return is_package ? placeholders{title, price, period, minutes, sms, megabytes, until}
                          : placeholders{title, price, fee, period, amount, until};
    }

    void add_question(const std::string& name, const mark& where) {
        add_plain(name, where, fit::screen);
        wanted_.back().keeps_zero_line = true;
    }

    void add_target(const draft_target& leads, bool from_sms) {
        if (!leads.tells.empty())
            add_told(leads.tells, from_sms ? channel::sms : channel::screen, leads.where);
        const std::optional<action_kind> kind = find_action(leads.does);
        if (!kind || *kind == action_kind::tell)
            return;
        for (const outcome_row& row : all_outcomes())
            if (row.of == *kind && (!row.of_idle || pack_.accounts.idle_after) && (!row.of_reply || from_sms))
                for (channel way : {channel::screen, channel::sms})
                    if (!row.of_reply || way == channel::sms)
                        add_outcome(row, way, leads);
        if (from_sms && needs_reply(*kind))
            add_told(std::string{no_such_reply}, channel::sms, leads.where);
        if (*kind == action_kind::list_archive)
            add_archive(leads.where);
        if (*kind == action_kind::list_movements)
            add_movements("movement.line", {placeholder::day, placeholder::amount, placeholder::what},
                          leads.where);
        if (*kind == action_kind::show_spending)
            add_movements("total.line", {placeholder::amount, placeholder::what}, leads.where);
        if (*kind == action_kind::list_services)
            add_holdings(lines_of_services, leads.where);
        if (*kind == action_kind::show_packages)
            add_holdings(lines_of_packages, leads.where);
    }

    void add_holdings(std::span<const std::string_view> lines, const mark& where) {
        using enum placeholder;
        for (const std::string_view each : lines) {
            const std::string name = "holding." + std::string{each};
            const bool is_of_units = each == "minutes" || each == "sms" || each == "megabytes";
            const placeholders may_say = is_of_units      ? placeholders{title, count, day}
                                         : each == "paid" ? placeholders{title, fee, day}
                                                          : placeholders{title};
            add({.name = name,
                 .written_as = {name},
                 .fits = fit::part,
                 .may_say = may_say,
                 .asked_by = where});
        }
    }

    void add_outcome(const outcome_row& row, channel way, const draft_target& leads) {
        const std::string word{name_of(row.of)}, outcome{row.outcome}, last = '.' + std::string{name_of(way)};
        const std::string own = word + '.' + outcome, any = "any." + outcome;
        wanted_text& text =
            add({.name = own + last,
                 .written_as = {own + last, own, any + last, any},
                 .fits = fit_of(way),
                 .may_say = row.may_say.without(way == channel::screen ? row.sms_only : row.screen_only),
                 .asked_by = leads.where,
                 .sms_parts = row.sms_parts,
                 .issues_secret = row.issues_secret});
        text.keeps_zero_line |= way == channel::screen && (leads.stays || row.refuses_entry);
    }

    [[nodiscard]] std::span<const std::string_view> known_here(std::span<const std::string_view> words,
                                                               std::size_t of_wares) const {
        return pack_.wares.empty() ? words.first(words.size() - of_wares) : words;
    }

    void add_movements(const std::string& line, placeholders may_say, const mark& where) {
        add({.name = line, .written_as = {line}, .fits = fit::part, .may_say = may_say, .asked_by = where});
        for (std::string_view word : known_here(movement_words(), movements_of_wares))
            add_plain("movement." + std::string{word}, where);
    }

    void add_archive(const mark& where) {
        add_plain("archive.line", where);
        wanted_.back().may_say = {placeholder::at, placeholder::what, placeholder::by};
        for (std::string_view word : known_here(archive_words(), operations_of_wares))
            add_plain("archive." + std::string{word}, where);
        for (std::string_view way : archive_ways())
            add_plain("archive.by." + std::string{way}, where);
    }

    const draft& pack_;
    std::vector<wanted_text> wanted_;
    std::map<std::string, std::size_t> by_name_;
};

} // namespace

std::span<const std::string_view> archive_words() {
    return operations_known;
}
std::span<const std::string_view> movement_words() {
    return movements_known;
}
std::span<const std::string_view> archive_ways() {
    return ways_known;
}

std::string_view name_of(screen_kind kind) {
    switch (kind) {
    case screen_kind::menu:
        return "menu";
    case screen_kind::confirmation:
        return "confirmation";
    case screen_kind::prompt:
        return "prompt";
    }
    return "menu";
}

std::string text_prefix(const draft_screen& screen) {
    return std::string{name_of(screen.kind)} + '.' + screen.name;
}

bool says_purse(const draft& pack, const draft_screen& screen) {
    return screen.kind == screen_kind::menu &&
           std::ranges::any_of(pack.languages, [&](const draft_language& in) {
               const draft_text* head = in.find(text_prefix(screen) + ".head");
               return head != nullptr && (head->words.find("{balance}") != std::string::npos ||
                                          head->words.find("{points}") != std::string::npos);
           });
}

bool says_holding(const draft& pack, const draft_screen& screen) {
    const std::optional<offer_kind> about = about_kind(pack, screen);
    return screen.kind == screen_kind::menu && about && *about != offer_kind::promise &&
           std::ranges::any_of(pack.languages, [&](const draft_language& in) {
               return in.find(text_prefix(screen) + ".held") != nullptr;
           });
}

std::vector<wanted_text> wanted_texts(const draft& pack) {
    return wish_list{pack}.make();
}

const draft_text* find_written(const draft_language& in, const wanted_text& wanted) {
    for (const std::string& name : wanted.written_as)
        if (const draft_text* found = in.find(name))
            return found;
    return nullptr;
}

} // namespace kabinet::menus
