// What a database must be able to do for the lane: synchronously, for one thread, in batches that become
// durable together. Knows no queue and no completion.
#pragma once

#include "store/calls.hpp"
#include "store/feed.hpp"
#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/number_news.hpp"
#include "store/orders.hpp"
#include "store/outbox.hpp"
#include "store/outcome.hpp"
#include "store/password_check.hpp"
#include "store/request.hpp"
#include "store/staff.hpp"
#include "store/store.hpp"
#include "store/traits.hpp"
#include "store/voucher.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// The batch is lost: roll it back.
enum class storage_error {
    full = 1, // no space: the same may succeed later
    failed,   // anything else; when it comes from `commit`, nobody knows what is on the disk
};
const boost::system::error_category& storage_category();
boost::system::error_code make_error_code(storage_error);

/// What is read beside the writer: between a begin and an end the rows are those of one moment. A type of its
/// own, so that what runs on the writer's thread can't reach it by mistake.
class reading_backend {
  public:
    virtual ~reading_backend() = default;

    virtual boost::system::result<void> begin_reading() = 0;
    virtual boost::system::result<void> end_reading() = 0;
    /// Empty for a number without an account.
    virtual boost::system::result<purse_view> read_purse(msisdn) = 0;
    virtual boost::system::result<movements_view> read_movements(msisdn, const movements_query&) = 0;
    virtual boost::system::result<account_traits> read_traits(msisdn, utc_time now) = 0;
    virtual boost::system::result<holdings_view> read_holdings(msisdn) = 0;
};

class backend {
  public:
    virtual ~backend() = default;

    virtual boost::system::result<void> begin() = 0;
    /// Durable when it returns without an error.
    virtual boost::system::result<void> commit() = 0;
    /// Whatever state the batch is in, none of it remains.
    virtual void roll_back() noexcept = 0;

    // Within a batch. An item that fails by `conflict` did nothing. One that fails by `rejected` stopped half
    // way: the batch must be rolled back and done again without it. (A savepoint for each item would spare
    // the others, and cost every item a tenth of its time for a case that no subscriber can bring about.)

    /// See store::once.
    virtual boost::system::result<outcome> fulfil(const request&) = 0;

    /// The same of a wish that another system is to make true: it is judged here, and written before it is
    /// asked for.
    virtual boost::system::result<begun_order> begin_order(const request&) = 0;
    /// What came of it. Nothing where it had ended before. `is_late`: whoever asked waits no longer, and
    /// hears by SMS in any case.
    virtual boost::system::result<std::optional<outcome>> end_order(const request_id& name, const order_end&,
                                                                    bool is_late, utc_time now) = 0;
    /// Those whose end isn't known, in the order they were begun, after that one.
    virtual boost::system::result<std::vector<open_order>> list_orders(std::int64_t after,
                                                                       std::size_t most) = 0;

    /// What the operator's network is still to be told of numbers, in the order of their versions, those
    /// after that one; without what is put off.
    virtual boost::system::result<std::vector<number_news>> list_news(std::int64_t after, std::size_t most,
                                                                      utc_time now) = 0;
    /// It was told. Where something newer was said of that number meanwhile, that stays.
    virtual boost::system::result<void> end_news(std::int64_t version) = 0;
    /// It was refused: not again before then.
    virtual boost::system::result<void> put_off_news(std::int64_t version, utc_time again) = 0;
    virtual boost::system::result<news_figures> count_news() = 0;

    /// Calls that subscribers await, in the order of their numbers, those after `after`.
    virtual boost::system::result<std::vector<awaited_call>> list_calls(msisdn after, std::size_t most) = 0;
    /// The call was made. False where none is awaited. Leaves a row in the account's archive.
    virtual boost::system::result<bool> end_call(msisdn, utc_time now) = 0;
    virtual boost::system::result<call_figures> count_calls(utc_time now) = 0;

    /// What a password typed at the portal is to be held against; changes nothing. The same work for any
    /// number.
    virtual boost::system::result<login_facts> look_before_login(msisdn, std::uint32_t most_wrong,
                                                                 utc_time now) = 0;

    /// The same for a code word.
    virtual boost::system::result<word_facts> look_before_word(msisdn, std::uint32_t most_wrong,
                                                               utc_time now) = 0;

    /// Whether a login still holds and reaches far enough; changes nothing.
    virtual boost::system::result<login_view> look_through(msisdn, const login_proof&) = 0;

    /// Takes pending rows, oldest first. Overdue ones end, a thousand a call: where a great many are
    /// overdue, an empty answer doesn't mean that nothing waits.
    virtual boost::system::result<std::vector<outgoing_sms>> claim(std::size_t most, utc_time now) = 0;

    /// Returns how many rows changed: a row that has ended stays as it ended.
    virtual boost::system::result<std::size_t> settle(std::span<const settlement>, utc_time now) = 0;

