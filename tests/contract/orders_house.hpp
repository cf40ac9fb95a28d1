// A store that keeps orders to another system, and what its contract tests ask of it.
#pragma once

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::store::tests {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

/// Orders as a gateway writes and ends them, each in a batch of its own.
struct orders_house {
    orders_house() { start(); }

    void start() {
        behind.reset();
        behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
    }

    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin().has_value());
        auto came = work();
        REQUIRE(behind->commit().has_value());
        return came;
    }

    boost::system::result<begun_order> try_begin(const request& what) {
        return in_batch([&] { return behind->begin_order(what); });
    }
    request asked(std::string_view id, effect what, instant now, msisdn who = anna) {
        request made = wish(with, id, std::move(what), now, who);
        made.sms = an_sms();
        made.sms->action = name_of(kind_of(made.what));
        return made;
    }
    begun_order begin(std::string_view id, effect what, instant now, msisdn who = anna) {
        return try_begin(asked(id, std::move(what), now, who)).value();
    }
    std::optional<outcome> end(const request_id& name, order_end how, instant now, bool is_late = false) {
        return in_batch([&] { return behind->end_order(name, how, is_late, now.utc); }).value();
    }
    std::vector<open_order> open() {
        return in_batch([&] { return behind->list_orders(0, 100); }).value();
    }
    std::vector<outgoing_sms> claim(instant now) {
        return in_batch([&] { return behind->claim(100, now.utc); }).value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
};

inline order_end ended(verdict is) {
    order_end came;
    came.is = is;
    return came;
}

} // namespace kabinet::store::tests
