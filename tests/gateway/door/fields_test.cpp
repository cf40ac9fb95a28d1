#include "gateway/door/fields.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kabinet::gateway::door::fields_test {

namespace {

/// Why the text is refused; empty when it is taken.
std::string complaint_about(const std::string& json) {
    fields read;
    const bool is_taken = read.read(json);
    CHECK(is_taken == read.complaint().empty());
    return read.complaint();
}

} // namespace

TEST_CASE("texts and switches are taken by name") {
    fields read;
    REQUIRE(read.read(R"({"msisdn": "79261112233", "human": true, "password": "\u043f\"\n"})"));
    REQUIRE(read.take_text("msisdn") != nullptr);
    CHECK(read.take_text("msisdn")->reveal() == "79261112233");
    CHECK(read.take_text("human") == nullptr);
    CHECK(read.untaken() == "human");
    REQUIRE(read.take_switch("human") != nullptr);
    CHECK(*read.take_switch("human"));
    CHECK(read.take_text("nothing") == nullptr);
    CHECK(read.untaken() == "password");
    CHECK(read.take_text("password")->reveal() == "п\"\n");
    CHECK(read.untaken().empty());
}

TEST_CASE("an empty object has no fields") {
    fields read;
    CHECK(read.read("{}"));
    CHECK(read.untaken().empty());
}

TEST_CASE("whatever isn't one flat object of texts and switches is refused") {
    CHECK(complaint_about("").starts_with("not JSON"));
    CHECK(complaint_about("{").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":\"b\"} x").starts_with("not JSON"));
    CHECK(complaint_about("{'a':'b'}").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":\"\xff\"}").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":\"\xc0\xaf\"}").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":\"\\ud800\"}").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":\"\n\"}").starts_with("not JSON"));
    CHECK(complaint_about("[]") == "one flat object is taken, no arrays");
    CHECK(complaint_about("\"text\"") == "one flat object is taken");
    CHECK(complaint_about("true") == "one flat object is taken");
    CHECK(complaint_about("{\"a\":{}}") == "a field is an object: one flat object is taken");
    CHECK(complaint_about("{\"a\":[]}") == "one flat object is taken, no arrays");
    CHECK(complaint_about("{\"a\":1}") == "a field is a number");
    CHECK(complaint_about("{\"a\":-1}") == "a field is a number");
    CHECK(complaint_about("{\"a\":1.5}") == "a field is a number");
    CHECK(complaint_about("{\"a\":1e999}").starts_with("not JSON"));
    CHECK(complaint_about("{\"a\":null}") == "a field is null: leave it out instead");
    CHECK(complaint_about("{\"a\":\"1\",\"a\":\"2\"}") == "a field comes twice");
    CHECK(complaint_about("{\"a\":\"" + std::string(193, 'x') + "\"}") == "a text is too long");
    CHECK(complaint_about("{\"" + std::string(65, 'x') + "\":\"\"}") ==
          "there are too many fields, or a name is too long");
}

TEST_CASE("nesting is refused where it begins, however deep it goes") {
    CHECK(complaint_about(std::string(10'000, '[')) == "one flat object is taken, no arrays");
    std::string deep;
    for (int level = 0; level < 10'000; ++level)
        deep += "{\"a\":";
    CHECK(complaint_about(deep) == "a field is an object: one flat object is taken");
}

TEST_CASE("so many fields are taken and no more") {
    std::string json = "{";
    for (std::size_t count = 0; count < fields::most; ++count)
        json += "\"f" + std::to_string(count) + "\":true,";
    CHECK(complaint_about(json + "\"one more\":true}") == "there are too many fields, or a name is too long");
    json.back() = '}';
    CHECK(complaint_about(json).empty());
}

TEST_CASE("a complaint never repeats what was sent") {
    for (const char* json : {R"({"password":"fake-secret")", R"({"password":fake-secret})", R"(fake-secret)",
                             R"({"fake-secret":1})", R"({"a":"fake-secret","a":"x"})"})
        CHECK(complaint_about(json).find("fake") == std::string::npos);
}

} // namespace kabinet::gateway::door::fields_test
