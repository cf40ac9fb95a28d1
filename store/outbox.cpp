#include "store/outbox.hpp"

#include <algorithm>

namespace kabinet::store {

outgoing_sms begin_sms(msisdn who, const result_sms& of, utc_time now) {
    outgoing_sms row;
    row.who = who;
    row.from = of.from;
    row.to = of.to;
    row.group = of.group;
    row.action = of.action;
    row.clear = of.clear.clone();
    row.expires = now + of.life;
    return row;
}

void finish_sms(outgoing_sms& row, const outcome& came) {
    row.id = *came.sms;
    row.what = came;
    if (!row.clear.empty())
        row.expires = std::min(row.expires, came.until.value_or(row.expires));
}

} // namespace kabinet::store
