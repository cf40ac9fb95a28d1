// docs/billing.yaml as octets: what a billing system is asked, and what its answers mean. Knows no
// connection.
#pragma once

#include "gateway/upstream/http_client.hpp"
#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/orders.hpp"

#include <optional>

namespace kabinet::gateway::upstream {

[[nodiscard]] question ask_purse(msisdn);
[[nodiscard]] question ask_movements(msisdn, const store::movements_query&);
[[nodiscard]] question ask_holdings(msisdn);
/// Of a wish that moves money and isn't a payment in.
[[nodiscard]] question ask_order(const store::request_id& name, const store::request&);
[[nodiscard]] question ask_after(const store::request_id& name);
[[nodiscard]] question ask_to_cancel(const store::request_id& name);

/// Nothing for what isn't an answer as docs/billing.yaml has it. `is_known` is false for a number that is
/// nobody's there.
[[nodiscard]] std::optional<store::purse_view> read_purse(const http_answer&);
[[nodiscard]] std::optional<store::movements_view> read_movements(const http_answer&);

[[nodiscard]] std::optional<store::holdings_view> read_holdings(const http_answer&);

struct order_answer {
    enum class state : std::uint8_t { ended, open, absent, refused_unread };
    state is = state::open;
    store::order_end end; // of one that ended
};
/// To a PUT, where some statuses say that nothing was done.
[[nodiscard]] std::optional<order_answer> read_order(const http_answer&, store::effect_kind);
/// To a GET or DELETE.
[[nodiscard]] std::optional<order_answer> read_state(const http_answer&, store::effect_kind);

} // namespace kabinet::gateway::upstream
