// The table of actions: what each one asks of who wants it, and how it becomes an effect of the store.
// USSD and SMS come here alike.
#pragma once

#include "gateway/awaited_replies.hpp"
#include "gateway/closed_actions.hpp"
#include "gateway/hash_pool.hpp"
#include "gateway/number_desk.hpp"
#include "gateway/uses.hpp"
#include "menus/action.hpp"
#include "menus/definition.hpp"
#include "menus/outcomes.hpp"
#include "menus/page.hpp"
#include "store/billing.hpp"
#include "store/keys.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace kabinet::gateway {

/// One wish of one subscriber, with everything that making it true needs.
struct wish {
    wish() = default; // named constructor arguments only: gcc 12 destroys an awaited aggregate twice

    menus::action asked;
    store::request_id id{};
    std::chrono::microseconds repeats_within{};
    store::caller by;
    std::shared_ptr<const menus::definition> pack;
    address sms_from; // of what goes out by SMS about it
    address sms_to;
    std::string group;                  // of the link it came by
    std::optional<question> asks_first; // it is only to be told what a reply would agree to
    instant now{};
    std::function<void()> kept = [] {}; // called where it takes longer, once it is durable
};

/// What came of it, and how it is told.
struct performed {
    performed() = default;

    menus::action_kind asked{};
    std::string_view word; // names the text: `<asked>.<word>.screen`
    menus::text_name told; // names the text itself where nothing but saying it was asked, or was possible
    store::outcome came;
    secret clear;                           // a password issued just now; empty for a repeat
    bool is_done = false;                   // false: nothing was done, and it may be tried again in a while
    bool is_hopeless = false;               // nothing was done, and trying again won't help
    bool is_refused = false;                // of another number: it was judged, and nothing came of it
    std::optional<store::outgoing_sms> due; // to be sent now; its row is ours already
    std::optional<store::outbox_id> held;   // to be cancelled once the screen was shown, or released
    /// What was done to another number than the one that asked.
    struct of_another {
        msisdn whose;
        std::vector<store::outbox_id> overtaken;
        std::optional<store::outgoing_sms> notice; // to be sent now
    };
    std::optional<of_another> other;

    [[nodiscard]] menus::text_name text(menus::channel) const;
};

class performer {
  public:
    /// `closed`: what isn't done now, by whatever way it is asked; null: nothing. Without a desk for them no
    /// number is blocked. All outlive it.
    performer(store::store&, store::billing&, const store::keys&, hash_pool&,
              const closed_actions* closed = nullptr, number_desk* = nullptr);

    /// Never throws. Runs on the loop; hashes on the pool.
    [[nodiscard]] boost::asio::awaitable<performed> run(wish);

    /// At the counter, for whoever has shown a passport: his number is blocked or unblocked, and hears of it.
    [[nodiscard]] boost::asio::awaitable<performed> change_number(wish, bool blocks);

    /// Who is shown something of his account, and asks for nothing.
    void note_look(msisdn who, const menus::definition& pack, instant now) {
        uses_.note(who, pack.accounts, now);
    }

  private:
    /// Nothing is written for whoever asks, so that there is nothing to do once.
    using look = boost::asio::awaitable<void> (performer::*)(const wish&, performed&);
    /// What is read first; null: the action is something to do, or to say.
    [[nodiscard]] static look look_of(menus::action_kind);
    [[nodiscard]] boost::asio::awaitable<void> read_archive(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> explain_login(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> read_balance(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> read_movements(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> read_holdings(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> use_word(const wish&, performed&);
    /// What it would come to, and which reply agrees to it; or why it can't be.
    [[nodiscard]] boost::asio::awaitable<void> tell_terms(const wish&, performed&);
    [[nodiscard]] store::request_id name_beside(const wish&, std::string_view why) const;
    [[nodiscard]] store::request ask_of_number(msisdn, const wish&, bool blocks) const;
    [[nodiscard]] boost::asio::awaitable<void> make_true_of_another(store::request, const wish&, performed&);
    /// Whether whoever asks isn't barred himself; else it is told.
    [[nodiscard]] boost::asio::awaitable<bool> may_ask(const wish&, performed&);
    [[nodiscard]] boost::asio::awaitable<void> make_true(const wish&, store::effect, performed&);
    /// The same, or the screen alone where there is nothing to write.
    [[nodiscard]] boost::asio::awaitable<void> finish(const wish&, std::optional<store::effect>, performed&);

    store::store& store_;
    store::billing& billing_;
    const store::keys& keys_;
    hash_pool& pool_;
    const closed_actions* closed_;
    number_desk* numbers_;
    uses uses_;
};

/// What a login at the portal must reach for it; within a transaction it is looked at again.
[[nodiscard]] access_level least_level(menus::action_kind);
/// What the feed must allow a number for it, where its own SIM asks.
[[nodiscard]] access_level level_of_sim(menus::action_kind);

/// As the store takes it.
[[nodiscard]] store::take_promise lend(const menus::take_promise&);
[[nodiscard]] store::transfer give(const menus::transfer&, const menus::definition&);
[[nodiscard]] store::top_up redeem(const secret& voucher, const store::keys&, const menus::definition&);
[[nodiscard]] store::call_back promise_call(const menus::definition&, utc_time now);

/// What a text may say of an outcome. `clear` outlives it.
[[nodiscard]] menus::fields fields_of(const store::outcome&, msisdn who, const secret& clear);

/// The name of the text that an SMS of the outbox says.
[[nodiscard]] menus::text_name text_of(const store::outgoing_sms&);

} // namespace kabinet::gateway
