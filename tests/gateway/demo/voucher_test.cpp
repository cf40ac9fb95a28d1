#include "gateway/demo/voucher.hpp"

#include "gateway/clocks.hpp"
#include "menus/entry.hpp"
#include "store/sqlite.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

namespace voucher_test {

using namespace kabinet;
using namespace kabinet::gateway::demo;

namespace {

/// What comes of typing it at a phone.
store::verdict type(store::sqlite_backend& rows, const store::keys& keys, const secret& code) {
    store::request asked;
    asked.id = store::keys::draw_request_id();
    asked.by.who = msisdn::from_digits(79261112233);
    asked.what = store::top_up{keys.mark_voucher(code), 5, std::chrono::hours{1}};
    asked.now = gateway::read_clocks();
    rows.begin().value();
    const store::outcome came = rows.fulfil(asked).value();
    rows.commit().value();
    return came.is;
}

} // namespace

TEST_CASE("a voucher's code has as many digits as the pack lets it, each drawn") {
    menus::draft pack = menus::sample_draft();
    for (const std::uint32_t most : {6U, 20U, 30U}) {
        pack.vouchers.min_digits = 6;
        pack.vouchers.max_digits = most;
        std::uint32_t next = 0;
        const auto drawn = draw_voucher(menus::define(pack), [&next](std::uint32_t bound) {
            CHECK(bound == 10);
            return next++ % bound;
        });
        REQUIRE(drawn);
        CHECK(drawn->code.reveal() == std::string_view{"012345678901234567890123456789"}.substr(0, most));
        CHECK(menus::examine_voucher(drawn->code, pack.vouchers) == menus::refusal::none);
        CHECK(is_amount(drawn->worth));
        CHECK(drawn->currency == pack.currency.text);
    }
}

TEST_CASE("two runs have different vouchers") {
    const auto one = draw_voucher(menus::sample_pack()), other = draw_voucher(menus::sample_pack());
    CHECK(one->code.reveal() != other->code.reveal()); // of 10^20
}

TEST_CASE("a pack that takes no vouchers is lent none") {
    menus::draft pack = menus::sample_draft();
    std::erase_if(pack.codes, [](const menus::draft_entry& each) { return each.leads.opens == "voucher"; });
    std::erase_if(pack.screens, [](const menus::draft_screen& each) { return each.name == "voucher"; });
    for (menus::draft_short_number& each : pack.short_numbers)
        std::erase_if(each.keywords,
                      [](const menus::draft_entry& one) { return one.leads.does == "top_up"; });
    CHECK_FALSE(draw_voucher(menus::define(pack)));
}

TEST_CASE("a voucher that was brought in is worth something once") {
    const tests::memory_folder in;
    store::settings at;
    at.database = in.path() / "kabinet.db";
    at.key_file = in.path() / "kabinet.key";
    store::generate_key_file(at.key_file);
    const auto lent = draw_voucher(menus::sample_pack());
    REQUIRE(lent);
    bring_in(*lent, at);
    const store::keys keys = store::keys::read(at.key_file);
    store::sqlite_backend rows{at.database, keys};
    CHECK(type(rows, keys, lent->code) == store::verdict::topped_up);
    CHECK(type(rows, keys, lent->code) == store::verdict::used_voucher);
    CHECK(type(rows, keys, secret{"0000000000"}) == store::verdict::wrong_voucher);
}

} // namespace voucher_test
