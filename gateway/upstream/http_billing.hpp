// The half of billing that asks the operator's own system (docs/billing.yaml). What is ordered there is
// written here first, asked for once and asked after until its end is known. Runs on the loop.
#pragma once

#include "gateway/upstream/billing_words.hpp"
#include "gateway/upstream/careful_client.hpp"
#include "gateway/upstream/dated.hpp"
#include "store/billing.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <map>

namespace kabinet::gateway::upstream {

/// One of that many, as long as it lives.
class counted {
  public:
    explicit counted(std::size_t& in)
        : in_{in} {
        ++in_;
    }
    ~counted() { --in_; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;

  private:
    std::size_t& in_;
};

class http_billing final : public store::billing {
  public:
    /// Both outlive it. Throws as http_client does.
    http_billing(boost::asio::io_context& loop, store::store&, const upstream_settings&);

    void read_purse(msisdn, store::completion<store::purse_view>) override;
    void read_movements(msisdn, const store::movements_query&,
                        store::completion<store::movements_view>) override;
    void read_holdings(msisdn, store::completion<store::holdings_view>) override;
    void fulfil(store::request, std::function<void()> kept, store::completion<store::outcome>) override;
    void work(instant) override;
    [[nodiscard]] bool is_elsewhere() const override { return true; }

    /// What was last seen of the number is another owner's.
    void forget(msisdn who) { last_seen_.forget(who); }

    /// Begins nothing more; what is under way goes on.
    void stop() { is_stopping_ = true; }
    /// Hears nothing more. Before the loop goes.
    void end() { theirs_.end(); }
    [[nodiscard]] bool is_at_rest() const { return under_way_ == 0; }

    struct figures : careful_client::figures {
        std::size_t open = 0;       // orders whose end isn't known
        std::uint64_t not_done = 0; // orders that ended so
        std::uint64_t late = 0;     // orders whose end became known later
    };
    [[nodiscard]] figures look() const;
    [[nodiscard]] const durations& times() const { return theirs_.times(); }

  private:
    /// An order that has to be asked after, or will have to be if its answer doesn't come.
    struct pursuit {
        store::effect_kind what{};
        steady_time next{};
        std::uint32_t tries = 0;
        bool is_asking = false;
    };

    boost::asio::awaitable<void> look_at_purse(msisdn, store::completion<store::purse_view>);
    boost::asio::awaitable<void> look_at_movements(msisdn, store::movements_query,
                                                   store::completion<store::movements_view>);
    boost::asio::awaitable<void> look_at_holdings(msisdn, store::completion<store::holdings_view>);
    boost::asio::awaitable<void> order(std::shared_ptr<store::request>, std::function<void()> kept,
                                       store::completion<store::outcome>);
    boost::asio::awaitable<boost::system::result<store::outcome>> have_done(std::shared_ptr<store::request>,
                                                                            std::function<void()> kept);
    boost::asio::awaitable<void> pursue(store::request_id);
    boost::asio::awaitable<std::optional<store::order_end>> find_end(store::request_id, store::effect_kind);
    boost::asio::awaitable<boost::system::result<std::optional<store::outcome>>>
    end(store::request_id, store::order_end, bool is_late);
    boost::asio::awaitable<void> take_up_earlier();
    void pursue_later(const store::request_id&, store::effect_kind);

    boost::asio::io_context& loop_;
    store::store& store_;
    careful_client theirs_;
    dated<store::purse_view> last_seen_;
    std::map<store::request_id, pursuit> open_;
    std::size_t in_hand_ = 0;   // of them: asked for, and an answer may come yet
    std::size_t asking_ = 0;    // after open ones
    std::size_t under_way_ = 0; // of all
    bool has_earlier_ = true;   // of the runs before, to be read
    bool is_reading_ = false;
    std::int64_t read_up_to_ = 0;
    steady_time read_again_{};
    bool is_stopping_ = false;
    std::uint64_t not_done_ = 0;
    std::uint64_t late_ = 0;
};

} // namespace kabinet::gateway::upstream
