#include "gateway/office.hpp"

#include "gateway/clocks.hpp"
#include "tests/gateway/desk.hpp"
#include "values/written_time.hpp"

namespace kabinet::gateway::office_test {

using namespace tests;

TEST_SUITE("office") {
    TEST_CASE("an unknown command and one without its argument are broken and say how it goes") {
        desk on;
        CHECK(on.run({"dance"}) == errand_broken);
        CHECK(on.complained("--help"));
        CHECK(on.run({}) == errand_broken);
        CHECK(on.run({"accounts"}) == errand_broken);
        CHECK(on.complained("usage: kabinet accounts issue MSISDN"));
        CHECK(on.complained("usage: kabinet accounts unblock MSISDN"));
        CHECK_FALSE(on.complained("no such command"));
        CHECK(on.run({"accounts", "issue"}) == errand_broken);
        CHECK(on.complained("usage: kabinet accounts issue MSISDN"));
        CHECK(on.run({"accounts", "unblock", "lots"}) == errand_broken);
    }

    TEST_CASE("maintenance takes minutes and nothing else") {
        desk on;
        CHECK(on.run({"maintenance", "on", "10"}) == errand_done);
        CHECK(on.gateway.is_in_maintenance);
        CHECK(on.gateway.until);
        CHECK(on.run({"maintenance", "on"}) == errand_done);
        CHECK_FALSE(on.gateway.until);
        CHECK(on.run({"maintenance", "off"}) == errand_done);
        CHECK_FALSE(on.gateway.is_in_maintenance);
        for (const char* minutes : {"0", "-5", "soon", "10x", "999999"})
            CHECK(on.run({"maintenance", "on", minutes}) == errand_broken);
        CHECK(on.run({"maintenance", "perhaps"}) == errand_broken);
        CHECK_FALSE(on.gateway.is_in_maintenance);
    }

    TEST_CASE("maintenance of one action leaves the rest open") {
        desk on;
        CHECK(on.run({"maintenance", "on", "20", "--action", "transfer"}) == errand_done);
        CHECK(on.said("maintenance of transfer until "));
        CHECK_FALSE(on.gateway.is_in_maintenance);
        CHECK(on.gateway.closed.find(menus::action_kind::transfer, read_clocks().utc));
        CHECK(on.run({"maintenance", "off", "--action", "transfer"}) == errand_done);
        CHECK_FALSE(on.gateway.closed.find(menus::action_kind::transfer, read_clocks().utc));
    }

    TEST_CASE("a reload names what is wrong and says that nothing changed") {
        desk on;
        CHECK(on.run({"reload"}) == errand_done);
        on.gateway.wrong.emplace_back(mark{"menus.toml", 7}, "a code leads nowhere");
        CHECK(on.run({"reload"}) == errand_broken);
        CHECK(on.complained("menus.toml:7: a code leads nowhere"));
        CHECK(on.complained("nothing was changed"));
    }

    TEST_CASE("staff start a password for a number of the feed and never see it") {
        desk on;
        CHECK(on.run({"accounts", "issue", "89261112233"}) == errand_refused);
        CHECK(on.complained("has no account and isn't in the feed"));
        CHECK(on.gateway.sent.empty());
        REQUIRE(on.run({"subscribers", "import", "feed"}, {"msisdn", "79261112233"}) == errand_done);
        CHECK(on.run({"accounts", "issue", "89261112233"}) == errand_done);
        REQUIRE(on.gateway.sent.size() == 1);
        const std::string clear{on.gateway.sent[0].clear.reveal()};
        CHECK(clear.size() == store::generated_length);
        CHECK_FALSE(on.said(clear));
        CHECK_FALSE(on.complained(clear));
        CHECK(on.run({"audit", "show", "79261112233"}) == errand_done);
        CHECK(on.said("staff  issue_password issued"));
        CHECK(on.run({"audit", "verify"}) == errand_done);
        CHECK(on.said("2 rows"));
    }

    TEST_CASE("unblock lifts a limit and not what nobody has") {
        desk on;
        CHECK(on.run({"accounts", "unblock", "79261112233"}) == errand_refused);
        CHECK(on.complained("has no account"));
        REQUIRE(on.run({"subscribers", "import", "feed"}, {"msisdn", "79261112233"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        CHECK(on.run({"accounts", "unblock", "79261112233"}) == errand_done);
        CHECK(on.run({"trace", "79261112233"}) == errand_done);
        CHECK(on.said("dials main"));
        CHECK(on.said("lift_limits changed"));
    }

    TEST_CASE("unblock lifts the cool-down of a new SIM and leaves the access closed") {
        desk on;
        REQUIRE(on.run({"subscribers", "import", "feed"}, {"msisdn", "79261112233"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        const std::string changed = "79261112233," + write_iso(read_clocks().utc);
        REQUIRE(on.run({"subscribers", "import", "feed"}, {"msisdn,sim_changed_at", changed}) == errand_done);
        CHECK(on.said("1 accesses ended"));
        CHECK(on.gateway.ended.size() == 1);
        CHECK(on.run({"accounts", "issue", "79261112233"}) == errand_refused);
        CHECK(on.run({"accounts", "unblock", "79261112233"}) == errand_done);
        CHECK(on.said("the access is closed until there is a new password"));
        CHECK(on.run({"accounts", "unblock", "79261112233"}) == errand_refused);
        CHECK(on.complained("only a new password opens it"));
        CHECK(on.run({"accounts", "issue", "79261112233"}) == errand_done);
    }

    TEST_CASE("a backup is made once and never over a file") {
        desk on;
        const std::string file = (on.place.path() / "copy.db").string();
        CHECK(on.run({"backup", file}) == errand_done);
        CHECK(std::filesystem::file_size(file) > 0);
        CHECK(on.run({"backup", file}) == errand_refused);
        CHECK(on.complained("File exists"));
    }
}

} // namespace kabinet::gateway::office_test
