#include "gateway/translate.hpp"
#include "tests/gateway/messages.hpp"

namespace kabinet::gateway::translate_out_test {

using namespace tests;
using smpp::tag;

namespace {

const address subscriber{1, 1, "79261112233"};
const address service{0, 1, "*105#"};

std::string repeat(std::string_view what, std::size_t times) {
    std::string made;
    for (std::size_t each = 0; each < times; ++each)
        made += what;
    return made;
}

/// What was written, owning it.
struct written {
    smpp::submit_sm pdu;
    bytes text;
    boost::system::error_code failed;

    [[nodiscard]] bytes tlv(std::uint16_t name) const {
        const auto found = pdu.tlv.find(static_cast<tag>(name));
        return found ? bytes{found->begin(), found->end()} : bytes{};
    }
};

bytes joined(bytes first, const bytes& then) {
    first.insert(first.end(), then.begin(), then.end());
    return first;
}

written take(const boost::system::result<smpp::submit_sm>& from) {
    if (!from)
        return {{}, {}, from.error()};
    return {*from, {from->short_message.begin(), from->short_message.end()}, {}};
}

class writer {
  public:
    written screen(std::string_view text, screen_kind kind = screen_kind::answer,
                   const gateway::session& of = {0x1234, 0x1234}) {
        return take(write_screen(link, {kind, subscriber, service, of, text}, scratch_));
    }
    written sms(std::string_view text, std::uint8_t part = 1) {
        const auto as = lay_out_sms(link, text);
        if (!as)
            return {{}, {}, as.error()};
        return take(write_sms(link, {service, subscriber, text, *as, part, 0x2A}, scratch_));
    }

    smpp::dialect link;

