// The embedded database: a SQLite file beside the gateway, opened by one gateway only.
#pragma once

#include "store/backend.hpp"
#include "store/keys.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace kabinet::store {

class sqlite_backend : public backend, private reading_backend {
  public:
    /// Opens or makes the database, brings its schema up to date, begins a new run and releases what an
    /// earlier run left in the outbox. `keys` must outlive it. Throws std::runtime_error when another
    /// gateway has it open, when it is newer than this program, torn, or not Kabinet's at all.
    /// `tells_network`: what happens to a number leaves behind what the operator's network is to be told.
    /// `orders_go_to`: where some have no end yet at another place, that is such an error too. Not looked at
    /// where it isn't said.
    sqlite_backend(const std::filesystem::path& database, const keys&, bool tells_network = false,
                   const std::optional<billing_place>& orders_go_to = std::nullopt);
    ~sqlite_backend() override;

    boost::system::result<void> begin() override;
    boost::system::result<void> commit() override;
    void roll_back() noexcept override;

    boost::system::result<outcome> fulfil(const request&) override;
    boost::system::result<begun_order> begin_order(const request&) override;
    boost::system::result<std::optional<outcome>> end_order(const request_id&, const order_end&, bool is_late,
                                                            utc_time now) override;
    boost::system::result<std::vector<open_order>> list_orders(std::int64_t after, std::size_t most) override;
    boost::system::result<std::vector<number_news>> list_news(std::int64_t after, std::size_t most,
                                                              utc_time now) override;
    boost::system::result<void> end_news(std::int64_t version) override;
    boost::system::result<void> put_off_news(std::int64_t version, utc_time again) override;
    boost::system::result<news_figures> count_news() override;
    boost::system::result<std::vector<awaited_call>> list_calls(msisdn after, std::size_t most) override;
    boost::system::result<bool> end_call(msisdn, utc_time now) override;
    boost::system::result<call_figures> count_calls(utc_time now) override;
    boost::system::result<login_view> look_through(msisdn, const login_proof&) override;
    boost::system::result<word_facts> look_before_word(msisdn, std::uint32_t most_wrong,
                                                       utc_time now) override;
    boost::system::result<login_facts> look_before_login(msisdn, std::uint32_t most_wrong,
                                                         utc_time now) override;
    boost::system::result<std::vector<outgoing_sms>> claim(std::size_t most, utc_time now) override;
    boost::system::result<std::size_t> settle(std::span<const settlement>, utc_time now) override;
    boost::system::result<bool> tidy(utc_time now) override;

    boost::system::result<std::optional<account_facts>> inspect(msisdn, utc_time now) override;
    boost::system::result<bool> change(msisdn, const account_change&, utc_time now) override;
    boost::system::result<void> note_use(msisdn, std::chrono::seconds idle_after, utc_time now) override;
    boost::system::result<std::vector<audit_entry>> trace(msisdn, std::size_t most) override;
    boost::system::result<void> note_refused_portal(utc_time now) override;
    boost::system::result<bool> erase(msisdn, utc_time now) override;
    boost::system::result<language_page> list_languages(std::int64_t after, std::size_t most,
                                                        language except) override;
    boost::system::result<feed_outcome> take_feed(std::span<const subscriber>, const feed_terms&,
                                                  utc_time now) override;
    boost::system::result<std::int64_t> begin_full_feed() override;
    boost::system::result<missing_page> drop_missing(std::int64_t full, msisdn after, std::size_t most,
                                                     utc_time now) override;
    boost::system::result<std::optional<subscriber>> find_subscriber(msisdn) override;
    boost::system::result<std::vector<subscriber>> list_subscribers(msisdn after, std::size_t most) override;
    boost::system::result<audit_check> verify_audit() override;
    boost::system::result<ledger_check> verify_ledger() override;
    boost::system::result<vouchers_added> add_vouchers(std::span<const voucher>) override;
    boost::system::result<std::size_t> return_promises(std::size_t most, std::string_view told,
                                                       utc_time now) override;
    boost::system::result<std::size_t> take_fees(std::size_t most, const ware_notices&,
                                                 utc_time now) override;
    boost::system::result<bool> tell_left(msisdn, std::string_view package, const allowance&) override;
    boost::system::result<notice_page> tell_waiting(const waiting_notices&, std::int64_t after,
                                                    std::size_t most, utc_time now) override;
    reading_backend& reader() override { return *this; }
    boost::system::result<void> back_up(const std::filesystem::path& to) override;
    void hurry() noexcept override;

    boost::system::result<void> probe() override;
    boost::system::result<bool> truncate_log() override;
    boost::system::result<std::uint64_t> checkpoint() override;

    /// At most so many pages of 4 KiB in the database file: beyond, the disk counts as full.
    void cap_pages(std::uint64_t most);

  private:
    boost::system::result<void> begin_reading() override;
    boost::system::result<void> end_reading() override;
    boost::system::result<purse_view> read_purse(msisdn) override;
    boost::system::result<movements_view> read_movements(msisdn, const movements_query&) override;
    boost::system::result<account_traits> read_traits(msisdn, utc_time now) override;
    boost::system::result<holdings_view> read_holdings(msisdn) override;

    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::store
