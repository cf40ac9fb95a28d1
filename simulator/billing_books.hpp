// The books of a billing system: what each number has, what was ordered under which name and what came of it.
// No I/O and no clock: the time is told with each question, and whoever keeps a journal is given each step
// before it counts.
#pragma once

#include "simulator/billing_change.hpp"
#include "simulator/billing_seen.hpp"
#include "simulator/billing_wares.hpp"

#include <boost/system/result.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kabinet::simulator {

struct voucher {
    money worth;
    std::optional<utc_time> expires;
};

struct books_settings {
    money opening = money::from_minor(10'000); // what a number has that is asked for the first time
    std::int64_t points = 0;                   // and its bonus points
    std::set<msisdn> strangers;                // nobody's numbers
    std::unordered_map<std::string, voucher> vouchers;
};

struct books_figures {
    std::size_t open = 0; // and below: names, those of the journal included
    std::size_t done = 0;
    std::size_t refused = 0;
    std::size_t cancelled = 0;
    std::size_t repeated = 0; // and below: orders that came of these books, not of the journal
    std::size_t conflicts = 0;
};

enum class books_error { conflict = 1 }; // the name was used for something else; nothing was done
const boost::system::error_category& books_category();
boost::system::error_code make_error_code(books_error);

/// Promised payments are taken back, fees are taken, and what was begun ends, by whatever is asked first when
/// it is time.
class billing_books {
  public:
    /// Throws when a step can't be kept. It isn't made then, and whoever asked gets that exception.
    using keeper = std::function<void(const billing_change&)>;

    explicit billing_books(books_settings = {});
    void keep_with(keeper);

    /// A step of the journal, in its order; kept nowhere. Throws std::logic_error where these books can't
    /// have made it.
    void enter(const billing_change&);

    /// Nothing: the number is a stranger's.
    [[nodiscard]] std::optional<purse_seen> read_purse(msisdn, utc_time now);
    [[nodiscard]] std::optional<movements_seen> read_movements(msisdn, const movements_asked&, utc_time now);
    [[nodiscard]] std::optional<holdings_seen> read_holdings(msisdn, utc_time now);

    /// What came of the first order of that name, be it this one; `cancelled` where it was cancelled before.
    boost::system::result<operation_end> order(const std::string& id, const billing_order&, utc_time now);
    /// The same of an order that takes its time: open until then, and judged as things are then.
    boost::system::result<operation_end> begin(const std::string& id, const billing_order&, utc_time ends,
                                               utc_time now);
    /// Nothing: there was no order of that name.
    [[nodiscard]] std::optional<operation_end> ask_after(const std::string& id, utc_time now);
    /// What was begun goes on.
    operation_end cancel(const std::string& id, utc_time now);
    /// From a till or, a gift, from the operator; false for a stranger, and where the account would be too
    /// full.
    bool pay_in(msisdn, money, movement_kind payment_or_bonus, utc_time now);

    [[nodiscard]] const books_figures& figures() const { return figures_; }
    /// All accounts and the operator's purses together: nothing, whatever was done.
    [[nodiscard]] money sum() const;

  private:
    struct account {
        money balance;
        std::int64_t points = 0;
        std::string promise; // the name that lent what is open; empty when nothing is
        bool has_returned_one = false;
        std::vector<billing_movement> movements; // oldest first
    };
    struct operation {
        std::optional<billing_order> order; // none was seen of one that was cancelled first
        operation_end came;
        utc_time due{}; // it ends, or goes back
    };

    void catch_up(utc_time now);
    void end_due(const std::string& id, utc_time at);
    void take_fee(const billing_wares::due_ware&);
    void make(billing_change);
    void enter_entry(const billing_entry&, utc_time at);
    void enter_end(const billing_change&);
    [[nodiscard]] account* find(msisdn, utc_time now);
    [[nodiscard]] const operation* find_repeated(const std::string& id);
    [[nodiscard]] billing_change judge(const std::string& id, const billing_order&, utc_time at);
    void judge(const top_up&, account&, billing_change&) const;
    void judge(const take_promise&, account&, billing_change&) const;
    void judge(const transfer&, account&, billing_change&);
    void judge(const connect_service&, account&, billing_change&) const;
    void judge(const disconnect_service&, account&, billing_change&) const;
    void judge(const change_tariff&, account&, billing_change&) const;
    void judge(const buy_package&, account&, billing_change&) const;
    void judge(const stop_package&, account&, billing_change&) const;

    books_settings settings_;
    keeper keep_;
    books_figures figures_;
    std::map<msisdn, account> accounts_;
    std::map<own_purse, money> own_;
    std::unordered_map<std::string, operation> operations_;
    std::set<std::string> used_vouchers_;
    billing_wares wares_;
    std::set<std::pair<utc_time, std::string>> due_; // what ends or goes back when, by name
};

} // namespace kabinet::simulator

template <>
struct boost::system::is_error_code_enum<kabinet::simulator::books_error> : std::true_type {};
