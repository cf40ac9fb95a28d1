#include "tests/gateway/messages.hpp"

namespace kabinet::gateway::translate_in_test {

using namespace tests;
using smpp::tag;

namespace {

constexpr std::uint8_t udh = smpp::esm_class::udh_indicator;

unanswerable_reason why_unanswerable(std::string_view source) {
    return arriving{}.from(source).as<unanswerable>().why;
}

segment part_of(bytes with_header) {
    return arriving{}.classed(udh).says(std::move(with_header)).as<sms_request>().segment;
}

bool is_alone(const segment& part) {
    return part.total == 1 && part.number == 1;
}

} // namespace

TEST_SUITE("what a message means") {
    TEST_CASE("a receipt is never a command whatever else it carries") {
        for (const int kind : {0x04, 0x08, 0x10, 0x18, 0x20, 0x44}) {
            CAPTURE(kind);
            CHECK(std::holds_alternative<receipt>(
                arriving{}.classed(static_cast<std::uint8_t>(kind)).op(1).says("*105*00#").read()));
        }
    }

    TEST_CASE("a receipt may tell by its optional parts alone") {
        arriving told;
        told.with(tag::receipted_message_id, "4711").with(tag::message_state, {2});
        CHECK(view(told.op(1).as<receipt>().message_id) == "4711");
    }

    TEST_CASE("one of the two parts of a receipt makes none") {
        CHECK(std::holds_alternative<sms_request>(arriving{}.with(tag::receipted_message_id, "4711").read()));
        CHECK(std::holds_alternative<sms_request>(arriving{}.with(tag::message_state, {2}).read()));
    }

    TEST_CASE("the id of a receipt loses its NUL and what no centre sends") {
        const auto id = [](std::string_view sent) {
            return arriving{}.classed(4).with(tag::receipted_message_id, sent).as<receipt>().message_id;
        };
        CHECK(view(id({"47\0", 3})) == "47");
        CHECK(id("").empty());
        CHECK(id(std::string(200, 'a')).size() == 64);
        CHECK(arriving{}.classed(4).as<receipt>().message_id.empty());
    }

    TEST_CASE("an operation makes it USSD even with the marks of a long message") {
        arriving both;
        both.op(1).classed(udh).with(tag::sar_msg_ref_num, {0, 1}).with(tag::sar_total_segments, {2});
        both.with(tag::sar_segment_seqnum, {1}).says("*105#");
        CHECK(view(both.as<ussd_request>().text) == "*105#");
    }

    TEST_CASE("an operation of more than one octet counts as none") {
        CHECK(std::holds_alternative<sms_request>(arriving{}.with(tag::ussd_service_op, {0, 1}).read()));
    }

    TEST_CASE("data_sm reads as deliver_sm does") {
        std::array<std::uint8_t, 64> place{};
        smpp::tlv_writer tlvs{place};
        tlvs.add_u8(tag::ussd_service_op, 18);
        tlvs.add(tag::message_payload, as_bytes("7"));
        smpp::data_sm pdu;
        pdu.source_addr = "79261112233";
        pdu.destination_addr = "*105#";
        pdu.tlv = tlvs.list();
        const incoming came = read(smpp::to_message(pdu, 1), {}, {});
        REQUIRE(std::holds_alternative<ussd_request>(came));
        CHECK(std::get<ussd_request>(came).event == ussd_event::input);
        CHECK(view(std::get<ussd_request>(came).text) == "7");
    }

    TEST_CASE("the payload stands for an empty short message") {
        std::array<std::uint8_t, 64> place{};
        smpp::tlv_writer tlvs{place};
        tlvs.add(tag::message_payload, as_bytes("PAS fakeword1"));
        smpp::deliver_sm pdu;
        pdu.source_addr = "79261112233";
        pdu.destination_addr = "000105";
        pdu.tlv = tlvs.list();
        const incoming came = read(smpp::to_message(pdu, 1), {}, {});
        REQUIRE(std::holds_alternative<sms_request>(came));
        CHECK(view(std::get<sms_request>(came).text) == "PAS fakeword1");
    }
}

TEST_SUITE("who asks") {
    TEST_CASE("a subscriber is known in each form of the number and answered as it came") {
        for (const std::string_view form : {"79261112233", "+79261112233", "89261112233", "9261112233"}) {
            const auto asked = arriving{}.from(form, 2, 8).as<sms_request>();
            CHECK(asked.who == msisdn::from_digits(79261112233));
            CHECK(view(asked.subscriber.characters) == form);
            CHECK(asked.subscriber.ton == 2);
            CHECK(asked.subscriber.npi == 8);
        }
    }

    TEST_CASE("the number asked is answered from as it came") {
        const auto asked = arriving{}.to("000105").as<sms_request>();
        CHECK(view(asked.service.characters) == "000105");
        CHECK(asked.service.ton == 0);
        CHECK(asked.service.npi == 1);
    }

    TEST_CASE("robots and services are not answered") {
        for (const std::string_view source :
             {"", "MegaFon", "000110", "000105", "0550", "*105#", "7926abc2233"})
            CHECK(why_unanswerable(source) == unanswerable_reason::not_a_subscriber);
    }

    TEST_CASE("an own short number as source is not answered") {
        CHECK(why_unanswerable("000110") == unanswerable_reason::not_a_subscriber);
        CHECK(why_unanswerable("0001100") == unanswerable_reason::not_a_subscriber);
    }

    TEST_CASE("a foreign number is not answered") {
        CHECK(why_unanswerable("+380501112233") == unanswerable_reason::foreign_number);
    }

    TEST_CASE("a foreign number that dials is somebody to send away") {
        const auto came = arriving{}.from("+380501112233").op(1).as<ussd_request>();
        CHECK(came.is_foreign);
        CHECK(came.who == msisdn{});
        CHECK(view(came.subscriber.characters) == "+380501112233");
        CHECK_FALSE(arriving{}.op(1).as<ussd_request>().is_foreign);
    }

    TEST_CASE("an address that no answer could hold is not answered") {
        CHECK(why_unanswerable(std::string(21, '7')) == unanswerable_reason::address_too_long);
        CHECK(arriving{}.to(std::string(21, '1')).as<unanswerable>().why ==
              unanswerable_reason::address_too_long);
        CHECK(arriving{}.op(1).to(std::string(21, '1')).as<unanswerable>().why ==
              unanswerable_reason::address_too_long);
        CHECK(arriving{}.op(1).from("").as<unanswerable>().why == unanswerable_reason::not_a_subscriber);
    }
}

TEST_SUITE("USSD that arrives") {
    TEST_CASE("each operation of the specification has its event") {
        const auto event = [](std::uint8_t op) { return arriving{}.op(op).as<ussd_request>().event; };
        CHECK(event(0) == ussd_event::one_shot);
        CHECK(event(1) == ussd_event::dial);
        CHECK(event(18) == ussd_event::input);
        CHECK(event(19) == ussd_event::shown);
        CHECK(event(129) == ussd_event::gone);
        CHECK(event(146) == ussd_event::gone);
    }

    TEST_CASE("an operation that is ours to send or unknown is not answered") {
        for (const int op : {2, 3, 16, 17, 77, 128, 255})
            CHECK(arriving{}.op(static_cast<std::uint8_t>(op)).as<unanswerable>().why ==
                  unanswerable_reason::unknown_ussd_operation);
    }

    TEST_CASE("a dialect may number its operations otherwise") {
        smpp::dialect own;
        own.ops.begin = 33;
        own.ops.abort = 40;
        CHECK(arriving{}.op(33).as<ussd_request>(own).event == ussd_event::dial);
        CHECK(arriving{}.op(40).as<ussd_request>(own).event == ussd_event::gone);
        CHECK(std::holds_alternative<unanswerable>(arriving{}.op(1).read(own)));
    }

    TEST_CASE("its_session_info is kept whole and keyed without the end bit") {
        const auto came = arriving{}.op(18).with(tag::its_session_info, {0x12, 0x35}).as<ussd_request>();
        CHECK(came.session == session{0x1234, 0x1235});
    }

    TEST_CASE("a centre that counts steps in the second octet is keyed by the first") {
        smpp::dialect counting;
        counting.session_key_mask = 0xFF00;
        const auto first = arriving{}.op(1).with(tag::its_session_info, {7, 2}).as<ussd_request>(counting);
        const auto next = arriving{}.op(18).with(tag::its_session_info, {7, 4}).as<ussd_request>(counting);
        CHECK(first.session.key == next.session.key);
        CHECK(next.session.echo == 0x0704);
    }

    TEST_CASE("user_message_reference and a vendor's tag keep sessions too") {
        const auto umr = keeping_session_in(smpp::session_id_kind::user_message_reference);
        CHECK(
            arriving{}.op(1).with(tag::user_message_reference, {0xFF, 0xFE}).as<ussd_request>(umr).session ==
            session{0xFFFE, 0xFFFE});
        const auto vendor = keeping_session_in(smpp::session_id_kind::vendor_tlv);
        const auto vendors = static_cast<tag>(0x1501);
        CHECK(arriving{}.op(1).with(vendors, {0xDE, 0xAD, 0xBE, 0xEF}).as<ussd_request>(vendor).session ==
              session{0xDEADBEEF, 0xDEADBEEF});
        CHECK(arriving{}.op(1).with(vendors, {9}).as<ussd_request>(vendor).session == session{9, 9});
        CHECK(arriving{}.op(1).with(vendors, {1, 2, 3, 4, 5}).as<ussd_request>(vendor).session == session{});
    }

    TEST_CASE("without a session id or of the wrong size the session is zero") {
        const auto none = keeping_session_in(smpp::session_id_kind::none);
        CHECK(arriving{}.op(1).with(tag::its_session_info, {1, 2}).as<ussd_request>(none).session ==
              session{});
        CHECK(arriving{}.op(1).as<ussd_request>().session == session{});
        CHECK(arriving{}.op(1).with(tag::its_session_info, {1}).as<ussd_request>().session == session{});
    }

    TEST_CASE("the end bit ends a dialogue only where the dialect says so") {
        smpp::dialect ending;
        ending.end_bit = true;
        const auto event = [](const smpp::dialect& link, std::uint8_t low) {
            return arriving{}.op(18).with(tag::its_session_info, {1, low}).as<ussd_request>(link).event;
        };
        CHECK(event(ending, 3) == ussd_event::gone);
        CHECK(event(ending, 2) == ussd_event::input);
        CHECK(event({}, 3) == ussd_event::input);
    }

    TEST_CASE("a dialled string may stand in the destination and an input never does") {
        smpp::dialect there;
        there.dialled_in_destination = true;
        CHECK(view(arriving{}.op(1).to("*105*00#").says("").as<ussd_request>(there).text) == "*105*00#");
        CHECK(view(arriving{}.op(0).to("*105*00#").says("").as<ussd_request>(there).text) == "*105*00#");
        CHECK(view(arriving{}.op(18).to("*105#").says("7").as<ussd_request>(there).text) == "7");
        CHECK(view(arriving{}.op(1).to("*105#").says("*105*00#").as<ussd_request>().text) == "*105*00#");
    }

    TEST_CASE("the key 1 is one and the same in each way it is sent") {
        smpp::dialect packed;
        packed.packed_ussd = true;
        CHECK(view(arriving{}.op(18).says("1").as<ussd_request>().text) == "1");
        CHECK(view(arriving{}.op(18).says("1\r").as<ussd_request>().text) == "1");
        CHECK(view(arriving{}.op(18).says(bytes{0, '1'}, 8).as<ussd_request>().text) == "1");
        CHECK(view(arriving{}.op(18).says(bytes{0, '1', 0, '\r'}, 72).as<ussd_request>().text) == "1");
        CHECK(view(arriving{}.op(18).says(bytes{0x31}, 15).as<ussd_request>(packed).text) == "1");
        CHECK(view(arriving{}.op(18).says(bytes{'1', 0}, 3).as<ussd_request>().text) == "1");
    }

    TEST_CASE("packed text is unpacked where the dialect packs and the coding is GSM") {
        smpp::dialect packed;
        packed.packed_ussd = true;
        const bytes seven{0xb0, 0x98, 0x6c, 0x46, 0xab, 0xd9, 0x1a};
        const bytes eight{0xb0, 0x98, 0x6c, 0x46, 0xab, 0xd9, 0x6e};
        CHECK(view(arriving{}.op(18).says(seven, 15).as<ussd_request>(packed).text) == "0123456");
        CHECK(view(arriving{}.op(18).says(eight, 15).as<ussd_request>(packed).text) == "01234567");
        CHECK(view(arriving{}.op(18).says(big_endian(u"Да"), 8).as<ussd_request>(packed).text) == "Да");
    }

    TEST_CASE("a text of no end is unreadable and no more") {
        smpp::dialect packed;
        packed.packed_ussd = true;
        CHECK_FALSE(arriving{}.op(1).says(bytes(60'000, '1')).as<ussd_request>().is_readable);
        CHECK_FALSE(arriving{}.op(1).says(bytes(60'000, 0x31)).as<ussd_request>(packed).is_readable);
    }
}

TEST_SUITE("text that arrives") {
    TEST_CASE("each known data_coding is read") {
        const auto read_as = [](bytes text, std::uint8_t coding) {
            const auto came = arriving{}.says(std::move(text), coding).as<sms_request>();
            CHECK(came.is_readable);
            return std::string{view(came.text)};
        };
        CHECK(read_as({0x00, 0x1B, 0x65}, 0) == "@€");
        CHECK(read_as({'@', 0xE9}, 1) == "@é");
        CHECK(read_as({'@', 0xE9}, 3) == "@é");
        CHECK(read_as({0xB4, 0xD0}, 6) == "Да");
        for (const int ucs2 : {8, 0x48})
            CHECK(read_as(big_endian(u"Да"), static_cast<std::uint8_t>(ucs2)) == "Да");
        for (const int gsm : {15, 0xF0, 0xF1, 0xF2, 0xF3})
            CHECK(read_as({0x00}, static_cast<std::uint8_t>(gsm)) == "@");
    }

    TEST_CASE("binary and unknown codings are unreadable by both ways") {
        for (const int coding : {2, 4, 0x44, 0x77}) {
            const auto odd = static_cast<std::uint8_t>(coding);
            CHECK_FALSE(arriving{}.says("00", odd).as<sms_request>().is_readable);
            CHECK_FALSE(arriving{}.op(18).says("1", odd).as<ussd_request>().is_readable);
        }
    }

    TEST_CASE("broken text is unreadable") {
        const auto is_readable = [](bytes text, std::uint8_t coding) {
            return arriving{}.says(std::move(text), coding).as<sms_request>().is_readable;
        };
        CHECK_FALSE(is_readable({'0', 0x1B}, 0));
        CHECK_FALSE(is_readable({0x80}, 0));
        CHECK_FALSE(is_readable({0, '0', 0}, 8));
        CHECK_FALSE(is_readable({0xD8, 0x3D, 0, '0'}, 8));
        CHECK(is_readable({}, 0));
    }

    TEST_CASE("data_coding 0 is the link's own alphabet") {
        smpp::dialect latin;
        latin.default_alphabet = alphabet::latin1;
        CHECK(view(arriving{}.says(bytes{'@', 0xE9}).as<sms_request>(latin).text) == "@é");
    }

    TEST_CASE("of a text longer than any command the beginning is kept in whole characters") {
        const auto beginning = [](bytes text, std::uint8_t coding) {
            const auto came = arriving{}.says(std::move(text), coding).as<sms_request>();
            CHECK(came.is_readable);
            return came.text.size();
        };
        CHECK(beginning(bytes(4'000, 'x'), 0) == 200);
        bytes escapes(199, 'x');
        for (int each = 0; each < 50; ++each)
            escapes.insert(escapes.end(), {0x1B, 0x65});
        CHECK(beginning(escapes, 0) == 199);
        bytes faces = big_endian(u"x");
        for (int each = 0; each < 100; ++each)
            faces.insert(faces.end(), {0xD8, 0x3D, 0xDE, 0x00});
        CHECK(beginning(faces, 8) == 1 + 49 * 4);
    }
}

TEST_SUITE("parts of long messages") {
    TEST_CASE("the part is found in the header and the text begins after it") {
        const auto came = arriving{}.classed(udh).says(bytes{5, 0, 3, 0, 2, 1, '0', '0'}).as<sms_request>();
        CHECK(came.segment.total == 2);
        CHECK(came.segment.number == 1);
        CHECK(view(came.text) == "00");
    }

    TEST_CASE("a wide reference stands before the counts too") {
        const segment part = part_of({6, 8, 4, 0x12, 0x34, 3, 2, 'x'});
        CHECK(part.total == 3);
        CHECK(part.number == 2);
    }

    TEST_CASE("elements before the one that counts are skipped") {
        const segment part = part_of({11, 5, 4, 0, 80, 0, 80, 0, 3, 9, 3, 2, 'x'});
        CHECK(part.number == 2);
    }

    TEST_CASE("a header without such an element or with a cut one makes a message of its own") {
        CHECK(is_alone(part_of({6, 5, 4, 0, 80, 0, 80, 'x'})));
        CHECK(is_alone(part_of({4, 0, 9, 1, 2, 'x'})));
        CHECK(is_alone(part_of({4, 0, 2, 1, 2, 'x'})));
        CHECK(is_alone(part_of({1, 0, 'x'})));
        CHECK(is_alone(part_of({0, 'x'})));
    }

    TEST_CASE("a header that runs past the end leaves nothing to read and no part") {
        for (const bytes& broken : {bytes{9, 0, 3, 1, 2, 1}, bytes{8, 4, 1, 2, 2, 1}, bytes{255}, bytes{}}) {
            const auto came = arriving{}.classed(udh).says(broken).as<sms_request>();
            CHECK_FALSE(came.is_readable);
            CHECK(came.text.empty());
            CHECK(is_alone(came.segment));
        }
    }

    TEST_CASE("an impossible count of parts makes a message of its own") {
        CHECK(is_alone(part_of({5, 0, 3, 7, 0, 1, 'x'})));
        CHECK(is_alone(part_of({5, 0, 3, 7, 2, 3, 'x'})));
        CHECK(is_alone(part_of({5, 0, 3, 7, 2, 0, 'x'})));
    }

    TEST_CASE("sar parameters tell the part when all three are there") {
        const auto sar = [](std::initializer_list<std::uint8_t> total, std::uint8_t number) {
            arriving part;
            part.with(tag::sar_msg_ref_num, {0, 0}).with(tag::sar_segment_seqnum, {number});
            return part.with(tag::sar_total_segments, total).as<sms_request>().segment;
        };
        const segment part = sar({3}, 2);
        CHECK(part.total == 3);
        CHECK(part.number == 2);
        CHECK(is_alone(sar({0}, 1)));
        CHECK(is_alone(sar({3}, 4)));
        CHECK(is_alone(sar({3}, 0)));
        CHECK(is_alone(sar({}, 1)));
    }
}

TEST_SUITE("the mark of a message") {
    TEST_CASE("everything that a second wish would change is in it") {
        const auto came =
            arriving{}.classed(udh).says(bytes{3, 0x24, 1, 1, 'P', 'A', 'S'}, 15).as<sms_request>();
        CHECK(came.mark.esm_class == udh);
        CHECK(came.mark.data_coding == 15);
        CHECK(view(came.mark.user_header) == "\x24\x01\x01");
        CHECK(view(came.mark.octets) == "PAS");
    }

    TEST_CASE("it holds the octets of what can't be read as well") {
        CHECK(view(arriving{}.classed(udh).says("\x09xyz").as<sms_request>().mark.octets) == "\x09xyz");
        CHECK(view(arriving{}.says("raw", 4).as<sms_request>().mark.octets) == "raw");
        CHECK(arriving{}.says(bytes(4'000, 'x')).as<sms_request>().mark.octets.size() == 280);
    }
}

} // namespace kabinet::gateway::translate_in_test
