#include "gateway/pack_set.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

namespace pack_set_test {

using namespace kabinet;
using namespace kabinet::gateway;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);
constexpr msisdn vera = msisdn::from_digits(79263334455);

menus::definition named(std::string name) {
    menus::definition made = menus::sample_pack();
    made.name = std::move(name);
    return made;
}

} // namespace

TEST_CASE("a pilot's number has the pilot pack, any other the one in force") {
    const pack_set packs{read_packs{named("usual"), pilot_pack{named("next"), {vera, anna}}}};
    CHECK(packs.usual()->name == "usual");
    CHECK(packs.of(anna)->name == "next");
    CHECK(packs.of(vera)->name == "next");
    CHECK(packs.of(boris)->name == "usual");
    CHECK(packs.of(msisdn{})->name == "usual");
    CHECK(packs.pilot()->name == "next");
    CHECK(packs.pilot_numbers() == 2);
}

TEST_CASE("without a pilot pack there is one for all") {
    for (const pack_set& packs : {pack_set{std::make_shared<menus::definition>(named("usual"))},
                                  pack_set{read_packs{named("usual"), {}}},
                                  pack_set{read_packs{named("usual"), pilot_pack{named("next"), {}}}}}) {
        CHECK(packs.of(anna)->name == "usual");
        CHECK(packs.pilot_numbers() == 0);
    }
}

} // namespace pack_set_test
