// What is said between subscribers and the house: takes messages from the links, finds the dialogue, steps
// the menu, has actions performed, and answers. Steps 5 to 10 of docs/design.md.
#pragma once

#include "gateway/awaited_replies.hpp"
#include "gateway/cdr.hpp"
#include "gateway/dialogues.hpp"
#include "gateway/left_places.hpp"
#include "gateway/lines.hpp"
#include "gateway/pack_set.hpp"
#include "gateway/perform.hpp"
#include "gateway/poison.hpp"
#include "gateway/recent.hpp"
#include "gateway/screens.hpp"
#include "gateway/sender.hpp"
#include "gateway/settings.hpp"
#include "gateway/tally.hpp"
#include "gateway/throttle.hpp"
#include "gateway/turns.hpp"
#include "gateway/wishes.hpp"
#include "menus/commands.hpp"
#include "menus/machine.hpp"
#include "menus/page.hpp"
#include "store/store.hpp"
#include "store/traits.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace kabinet::gateway {

/// What the conversation is told and doesn't change.
struct house_rules {
    numbering_plan numbers;
    accounts_known known = accounts_known::first_dial;
    std::size_t most_dialogues = 200'000;
    std::chrono::milliseconds resume_within = std::chrono::minutes{5};
};

/// Who it works with. All outlive it.
struct colleagues {
    lines& links;
    performer& performs;
    store::billing& money;
    sender& sends;
    const store::keys& keys;
    call_records& records;
    recent& lately;
    store::store& rows;
};

class conversation final : public smpp::link_listener, private menus::fingerprinter, private screen_watcher {
  public:
    /// Runs on the loop, which outlives it.
    conversation(boost::asio::io_context&, house_rules, const colleagues&, pack_set);

    /// From now on new dialogues begin with these packs; those under way finish on theirs. Limits for a
    /// number and the language of who chose none are those of the one in force, for a pilot's too.
    void serve(pack_set);
    [[nodiscard]] const pack_set& packs() const { return packs_; }
    [[nodiscard]] std::shared_ptr<const menus::definition> pack() const { return packs_.usual(); }
    /// New dialogues are told to come back later, SMS stay with their centre; until then, or until `end`.
    void begin_maintenance(std::optional<utc_time> until) { maintenance_ = maintenance{until}; }
    void end_maintenance() { maintenance_.reset(); }
    [[nodiscard]] bool is_in_maintenance(utc_time now) const;
    [[nodiscard]] std::optional<utc_time> maintenance_until() const {
        return maintenance_ ? maintenance_->until : std::nullopt;
    }
    /// The subscriber's language, where it isn't the pack's own.
    void speak(msisdn who, language chosen);
    /// All speak the pack's own until they are told again: it is another one now.
    void forget_languages() { languages_.clear(); }
    /// Somebody else's number now, or nobody's.
    void forget(msisdn who);
    /// Whoever has the SIM now didn't begin them.
    void end_dialogues_of(msisdn who, instant now);
    /// Takes nothing new: messages are answered "try later", dialogues under way go on.
    void stop_taking() { is_taking_ = false; }
    [[nodiscard]] bool is_at_rest() const {
        return turns_.size() == 0 && screens_.awaited() == 0 && looks_.size() == 0;
    }
    /// Ends what timed out.
    void work(instant now);
    /// Ends all that wait for an entry: nobody will be here to read it.
    void end_dialogues(instant now);

    /// Called once, when the first link is bound.
    void when_first_bound(std::function<void()> call) { on_first_bound_ = std::move(call); }

    [[nodiscard]] std::size_t open_dialogues() const { return dialogues_.size(); }
    [[nodiscard]] std::size_t screens_awaited() const { return screens_.awaited(); }
    [[nodiscard]] const tally& counted() const { return counted_; }
    /// Messages of nobody's, for that reason, since the start.
    [[nodiscard]] std::uint64_t turned_away(unanswerable_reason why) const {
        return turned_away_[static_cast<std::size_t>(why)];
    }

  private:
    void link_bound(smpp::link&, std::string_view smsc) override;
    void link_lost(smpp::link&, const smpp::link_loss&) override;
    void message_arrived(smpp::link&, const smpp::delivery&, const smpp::message&) override;
    void response_arrived(smpp::link&, const smpp::response&) override;
    void response_missing(smpp::link&, smpp::ticket) override;
    [[nodiscard]] menus::fingerprint take(const secret&) const override;

    /// A message to answer and the line it came by.
    struct asked_by {
        line& on;
        smpp::delivery delivery;
        instant now;
        mutable bool is_answered = false; // of this very one: what answers later holds it, and not a copy
    };
    void take(const asked_by&, const ussd_request&);
    void take(const asked_by&, const sms_request&);
    void take(const asked_by&, const receipt&);
    void take(const asked_by&, const unanswerable&);

