// Sends the outbox: each row until a response or the end of its life, one outstanding message a subscriber,
// in order, as fast as the links take them. Of a long one a part leaves when the one before it was taken.
// Rows live in the store; what is here may vanish: which parts were taken isn't kept, so the next run sends
// the whole message again, under the same reference.
#pragma once

#include "gateway/lines.hpp"
#include "gateway/pace.hpp"
#include "gateway/pack_set.hpp"
#include "gateway/parts.hpp"
#include "gateway/ticket.hpp"
#include "menus/definition.hpp"
#include "store/store.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace kabinet::gateway {

class sender {
  public:
    /// All of these outlive it. Runs on the loop.
    sender(lines&, store::store&, packs_in_force, std::size_t most_in_memory = 50'000);

    /// A row that this run made and holds claimed. What it overtakes is forgotten.
    void send(store::outgoing_sms);
    /// The store cancelled it: it isn't sent unless it is on its way already.
    void forget(msisdn, store::outbox_id);
    /// All of a number's: it is erased, or somebody else's now.
    void forget(msisdn);
    /// Nothing more is fetched from the store: the next run sends it.
    void stop_fetching() { is_fetching_allowed_ = false; }
    /// Nothing more leaves either; what is outstanding is still awaited.
    void stop_submitting() { is_submitting_ = false; }
    /// A held row: its screen was shown, or could not be.
    void cancel(store::outbox_id);
    void release(store::outbox_id);

    void response_arrived(line&, place_key, const smpp::response&, instant now);
    void response_missing(place_key);
    /// Submits what may be, tells the store what ended, fetches what waits there. Often; cheap when idle.
    void work(instant now);

    /// Nothing is outstanding and the store knows all that ended: what is left is sent by the next run.
    [[nodiscard]] bool is_at_rest() const;
    /// At rest, and nothing is left that a bound link would take now.
    [[nodiscard]] bool is_drained();
    [[nodiscard]] std::size_t waiting() const { return in_memory_; }

  private:
    using words = std::shared_ptr<const menus::definition>;

    /// How far a message in several parts has come.
    struct progress {
        line* by = nullptr; // took the parts
        sms_layout as;
        std::uint8_t taken = 0;
        words from; // a reload doesn't change a message in its middle
    };
    struct subscriber_queue {
        std::deque<store::outgoing_sms> rows;
        std::uint8_t tries = 0;             // of the first's part, since it was refused for a while
        std::optional<place_key> submitted; // of the first's part: awaits its response
        std::optional<place_key> missing; // of the same part: submitted before; only a late response can come
        bool is_overtaken = false;        // the first, while it awaits its response: not to be sent again
        std::optional<progress> begun;    // of the first, where some of its parts were taken
    };
    struct outstanding {
        msisdn who;
        sms_layout as;
        std::uint8_t part = 1;
        words from; // where more parts follow
    };
    enum class submitted : std::uint8_t {
        yes,
        later, // nobody's would leave now
        aside, // the link that took its first parts takes no more yet; others may
        never,
    };

    void pump(instant now);
    [[nodiscard]] submitted submit(subscriber_queue&, instant now);
    [[nodiscard]] submitted submit_part(subscriber_queue&, line& by);
    [[nodiscard]] line* choose_line(const store::outgoing_sms&, steady_time now);
    [[nodiscard]] bool takes(line&, steady_time now);
    void part_taken(line&, outstanding);
    void begin_anew(subscriber_queue&);
    void drop_places(subscriber_queue&);
    /// The first row of a number is done with; the store hears `how`, unless it ended the row itself.
    void finish_first(msisdn, std::optional<store::settling> how);
    void refused(line&, msisdn, smpp::status, steady_time now);
    std::optional<place_key> take_submitted(subscriber_queue&);
    void settle(store::outbox_id, store::settling);
    void flush_settlements(instant now);
    void fetch(instant now);

    lines& lines_;
    store::store& store_;
    packs_in_force packs_;
    std::size_t most_in_memory_;

    std::unordered_map<msisdn, subscriber_queue> by_subscriber_;
    std::deque<msisdn> ready_;                   // have a row to submit and none outstanding
    std::multimap<steady_time, msisdn> delayed_; // will be ready then
    std::size_t in_memory_ = 0;
    places<outstanding> outstanding_;
    std::size_t in_flight_ = 0; // of those: without the missing ones
    std::vector<pace> paces_;   // by line
    std::vector<store::settlement> ended_;
    bool is_fetching_allowed_ = true;
    bool is_submitting_ = true;
    bool is_settling_ = false;
    bool is_fetching_ = false;
    bool may_have_more_ = true; // in the store: at start, rows of earlier runs
    steady_time fetch_again_{};
};

} // namespace kabinet::gateway
