// What every database behind the store must keep. Each test runs over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

/// One database and its gateway, which may be restarted.
struct house {
    house() { start(); }

    void start() {
        behind.reset();
        behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
    }

    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin());
        auto came = work();
        REQUIRE(behind->commit());
        return came;
    }

    boost::system::result<outcome> try_once(const request& what) {
        return in_batch([&] { return behind->fulfil(what); });
    }
    outcome once(const request& what) { return try_once(what).value(); }
    outcome once(std::string_view id, effect what, instant now, msisdn who = anna) {
        return once(wish(with, id, std::move(what), now, who));
    }
    /// With an SMS that carries `clear`.
    outcome tell_by_sms(std::string_view id, effect what, instant now, result_sms sms) {
        auto asked = wish(with, id, std::move(what), now);
        asked.sms = std::move(sms);
        return once(asked);
    }
    std::vector<outgoing_sms> claim(instant now, std::size_t most = 100) {
        return in_batch([&] { return behind->claim(most, now.utc); }).value();
    }
    std::size_t settle(outbox_id id, row_state how, instant now) {
        const std::array one{settlement{id, how}};
        return in_batch([&] { return behind->settle(one, now.utc); }).value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
};

result_sms held(std::string_view clear) {
    auto sms = result(clear);
    sms.when_done = result_sms::birth::held;
    return sms;
}

} // namespace

TEST_CASE("the first dial makes the account and issues its first password") {
    house here;
    const auto came = here.once("dial 1", issue(), at(0s));
    CHECK(came.is == verdict::issued);
    CHECK(came.until == at(24h).utc);
    CHECK(came.at == at(0s).utc);
    CHECK_FALSE(came.is_repeat);
}

TEST_CASE("a redelivered dial gets the first outcome back and issues nothing") {
    house here;
    const auto first = here.once("dial 1", issue(), at(0s));
    const auto second = here.once("dial 1", issue(), at(30s));
    CHECK(second.is_repeat);
    CHECK(second.is == first.is);
    CHECK(second.at == first.at);
    CHECK(second.until == first.until);
}

TEST_CASE("a repeat releases the held SMS") {
    house here;
    const auto first = here.tell_by_sms("dial 1", issue(), at(0s), held("fake2345"));
    CHECK(here.claim(at(1s)).empty());
    CHECK(here.once("dial 1", issue(), at(2s)).is_repeat);
    const auto rows = here.claim(at(3s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == first.sms);
    CHECK(rows[0].clear.reveal() == "fake2345");
    CHECK(here.claim(at(4s)).empty());
}
