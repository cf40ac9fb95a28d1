// Where the portal's wishes are received on the loop: judged one at a time for a number, hashed on threads of
// their own, made true in the store, and told to the subscriber where he must hear of it. Knows no HTTP.
//
// Whatever is answered is the same for a number that has no account: only its SIM hears more.
#pragma once

#include "gateway/clocks.hpp"
#include "gateway/closed_actions.hpp"
#include "gateway/hash_pool.hpp"
#include "gateway/number_desk.hpp"
#include "gateway/pack_set.hpp"
#include "gateway/portal_answer.hpp"
#include "gateway/portal_wishes.hpp"
#include "gateway/recent.hpp"
#include "gateway/sender.hpp"
#include "gateway/sms_place.hpp"
#include "gateway/turns.hpp"
#include "gateway/visitors.hpp"
#include "store/password_check.hpp"
#include "values/durations.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

namespace kabinet::gateway {

class reception {
  public:
    /// What it works with; all outlive it. `pool` is its own: what hashes for the SIM is another one.
    struct colleagues {
        store::store& store;
        store::billing& money;
        const store::keys& keys;
        const store::password_check& check;
        hash_pool& pool;
        sender& sends;
        recent& lately;
        std::function<void(msisdn, language)> hear; // in which language a subscriber is spoken to
        const closed_actions* closed = nullptr;     // what isn't done now; null: nothing
        number_desk* numbers = nullptr;             // without it no number is blocked
    };
    struct limits {
        std::uint32_t visitor_numbers_per_hour = 20;
        std::uint32_t sms_per_minute = 300; // that the portal may have sent, to all numbers together
    };
    static constexpr std::chrono::minutes code_life{10};
    static constexpr std::chrono::seconds code_again_after{60};

    /// Runs on the loop, which outlives it.
    reception(boost::asio::io_context& loop, const colleagues&, packs_in_force, limits);

    // Each answers after what it says is durable, and never throws.

    /// Whether the password is right.
    [[nodiscard]] boost::asio::awaitable<portal_answer> log_in(login_attempt);
    /// The second half of a login that wants a code.
    [[nodiscard]] boost::asio::awaitable<portal_answer> confirm_login(code_entry);
    [[nodiscard]] boost::asio::awaitable<portal_answer> log_in_by_pin(pin_attempt);
    /// The portal vouches for it: the number's own SIM asks, over mobile data.
    [[nodiscard]] boost::asio::awaitable<portal_answer> log_in_by_sim(portal_wish);
    /// A new chosen password, for whoever knows the code word. What is blocked stays so.
    [[nodiscard]] boost::asio::awaitable<portal_answer> restore(word_attempt);
    /// A generated password, by SMS. A live one that the subscriber chose stays.
    [[nodiscard]] boost::asio::awaitable<portal_answer> send_password(sms_wish);
    /// A code by SMS, and a ticket for it; another ticket for the same code within a minute.
    [[nodiscard]] boost::asio::awaitable<portal_answer> send_code(sms_wish);
    /// A new password, chosen or generated, for whoever has the code.
    [[nodiscard]] boost::asio::awaitable<portal_answer> use_code(code_entry);

    // What a login may ask more. `refused` with `level` where it doesn't reach so far, with `password` where
    // it was one without a password.

