// What nobody waits for: takes promised payments back at their term and fees as they are due, and tells
// subscribers what they didn't ask for in the hours when they may be told. A step now and then; whatever
// stops it in between, the next step finds what is left.
#pragma once

#include "gateway/pack_set.hpp"
#include "gateway/sender.hpp"
#include "menus/definition.hpp"
#include "store/calls.hpp"
#include "store/store.hpp"
#include "values/instant.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace kabinet::gateway {

class later_work {
  public:
    /// All of these outlive it. Runs on the loop. Where money is kept elsewhere, what the store has of it
    /// from before is left as it is.
    later_work(boost::asio::io_context&, store::store&, sender&, packs_in_force, bool keeps_money = true);

    /// Begins a step where one is due. Often; cheap when idle.
    void work(instant now);
    [[nodiscard]] bool is_at_rest() const { return !is_stepping_; }
    /// Who is to be called back by the operator's people, as it was a minute ago at most.
    [[nodiscard]] const store::call_figures& calls() const { return calls_; }

  private:
    [[nodiscard]] boost::asio::awaitable<void> step(instant now);
    [[nodiscard]] boost::asio::awaitable<bool> take_back(instant now);
    [[nodiscard]] boost::asio::awaitable<bool> take_fees(instant now);
    [[nodiscard]] boost::asio::awaitable<void> tell(instant now);
    [[nodiscard]] boost::asio::awaitable<void> count_calls(instant now);

    boost::asio::io_context& loop_;
    store::store& store_;
    sender& sender_;
    packs_in_force packs_;
    bool keeps_money_;
    steady_time next_{};
    std::int64_t told_up_to_ = 0; // whoever sleeps is passed over, and looked at again on the next round
    store::call_figures calls_;
    steady_time counted_next_{};
    bool is_stepping_ = false;
};

} // namespace kabinet::gateway
