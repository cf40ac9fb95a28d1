#include "gateway/status.hpp"

#include "values/written_time.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string_view>

namespace kabinet::gateway {

namespace {

class status_lines {
  public:
    template <class Value>
    void add(std::string_view name, const Value& value) {
        lines_.push_back(fmt::format("{:<22}{}", name, value));
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(lines_); }

  private:
    std::vector<std::string> lines_;
};

void add_links(status_lines& to, const lines& links) {
    for (const line& each : links)
        to.add("link " + each.settings().name,
               each.link->is_bound() ? fmt::format("bound, {} in flight", each.link->in_flight())
                                     : "not bound: " + each.losses.last());
    for (const line& each : links)
        if (const smpp::link_counts odd = each.link->counts(); odd != smpp::link_counts{})
            to.add("odd PDUs of " + each.settings().name,
                   fmt::format(
                       "{} malformed, {} unknown commands, {} unknown responses, {} at the wrong time",
                       odd.malformed, odd.unknown_commands, odd.unknown_responses, odd.refused_by_state));
}

void add_store(status_lines& to, const store::lane::figures& of) {
    to.add("wishes waiting", of.waiting);
    to.add("store", of.is_full ? "no space left: nothing is taken" : "writes");
    to.add("store's log, KiB",
           fmt::format("{}{}", of.log_octets / 1024,
                       of.is_log_alarming ? ": a reader keeps it from being emptied" : ""));
}

void add_billing(status_lines& to, const upstream::http_billing::figures& of) {
    to.add("billing system",
           fmt::format("{}, {} of {} requests failed",
                       of.is_left_alone ? "fails, and is left alone" : "answers", of.failed, of.asked));
    if (of.open != 0)
        to.add("orders without an end", of.open);
}

void add_network(status_lines& to, const upstream::http_network::figures& of) {
    to.add("network",
           fmt::format("{}, {} of {} requests failed",
                       of.is_left_alone ? "fails, and is left alone" : "answers", of.failed, of.asked));
    if (of.news.waiting != 0)
        to.add("network waits for", fmt::format("{}, {} of them refused", of.news.waiting, of.news.refused));
}

void add_door(status_lines& to, std::uint16_t port, const measured& of) {
    to.add("portal's door",
           fmt::format("port {}, {} requests without its token or certificate", port, of.knocks));
    std::string logins;
    for (std::size_t which = 0; which < portal_verdicts; ++which) {
        const auto verdict = static_cast<portal_verdict>(which);
        if (const auto times = of.desk.told(reception::wish_kind::login, verdict); times != 0)
            logins += fmt::format("{}{} {}", logins.empty() ? "" : ", ", times, name_of(verdict));
    }
    if (!logins.empty())
        to.add("logins", logins);
}

std::string describe_maintenance(const conversation& talk, utc_time now) {
    if (!talk.is_in_maintenance(now))
        return "off";
    const std::optional<utc_time> until = talk.maintenance_until();
    return until ? "on until " + write_for_eyes(*until) : "on";
}

} // namespace

std::vector<std::string> describe_status(const measured& of, std::optional<std::uint16_t> door,
                                         utc_time started, utc_time now) {
    status_lines to;
    const pack_set& packs = of.talk.packs();
    to.add("pack", packs.usual()->name);
    if (packs.pilot())
        to.add("pilot pack", fmt::format("{}, numbers: {}", packs.pilot()->name, packs.pilot_numbers()));
    to.add("running for, s", std::chrono::duration_cast<std::chrono::seconds>(now - started).count());
    add_links(to, of.links);
    for (const unanswerable_reason why : unanswerable_reasons)
        if (const std::uint64_t times = of.talk.turned_away(why); times != 0)
            to.add("not answered", fmt::format("{}: {}", times, name_of(why)));
    to.add("open dialogues", of.talk.open_dialogues());
    to.add("SMS waiting", of.sends.waiting());
    to.add("hashes waiting, ms",
           std::chrono::duration_cast<std::chrono::milliseconds>(of.sim_hashes.waiting()).count());
    add_store(to, of.lane.look());
    if (const store::call_figures calls = of.later.calls(); calls.awaited != 0)
        to.add("calls awaited", fmt::format("{}, {} of them overdue", calls.awaited, calls.overdue));
    if (of.billing != nullptr)
        add_billing(to, of.billing->look());
    if (of.network != nullptr)
        add_network(to, of.network->look());
    to.add("call records lost", of.records.lost());
    if (door)
        add_door(to, *door, of);
    to.add("maintenance", describe_maintenance(of.talk, now));
    for (std::size_t at = 0; at < std::variant_size_v<menus::action>; ++at) {
        const auto what = static_cast<menus::action_kind>(at);
        if (const auto found = of.closed.find(what, now))
            to.add("maintenance", fmt::format("of {}{}", menus::name_of(what),
                                              found->until ? " until " + write_for_eyes(*found->until) : ""));
    }
    return to.take();
}

} // namespace kabinet::gateway
