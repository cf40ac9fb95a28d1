// What the portal wishes, made true in the transaction that is open: logins of every way, codes, and what
// must be proven before a wish goes on. For a number without an account a login by password, a code and a
// code word are done to nobody's (schema/002.sql), with the same work and to no effect, so that neither words
// nor time tell the two apart.
#pragma once

#include "store/keys.hpp"
#include "store/password_check.hpp"
#include "store/sqlite_standing.hpp"
#include "store/sqlite_tables.hpp"
#include "store/staff.hpp"

#include <cstdint>
#include <optional>

namespace kabinet::store::sqlite {

class portal_desk {
  public:
    portal_desk(const keys& with, const tables& in)
        : keys_{with}
        , in_{in} {}

    /// See backend::look_before_login.
    [[nodiscard]] login_facts look(msisdn, std::uint32_t most_wrong, utc_time now);

    /// See backend::look_before_word.
    [[nodiscard]] word_facts look_at_word(msisdn, std::uint32_t most_wrong, utc_time now);

    /// See backend::look_through.
    [[nodiscard]] login_view look_through(msisdn, const login_proof&);

    /// Logins and codes, and whatever a missing proof stops; nothing for a wish that goes on like any other.
    /// The code of that one is used up then.
    [[nodiscard]] std::optional<outcome> answer(const request&, std::optional<account_row>&);

  private:
    [[nodiscard]] outcome judge(const request&, const log_in&, account_row);
    [[nodiscard]] outcome send(const request&, const send_code&, account_row);
    [[nodiscard]] std::optional<outcome> limit(const request&, const issue_password&, account_row);
    [[nodiscard]] outcome judge(const request&, const log_in_by_pin&, account_row);
    [[nodiscard]] outcome judge(const request&, const log_in_by_sim&, account_row);
    /// Why the proof isn't enough; nothing where it is.
    [[nodiscard]] std::optional<outcome> refuse(const request&, const std::optional<account_row>&);
    [[nodiscard]] bool examine(const request&, const code_proof&, account_row&, outcome& refused);
    [[nodiscard]] bool examine(const request&, const login_proof&, account_row&, outcome& refused);
    [[nodiscard]] bool examine(const request&, const word_proof&, account_row&, outcome& refused);
    /// The most that the feed allows the account; nothing where it doesn't say.
    [[nodiscard]] std::optional<access_level> level_of(msisdn);
    [[nodiscard]] login_view look_through(msisdn, const login_proof&, const account_row&);

    [[nodiscard]] account_rows::place place_of(const request&, const account_row&) const;
    [[nodiscard]] static outcome begin(const request&, const account_row&);
    void enter(const request&, account_row&, effect_kind, verdict);
    /// Says so once a day: nobody is flooded by whoever guesses.
    void close(const request&, account_row&, outcome&);
    /// Tells the subscriber that a way in is closed. For who is sent nothing the row is written and ended.
    void tell_closed(const request&, account_row&, outcome&);

    const keys& keys_;
    tables in_;
};

} // namespace kabinet::store::sqlite
