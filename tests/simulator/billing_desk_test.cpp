#include "simulator/billing_desk.hpp"

#include "simulator/billing_words.hpp"
#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

namespace kabinet::simulator::billing_desk_test {

namespace {

using namespace std::chrono_literals;

/// One of each, with a token.
struct desk_of_a_test {
    billing_books books{sample_books()};
    billing_desk desk{books, std::make_shared<const secret>("fake-billing-token")};

    billing_answer ask(std::string method, std::string target, std::string body = {}) {
        const billing_request asked{std::move(method), std::move(target), "fake-billing-token",
                                    body.empty() ? "" : "application/json", std::move(body)};
        if (auto refused = desk.refuse(asked))
            return std::move(*refused);
        return desk.answer(asked, noon);
    }
};

std::string path_of(unsigned number) {
    return "/v1/operations/" + name(number);
}

constexpr const char* listed_since =
    "/v1/accounts/79261112233/movements"
    "?totals_since=2026-11-01T00:00:00%2B03:00&listed_since=2026-05-21T12%3A40%3A00Z";

} // namespace

TEST_CASE("an account is asked for what it has and what moved on it") {
    desk_of_a_test at;
    CHECK(at.ask("GET", "/v1/accounts/79261112233").status == 200);
    CHECK(at.ask("GET", "/v1/accounts/79261112233").body == R"({"balance":"100.00","points":35})");
    CHECK(at.ask("PUT", path_of(1), write_order(give(50))).status == 200);
    const auto moved = at.ask("GET", std::string{listed_since} + "&most=1");
    CHECK(moved.status == 200);
    CHECK(moved.body == R"({"income":"0.00","spent":"55.00","totals":[{"kind":"transfer","amount":"-50.00"},)"
                        R"({"kind":"transfer_fee","amount":"-5.00"}],"movements":[)"
                        R"({"at":"2026-11-21T12:40:00Z","kind":"transfer_fee","amount":"-5.00"}]})");
    CHECK(at.ask("GET", "/v1/accounts/79990000000").status == 404);
    CHECK(at.ask("GET", "/v1/accounts/79990000000").body.empty());
    CHECK(at.ask("PUT", path_of(2), write_order(change_to())).status == 200);
    const auto has = at.ask("GET", "/v1/accounts/79261112233/holdings");
    CHECK(has.status == 200);
    CHECK(has.body == R"({"balance":"5.00","holdings":[{"kind":"tariff","name":"fast","fee":"40.00",)"
                      R"("seconds":2592000,"since":"2026-11-21T12:40:00Z","due":"2026-12-21T12:40:00Z",)"
                      R"("paused":false}]})");
    CHECK(at.ask("GET", "/v1/accounts/79990000000/holdings").status == 404);
    CHECK(at.ask("GET", "/v1/accounts/79261112233/movements/holdings").status == 400);
    CHECK(at.ask("GET", "/v1/accounts/holdings").status == 400);
}

TEST_CASE("movements are asked for with all that the contract wants, as it wants it") {
    desk_of_a_test at;
    CHECK(at.ask("GET", std::string{listed_since} + "&most=100").status == 200);
    CHECK(at.ask("GET", std::string{listed_since} + "&most=10&page=2").status == 200);
    for (const char* wrong : {"", "&most=0", "&most=101", "&most=-1", "&most=1x", "&most=", "&most=1&most=2",
                              "&most=%31%", "&most=%zz", "&most=%1"}) {
        CAPTURE(wrong);
        CHECK(at.ask("GET", std::string{listed_since} + wrong).status == 400);
    }
    for (const char* wrong : {"", "?", "?most=1", "?most=1&totals_since=2026-11-01T00:00:00Z",
                              "?most=1&totals_since=2026-11-01T00:00:00Z&listed_since=today"}) {
        CAPTURE(wrong);
        CHECK(at.ask("GET", std::string{"/v1/accounts/79261112233/movements"} + wrong).status == 400);
    }
}

TEST_CASE("an operation is ordered, asked after and cancelled") {
    desk_of_a_test at;
    CHECK(at.ask("GET", path_of(1)).status == 404);
    const auto done = at.ask("PUT", path_of(1), write_order(use_voucher("1000000001")));
    CHECK(done.status == 200);
    CHECK(done.body == R"({"state":"done","amount":"100.00","balance":"200.00","points":35})");
    CHECK(at.ask("GET", path_of(1)).body == done.body);
    CHECK(at.ask("DELETE", path_of(1)).body == done.body);
    CHECK(at.ask("PUT", path_of(1), write_order(use_voucher("1000000001"))).body == done.body);
    CHECK(at.ask("PUT", path_of(1), write_order(use_voucher("1000000002"))).status == 409);
    CHECK(at.ask("DELETE", path_of(2)).body == R"({"state":"cancelled"})");
    CHECK(at.ask("PUT", path_of(2), write_order(use_voucher("1000000002"))).body ==
          R"({"state":"cancelled"})");

    const billing_request slow{"PUT", path_of(3), "fake-billing-token", "application/json",
                               write_order(use_voucher("1000000002"))};
    CHECK(at.desk.begin(slow, 1s, noon).status == 202);
    CHECK(at.ask("GET", path_of(3)).status == 202);
    CHECK(at.ask("DELETE", path_of(3)).status == 202);
    CHECK(at.ask("DELETE", path_of(3)).body.empty());
    CHECK(at.desk.answer(slow, noon + 1s).status == 200);
}

TEST_CASE("an order that isn't taken is told why, and its name is free") {
    desk_of_a_test at;
    CHECK(at.ask("PUT", path_of(1), "{").status == 400);
    CHECK(at.ask("PUT", path_of(1), "{}").status == 422);
    billing_request plain{"PUT", path_of(1), "fake-billing-token", "text/plain",
                          write_order(use_voucher("1000000001"))};
    CHECK(at.desk.answer(plain, noon).status == 400);
    plain.content_type = "application/jsonp";
    CHECK(at.desk.answer(plain, noon).status == 400);
    CHECK(at.ask("GET", path_of(1)).status == 404);
    plain.content_type = "application/json; charset=utf-8";
    CHECK(at.desk.answer(plain, noon).status == 200);
}

TEST_CASE("what isn't in the contract isn't looked at, nor what comes without the token") {
    desk_of_a_test at;
    CHECK(at.ask("GET", "/").status == 404);
    CHECK(at.ask("GET", "/v2/accounts/79261112233").status == 404);
    CHECK(at.ask("GET", "/v1/accounts/").status == 400);
    CHECK(at.ask("GET", "/v1/accounts//movements").status == 400);
    CHECK(at.ask("GET", "/v1/accounts/movements").status == 400);
    CHECK(at.ask("GET", "/v1/accounts/9261112233x").status == 400);
    CHECK(at.ask("GET", "/v1/operations/1").status == 400);
    CHECK(at.ask("PUT", "/v1/operations/../accounts").status == 400);
    CHECK(at.ask("PUT", "/v1/accounts/79261112233").status == 405);
    CHECK(at.ask("PUT", "/v1/accounts/79261112233").allow == "GET");
    CHECK(at.ask("POST", path_of(1)).allow == "GET, PUT, DELETE");
    CHECK(at.ask("get", path_of(1)).status == 405);

    for (const char* token : {"", "fake-billing-toke", "fake-billing-token "}) {
        const billing_request stranger{"DELETE", path_of(1), token, "", ""};
        CHECK(at.desk.refuse(stranger)->status == 401);
    }
    for (const auto& none : {std::shared_ptr<const secret>{}, std::make_shared<const secret>("")}) {
        const billing_desk open{at.books, none};
        CHECK(open.refuse({"GET", path_of(1), "", "", ""})->status == 401);
    }
}

TEST_CASE("books that can't be kept are trouble, and nothing was done") {
    desk_of_a_test at;
    at.books.keep_with(
        [](const billing_change&) { throw std::runtime_error{"journal: No space left on device"}; });
    const auto failed = at.ask("PUT", path_of(1), write_order(use_voucher("1000000001")));
    CHECK(failed.status == 500);
    CHECK(failed.body == "journal: No space left on device\n");
    at.books.keep_with({});
    CHECK(at.ask("GET", path_of(1)).status == 404);
}

TEST_CASE("a request belongs to what may befall it") {
    CHECK(billing_desk::matter_of({"PUT", path_of(1), "", "", ""}) == billing_matter::order);
    CHECK(billing_desk::matter_of({"GET", path_of(1), "", "", ""}) == billing_matter::operation);
    CHECK(billing_desk::matter_of({"DELETE", path_of(1), "", "", ""}) == billing_matter::operation);
    CHECK(billing_desk::matter_of({"GET", listed_since, "", "", ""}) == billing_matter::account);
    CHECK(billing_desk::matter_of({"GET", "/v1/accounts/79261112233", "", "", ""}) ==
          billing_matter::account);
}

TEST_CASE("rubbish comes in several kinds and says 200") {
    std::set<std::string> kinds;
    bool is_too_long = false;
    for (std::uint32_t which = 0; which < 100; ++which) {
        const billing_answer made = make_rubbish(which);
        CHECK(made.status == 200);
        kinds.insert(made.body);
        const auto end = read_end(made.body);
        const bool is_end = end && (end->state == operation_state::cancelled || end->reason || end->balance);
        CHECK_FALSE(is_end);
        is_too_long = is_too_long || made.body.size() > 65'536;
    }
    CHECK(kinds.size() == 9);
    CHECK(is_too_long);
}

} // namespace kabinet::simulator::billing_desk_test
