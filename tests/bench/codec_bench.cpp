// One PDU in and one out, beside libsmpp34's own unpack and pack in the same run.
#include "smpp/codec.hpp"
#include "tests/smpp/wire.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>

// libsmpp34's headers lack <stdint.h> and leak macros: last, after everything of ours.
extern "C" {
#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>

#include <libsmpp34/smpp34_params.h>
}

using namespace kabinet::smpp;

namespace {

const wire::bytes& dialled() {
    static const wire::bytes pdu = wire::pdu(command::deliver_sm, 7,
                                             wire::deliver_sm_saying("*105*00#")
                                                 .tlv(tag::ussd_service_op, "\x01")
                                                 .tlv(tag::its_session_info, "\x12\x34"));
    return pdu;
}

constexpr std::string_view service_type = "USSD";
constexpr std::string_view source = "000105";
constexpr std::string_view destination = "79261112233";

wire::bytes screen() {
    return wire::bytes(160, 'x');
}

void require(bool holds) {
    if (!holds)
        std::abort();
}

void decode_deliver_sm(benchmark::State& state) {
    const octets body = octets{dialled()}.subspan(header_size);
    for (auto _ : state) {
        benchmark::DoNotOptimize(body.data());
        benchmark::ClobberMemory();
        auto pdu = decode<deliver_sm>(body);
        benchmark::DoNotOptimize(pdu);
    }
}
BENCHMARK(decode_deliver_sm);

void find_both_parameters(benchmark::State& state) {
    const octets body = octets{dialled()}.subspan(header_size);
    for (auto _ : state) {
        benchmark::DoNotOptimize(body.data());
        benchmark::ClobberMemory();
        const auto pdu = decode<deliver_sm>(body);
        benchmark::DoNotOptimize(pdu->tlv.find_u8(tag::ussd_service_op));
        benchmark::DoNotOptimize(pdu->tlv.find_u16(tag::its_session_info));
    }
}
BENCHMARK(find_both_parameters);

void unpack_deliver_sm_by_libsmpp34(benchmark::State& state) {
    for (auto _ : state) {
        deliver_sm_t pdu;
        std::memset(&pdu, 0, sizeof pdu);
        require(smpp34_unpack2(&pdu, dialled().data(), static_cast<int>(dialled().size())) == 0);
        benchmark::DoNotOptimize(pdu);
        destroy_tlv(pdu.tlv);
    }
}
BENCHMARK(unpack_deliver_sm_by_libsmpp34);

void encode_submit_sm(benchmark::State& state) {
    const wire::bytes text = screen();
    submit_sm pdu;
    pdu.service_type = service_type;
    pdu.source_addr = source;
    pdu.dest_addr_ton = pdu.dest_addr_npi = 1;
    pdu.destination_addr = destination;
    pdu.data_coding = 15;
    pdu.short_message = text;
    std::array<std::uint8_t, 512> out{};
    std::uint32_t sequence_number = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(pdu);
        auto size = encode(pdu, status::ok, ++sequence_number, out);
        benchmark::DoNotOptimize(size);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(encode_submit_sm);

void pack_submit_sm_by_libsmpp34(benchmark::State& state) {
    const wire::bytes text = screen();
    submit_sm_t pdu;
    std::memset(&pdu, 0, sizeof pdu);
    pdu.command_id = SUBMIT_SM;
    std::memcpy(pdu.service_type, service_type.data(), service_type.size());
    std::memcpy(pdu.source_addr, source.data(), source.size());
    pdu.dest_addr_ton = pdu.dest_addr_npi = 1;
    std::memcpy(pdu.destination_addr, destination.data(), destination.size());
    pdu.data_coding = 15;
    pdu.sm_length = static_cast<std::uint8_t>(text.size());
    std::memcpy(pdu.short_message, text.data(), text.size());
    std::array<std::uint8_t, 512> out{};
    for (auto _ : state) {
        pdu.sequence_number = pdu.sequence_number % 0x7FFFFFFF + 1;
        int size = 0;
        require(smpp34_pack2(out.data(), static_cast<int>(out.size()), &size, &pdu) == 0);
        benchmark::DoNotOptimize(size);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(pack_submit_sm_by_libsmpp34);

} // namespace

BENCHMARK_MAIN();
