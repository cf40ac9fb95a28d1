// One wish made true, once: the stored outcome of a repeat, or rules, effect, SMS, audit and outcome, all
// in the transaction that is open. Knows no transaction and no queue.
#pragma once

#include "store/keys.hpp"
#include "store/password_check.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_audit.hpp"
#include "store/sqlite_inbox.hpp"
#include "store/sqlite_outbox.hpp"
#include "store/sqlite_subscribers.hpp"

#include <boost/system/result.hpp>

#include <optional>

namespace kabinet::store::sqlite {

class wishes {
  public:
    wishes(const keys& with, account_rows& accounts, subscriber_rows& subscribers, inbox_rows& inbox,
           outbox_rows& outbox, audit_rows& audit)
        : keys_{with}
        , accounts_{accounts}
        , subscribers_{subscribers}
        , inbox_{inbox}
        , outbox_{outbox}
        , audit_{audit} {}

    /// See store::once. Throws sqlite::failure; the caller undoes what was done until then.
    [[nodiscard]] boost::system::result<outcome> fulfil(const request&);

    /// What a password is held against, and whether that is of use at all.
    [[nodiscard]] login_facts look(msisdn, std::uint32_t most_wrong, utc_time now);

  private:
    [[nodiscard]] std::optional<outcome> repeat(const request&, const inbox_row&,
                                                const std::optional<account_row>&);
    [[nodiscard]] bool has_never_arrived(const secret_row&);
    void say_again(const request&, outcome&);
    [[nodiscard]] outcome fulfil_now(const request&, std::optional<account_row>, const fingerprint& mark);
    [[nodiscard]] outcome judge_login(const request&, const log_in&, account_row, const fingerprint& mark);
    void enter(const request&, account_row&, effect_kind, verdict);
    void close(const request&, account_row&, outcome&);
    [[nodiscard]] account_row create(const caller&, const std::optional<subscriber_row>&, utc_time now);

    void make(const issue_password&, account_row&, outcome&);
    void make(const choose_password&, account_row&, outcome&);
    void make(const set_language&, account_row&, outcome&);
    void make(const tell&, account_row&, outcome&);
    void make(const log_in&, account_row&, outcome&) {} // judge_login does it, for strangers too
    void replace_secret(account_row&, secret_row, const password_hash&, outcome&);

    const keys& keys_;
    account_rows& accounts_;
    subscriber_rows& subscribers_;
    inbox_rows& inbox_;
    outbox_rows& outbox_;
    audit_rows& audit_;
};

} // namespace kabinet::store::sqlite
