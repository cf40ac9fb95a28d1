// What the operator's network is told of a number: nothing, where what the store says of it is all there is,
// or a system of the operator's, which hears of it as soon as it can. The store's half is true at once.
#pragma once

#include "store/store.hpp"

#include <utility>
#include <variant>

namespace kabinet::store {

class network {
  public:
    virtual ~network() = default;

    /// See store::once; of a wish that the network must hear of. Answers on the loop, once: that it will hear
    /// is as durable then as all else that comes of the wish.
    virtual void fulfil(request, completion<outcome>) = 0;

    /// Tells what is still to be told. Often; cheap when idle.
    virtual void work(instant) {}
};

/// The store itself: the number is blocked for everything that Kabinet does, in the wish's own transaction.
class embedded_network final : public network {
  public:
    /// `is_told_on`: the wish leaves behind what another system is to be told (number_news.hpp).
    explicit embedded_network(store& in, bool is_told_on = false)
        : store_{in}
        , is_told_on_{is_told_on} {}

    void fulfil(request wish, completion<outcome> done) override {
        if (auto* what = std::get_if<block_number>(&wish.what))
            what->is_to_be_told = is_told_on_;
        if (auto* what = std::get_if<unblock_number>(&wish.what))
            what->is_to_be_told = is_told_on_;
        store_.once(std::move(wish), std::move(done));
    }

  private:
    store& store_;
    bool is_told_on_;
};

} // namespace kabinet::store
