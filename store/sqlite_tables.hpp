// The tables that a wish may touch, together.
#pragma once

#include "store/sqlite_accounts.hpp"
#include "store/sqlite_audit.hpp"
#include "store/sqlite_calls.hpp"
#include "store/sqlite_codes.hpp"
#include "store/sqlite_holdings.hpp"
#include "store/sqlite_inbox.hpp"
#include "store/sqlite_ledger.hpp"
#include "store/sqlite_news.hpp"
#include "store/sqlite_notices.hpp"
#include "store/sqlite_orders.hpp"
#include "store/sqlite_outbox.hpp"
#include "store/sqlite_promises.hpp"
#include "store/sqlite_subscribers.hpp"
#include "store/sqlite_vouchers.hpp"

namespace kabinet::store::sqlite {

struct tables {
    account_rows& accounts;
    code_rows& codes;
    subscriber_rows& subscribers;
    inbox_rows& inbox;
    outbox_rows& outbox;
    audit_rows& audit;
    ledger_rows& ledger;
    voucher_rows& vouchers;
    promise_rows& promises;
    notice_rows& notices;
    order_rows& orders;
    holding_rows& holdings;
    news_rows& news;
    call_rows& calls;
};

} // namespace kabinet::store::sqlite
