// What the operator's network is told of a number: nothing, where what the store says of it is all there is,
// or a system of the operator's, which hears of it as soon as it can. The store's half is true at once.
#pragma once

#include "store/store.hpp"

#include <utility>

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
    explicit embedded_network(store& in)
        : store_{in} {}

    void fulfil(request wish, completion<outcome> done) override {
        store_.once(std::move(wish), std::move(done));
    }

  private:
    store& store_;
};

} // namespace kabinet::store
