#include "smpp/codec.hpp"

#include <algorithm>
#include <cstring>

namespace kabinet::smpp {

namespace {

constexpr std::size_t longest_read = 255; // octets of a C-octet string we take from a peer, without its NUL
constexpr std::size_t longest_text = 254; // octets of a short_message we write (SMPP 3.4 5.2.22)

std::uint32_t read_u32(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(at[0]) << 24U | static_cast<std::uint32_t>(at[1]) << 16U |
           static_cast<std::uint32_t>(at[2]) << 8U | static_cast<std::uint32_t>(at[3]);
}

void write_u32(std::uint8_t* at, std::uint32_t value) {
    at[0] = static_cast<std::uint8_t>(value >> 24U);
    at[1] = static_cast<std::uint8_t>(value >> 16U);
    at[2] = static_cast<std::uint8_t>(value >> 8U);
    at[3] = static_cast<std::uint8_t>(value);
}

/// Visits the fields of a PDU and fills them with views. After the first error it touches nothing more.
class decoder {
  public:
    explicit decoder(octets body)
        : at_{body.data()}
        , end_{body.data() + body.size()} {}

    void octet(std::uint8_t& field) {
        if (at_ == end_)
            return fail(codec_error::truncated);
        field = *at_++;
    }

    void c_octets(std::string_view& field, std::size_t /*limit*/) {
        const auto left = static_cast<std::size_t>(end_ - at_);
        if (left != 0 && *at_ == 0) { // most fields of most PDUs are empty
            ++at_;
            return;
        }
        const std::size_t searched = std::min(left, longest_read + 1);
        const void* nul = searched == 0 ? nullptr : std::memchr(at_, 0, searched);
        if (nul == nullptr)
            return fail(searched > longest_read ? codec_error::string_too_long : codec_error::unterminated);
        const auto size = static_cast<std::size_t>(static_cast<const std::uint8_t*>(nul) - at_);
        field = {reinterpret_cast<const char*>(at_), size};
        at_ += size + 1;
    }

    /// Error responses come without body, with one NUL, or whole (5.2.23 and the peers).
    void optional_c_octets(std::string_view& field, std::size_t limit) {
        if (at_ != end_)
            c_octets(field, limit);
    }

    void counted_octets(octets& field, std::size_t length) {
        if (static_cast<std::size_t>(end_ - at_) < length)
            return fail(codec_error::truncated);
        field = {at_, length};
        at_ += length;
    }

    void optional_part(tlv_list& field) {
        if (failed())
            return;
        const auto list = tlv_list::over({at_, end_});
        if (!list)
            return fail(codec_error::broken_optional_part);
        field = *list;
        at_ = end_;
    }

    [[nodiscard]] bool failed() const { return error_ != codec_error{}; }
    [[nodiscard]] codec_error error() const { return error_; }

  private:
    void fail(codec_error why) {
        if (!failed())
            error_ = why;
        at_ = end_;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    codec_error error_{};
};

/// Visits the fields of a PDU and writes them.
class encoder {
  public:
    explicit encoder(std::span<std::uint8_t> out)
        : at_{out.data()}
        , begin_{out.data()}
        , end_{out.data() + out.size()} {}

    void octet(std::uint8_t field) {
        if (at_ == end_)
            return fail(codec_error::no_room);
        *at_++ = field;
    }

    void c_octets(std::string_view field, std::size_t limit) {
        if (field.size() > limit)
            return fail(codec_error::string_too_long);
        if (field.find('\0') != std::string_view::npos)
            return fail(codec_error::nul_in_string);
        if (static_cast<std::size_t>(end_ - at_) < field.size() + 1)
            return fail(codec_error::no_room);
        at_ = std::copy(field.begin(), field.end(), at_);
        *at_++ = 0;
    }

    void optional_c_octets(std::string_view field, std::size_t limit) { c_octets(field, limit); }

    /// The length stands in the octet before, and is what the text really has, not what the caller wrote.
    void counted_octets(octets field, std::size_t /*length*/) {
        if (field.size() > longest_text)
            return fail(codec_error::text_too_long);
        write(field);
        if (!failed())
            at_[-static_cast<std::ptrdiff_t>(field.size()) - 1] = static_cast<std::uint8_t>(field.size());
    }

    void optional_part(const tlv_list& field) { write(field.raw()); }

