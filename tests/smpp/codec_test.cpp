#include "smpp/codec.hpp"
#include "tests/smpp/libsmpp34_oracle.hpp"
#include "tests/smpp/wire.hpp"

#include <doctest/doctest.h>

#include <random>

namespace codec_test {

using namespace kabinet::smpp;

namespace {

template <class Pdu>
wire::bytes encoded(const Pdu& pdu, std::uint32_t sequence_number = 1, status result = status::ok) {
    wire::bytes out(70'000);
    const auto size = encode(pdu, result, sequence_number, out);
    REQUIRE(size.has_value());
    out.resize(*size);
    return out;
}

octets body_of(const wire::bytes& pdu) {
    return octets{pdu}.subspan(header_size);
}

template <class Pdu>
boost::system::error_code encode_error(const Pdu& pdu) {
    wire::bytes out(2048);
    return encode(pdu, status::ok, 1, out).error();
}

template <class Pdu>
boost::system::error_code decode_error(octets body) {
    return decode<Pdu>(body).error();
}

/// Counts fields, and gives the n-th string one value and no other.
struct nth_string {
    std::size_t wanted;
    std::string_view value;
    std::size_t limit = 0;
    std::size_t seen = 0;

    void octet(std::uint8_t& /*field*/) {}
    void c_octets(std::string_view& field, std::size_t most) {
        if (seen++ != wanted)
            return;
        field = value;
        limit = most;
    }
    void optional_c_octets(std::string_view& field, std::size_t most) { c_octets(field, most); }
    void counted_octets(octets& /*field*/, std::size_t /*length*/) {}
    void optional_part(tlv_list& /*field*/) {}
};

/// A PDU of that type whose n-th string is `size` characters long; nothing when it has fewer strings.
template <class Pdu>
bool with_nth_string(Pdu& pdu, std::size_t n, std::string_view value, std::size_t& limit) {
    nth_string visitor{n, value};
    Pdu::visit(pdu, visitor);
    limit = visitor.limit;
    return visitor.seen > n;
}

} // namespace

TEST_CASE("the header travels as four numbers with the high octet first") {
    const header head{0x01020304, command::bind_transceiver_resp, status{0x0000040E}, 0xFFFFFFFF};
    std::array<std::uint8_t, header_size> out{};
    encode_header(head, out);
    CHECK(out == std::array<std::uint8_t, header_size>{1, 2, 3, 4, 0x80, 0, 0, 9, 0, 0, 4, 0x0E, 255, 255,
                                                       255, 255});
    const header back = decode_header(out);
    CHECK(back.command_length == 0x01020304);
    CHECK(back.id == command::bind_transceiver_resp);
    CHECK(back.status == status{0x40E});
    CHECK(back.sequence_number == 0xFFFFFFFF);
}

TEST_CASE("every PDU with every field at its longest goes there and back") {
    wire::for_each_pdu([]<class Pdu>(std::type_identity<Pdu>) {
        Pdu pdu;
        wire::filler full;
        Pdu::visit(pdu, full);
        const wire::bytes out = encoded(pdu, 0x7FFFFFFF, status{0x400});
        const header head = decode_header(out);
        CAPTURE(static_cast<std::uint32_t>(head.id));
        CHECK(head.command_length == out.size());
        CHECK(head.id == command_of<Pdu>);
        CHECK(head.status == status{0x400});
        CHECK(head.sequence_number == 0x7FFFFFFF);
        const auto back = decode<Pdu>(body_of(out));
        REQUIRE(back.has_value());
        CHECK(wire::fields_of(*back) == wire::fields_of(pdu));
    });
}

TEST_CASE("every PDU with every field empty goes there and back") {
    wire::for_each_pdu([]<class Pdu>(std::type_identity<Pdu>) {
        const auto out = encoded(Pdu{});
        const auto back = decode<Pdu>(body_of(out));
        REQUIRE(back.has_value());
        CHECK(wire::fields_of(*back) == wire::fields_of(Pdu{}));
    });
}

TEST_CASE("every PDU cut anywhere is refused or was whole there") {
    wire::for_each_pdu([]<class Pdu>(std::type_identity<Pdu>) {
        Pdu pdu;
        wire::filler full;
        Pdu::visit(pdu, full);
        const wire::bytes whole = encoded(pdu);
        for (std::size_t size = 0; size + header_size < whole.size(); ++size) {
            CAPTURE(static_cast<std::uint32_t>(command_of<Pdu>));
            CAPTURE(size);
            const wire::bytes cut(whole.begin() + header_size,
                                  whole.begin() + static_cast<std::ptrdiff_t>(header_size + size));
            const auto made = decode<Pdu>(cut); // a copy of its own size: a read beyond it is seen by ASan
            if (!made)
                continue;
            const bool ends_between_parameters = requires {
                pdu.tlv;
            }
            &&whole.size() - header_size - size <= 11;
            const bool has_no_body = std::is_same_v<Pdu, submit_sm_resp> && size == 0;
            CHECK((ends_between_parameters || has_no_body));
            CHECK(encoded(*made).size() == (has_no_body ? header_size + 1 : header_size + size));
        }
    });
}

TEST_CASE("a deliver_sm put together by hand reads as written") {
    const auto body = wire::deliver_sm_saying("*100#").tlv(tag::its_session_info, "\x12\x34");
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    CHECK(pdu->service_type == "USSD");
    CHECK(pdu->source_addr_ton == 1);
    CHECK(pdu->source_addr == "79261112233");
    CHECK(pdu->dest_addr_npi == 1);
    CHECK(pdu->destination_addr == "*100#");
    CHECK(pdu->validity_period.empty());
    CHECK(pdu->data_coding == 15);
    CHECK(pdu->sm_length == 5);
    CHECK(std::string(pdu->short_message.begin(), pdu->short_message.end()) == "*100#");
    CHECK(pdu->tlv.find_u16(tag::its_session_info) == 0x1234);
    CHECK(pdu->source_addr.data() == reinterpret_cast<const char*>(body.data()) + 7);
}

TEST_CASE("a string without its NUL is refused") {
    CHECK(decode_error<deliver_sm_resp>(wire::body{}.characters("id")) == codec_error::unterminated);
    CHECK(decode_error<submit_sm_resp>(wire::body{}.characters("id")) == codec_error::unterminated);
    CHECK(decode_error<deliver_sm>(wire::body{}.characters("USSD")) == codec_error::unterminated);
    CHECK(decode_error<outbind>(wire::body{}.text("smsc").characters("x")) == codec_error::unterminated);
}

TEST_CASE("a string of 255 octets is taken and one of 256 is not") {
    const auto id_of = [](std::size_t size) { return wire::body{}.text(std::string(size, 'i')); };
    const wire::body longest = id_of(255);
    const auto taken = decode<submit_sm_resp>(longest);
    REQUIRE(taken.has_value());
    CHECK(taken->message_id.size() == 255);
    CHECK(decode_error<submit_sm_resp>(id_of(256)) == codec_error::string_too_long);
    CHECK(decode_error<submit_sm_resp>(id_of(60'000)) == codec_error::string_too_long);
    CHECK(decode_error<submit_sm_resp>(wire::body{}.characters(std::string(255, 'i'))) ==
          codec_error::unterminated);
    CHECK(decode_error<submit_sm_resp>(wire::body{}.characters(std::string(256, 'i'))) ==
          codec_error::string_too_long);
}

TEST_CASE("a sm_length beyond the PDU is refused however far it points") {
    for (unsigned length = 1; length <= 255; ++length) {
        const auto body = wire::deliver_sm_up_to_text(static_cast<std::uint8_t>(length))
                              .characters(std::string(length - 1, 'x'));
        CHECK(decode_error<deliver_sm>(body) == codec_error::truncated);
    }
    const wire::body whole = wire::deliver_sm_saying(std::string(255, 'x'));
    CHECK(decode<deliver_sm>(whole)->short_message.size() == 255);
}

TEST_CASE("text and payload both present are both there and the rest is unharmed") {
    const auto body = wire::deliver_sm_saying("BAL").tlv(tag::message_payload, "PAS newpassword");
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    CHECK(pdu->short_message.size() == 3);
    CHECK(pdu->tlv.find(tag::message_payload)->size() == 15);
}

TEST_CASE("a short sm_length leaves octets that must be whole parameters") {
    const auto body = wire::deliver_sm_up_to_text(2).characters("BAL");
    CHECK(decode_error<deliver_sm>(body) == codec_error::broken_optional_part);
}

TEST_CASE("sixty-four parameters are read and one past the end spoils the PDU") {
    wire::body body = wire::deliver_sm_saying("");
    for (std::uint16_t i = 0; i < 64; ++i)
        body.tlv(static_cast<tag>(0x1400 + i), std::string(i, 'x'));
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    CHECK(pdu->tlv.find(tag{0x143F})->size() == 63);
    body.pop_back();
    CHECK(decode_error<deliver_sm>(body) == codec_error::broken_optional_part);
}

TEST_CASE("a doubled parameter and ones of odd size are kept as they came") {
    const auto body = wire::deliver_sm_saying("1")
                          .tlv(tag::ussd_service_op, "\x01")
                          .tlv(tag::ussd_service_op, "\x12")
                          .tlv(tag::its_session_info, "abc");
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    CHECK(pdu->tlv.find_u8(tag::ussd_service_op) == 1);
    CHECK_FALSE(pdu->tlv.find_u16(tag::its_session_info).has_value());
}

TEST_CASE("a submit_sm_resp comes without body or with one NUL or whole") {
    CHECK(decode<submit_sm_resp>({})->message_id.empty());
    CHECK(decode<submit_sm_resp>(wire::body{}.octet(0))->message_id.empty());
    const auto body = wire::body{}.text("0a1b2c");
    CHECK(decode<submit_sm_resp>(body)->message_id == "0a1b2c");
}

TEST_CASE("what a peer appends to a response without optional part is ignored") {
    const auto body = wire::body{}.text("id").octet(0xFF, 3);
    CHECK(decode<submit_sm_resp>(body)->message_id == "id");
    CHECK(decode<data_sm_resp>(body)->message_id == "id");
}

TEST_CASE("every string may be as long as its limit and not one octet longer") {
    const std::string longer(256, 'x');
    wire::for_each_pdu([&]<class Pdu>(std::type_identity<Pdu>) {
        for (std::size_t n = 0;; ++n) {
            Pdu pdu;
            std::size_t limit = 0;
            if (!with_nth_string(pdu, n, "", limit))
                break;
            CAPTURE(static_cast<std::uint32_t>(command_of<Pdu>));
            CAPTURE(n);
            REQUIRE((limit >= 5 && limit <= 64));
            (void)with_nth_string(pdu, n, std::string_view{longer}.substr(0, limit), limit);
            CHECK_FALSE(encode_error(pdu));
            (void)with_nth_string(pdu, n, std::string_view{longer}.substr(0, limit + 1), limit);
            CHECK(encode_error(pdu) == codec_error::string_too_long);
            (void)with_nth_string(pdu, n, {"a\0b", 3}, limit);
            CHECK(encode_error(pdu) == codec_error::nul_in_string);
        }
    });
}

TEST_CASE("the limits are those of the specification") {
    CHECK(field_limit("submit_sm", "service_type") == 5);
    CHECK(field_limit("submit_sm", "source_addr") == 20);
    CHECK(field_limit("submit_sm", "validity_period") == 16);
    CHECK(field_limit("data_sm", "destination_addr") == 64);
    CHECK(field_limit("bind_transceiver", "system_id") == 15);
    CHECK(field_limit("bind_transceiver", "address_range") == 40);
    CHECK(field_limit("deliver_sm_resp", "message_id") == 64);
}

TEST_CASE("a short message of 254 octets is written with its true length and a longer one is not") {
    const wire::bytes text(255, 'x');
    submit_sm pdu;
    pdu.sm_length = 7;
    pdu.short_message = octets{text}.first(254);
    const auto out = encoded(pdu);
    CHECK(decode<submit_sm>(body_of(out))->sm_length == 254);
    pdu.short_message = text;
    CHECK(encode_error(pdu) == codec_error::text_too_long);
    pdu.short_message = {};
    const auto empty = encoded(pdu);
    CHECK(decode<submit_sm>(body_of(empty))->sm_length == 0);
}

TEST_CASE("a place too small is refused at each size and never overrun") {
    wire::for_each_pdu([]<class Pdu>(std::type_identity<Pdu>) {
        Pdu pdu;
        wire::filler full;
        Pdu::visit(pdu, full);
        const wire::bytes whole = encoded(pdu);
        for (std::size_t room = 0; room < whole.size(); ++room) {
            wire::bytes place(room); // of its own: a write beyond it is seen by ASan
            CHECK(encode(pdu, status::ok, 1, place).error() == codec_error::no_room);
        }
        wire::bytes place(whole.size());
        CHECK(encode(pdu, status::ok, 1, place).value() == whole.size());
        CHECK(place == whole);
    });
}

TEST_CASE("what can't be decoded is answered with the status for its kind") {
    CHECK(answer_to(codec_error::broken_optional_part) == status::invalid_optional_part);
    for (const codec_error error :
         {codec_error::truncated, codec_error::unterminated, codec_error::string_too_long})
        CHECK(answer_to(error) == status::invalid_message_length);
}

TEST_CASE("each codec error says what it is in a category of its own") {
    for (int value = 1; value <= static_cast<int>(codec_error::no_room); ++value) {
        const boost::system::error_code error = static_cast<codec_error>(value);
        CHECK(error.category() == codec_category());
        CHECK(error.message() != "unknown codec error");
    }
    CHECK(codec_category().message(99) == "unknown codec error");
    CHECK(std::string{codec_category().name()} == "smpp.codec");
}

namespace {

/// Random fields within what libsmpp34 can take: its TON and NPI lists, its sizes, 20 parameters.
class random_fields {
  public:
    random_fields(std::uint32_t seed, command of)
        : random_{seed}
        , of_{of} {}

    [[nodiscard]] std::uint32_t below(std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>{0, most - 1}(random_);
    }

    void octet(std::uint8_t& field) {
        last_octet_ = &field;
        field = static_cast<std::uint8_t>(below(7) == 6 ? 1 : below(2)); // a TON and an NPI in its lists
    }
    void c_octets(std::string_view& field, std::size_t limit) {
        const auto most = static_cast<std::uint32_t>(its_size(limit));
        const std::size_t size = below(2) == 0 ? 0 : below(most + 1);
        field = kept_.emplace_back(random_text(size, 0x21, 0x7E));
    }
    void optional_c_octets(std::string_view& field, std::size_t limit) { c_octets(field, limit); }
    void counted_octets(octets& field, std::size_t /*length*/) {
        *last_octet_ = static_cast<std::uint8_t>(below(254)); // it packs 253 at most
        const std::string& text = kept_.emplace_back(random_text(*last_octet_, 0, 255));
        field = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    }
    void optional_part(tlv_list& field) {
        tlv_writer writer{place_};
        for (std::uint32_t left = below(21); left > 0; --left)
            add_parameter(writer);
        field = writer.list();
    }

  private:
    /// Some fields are shorter in its structs than the specification lets them be.
    std::size_t its_size(std::size_t limit) {
        ++string_;
        if (limit == 63)
            return 8; // password
        if (of_ == command::deliver_sm && limit == 16)
            return 0; // schedule_delivery_time, validity_period
        if (of_ == command::data_sm && string_ == 2)
            return 20; // source_addr
        return limit;
    }
    std::string random_text(std::size_t size, std::uint32_t least, std::uint32_t most) {
        std::string text(size, '\0');
        for (char& each : text)
            each = static_cast<char>(least + below(most - least + 1));
        return text;
    }
    void add_parameter(tlv_writer& writer) {
        const auto any = static_cast<std::uint16_t>(random_());
        switch (below(4)) {
        case 0:
            return writer.add_u16(tag::user_message_reference, any);
        case 1:
            return writer.add_u16(tag::sar_msg_ref_num, any);
        case 2:
            return writer.add_u8(tag::sar_total_segments, static_cast<std::uint8_t>(any));
        default:
            const std::string value = random_text(1 + below(40), 0, 255);
            writer.add(static_cast<tag>(0x1400 + below(0x2C00)),
                       octets{reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
        }
    }

    std::mt19937 random_;
    command of_;
    std::size_t string_ = 0;
    std::deque<std::string> kept_;
    std::array<std::uint8_t, 2048> place_{};
    std::uint8_t* last_octet_ = nullptr;
};

template <class Pdu>
void agree_with_libsmpp34(std::uint32_t seed) {
    CAPTURE(static_cast<std::uint32_t>(command_of<Pdu>));
    CAPTURE(seed);
    random_fields random{seed, command_of<Pdu>};
    Pdu pdu;
    Pdu::visit(pdu, random);
    if constexpr (requires { pdu.interface_version; })
        pdu.interface_version = 0x34;
    const std::uint32_t sequence_number = 1 + random.below(0x7FFFFFFF);

    const wire::bytes ours = encoded(pdu, sequence_number);
    const auto read_by_it = oracle::unpack(ours);
    REQUIRE(read_by_it.has_value());
    REQUIRE(read_by_it->command_status == 0);
    REQUIRE(read_by_it->sequence_number == sequence_number);
    REQUIRE(read_by_it->fields == wire::fields_of(pdu));

    const auto its =
        oracle::pack(static_cast<std::uint32_t>(command_of<Pdu>), {0, sequence_number, wire::fields_of(pdu)});
    REQUIRE(its.has_value());
    REQUIRE(*its == ours);
    const auto read_by_us = decode<Pdu>(body_of(*its));
    REQUIRE(read_by_us.has_value());
    REQUIRE(wire::fields_of(*read_by_us) == read_by_it->fields);
}

} // namespace

TEST_CASE("four thousand random PDUs mean the same to libsmpp34 both ways") {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        agree_with_libsmpp34<submit_sm>(seed);
        agree_with_libsmpp34<deliver_sm>(seed);
        agree_with_libsmpp34<data_sm>(seed);
        if (seed % 3 == 0)
            agree_with_libsmpp34<bind_transceiver>(seed);
        if (seed % 3 == 1)
            agree_with_libsmpp34<bind_transmitter>(seed);
        if (seed % 3 == 2)
            agree_with_libsmpp34<bind_receiver>(seed);
    }
}

} // namespace codec_test