    [[nodiscard]] boost::asio::awaitable<portal_answer> set_switch(switch_wish);
    /// One an account: another app's is over.
    [[nodiscard]] boost::asio::awaitable<portal_answer> set_pin(pin_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> set_language(language_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> show_account(account_wish);
    /// Somebody of the operator's is to call him back.
    [[nodiscard]] boost::asio::awaitable<portal_answer> call_back(account_wish);

    [[nodiscard]] boost::asio::awaitable<portal_answer> show_purse(account_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> show_movements(statement_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> top_up(voucher_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> take_promise(promise_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> transfer(transfer_wish);

    [[nodiscard]] boost::asio::awaitable<portal_answer> show_wares(ware_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> order_ware(ware_wish);
    /// The phone is lost: its SIM is let do nothing more. For whoever was let in, or knows the code word.
    [[nodiscard]] boost::asio::awaitable<portal_answer> block_number(account_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> block_number_by_word(number_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> unblock_number(number_wish);

    /// Whom anybody may ask, by the pack that is in force for all.
    [[nodiscard]] boost::asio::awaitable<portal_answer> show_help(help_wish);

    /// Of the operator's system, not the portal's.
    [[nodiscard]] boost::asio::awaitable<portal_answer> tell_left(left_wish);
    [[nodiscard]] boost::asio::awaitable<portal_answer> pay_in(payment_wish);

    /// From now on everything is answered `try_later`.
    void stop_taking() { is_taking_ = false; }
    [[nodiscard]] bool is_at_rest() const { return turns_->size() == 0; }

    /// What the portal may ask, for counting.
    enum class wish_kind : std::uint8_t {
        login,
        password,
        code,
        entry,
        second_step,
        pin,
        sim,
        word,
        account,
        payment,
        remainder,
        number,
        help
    };
    static constexpr std::size_t wish_kinds = 13;
    static constexpr std::array<std::string_view, wish_kinds> wish_names{
        "login",     "password_sms", "code_sms", "code_entry", "login_code", "pin", "sim",
        "code_word", "account",      "payment",  "remainder",  "number",     "help"};
    /// How often that was answered so, since the start.
    [[nodiscard]] std::uint64_t told(wish_kind what, portal_verdict which) const {
        return told_[static_cast<std::size_t>(what)][static_cast<std::size_t>(which)];
    }

    /// How long logins took that were judged, queues included.
    [[nodiscard]] const durations& logins() const { return logins_; }

  private:
    using answering = boost::asio::awaitable<portal_answer>;

    /// Null, and the answer says when to come again, where there is none left.
    [[nodiscard]] std::unique_ptr<sms_place> take_sms_place(portal_answer&);
    /// When no other wish for that number is under way; false when too many wait already.
    [[nodiscard]] boost::asio::awaitable<bool> take_turn(msisdn);
    /// The frame of each wish: what stops it early, its turn, the work, and the count of what came of it.
    template <class Wish>
    [[nodiscard]] answering receive(wish_kind, Wish,
                                    answering (reception::*work)(const Wish&, const menus::definition&),
                                    std::optional<menus::action_kind> does = {});
    /// Of an action that is closed for a while: for any number alike.
    [[nodiscard]] std::optional<portal_answer> refuse_closed(std::optional<menus::action_kind>) const;
    /// What stops a wish before anything is done for it; nothing lets it on.
    [[nodiscard]] std::optional<portal_answer> refuse_early(wish_kind, const portal_wish&);
    /// Whether an `ok` of it says that the visitor is who he says.
    [[nodiscard]] static bool proves(wish_kind what) {
        return what != wish_kind::password && what != wish_kind::code && what != wish_kind::account &&
               what != wish_kind::payment && what != wish_kind::remainder;
    }
    /// The same for what a login may ask more. `does`: what `maintenance` may have closed, where it is an
    /// action of the menus.
    template <class Wish>
    [[nodiscard]] answering admit(Wish, answering (reception::*work)(const Wish&, const menus::definition&),
                                  std::optional<menus::action_kind> does);
    [[nodiscard]] answering judge(const login_attempt&, const menus::definition&);
    [[nodiscard]] answering judge_code(const code_entry&, const menus::definition&);
    [[nodiscard]] answering judge_pin(const pin_attempt&, const menus::definition&);
    [[nodiscard]] answering judge_sim(const portal_wish&, const menus::definition&);
    [[nodiscard]] answering judge_word(const word_attempt&, const menus::definition&);
    [[nodiscard]] answering turn(const switch_wish&, const menus::definition&);
    [[nodiscard]] answering keep_pin(const pin_wish&, const menus::definition&);
    [[nodiscard]] answering speak(const language_wish&, const menus::definition&);
    [[nodiscard]] answering look(const account_wish&, const menus::definition&);
    [[nodiscard]] answering ask_for_call(const account_wish&, const menus::definition&);
    [[nodiscard]] boost::asio::awaitable<bool> may_look(const account_wish&, menus::action_kind,
                                                        portal_answer&);
    [[nodiscard]] answering look_in_purse(const account_wish&, const menus::definition&);
    [[nodiscard]] answering list_movements(const statement_wish&, const menus::definition&);
    [[nodiscard]] answering redeem_voucher(const voucher_wish&, const menus::definition&);
    [[nodiscard]] answering lend_on(const promise_wish&, const menus::definition&);
    [[nodiscard]] answering give_to(const transfer_wish&, const menus::definition&);
    [[nodiscard]] answering enter_payment(const payment_wish&, const menus::definition&);
    [[nodiscard]] answering look_at_wares(const ware_wish&, const menus::definition&);
    [[nodiscard]] answering sell_to(const ware_wish&, const menus::definition&);
    [[nodiscard]] answering enter_left(const left_wish&, const menus::definition&);
    [[nodiscard]] answering order(store::request);
    [[nodiscard]] answering stop_number(const account_wish&, const menus::definition&);
    [[nodiscard]] answering stop_number_by_word(const number_wish&, const menus::definition&);
    [[nodiscard]] answering free_number(const number_wish&, const menus::definition&);
    /// Of a wish with a word's proof; the number hears of it by that notice, or that its word is closed.
    [[nodiscard]] answering order_by_word(store::request, const char* notice);
    /// What is done to a number for whoever knows its word.
    [[nodiscard]] answering use_word(const number_wish&, store::effect, const menus::definition&);
    [[nodiscard]] answering issue(const sms_wish&, const menus::definition&);
    [[nodiscard]] answering send(const sms_wish&, const menus::definition&);
    [[nodiscard]] answering change(const code_entry&, const menus::definition&);

    /// After a login: how far it reaches, and what it may ask more with.
    void let_in(msisdn, const store::outcome&, access_level most, bool knew_password,
                const menus::definition&, portal_answer&) const;
    /// The same of one by password.
    void let_in_by_password(msisdn, const store::outcome&, const menus::definition&, portal_answer&) const;
    /// Sends the code that the wish has a place for. False where none is sent now.
    [[nodiscard]] boost::asio::awaitable<bool> have_code_sent(store::request, store::code_purpose,
                                                              std::int64_t version, portal_answer&);
    /// A wish of whoever was let in.
    [[nodiscard]] store::request make_request(std::string_view kind, const account_wish&, access_level wants,
                                              const menus::definition&) const;
    /// The same of one that moves money, told by what comes of it.
    [[nodiscard]] store::request make_order(std::string_view kind, const account_wish&, menus::action_kind,
                                            const menus::definition&) const;
    [[nodiscard]] static store::login_proof proof_of(const store::ticket&, access_level wants);
    /// Why, and until when; the other also that it went well, or that the login is over.
    static void tell_refusal(const store::outcome&, portal_answer&);
    static void tell_of_account(const store::outcome&, portal_answer&);

    /// What came of it in the store; nothing, and the answer says why, where it came to nothing. What is to
    /// be sent about it is sent.
    [[nodiscard]] boost::asio::awaitable<std::optional<store::outcome>> make_true(store::request,
                                                                                  portal_answer&);
    [[nodiscard]] store::request make_request(std::string_view kind, const portal_wish&,
                                              const menus::definition&) const;
    portal_answer note(wish_kind, const portal_wish&, portal_answer);
    /// The same of one that may come again as often as it likes.
    portal_answer put_off(wish_kind, const portal_wish&, portal_answer);
    [[nodiscard]] store::fingerprint mark(const portal_wish&,
                                          std::initializer_list<const secret*> typed) const;

    boost::asio::io_context& loop_;
    colleagues with_;
    packs_in_force packs_;
    limits limits_;
    visitors visitors_;
    std::shared_ptr<turns> turns_ = std::make_shared<turns>(); // a wish under way when it goes leaves later
    std::shared_ptr<sms_minute> this_minute_ = std::make_shared<sms_minute>();
    std::array<std::array<std::uint64_t, portal_verdicts>, wish_kinds> told_{};
    durations logins_;
    bool is_taking_ = true;
};

} // namespace kabinet::gateway