  private:
    submit_scratch scratch_;
};

} // namespace

TEST_SUITE("screens that leave") {
    TEST_CASE("a screen goes to the subscriber and comes from the number dialled") {
        writer write;
        const written made = write.screen("Menu");
        CHECK(made.pdu.service_type == "USSD");
        CHECK(made.pdu.source_addr == "*105#");
        CHECK(made.pdu.source_addr_ton == 0);
        CHECK(made.pdu.source_addr_npi == 1);
        CHECK(made.pdu.destination_addr == "79261112233");
        CHECK(made.pdu.dest_addr_ton == 1);
        CHECK(made.pdu.dest_addr_npi == 1);
        CHECK(made.pdu.registered_delivery == 0);
        CHECK(made.pdu.validity_period.empty());
        CHECK(made.pdu.esm_class == 0);
    }

    TEST_CASE("the source may be typed as the dialect wants it") {
        writer write;
        write.link.source_ton = 3;
        write.link.source_npi = 9;
        write.link.ussd_service_type.clear();
        const written made = write.screen("Menu");
        CHECK(made.pdu.source_addr_ton == 3);
        CHECK(made.pdu.source_addr_npi == 9);
        CHECK(made.pdu.dest_addr_ton == 1);
        CHECK(made.pdu.service_type.empty());
        CHECK(write.sms("Hello").pdu.source_addr_ton == 3);
    }

    TEST_CASE("asking and answering have their operations") {
        writer write;
        CHECK(write.screen("?", screen_kind::ask).tlv(0x0501) == bytes{2});
        CHECK(write.screen("!", screen_kind::answer).tlv(0x0501) == bytes{17});
        CHECK(write.screen("!", screen_kind::one_shot_answer).tlv(0x0501) == bytes{16});
        write.link.ops.answer = 2;
        CHECK(write.screen("!", screen_kind::answer).tlv(0x0501) == bytes{2});
    }

    TEST_CASE("the session goes back as it came") {
        writer write;
        const gateway::session odd{0x1234, 0x1235};
        CHECK(write.screen("!", screen_kind::ask, odd).tlv(0x1383) == bytes{0x12, 0x35});
        CHECK(write.screen("!", screen_kind::answer, odd).tlv(0x1383) == bytes{0x12, 0x35});
        CHECK(write.screen("!").tlv(0x1383) == bytes{0x12, 0x34});
    }

    TEST_CASE("the end bit is set on what ends a dialogue and nowhere else") {
        writer write;
        write.link.end_bit = true;
        CHECK(write.screen("?", screen_kind::ask).tlv(0x1383) == bytes{0x12, 0x34});
        CHECK(write.screen("!", screen_kind::answer).tlv(0x1383) == bytes{0x12, 0x35});
        CHECK(write.screen("!", screen_kind::one_shot_answer).tlv(0x1383) == bytes{0x12, 0x35});
    }

    TEST_CASE("each kind of session has its own parameter and no other") {
        writer write;
        write.link = keeping_session_in(smpp::session_id_kind::user_message_reference);
        written made = write.screen("!", screen_kind::ask, {0xFFFE, 0xFFFE});
        CHECK(made.tlv(0x0204) == bytes{0xFF, 0xFE});
        CHECK(made.tlv(0x1383).empty());
        write.link = keeping_session_in(smpp::session_id_kind::vendor_tlv);
        made = write.screen("!", screen_kind::ask, {0xDEADBEEF, 0xDEADBEEF});
        CHECK(made.tlv(0x1501) == bytes{0xDE, 0xAD, 0xBE, 0xEF});
        CHECK(made.tlv(0x1383).empty());
        write.link = keeping_session_in(smpp::session_id_kind::none);
        made = write.screen("!", screen_kind::ask, {});
        CHECK(made.pdu.tlv.raw().size() == 5);
    }

    TEST_CASE("a screen holds 160 septets") {
        writer write;
        CHECK(write.screen(std::string(160, 'x')).text.size() == 160);
        CHECK(write.screen(std::string(161, 'x')).failed == text_error::too_long);
        CHECK(write.screen(repeat("€", 80)).text.size() == 160);
        CHECK(write.screen(repeat("€", 80) + "x").failed == text_error::too_long);
    }

    TEST_CASE("a screen holds 80 characters of UCS-2") {
        writer write;
        const written full = write.screen(repeat("я", 80));
        CHECK(full.text.size() == 160);
        CHECK(full.pdu.data_coding == 8);
        CHECK(write.screen(repeat("я", 81)).failed == text_error::too_long);
        CHECK(write.screen(repeat("я", 79) + "😀").failed == text_error::too_long);
        CHECK(write.screen(repeat("я", 78) + "😀").text.size() == 160);
    }

    TEST_CASE("a text beyond any place is refused") {
        writer write;
        CHECK(write.screen(std::string(700, 'x')).failed == text_error::too_long);
        CHECK(write.screen(repeat("я", 700)).failed == text_error::too_long);
        CHECK(write.screen("\xFF").failed == text_error::bad_utf8);
    }

    TEST_CASE("codings are written as the dialect numbers them") {
        writer write;
        write.link.gsm_data_coding = 15;
        write.link.ucs2_data_coding = 72;
        CHECK(write.screen("@").pdu.data_coding == 15);
        CHECK(write.screen("@").text == bytes{0});
        CHECK(write.screen("Да").pdu.data_coding == 72);
        CHECK(write.screen("Да").text == big_endian(u"Да"));
    }

    TEST_CASE("where 0 means Latin-1 text is written in it") {
        writer write;
        write.link.default_alphabet = alphabet::latin1;
        const written latin = write.screen("user@example");
        CHECK(latin.pdu.data_coding == 0);
        CHECK(latin.text == as_bytes("user@example"));
        const written greek = write.screen("ΔΩ");
        CHECK(greek.pdu.data_coding == 8);
        CHECK(greek.text == big_endian(u"ΔΩ"));
    }

    TEST_CASE("GSM text is packed where the dialect packs") {
        writer write;
        write.link.packed_ussd = true;
        CHECK(write.screen("0123456").text == bytes{0xb0, 0x98, 0x6c, 0x46, 0xab, 0xd9, 0x1a});
        CHECK(write.screen(std::string(160, 'x')).text.size() == 140);
        CHECK(write.screen("Да").text == big_endian(u"Да"));
        CHECK(write.sms("0123456").text == as_bytes("0123456"));
    }

    TEST_CASE("what is written reads the same in each dialect") {
        for (const bool is_packed : {false, true})
            for (const alphabet own : {alphabet::gsm7, alphabet::latin1, alphabet::cyrillic}) {
                writer write;
                write.link.packed_ussd = is_packed;
                write.link.default_alphabet = own;
                for (const std::string_view text :
                     {"1 Balance\n0 Back", "{}[]~^|€", "user_@$", "Баланс № 1"}) {
                    const written made = write.screen(text);
                    REQUIRE_FALSE(made.failed);
                    arriving back;
                    back.op(18).says(made.text, made.pdu.data_coding);
                    CHECK(view(back.as<ussd_request>(write.link).text) == text);
                }
            }
    }
}

TEST_SUITE("SMS that leave") {
    TEST_CASE("one message holds 160 septets or 70 characters of UCS-2 and has no header") {
        writer write;
        CHECK(write.sms(std::string(160, 'x')).text.size() == 160);
        CHECK(write.sms(std::string(160, 'x')).pdu.esm_class == 0);
        CHECK(write.sms(repeat("я", 70)).text.size() == 140);
    }

    TEST_CASE("each part of a longer one stands behind a header that numbers it") {
        writer write;
        const std::string text = std::string(153, 'x') + std::string(10, 'y');
        const written first = write.sms(text, 1);
        CHECK(first.pdu.esm_class == 0x40);
        CHECK(first.pdu.data_coding == 0);
        CHECK(first.text == joined({5, 0, 3, 0x2A, 2, 1}, as_bytes(std::string(153, 'x'))));
        CHECK(write.sms(text, 2).text == joined({5, 0, 3, 0x2A, 2, 2}, as_bytes(std::string(10, 'y'))));
        CHECK(write.sms(text, 2).pdu.esm_class == 0x40);
    }

    TEST_CASE("a part of UCS-2 fills the 140 octets of a message with its header") {
        writer write;
        const std::string text = repeat("я", 80);
        const written first = write.sms(text, 1);
        CHECK(first.pdu.data_coding == 8);
        CHECK(first.text.size() == 140);
        CHECK(write.sms(text, 2).text == joined({5, 0, 3, 0x2A, 2, 2}, big_endian(u"яяяяяяяяяяяяя")));
    }

    TEST_CASE("parts are septets an octet also where screens are packed") {
        writer write;
        write.link.packed_ussd = true;
        CHECK(write.sms(std::string(161, 'x'), 2).text ==
              joined({5, 0, 3, 0x2A, 2, 2}, as_bytes(std::string(8, 'x'))));
    }

    TEST_CASE("parts are written in the alphabet and with the codings of the dialect") {
        writer write;
        write.link.default_alphabet = alphabet::latin1;
        CHECK(write.sms(repeat("é", 161), 2).text == joined({5, 0, 3, 0x2A, 2, 2}, bytes(8, 0xE9)));
        write.link.gsm_data_coding = 15;
        write.link.ucs2_data_coding = 72;
        CHECK(write.sms(std::string(161, 'x'), 2).pdu.data_coding == 15);
        CHECK(write.sms(repeat("я", 71), 1).pdu.data_coding == 72);
    }

    TEST_CASE("an SMS carries no mark of USSD") {
        writer write;
        const written made = write.sms("Hello");
        CHECK(made.pdu.service_type.empty());
        CHECK(made.pdu.tlv.empty());
        CHECK(made.pdu.source_addr == "*105#");
        CHECK(made.pdu.destination_addr == "79261112233");
    }

    TEST_CASE("the sender may be a name") {
        submit_scratch scratch;
        const address from{5, 0, "MegaFon"}; // the PDU's views lead here
        const auto made = write_sms({}, {from, subscriber, "Hello", {}}, scratch);
        REQUIRE(made.has_value());
        CHECK(made->source_addr == "MegaFon");
        CHECK(made->source_addr_ton == 5);
    }

    TEST_CASE("what nobody asked for comes from a name or a number") {
        CHECK(sender_address("MegaFon") == address{5, 0, "MegaFon"});
        CHECK(sender_address("0550") == address{0, 1, "0550"});
        CHECK(sender_address(std::string(30, 'x')).characters.size() == 20);
    }

    TEST_CASE("what nobody asked for goes to the whole number") {
        CHECK(subscriber_address(msisdn::from_digits(79261112233)) == address{1, 1, "79261112233"});
        CHECK(subscriber_address(msisdn::from_digits(999'999'999'999'999)).characters.size() == 15);
    }
}

} // namespace kabinet::gateway::translate_out_test
