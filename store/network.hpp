// What the operator's network is told of a number: nothing, where what the store says of it is all there is,
// or a system of the operator's. Answers on the loop, each once; what it was asked to do is done once under
// its name, however often it is asked.
#pragma once

#include "store/store.hpp"

namespace kabinet::store {

class network {
  public:
    virtual ~network() = default;

    /// See store::once; of a wish that the network must hear of. Done when the network has heard of it.
    virtual void fulfil(request, completion<outcome>) = 0;
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
