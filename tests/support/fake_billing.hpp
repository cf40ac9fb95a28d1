// Billing that answers as a test tells it: at once, late or not at all. What moves money goes to the store
// behind it.
#pragma once

#include "store/billing.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <vector>

namespace kabinet::tests {

class fake_billing final : public store::billing {
  public:
    fake_billing(boost::asio::io_context& loop, store::store& behind);
    ~fake_billing() override;

    void read_purse(msisdn who, store::completion<store::purse_view> done) override;
    void read_movements(msisdn who, const store::movements_query&,
                        store::completion<store::movements_view> done) override;
    void read_holdings(msisdn who, store::completion<store::holdings_view> done) override;
    void fulfil(store::request wish, std::function<void()>, store::completion<store::outcome> done) override;

    /// What was asked while it was silent is answered now.
    void answer_all();

    store::purse_view purse;
    store::movements_view movements;
    store::holdings_view holdings;
    bool is_broken = false;
    bool is_silent = false;
    std::vector<msisdn> asked; // what they have
    std::size_t fulfilled = 0;

  private:
    void answer(std::function<void()> with);

    boost::asio::io_context& loop_;
    store::store& behind_;
    std::vector<std::function<void()>> kept_;
};

} // namespace kabinet::tests