    /// One bounded step: expires pending rows, forgets wishes and ended rows older than a day. Returns
    /// whether there is more to do.
    virtual boost::system::result<bool> tidy(utc_time now) = 0;

    /// Nothing for a number without an account.
    virtual boost::system::result<std::optional<account_facts>> inspect(msisdn, utc_time now) = 0;
    /// False for a number without an account. Leaves a row in its archive.
    virtual boost::system::result<bool> change(msisdn, const account_change&, utc_time now) = 0;
    /// Its SIM was shown something of the account: so it isn't idle. Of one that was idle already nothing
    /// changes.
    virtual boost::system::result<void> note_use(msisdn, std::chrono::seconds idle_after, utc_time now) = 0;
    /// What happened on an account, newest first, at most so many rows.
    virtual boost::system::result<std::vector<audit_entry>> trace(msisdn, std::size_t most) = 0;
    /// In the audit: somebody without the portal's token came to its door.
    virtual boost::system::result<void> note_refused_portal(utc_time now) = 0;
    /// Everything that names the person goes; the audit keeps its tokens. False when there was nothing.
    virtual boost::system::result<bool> erase(msisdn, utc_time now) = 0;
    /// Looks at `most` accounts after the one numbered `after`, for those that speak another language.
    virtual boost::system::result<language_page> list_languages(std::int64_t after, std::size_t most,
                                                                language except) = 0;

    /// Rows of one file, the later one of a number over the earlier. What they mean for accounts that there
    /// are is done too.
    virtual boost::system::result<feed_outcome> take_feed(std::span<const subscriber>, const feed_terms&,
                                                          utc_time now) = 0;
    virtual boost::system::result<std::int64_t> begin_full_feed() = 0;
    /// A step over the feed's numbers after `after`, `most` at a time: those that did not come with the full
    /// feed of that number, or since, have left the operator.
    virtual boost::system::result<missing_page> drop_missing(std::int64_t full, msisdn after,
                                                             std::size_t most, utc_time now) = 0;
    virtual boost::system::result<std::optional<subscriber>> find_subscriber(msisdn) = 0;
    /// In the order of their numbers, those after `after`.
    virtual boost::system::result<std::vector<subscriber>> list_subscribers(msisdn after,
                                                                            std::size_t most) = 0;

    /// Codes that may be topped up with.
    virtual boost::system::result<vouchers_added> add_vouchers(std::span<const voucher>) = 0;
    /// Takes promised payments back whose term is over, `most` at a time, whatever the balance; `told` names
    /// the text that tells of it. Returns how many it were.
    virtual boost::system::result<std::size_t> return_promises(std::size_t most, std::string_view told,
                                                               utc_time now) = 0;
    /// Looks at what is due of what accounts have, `most` at a time: takes the fee of the period that begins,
    /// pauses what can't be paid, ends what isn't to go on, by the terms that the account has it on. Returns
    /// how many it were.
    virtual boost::system::result<std::size_t> take_fees(std::size_t most, const ware_notices&,
                                                         utc_time now) = 0;
    /// What is left of a package, as the operator's systems count it; false where the number has none.
    virtual boost::system::result<bool> tell_left(msisdn, std::string_view package, const allowance&) = 0;
    /// Tells who waits to be told something and may be told now, `most` looked at after that one.
    virtual boost::system::result<notice_page> tell_waiting(const waiting_notices&, std::int64_t after,
                                                            std::size_t most, utc_time now) = 0;

    // Between batches.

    /// Writes and forgets something, to see whether there is space.
    virtual boost::system::result<void> probe() = 0;
    /// Brings the whole log into the database file and empties it; false when a reader stood in the way.
    virtual boost::system::result<bool> truncate_log() = 0;

    // At any time, from any thread.

    /// Reads the whole audit: minutes for a hundred million rows.
    virtual boost::system::result<audit_check> verify_audit() = 0;
    /// Adds up the whole ledger.
    virtual boost::system::result<ledger_check> verify_ledger() = 0;
    /// A whole database as it was at one moment, readable by its owner only, on the disk when this returns.
    /// The writer goes on meanwhile; its log can't be emptied until this is done. `file_exists` for a file
    /// that is there, or another error of the file system.
    virtual boost::system::result<void> back_up(const std::filesystem::path& to) = 0;

    /// What is under way of these two ends soon, with an error; so does what is begun later.
    virtual void hurry() noexcept = 0;

    /// For the one thread that reads, at any time; nobody else may use it.
    virtual reading_backend& reader() = 0;

    // At any time, from one other thread.

    /// Brings into the database file what stands in nobody's way. Returns the octets of the log.
    virtual boost::system::result<std::uint64_t> checkpoint() = 0;
};

} // namespace kabinet::store

template <>
struct boost::system::is_error_code_enum<kabinet::store::storage_error> : std::true_type {};
