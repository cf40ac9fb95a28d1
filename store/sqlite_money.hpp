// What moves money and points, made true in the transaction that is open: vouchers, promised payments, what
// comes in. Knows neither inbox nor SMS.
#pragma once

#include "store/keys.hpp"
#include "store/rules.hpp"
#include "store/sqlite_tables.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::store::sqlite {

class money_desk {
  public:
    money_desk(const keys& with, const tables& in)
        : keys_{with}
        , in_{in} {}

    /// What the rules ask about the money.
    [[nodiscard]] purse_facts look(const request&, const top_up&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const request&, const take_promise&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const request&, const transfer&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const request&, const pay_in&, const std::optional<account_row>&);

    /// The same where the money is kept by another system: what only that can know is taken for good.
    [[nodiscard]] purse_facts look_elsewhere(const request&, const top_up&,
                                             const std::optional<account_row>&);
    [[nodiscard]] purse_facts look_elsewhere(const request&, const take_promise&,
                                             const std::optional<account_row>&);
    [[nodiscard]] purse_facts look_elsewhere(const request&, const transfer&,
                                             const std::optional<account_row>&);
    [[nodiscard]] purse_facts look_elsewhere(const request&, const pay_in&,
                                             const std::optional<account_row>&);

    /// An order for it, with the account's side of the row written.
    [[nodiscard]] order_row order(const request&, const account_row&);
    /// What a voucher's end means for the count of wrong ones: while it was open it counted as one.
    void note_ended(const order_row&, const account_row&, outcome&);
    /// Money came from another subscriber. Whoever has no account is told in the giver's language.
    void tell_party(const order_row&, const order_end&, language, utc_time now);

    /// A wrong voucher is one of those that count.
    void note_refused(const request&, const std::optional<account_row>&, const decision&);

    void make(const request&, const top_up&, account_row&, outcome&);
    void make(const request&, const take_promise&, account_row&, outcome&);
    void make(const request&, const transfer&, account_row&, outcome&);
    void make(const request&, const pay_in&, account_row&, outcome&);

    /// Whether a payment of that name was entered longer ago than wishes are remembered, and whether it was
    /// the same; nothing for one that is new.
    [[nodiscard]] std::optional<posting> find_entered(const request&, const std::optional<account_row>&);

    /// Takes back what is due, `most` at a time, whatever the balance, and leaves a notice. Returns how many
    /// it were.
    std::size_t return_due(std::size_t most, std::string_view told, utc_time now);

    /// Before the account is removed. What it held, which is the operator's from here on.
    money leave(const account_row&, utc_time now);
    /// The same where the number has another owner since then: what of it is his, for he brought it.
    [[nodiscard]] money leave_to_next(const account_row&, utc_time since, utc_time now);
    void hand_over(const account_row& to, money, utc_time now);

  private:
    [[nodiscard]] account_rows::place place_of(const request&, const std::optional<account_row>&) const;
    void enter(const operation&);
    void give_back(const promise_row&, utc_time now);
    /// The account of a number that there is one of, or that the feed has; none of any other.
    [[nodiscard]] std::optional<account_row> find_party(const transfer&, language speaks, utc_time now);
    [[nodiscard]] bool may_receive(msisdn, money amount);
    void note(msisdn, account_row&, channel, effect_kind, utc_time now);

    const keys& keys_;
    tables in_;
    std::vector<moved> given_; // what the rules look at
};

/// Of the operation that a wish is. A payment is named for good by who brings it; any other wish may come
/// again under its name after a while.
[[nodiscard]] request_id name_operation(const keys&, const request&);

/// The octets of something trivial, for a name.
template <class Value>
[[nodiscard]] std::string_view octets_in(const Value& of) {
    return {reinterpret_cast<const char*>(&of), sizeof of};
}

/// See backend::tell_waiting.
[[nodiscard]] notice_page tell_waiting(const tables&, const waiting_notices&, std::int64_t after,
                                       std::size_t most, utc_time now);

} // namespace kabinet::store::sqlite