    [[nodiscard]] bool failed() const { return error_ != codec_error{}; }
    [[nodiscard]] codec_error error() const { return error_; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }

  private:
    void write(octets field) {
        if (static_cast<std::size_t>(end_ - at_) < field.size())
            return fail(codec_error::no_room);
        at_ = std::copy(field.begin(), field.end(), at_);
    }
    void fail(codec_error why) {
        if (!failed())
            error_ = why;
        end_ = at_;
    }

    std::uint8_t* at_;
    std::uint8_t* begin_;
    std::uint8_t* end_;
    codec_error error_{};
};

class codec_category_type final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "smpp.codec"; }
    std::string message(int code) const override {
        switch (static_cast<codec_error>(code)) {
        case codec_error::truncated:
            return "a field runs past the end of the PDU";
        case codec_error::unterminated:
            return "a string lacks its NUL";
        case codec_error::string_too_long:
            return "a string is longer than its field";
        case codec_error::broken_optional_part:
            return "an optional parameter runs past the end of the PDU";
        case codec_error::nul_in_string:
            return "a string to write holds a NUL";
        case codec_error::text_too_long:
            return "short_message is longer than 254 octets";
        case codec_error::no_room:
            return "the PDU doesn't fit the place given for it";
        }
        return "unknown codec error";
    }
};

} // namespace

const boost::system::error_category& codec_category() {
    static const codec_category_type category;
    return category;
}

boost::system::error_code make_error_code(codec_error error) {
    return {static_cast<int>(error), codec_category()};
}

status answer_to(boost::system::error_code error) {
    if (error == codec_error::broken_optional_part)
        return status::invalid_optional_part;
    return status::invalid_message_length;
}

header decode_header(octets pdu) {
    return {read_u32(pdu.data()), static_cast<command>(read_u32(pdu.data() + 4)),
            static_cast<status>(read_u32(pdu.data() + 8)), read_u32(pdu.data() + 12)};
}

void encode_header(const header& of, std::span<std::uint8_t, header_size> out) {
    write_u32(out.data(), of.command_length);
    write_u32(out.data() + 4, static_cast<std::uint32_t>(of.id));
    write_u32(out.data() + 8, static_cast<std::uint32_t>(of.status));
    write_u32(out.data() + 12, of.sequence_number);
}

template <class Pdu>
boost::system::result<Pdu> decode(octets body) {
    Pdu pdu;
    decoder fields{body};
    Pdu::visit(pdu, fields);
    if (fields.failed())
        return make_error_code(fields.error());
    return pdu;
}

template <class Pdu>
boost::system::result<std::size_t> encode(const Pdu& pdu, status result, std::uint32_t sequence_number,
                                          std::span<std::uint8_t> out) {
    if (out.size() < header_size)
        return make_error_code(codec_error::no_room);
    encoder fields{out.subspan(header_size)};
    Pdu::visit(pdu, fields);
    if (fields.failed())
        return make_error_code(fields.error());
    const std::size_t whole = header_size + fields.size();
    encode_header({static_cast<std::uint32_t>(whole), command_of<Pdu>, result, sequence_number},
                  out.first<header_size>());
    return whole;
}

#define KABINET_CODEC_OF(pdu)                                                                                \
    template boost::system::result<pdu> decode<pdu>(octets);                                                 \
    template boost::system::result<std::size_t> encode<pdu>(const pdu&, status, std::uint32_t,               \
                                                            std::span<std::uint8_t>);
KABINET_CODEC_OF(bind_receiver)
KABINET_CODEC_OF(bind_receiver_resp)
KABINET_CODEC_OF(bind_transmitter)
KABINET_CODEC_OF(bind_transmitter_resp)
KABINET_CODEC_OF(bind_transceiver)
KABINET_CODEC_OF(bind_transceiver_resp)
KABINET_CODEC_OF(outbind)
KABINET_CODEC_OF(submit_sm)
KABINET_CODEC_OF(submit_sm_resp)
KABINET_CODEC_OF(deliver_sm)
KABINET_CODEC_OF(deliver_sm_resp)
KABINET_CODEC_OF(data_sm)
KABINET_CODEC_OF(data_sm_resp)
KABINET_CODEC_OF(alert_notification)
#undef KABINET_CODEC_OF

} // namespace kabinet::smpp
