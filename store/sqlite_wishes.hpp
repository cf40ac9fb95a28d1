// One wish made true, once: the stored outcome of a repeat, or rules, effect, SMS, audit and outcome, all
// in the transaction that is open. Knows no transaction and no queue.
#pragma once

#include "store/keys.hpp"
#include "store/orders.hpp"
#include "store/rules.hpp"
#include "store/sqlite_money.hpp"
#include "store/sqlite_portal.hpp"
#include "store/sqlite_tables.hpp"
#include "store/sqlite_wares.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <optional>

namespace kabinet::store::sqlite {

class wishes {
  public:
    wishes(const keys& with, const tables& in)
        : keys_{with}
        , in_{in}
        , portal_{with, in}
        , money_{with, in}
        , wares_{with, in} {}

    /// See store::once. Throws sqlite::failure; the caller undoes what was done until then.
    [[nodiscard]] boost::system::result<outcome> fulfil(const request&);

    /// A wish that another system is to make true: judged and written, or answered like any other.
    [[nodiscard]] boost::system::result<begun_order> begin_order(const request&);
    /// Nothing where it had ended. `is_late`: whoever asked waits no longer, and is told by SMS in any case.
    [[nodiscard]] std::optional<outcome> end_order(const request_id& name, const order_end&, bool is_late,
                                                   utc_time now);

    [[nodiscard]] portal_desk& portal() { return portal_; }
    [[nodiscard]] money_desk& money() { return money_; }
    [[nodiscard]] ware_desk& wares() { return wares_; }

  private:
    /// What another system did not do: by then no centre delivers a message a second time.
    static constexpr std::chrono::minutes tried_again_after{1};

    /// What needs no judging: a repeat, a conflict, whatever the portal's desk answers.
    [[nodiscard]] std::optional<boost::system::result<outcome>>
    answer_heard(const request&, std::optional<account_row>&, const fingerprint& mark, bool is_elsewhere);
    [[nodiscard]] bool is_meant_anew(const request&, const inbox_row&, const std::optional<account_row>&,
                                     bool is_elsewhere);
    [[nodiscard]] std::optional<outcome> repeat(const request&, const inbox_row&,
                                                const std::optional<account_row>&);
    [[nodiscard]] bool has_never_arrived(const secret_row&);
    void say_again(const request&, outcome&);
    /// What is known of it before it is done. An account is made where there is none and it is granted.
    [[nodiscard]] outcome decide(const request&, std::optional<account_row>&, bool is_elsewhere, decision&);
    [[nodiscard]] outcome conclude(const request&, std::optional<account_row>&, outcome, const decision&,
                                   const fingerprint& mark);
    [[nodiscard]] begun_order open(const request&, account_row&, outcome, const fingerprint& mark);
    void enter(msisdn who, channel, effect_kind, const outcome&, account_row* listed);
    [[nodiscard]] outcome repeat_payment(const request&, const std::optional<account_row>&);

    void make(const issue_password&, account_row&, outcome&);
    void make(const choose_password&, account_row&, outcome&);
    void make(const set_language&, account_row&, outcome&);
    void make(const tell&, account_row&, outcome&);
    void make(const close_portal&, account_row&, outcome&);
    void make(const set_switch&, account_row&, outcome&);
    void make(const set_pin&, account_row&, outcome&);
    void make(const request&, const block_number&, account_row&, outcome&);
    void make(const request&, const unblock_number&, account_row&, outcome&);
    void make(const request&, const call_back&, account_row&, outcome&);
    void make(const log_in&, account_row&, outcome&) {} // the portal's desk does these
    void make(const log_in_by_pin&, account_row&, outcome&) {}
    void make(const log_in_by_sim&, account_row&, outcome&) {}
    void make(const send_code&, account_row&, outcome&) {}
    void replace_secret(account_row&, secret_row, const password_hash&, outcome&, bool counts);

    const keys& keys_;
    tables in_;
    portal_desk portal_;
    money_desk money_;
    ware_desk wares_;
};

} // namespace kabinet::store::sqlite
