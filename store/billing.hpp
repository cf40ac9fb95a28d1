// Where money is kept: in the store itself, or in a billing system of the operator's. Answers on the loop,
// each once; what it was asked to do is done once under its name, however often it is asked.
#pragma once

#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"

#include <functional>

namespace kabinet::store {

class billing {
  public:
    virtual ~billing() = default;

    /// What a number has now. Changes nothing; may be later than anybody waits.
    virtual void read_purse(msisdn, completion<purse_view>) = 0;

    virtual void read_movements(msisdn, const movements_query&, completion<movements_view>) = 0;

    /// What it has of what is sold, and on which terms.
    virtual void read_holdings(msisdn, completion<holdings_view>) = 0;

    /// See store::once; of a wish that moves money or is about what is sold. `kept` is called at most once
    /// and before `done`, where it takes longer: the wish is durable then, and its end will be told by SMS if
    /// nobody waits for it any more. `under_way` is an outcome as well.
    virtual void fulfil(request, std::function<void()> kept, completion<outcome> done) = 0;

    /// What happens to accounts is to be told to another system, not here.
    [[nodiscard]] virtual bool is_elsewhere() const { return false; }

    /// Asks after what has no end yet. Often; cheap when idle.
    virtual void work(instant) {}
};

/// The store's own ledger: what moves money is one transaction with all else that comes of the wish.
class embedded_billing final : public billing {
  public:
    explicit embedded_billing(store&);

    void read_purse(msisdn, completion<purse_view>) override;
    void read_movements(msisdn, const movements_query&, completion<movements_view>) override;
    void read_holdings(msisdn, completion<holdings_view>) override;
    void fulfil(request, std::function<void()> kept, completion<outcome> done) override;

  private:
    store& store_;
};

} // namespace kabinet::store
