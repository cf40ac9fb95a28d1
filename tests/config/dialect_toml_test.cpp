#include "config/dialect_toml.hpp"

#include "shipped.hpp"

#include <doctest/doctest.h>

namespace dialect_toml_test {

using namespace kabinet;
using namespace kabinet::config;
using namespace std::chrono_literals;

namespace {

smpp::dialect shipped(const std::string& name) {
    std::vector<finding> findings;
    smpp::dialect made = load_dialect(shipped_folder() / "dialects", name, {}, findings);
    CHECK(findings.empty());
    return made;
}

std::string refusal_of(std::string_view text) {
    std::vector<finding> findings;
    (void)read_dialect(text, "dialects/odd.toml", findings);
    return findings.empty() ? "" : std::to_string(findings.front().line) + ' ' + findings.front().what;
}

} // namespace

TEST_CASE("the standard dialect says what holds without it") {
    CHECK(shipped("standard") == smpp::dialect{});
}

TEST_CASE("a dialect without sessions differs from the standard one in nothing else") {
    smpp::dialect expected;
    expected.name = "no-session";
    expected.session = smpp::session_id_kind::none;
    CHECK(shipped("no-session") == expected);
}

TEST_CASE("every key of a dialect is read") {
    std::vector<finding> findings;
    const smpp::dialect made = read_dialect(R"(ussd_service_type = ""
dialled_in_destination = true
respond = "after_submit"
temporary_status = 0x58
[session]
kept_in = "vendor_tlv"
tag = 0x1501
key_mask = 0xFF00
[ops]
one_shot = 10
begin = 11
ask = 12
one_shot_answer = 13
answer = 14
input = 15
shown = 16
abort_request = 17
abort = 18
last_input = 19
[text]
gsm_data_coding = 0xF0
ucs2_data_coding = 72
default_alphabet = "latin1"
packed_ussd = true
[source]
ton = 5
npi = 1
[timers]
response_timeout = "1s"
answer_deadline = "2s"
idle_timeout = "3s"
total_timeout = "4s"
)",
                                            "dialects/odd.toml", findings);
    CHECK(findings.empty());
    smpp::dialect expected;
    expected.name = "odd";
    expected.ussd_service_type = "";
    expected.session = smpp::session_id_kind::vendor_tlv;
    expected.session_tag = 0x1501;
    expected.session_key_mask = 0xFF00;
    expected.ops = {10, 11, 12, 13, 14, 15, 16, 18, 19, 17};
    expected.dialled_in_destination = true;
    expected.gsm_data_coding = 0xF0;
    expected.ucs2_data_coding = 72;
    expected.default_alphabet = alphabet::latin1;
    expected.packed_ussd = true;
    expected.source_ton = 5;
    expected.source_npi = 1;
    expected.respond = smpp::response_order::after_submit;
    expected.temporary_status = 0x58;
    expected.response_timeout = 1s;
    expected.answer_deadline = 2s;
    expected.idle_timeout = 3s;
    expected.total_timeout = 4s;
    CHECK(made == expected);
}

TEST_CASE("mistakes in a dialect are refused with their line") {
    CHECK(refusal_of("respond = \"never\"") ==
          "1 respond is \"never\", not one of \"before_submit\", \"after_submit\"");
    CHECK(refusal_of("\nussd_service_type = \"SERVICE\"") ==
          "2 ussd_service_type has more than 5 characters (SMPP 3.4 5.2.11)");
    CHECK(refusal_of("[ops]\nbegin = 256") == "2 begin is 256, not 0 to 255");
    CHECK(refusal_of("[ops]\nbeginn = 1") == "2 there is no setting beginn here: did you mean begin?");
    CHECK(refusal_of("temporary_status = 0") == "1 temporary_status is 0, not 1 to 4294967295");
    CHECK(refusal_of("[session]\nkept_in = \"vendor_tlv\"") ==
          "1 kept_in = \"vendor_tlv\" needs the tag of that TLV");
    CHECK(refusal_of("[session]\nkept_in = \"none\"\nend_bit = true") ==
          "1 end_bit is the lowest bit of its_session_info and stands only with it");
    CHECK(refusal_of("[timers]\nidle_timeout = \"5ms\"") == "1 a timer must be 100ms at least");
    CHECK(refusal_of("[timers]\ntotal_timeout = \"1s\"") ==
          "2 total_timeout must not be shorter than idle_timeout");
    CHECK(refusal_of("[sesion]\n") == "1 there is no setting sesion here: did you mean session?");
}

TEST_CASE("a dialect nobody wrote is told where it was asked for") {
    std::vector<finding> findings;
    (void)load_dialect("/nowhere", "klingon", {"kabinet.toml", 7}, findings);
    (void)load_dialect(shipped_folder() / "dialects", "../dialects/standard", {"kabinet.toml", 8}, findings);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].what == "there is no dialect klingon: /nowhere/klingon.toml is missing");
    CHECK(findings[0].line == 7);
    CHECK(findings[1].line == 8);
}

} // namespace dialect_toml_test
