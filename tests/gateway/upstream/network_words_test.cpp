#include "gateway/upstream/network_words.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::upstream::network_words_test {

namespace {

store::number_news lost() {
    return {41, msisdn::from_digits(79261112233), true, utc_time{std::chrono::seconds{1'795'000'000}}};
}

std::optional<network_answer> read(unsigned status, std::string body) {
    return read_blocking({status, std::move(body)}, lost());
}

} // namespace

TEST_SUITE("what the network is told") {
    TEST_CASE("a number, how it is to be, since when, and which news is the newer one") {
        const question told = tell_blocking(lost());
        CHECK(told.method == "PUT");
        CHECK(told.target == "/v1/numbers/79261112233/blocking");
        CHECK(told.body == R"({"blocked":true,"since":"2026-11-18T11:06:40Z","version":41})");
    }

    TEST_CASE("it has heard when it holds this or something newer") {
        for (const char* body : {R"({"version":41})", R"({"version":42,"more":"of no matter"})"})
            CHECK(read(200, body).value().is_done);
    }

    TEST_CASE("an answer of something older, or of nothing, isn't one") {
        for (const char* body : {R"({"version":40})", R"({"version":-41})", R"({"version":"41"})",
                                 R"({"version":41)", R"([41])", "41", "", "{}"}) {
            CAPTURE(body);
            CHECK_FALSE(read(200, body).has_value());
        }
        for (const unsigned status : {201U, 204U, 301U, 401U, 403U, 429U, 500U, 503U}) {
            CAPTURE(status);
            CHECK_FALSE(read(status, R"({"version":41})").has_value());
        }
    }

    TEST_CASE("a number that isn't its own is refused") {
        for (const unsigned status : {400U, 404U, 409U, 422U}) {
            const network_answer came = read(status, "").value();
            CHECK_FALSE(came.is_done);
            CHECK(came.status == status);
        }
    }
}

} // namespace kabinet::gateway::upstream::network_words_test
