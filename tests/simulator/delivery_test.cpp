#include "simulator/delivery.hpp"

#include "simulator/submission.hpp"
#include "smpp/codec.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kabinet::simulator::delivery_test {

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);

smpp::deliver_sm decoded(const pdu_octets& pdu) {
    return smpp::decode<smpp::deliver_sm>(smpp::octets{pdu}.subspan(smpp::header_size)).value();
}

pdu_octets step(std::string_view text, const smpp::dialect& speaks) {
    return write_ussd({anna, "105", speaks.ops.input, 2, false, text}, speaks);
}

/// The same text, submitted back as a screen.
boost::system::result<submission, refusal> shown(const smpp::deliver_sm& pdu, const smpp::dialect& speaks) {
    smpp::submit_sm back;
    back.service_type = pdu.service_type;
    back.destination_addr = pdu.source_addr;
    back.data_coding = pdu.data_coding;
    back.short_message = pdu.short_message;
    back.tlv = pdu.tlv;
    return read_submission(back, speaks);
}

} // namespace

TEST_CASE("the service code is what stands between the first separators") {
    CHECK(service_code("*105*00#") == "105");
    CHECK(service_code("#100#") == "100");
    CHECK(service_code("*111") == "111");
    CHECK(service_code("100") == "100");
    CHECK(service_code("***") == "***");
    CHECK(service_code("").empty());
}

TEST_CASE("packed digits take seven bits each and are read back") {
    smpp::dialect speaks;
    speaks.packed_ussd = true;
    const pdu_octets pdu = step("0123456", speaks);
    const auto delivered = decoded(pdu);
    const pdu_octets packed{0xB0, 0x98, 0x6C, 0x46, 0xAB, 0xD9, 0x1A};
    CHECK(pdu_octets(delivered.short_message.begin(), delivered.short_message.end()) == packed);
    CHECK(shown(delivered, speaks)->text == "0123456");
}

TEST_CASE("every text comes back from the alphabet it went in") {
    for (const bool is_packed : {false, true}) {
        smpp::dialect speaks;
        speaks.packed_ussd = is_packed;
        for (const std::string_view text : {"1", "Menu: [1] €5 @home", "Баланс 120,50 р.", "12345678"}) {
            const pdu_octets pdu = step(text, speaks);
            CAPTURE(text);
            CHECK(shown(decoded(pdu), speaks)->text == text);
        }
    }
}

TEST_CASE("a ussd string is cut at what the air carries") {
    const smpp::dialect speaks;
    CHECK(decoded(step(std::string(300, 'x'), speaks)).sm_length == 182);
    std::string cyrillic;
    for (int each = 0; each < 100; ++each)
        cyrillic += "я";
    CHECK(decoded(step(cyrillic, speaks)).sm_length == 160);
    smpp::dialect packs;
    packs.packed_ussd = true;
    CHECK(decoded(step(std::string(300, 'x'), packs)).sm_length == 160);
}

TEST_CASE("a text that is no utf 8 is delivered empty") {
    CHECK(decoded(step("\xFF\xFE", {})).sm_length == 0);
}

TEST_CASE("an sms is one part up to its alphabet's limit and more above it") {
    const smpp::dialect speaks;
    const auto parts_of = [&](std::size_t count, std::string_view each) {
        std::string text;
        for (std::size_t at = 0; at < count; ++at)
            text += each;
        return write_sms(anna, "000105", text, speaks, 1).size();
    };
    CHECK(parts_of(160, "x") == 1);
    CHECK(parts_of(161, "x") == 2);
    CHECK(parts_of(306, "x") == 2);
    CHECK(parts_of(307, "x") == 3);
    CHECK(parts_of(70, "я") == 1);
    CHECK(parts_of(71, "я") == 2);
    CHECK(parts_of(134, "я") == 2);
    CHECK(parts_of(135, "я") == 3);
    CHECK(parts_of(0, "x") == 1);
}

TEST_CASE("a receipt names its message in the text and beside it") {
    const utc_time now{std::chrono::sys_days{std::chrono::year{2024} / 3 / 5} + std::chrono::minutes{754}};
    const pdu_octets pdu = write_receipt(anna, "000110", "42", now);
    const auto receipt = decoded(pdu);
    CHECK(std::string(receipt.short_message.begin(), receipt.short_message.end()) ==
          "id:42 sub:001 dlvrd:001 submit date:2403051234 done date:2403051234 stat:DELIVRD err:000 text:");
    CHECK(receipt.esm_class == smpp::esm_class::delivery_receipt);
    CHECK(receipt.tlv.find(smpp::tag::receipted_message_id)->size() == 3);
    CHECK(receipt.source_addr == "79261112233");
    CHECK(receipt.destination_addr == "000110");
}

} // namespace kabinet::simulator::delivery_test
