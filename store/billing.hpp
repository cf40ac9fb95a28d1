// Where money is kept: in the store itself, or in a billing system of the operator's. Answers on the loop,
// each once; what it was asked to do is done once under its name, however often it is asked.
#pragma once

#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"

namespace kabinet::store {

class billing {
  public:
    virtual ~billing() = default;

    /// What a number has now. Changes nothing; may be later than anybody waits.
    virtual void read_purse(msisdn, completion<purse_view>) = 0;

    virtual void read_movements(msisdn, const movements_query&, completion<movements_view>) = 0;

    /// What it has of what is sold, and on which terms.
    virtual void read_holdings(msisdn, completion<holdings_view>) = 0;

    /// See store::once; of a wish that moves money.
    virtual void fulfil(request, completion<outcome>) = 0;
};

/// The store's own ledger: what moves money is one transaction with all else that comes of the wish.
class embedded_billing final : public billing {
  public:
    explicit embedded_billing(store&);

    void read_purse(msisdn, completion<purse_view>) override;
    void read_movements(msisdn, const movements_query&, completion<movements_view>) override;
    void read_holdings(msisdn, completion<holdings_view>) override;
    void fulfil(request, completion<outcome>) override;

  private:
    store& store_;
};

} // namespace kabinet::store
