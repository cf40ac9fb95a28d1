// The half of billing that asks the operator's own system (docs/billing.yaml). What is ordered there is
// written here first, asked for once and asked after until its end is known. Runs on the loop.
#pragma once

#include "gateway/upstream/billing_words.hpp"
#include "gateway/upstream/breaker.hpp"
#include "gateway/upstream/dated.hpp"
#include "gateway/upstream/http_client.hpp"
#include "store/billing.hpp"
#include "values/durations.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <map>

namespace kabinet::gateway::upstream {

class http_billing final : public store::billing {
  public:
    /// Both outlive it. Throws as http_client does.
    http_billing(boost::asio::io_context& loop, store::store&, const upstream_settings&);

    void read_purse(msisdn, store::completion<store::purse_view>) override;
    void read_movements(msisdn, const store::movements_query&,
                        store::completion<store::movements_view>) override;
    /// That contract has nothing of what is sold: nobody can say.
    void read_holdings(msisdn, store::completion<store::holdings_view>) override;
    void fulfil(store::request, std::function<void()> kept, store::completion<store::outcome>) override;
    void work(instant) override;

    /// Begins nothing more; what is under way goes on.
    void stop() { is_stopping_ = true; }
    /// Hears nothing more. Before the loop goes.
    void end() { client_.end(); }
    [[nodiscard]] bool is_at_rest() const { return under_way_ == 0; }

    struct figures {
        bool is_left_alone = false; // after failures
        std::size_t open = 0;       // orders whose end isn't known
        std::uint64_t asked = 0;
        std::uint64_t failed = 0;   // of those: no answer, or none that is of use
        std::uint64_t spared = 0;   // not asked while it is left alone
        std::uint64_t not_done = 0; // orders that ended so
        std::uint64_t late = 0;     // orders whose end became known later
    };
    [[nodiscard]] figures look() const;
    [[nodiscard]] const durations& times() const { return times_; }

  private:
    /// An order that has to be asked after, or will have to be if its answer doesn't come.
    struct pursuit {
        store::effect_kind what{};
        steady_time next{};
        std::uint32_t tries = 0;
        bool is_asking = false;
    };

    template <class Read>
    using made_of = typename std::invoke_result_t<Read, const http_answer&>::value_type;
    /// `read` makes of the answer what it is, or nothing where it is of no use.
    template <class Read>
    boost::asio::awaitable<boost::system::result<made_of<Read>>> ask(question, Read read);

    boost::asio::awaitable<void> look_at_purse(msisdn, store::completion<store::purse_view>);
    boost::asio::awaitable<void> look_at_movements(msisdn, store::movements_query,
                                                   store::completion<store::movements_view>);
    boost::asio::awaitable<void> order(std::shared_ptr<store::request>, std::function<void()> kept,
                                       store::completion<store::outcome>);
    boost::asio::awaitable<boost::system::result<store::outcome>> decline(store::request&);
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
    http_client client_;
    breaker breaker_;
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
    figures counted_;
    durations times_;
};

} // namespace kabinet::gateway::upstream
