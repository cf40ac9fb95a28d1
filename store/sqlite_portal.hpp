// What the portal wishes, made true in the transaction that is open: logins and codes. For a number without
// an account all of it is done to nobody's (schema/002.sql), with the same work and to no effect, so that
// neither words nor time tell the two apart.
#pragma once

#include "store/keys.hpp"
#include "store/password_check.hpp"
#include "store/sqlite_tables.hpp"

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

    /// Logins and codes, and whatever a wrong code stops; nothing for a wish that goes on like any other. The
    /// code of that one is used up then.
    [[nodiscard]] std::optional<outcome> answer(const request&, std::optional<account_row>&);

  private:
    [[nodiscard]] outcome judge(const request&, const log_in&, account_row);
    [[nodiscard]] outcome send(const request&, const send_code&, account_row);
    [[nodiscard]] std::optional<outcome> limit(const request&, const issue_password&, account_row);
    [[nodiscard]] bool is_proven(const request&, const account_row&);
    [[nodiscard]] outcome deny(const request&, account_row);

    [[nodiscard]] account_rows::place place_of(const request&, const account_row&) const;
    [[nodiscard]] static outcome begin(const request&, const account_row&);
    void enter(const request&, account_row&, effect_kind, verdict);
    void close(const request&, account_row&, outcome&);

    const keys& keys_;
    tables in_;
};

} // namespace kabinet::store::sqlite