    void turn_away(const asked_by&, const ussd_request&);
    void count(const asked_by&, unanswerable_reason);
    void begin_dialogue(const asked_by&, const ussd_request&);
    void continue_dialogue(const asked_by&, const ussd_request&);
    void go(const asked_by&, dialogue&, menus::step&&, const ussd_request&);
    void start(const asked_by&, dialogue&, menus::perform&&, const ussd_request&);
    boost::asio::awaitable<void> perform_for_dialogue(const asked_by&, dialogue_id, wish,
                                                      std::optional<menus::place>);
    boost::asio::awaitable<void> perform_for_sms(const asked_by&, wish);
    using turn = std::function<boost::asio::awaitable<void>(const asked_by&)>;
    /// Begins `work` when no other action of that subscriber is under way; false when too many wait already.
    [[nodiscard]] bool take_turn(const asked_by&, msisdn, turn work);
    /// Lets the subscriber's next action begin, whatever became of this one.
    boost::asio::awaitable<void> in_turn(asked_by, msisdn, turn work);
    void put_off(const asked_by&, msisdn);
    /// What an SMS asks for, and its name; or what a reply agrees to, if it agrees to anything.
    [[nodiscard]] wish read_wish(const asked_by&, const sms_request&, menus::command_read);
    /// `asked` outlives what is returned.
    [[nodiscard]] std::function<void()> acknowledge(const asked_by& asked);
    /// Takes note of what an action changed.
    void hear(msisdn, const performed&);
    /// What was done to another number: that one hears of it.
    void hear_of_another(performed&);
    void tell_outcome(const asked_by&, dialogue_id, performed&, const std::optional<menus::place>& back,
                      instant now);

    void show(const asked_by&, dialogue&, screen_kind, const boost::system::result<short_text>&, instant now,
              std::optional<store::outbox_id> held = {});
    /// Looks up what a screen says of the subscriber, or what the way to it depends on; goes on once all of
    /// it is known or nobody waits any longer.
    struct look;
    void begin_look(const asked_by&, dialogue&, menus::sources, look);
    void read_for(place_key, menus::fact_source, msisdn);
    void note_look(const look&, const dialogue&);
    void told(place_key, menus::fact_source, const store::purse_view*);
    void told(place_key, menus::fact_source, const store::account_traits*);
    void told(place_key, menus::fact_source, const store::holdings_view*);
    void is_told(place_key, look&, menus::fact_source, std::optional<menus::fact_set>);
    void end_look(place_key, instant now);
    void give_up(dialogue&, std::string_view why, instant now);
    /// What was asked takes longer than its screen may: says that the answer comes by SMS.
    void put_by(dialogue&, instant now);
    /// Tells by SMS what was only to be read, where its screen had to go without.
    boost::asio::awaitable<void> tell_late(wish);
    void say(const asked_by&, const ussd_request&, std::string_view house_text, const menus::fields& = {});
    [[nodiscard]] bool is_wanted(const screen&) override;
    void screen_shown(const screen&, instant now) override;
    void screen_failed(const screen&, std::string_view why, instant now) override;

    void answer(const asked_by&, smpp::status);
    /// Acknowledges before or after the screen, as the centre wants it.
    template <class Show>
    void answer_around(const asked_by& asked, Show show) {
        const bool is_first = asked.on.speaks().respond == smpp::response_order::before_submit;
        if (is_first && !asked.is_answered)
            answer(asked, smpp::status::ok);
        show();
        if (!asked.is_answered)
            answer(asked, smpp::status::ok);
    }
    void finish(dialogue&, std::string_view why, instant now);
    /// The same of one that broke: who comes back within a while may go on.
    void leave(dialogue&, std::string_view why, instant now);
    void keep_place(const dialogue&, instant now);
    /// What a dial leads to, if the last dialogue didn't break off further on.
    [[nodiscard]] menus::step resume(const dialogue&, menus::step&&, instant now);
    [[nodiscard]] static screen_kind last_screen_of(const dialogue&);
    [[nodiscard]] store::caller caller_of(const line&, msisdn, store::channel, language) const;
    [[nodiscard]] language language_of(msisdn) const;

    /// A dialled string that waits may hold a password.
    struct kept_dial {
        explicit kept_dial(const ussd_request& of)
            : request{of} {}
        ~kept_dial() { wipe(request.text.data(), request.text.size()); }
        kept_dial(const kept_dial&) = delete;
        kept_dial& operator=(const kept_dial&) = delete;

        ussd_request request;
    };
    /// A message whose screen waits for what is true of its subscriber.
    struct look {
        dialogue_id of;
        line* on = nullptr;
        smpp::delivery delivery;
        instant asked_at;
        bool is_answered = false;
        screen_kind kind = screen_kind::ask;
        menus::sources awaited;
        menus::knowledge found;
        std::optional<money> balance; // for a head that says it
        std::optional<std::int64_t> points;
        std::optional<store::holdings_view> has; // for one that says whether it has what it is about
        std::unique_ptr<kept_dial> dialled; // to be dialled again; none: the dialogue stands at its screen
    };

    boost::asio::io_context& loop_;
    house_rules rules_;
    lines& lines_;
    performer& performer_;
    store::billing& billing_;
    sender& sender_;
    const store::keys& keys_;
    call_records& records_;
    recent& recent_;
    store::store& rows_;
    pack_set packs_;

    dialogues dialogues_;
    turns turns_;
    wishes wishes_;
    screens screens_;
    places<look> looks_;
    left_places left_;
    awaited_replies replies_;
    std::vector<dialogue_id> put_by_; // that ended before what they asked for was there
    std::deque<std::pair<steady_time, place_key>> look_deadlines_; // all wait equally long
    throttle dialogue_starts_;
    throttle sms_replies_;
    boost::unordered_flat_map<msisdn, language, std::hash<msisdn>> languages_; // other than the pack's
    struct maintenance {
        std::optional<utc_time> until;
    };
    std::optional<maintenance> maintenance_;
    std::function<void()> on_first_bound_;
    tally counted_;
    std::array<std::uint64_t, unanswerable_reasons.size()> turned_away_{};
    poison poison_;
    bool is_taking_ = true;
};

} // namespace kabinet::gateway
