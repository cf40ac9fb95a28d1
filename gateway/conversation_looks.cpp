#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/known_facts.hpp"
#include "gateway/sell.hpp"
#include "store/backend.hpp"

namespace kabinet::gateway {

namespace {

constexpr std::chrono::milliseconds longest_look{1500};
constexpr std::chrono::seconds leeway{2};

} // namespace

/// What a head says is read anew each time: it may have changed while the subscriber was elsewhere in the
/// menu.
void conversation::begin_look(const asked_by& asked, dialogue& at, menus::sources from, look made) {
    at.phase = dialogue::phase::performing;
    // it ends by itself: the time for an entry is over, and there is no answer to put by
    dialogues_.set_deadline(at, std::min(at.total_deadline, asked.now.steady + longest_look + leeway));
    const msisdn who = at.who;
    const bool is_screen =
        made.dialled == nullptr; // else it may lead to an effect, which comes before the answer
    if (is_screen && !asked.is_answered && asked.on.speaks().respond == smpp::response_order::before_submit)
        answer(asked, smpp::status::ok);
    made.of = at.id;
    made.on = &asked.on;
    made.delivery = asked.delivery;
    made.asked_at = asked.now;
    made.is_answered = asked.is_answered;
    made.awaited = from;
    const place_key key = looks_.put(std::move(made));
    if (from.empty())
        return end_look(key, asked.now);
    look_deadlines_.emplace_back(asked.now.steady + longest_look, key);
    for (const menus::fact_source each :
         {menus::fact_source::account, menus::fact_source::purse, menus::fact_source::holdings})
        if (from.has(each))
            read_for(key, each, who);
}

void conversation::read_for(place_key key, menus::fact_source from, msisdn who) {
    if (from == menus::fact_source::purse)
        return billing_.read_purse(who,
                                   [this, key, from](const boost::system::result<store::purse_view>& seen) {
                                       told(key, from, seen ? &*seen : nullptr);
                                   });
    if (from == menus::fact_source::holdings)
        return billing_.read_holdings(
            who, [this, key, from](const boost::system::result<store::holdings_view>& seen) {
                told(key, from, seen ? &*seen : nullptr);
            });
    const auto seen = std::make_shared<store::account_traits>();
    auto read = [seen, who,
                 now = read_clocks().utc](store::reading_backend& rows) -> boost::system::result<void> {
        const auto found = rows.read_traits(who, now);
        if (!found)
            return found.error();
        *seen = *found;
        return {};
    };
    rows_.read(std::move(read), [this, key, from, seen](const boost::system::result<void>& came) {
        told(key, from, came ? seen.get() : nullptr);
    });
}

/// Whoever is shown what he has uses his account.
void conversation::note_look(const look& of, const dialogue& at) {
    if (of.on->settings().trusts_ussd_source)
        performer_.note_look(at.who, *at.pack, read_clocks());
}

void conversation::told(place_key key, menus::fact_source from, const store::purse_view* seen) {
    look* const of = looks_.find(key);
    const dialogue* const at = of == nullptr ? nullptr : dialogues_.find(of->of);
    // what was so some time ago is no screen's to say, nor a reason to hide anything
    const bool is_of_use = at != nullptr && seen != nullptr && !seen->seen &&
                           store::is_open({seen->status, seen->bar}, store::matter::purse);
    if (at != nullptr && seen != nullptr)
        note_look(*of, *at);
    if (is_of_use) {
        of->balance = seen->balance;
        of->points = seen->points;
    }
    if (of != nullptr)
        is_told(key, *of, from, is_of_use ? std::optional{facts_of(*at->pack, *seen)} : std::nullopt);
}

void conversation::told(place_key key, menus::fact_source from, const store::account_traits* seen) {
    look* const of = looks_.find(key);
    const dialogue* const at = of == nullptr ? nullptr : dialogues_.find(of->of);
    const bool is_of_use = at != nullptr && seen != nullptr;
    if (of != nullptr)
        is_told(key, *of, from, is_of_use ? std::optional{facts_of(*at->pack, *seen)} : std::nullopt);
}

void conversation::told(place_key key, menus::fact_source from, const store::holdings_view* seen) {
    look* const of = looks_.find(key);
    const dialogue* const at = of == nullptr ? nullptr : dialogues_.find(of->of);
    const bool is_of_use =
        at != nullptr && seen != nullptr && store::is_open({seen->status, seen->bar}, store::matter::purse);
    if (at != nullptr && seen != nullptr)
        note_look(*of, *at);
    if (is_of_use)
        of->has = *seen;
    if (of != nullptr)
        is_told(key, *of, from, is_of_use ? std::optional{facts_of(*at->pack, *seen)} : std::nullopt);
}

void conversation::is_told(place_key key, look& of, menus::fact_source from,
                           std::optional<menus::fact_set> holding) {
    of.awaited = of.awaited.without(from);
    if (holding) {
        of.found.facts = of.found.facts | *holding;
        of.found.known = of.found.known | from;
    }
    if (of.awaited.empty())
        end_look(key, read_clocks());
}

/// With what was told by now.
void conversation::end_look(place_key key, instant now) {
    const std::optional<look> over = looks_.take(key);
    if (!over) // it went on without it a while ago
        return;
    const asked_by asked{*over->on, over->delivery, over->asked_at, over->is_answered};
    dialogue* const at = dialogues_.find(over->of);
    if (at != nullptr && over->dialled)
        return go(asked, *at,
                  menus::dial(*at->pack, view(over->dialled->request.text), at->speaks, over->found),
                  over->dialled->request);
    if (at != nullptr) {
        menus::learn(*at->pack, at->where, over->found);
        menus::fields known = menus::fields_of(*at->pack, at->where, now.utc);
        known.balance = over->balance;
        known.points = over->points;
        if (const menus::offer* const about = menus::find_offer(*at->pack, at->where); about && over->has)
            add_state(*over->has, *about, known);
        show(asked, *at, over->kind, menus::render(*at->pack, at->where, known), now);
    }
    if (!asked.is_answered)
        answer(asked, smpp::status::ok);
}

} // namespace kabinet::gateway
