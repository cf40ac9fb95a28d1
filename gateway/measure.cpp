#include "gateway/measure.hpp"

#include <chrono>
#include <string_view>
#include <utility>

namespace kabinet::gateway {

using namespace std::chrono_literals;

namespace {

constexpr auto stuck_after = 5s;

double to_number(std::size_t of) {
    return static_cast<double>(of);
}

double to_seconds(std::chrono::microseconds of) {
    return std::chrono::duration<double>(of).count();
}

void measure_link(metrics& into, const line& of, steady_time now) {
    const std::string_view name = of.settings().name;
    const auto oldest = of.link->oldest_in_flight();
    const bool is_bound = of.link->is_bound();
    const bool is_stuck = is_bound && oldest && now - *oldest > stuck_after;
    into.gauge("link_bound", "1 while the link is bound.", is_bound, {{"link", name}});
    into.gauge("link_in_flight", "Requests of ours that await a response.", of.link->in_flight(),
               {{"link", name}});
    into.gauge("link_stuck", "1 while the link is bound and has left a request unanswered for 5 s.", is_stuck,
               {{"link", name}});
    const smpp::link_counts odd = of.link->counts();
    for (const auto& [kind, times] : {std::pair<std::string_view, std::uint64_t>{"malformed", odd.malformed},
                                      {"unknown_command", odd.unknown_commands},
                                      {"unknown_response", odd.unknown_responses},
                                      {"at_the_wrong_time", odd.refused_by_state}})
        into.count("link_odd_pdus_total", "PDUs that were no use.", times, {{"link", name}, {"kind", kind}});
}

void measure_billing(metrics& into, const upstream::http_billing& of) {
    const upstream::http_billing::figures seen = of.look();
    into.gauge("billing_left_alone", "1 while the billing system fails and isn't asked.", seen.is_left_alone);
    into.gauge("billing_orders_open", "Orders to the billing system whose end isn't known.",
               to_number(seen.open));
    into.count("billing_asked_total", "Requests to the billing system.", seen.asked);
    into.count("billing_failed_total", "Those without an answer, or without one of use.", seen.failed);
    into.count("billing_spared_total", "Those not sent while it is left alone.", seen.spared);
    into.count("billing_orders_not_done_total", "Orders that ended without having been done.", seen.not_done);
    into.count("billing_orders_late_total", "Orders whose end had to be asked for.", seen.late);
    into.observe("billing_seconds", "From a request to its answer.", of.times());
}

void measure_network(metrics& into, const upstream::http_network& of) {
    const upstream::http_network::figures seen = of.look();
    into.gauge("network_left_alone", "1 while the network's system fails and isn't told.",
               seen.is_left_alone);
    into.gauge("network_news_waiting", "Numbers that the network is still to be told of.",
               to_number(seen.news.waiting));
    into.gauge("network_news_refused", "Those of them that it refused.", to_number(seen.news.refused));
    into.count("network_asked_total", "Requests to the network's system.", seen.asked);
    into.count("network_failed_total", "Those without an answer, or without one of use.", seen.failed);
    into.observe("network_seconds", "From a request to its answer.", of.times());
}

void measure_dialogues(metrics& into, const conversation& talk) {
    const tally& counted = talk.counted();
    into.gauge("open_dialogues", "Dialogues under way.", to_number(talk.open_dialogues()));
    into.count("dialogues_total", "Dialogues begun.", counted.dialogues);
    for (const auto& [why, times] : counted.dialogue_ends)
        into.count("dialogue_ends_total", "Dialogues ended, by the reason that call records have.", times,
                   {{"end", why}});
    into.observe("answer_seconds", "From a message's arrival to its screen on the way, effects included.",
                 counted.answers);
    into.count("screens_lost_total", "Screens that could not be shown.", counted.screens_lost);
    into.gauge("screens_waiting", "Screens that wait for their link or its response.",
               to_number(talk.screens_awaited()));
}

void measure_actions(metrics& into, const conversation& talk) {
    const tally& counted = talk.counted();
    for (std::size_t kind = 0; kind < counted.actions.size(); ++kind)
        for (const auto& [word, times] : counted.actions[kind])
            into.count("actions_total", "What subscribers had done, by what came of it.", times,
                       {{"action", menus::name_of(static_cast<menus::action_kind>(kind))}, {"came", word}});
    for (const auto& [which, times] : counted.stopped_by_limit)
        into.count("limited_total", "What a limit stopped.", times, {{"limit", which}});
    for (const unanswerable_reason why : unanswerable_reasons)
        into.count("not_answered_total", "Messages of nobody's.", talk.turned_away(why),
                   {{"why", name_of(why)}});
}

void measure_portal(metrics& into, const reception& desk) {
    for (std::size_t kind = 0; kind < reception::wish_kinds; ++kind)
        for (std::size_t which = 0; which < portal_verdicts; ++which) {
            const auto verdict = static_cast<portal_verdict>(which);
            into.count("portal_total", "What the portal asked, by the answer.",
                       desk.told(static_cast<reception::wish_kind>(kind), verdict),
                       {{"asked", reception::wish_names[kind]}, {"verdict", name_of(verdict)}});
        }
    into.observe("login_seconds", "Logins that were judged, hashing and its queue included.", desk.logins());
}

void measure_store(metrics& into, const store::lane& lane) {
    const store::lane::figures figures = lane.look();
    into.gauge("store_waiting", "Wishes that wait for the store's writer.", to_number(figures.waiting));
    into.gauge("store_full", "1 while the disk has no space and nothing is taken.", figures.is_full);
    into.gauge("store_log_octets", "Size of the write-ahead log.", static_cast<double>(figures.log_octets));
    into.count("store_items_total", "Wishes, settlements and errands committed.", lane.items());
    into.observe("store_commit_seconds", "Commits, each of a whole batch.", lane.commits());
}

} // namespace

metrics measure(const measured& of) {
    metrics seen;
    for (const line& each : of.links)
        measure_link(seen, each, std::chrono::steady_clock::now());
    measure_dialogues(seen, of.talk);
    measure_actions(seen, of.talk);
    seen.gauge("sms_waiting", "SMS that wait for a link or its response.", to_number(of.sends.waiting()));
    measure_portal(seen, of.desk);
    seen.count("portal_knocks_total", "Requests without the portal's token or certificate.", of.knocks);
    measure_store(seen, of.lane);
    for (const auto& [whose, pool] : {std::pair<std::string_view, const hash_pool*>{"sim", &of.sim_hashes},
                                      {"portal", &of.portal_hashes}})
        seen.gauge("hash_waiting_seconds", "Measured work that waits for a hash thread.",
                   to_seconds(pool->waiting()), {{"for", whose}});
    const store::call_figures calls = of.later.calls();
    seen.gauge("calls_awaited", "Subscribers who are to be called back.", to_number(calls.awaited));
    seen.gauge("calls_overdue", "Those of them who were promised it for earlier.", to_number(calls.overdue));
    if (of.billing != nullptr)
        measure_billing(seen, *of.billing);
    if (of.network != nullptr)
        measure_network(seen, *of.network);
    seen.count("call_records_lost_total", "Call records that could not be written.", of.records.lost());
    return seen;
}

} // namespace kabinet::gateway
