#include "simulator/billing_arguments.hpp"

#include "simulator/voucher_file.hpp"

#include <fmt/format.h>

namespace kabinet::simulator {

billing_settings read_server(const billing_arguments& given) {
    place where = read_loopback("--listen", given.listen);
    billing_settings read;
    read.host = std::move(where.host);
    read.port = where.port;
    read.token = read_token(given.token_file);
    if (read.token == nullptr || read.token->empty() || read.token->is_truncated())
        throw broken_arguments{fmt::format("{}: its first line is no token", given.token_file)};
    read.seed = given.seed;
    return read;
}

books_settings read_books(const billing_arguments& given) {
    books_settings read;
    const auto opening = read_money(given.opening);
    if (!opening)
        throw broken_arguments{
            fmt::format("--opening: '{}' is no sum of money, such as 100 or 99.90", given.opening)};
    read.opening = *opening;
    read.points = given.points;
    for (const std::string& each : given.strangers)
        read.strangers.insert(read_number("--stranger", each));
    if (!given.vouchers_file.empty()) {
        parsed_vouchers parsed = parse_vouchers(read_whole(given.vouchers_file), given.vouchers_file);
        if (!parsed.findings.empty())
            refuse(parsed.findings);
        read.vouchers = std::move(parsed.vouchers);
    }
    return read;
}

billing_faults read_faults(const billing_arguments& given) {
    billing_faults read = given.faults;
    read.late_for = read_time("--late-for", given.late_for);
    read.afterwards_for = read_time("--afterwards-for", given.afterwards_for);
    read.begun_for = read_time("--open-for", given.begun_for);
    if (!are_shares(read))
        throw broken_arguments{"the shares of what befalls one kind of request are more than 1 together"};
    return read;
}

std::string describe(const books_figures& books, const billing_figures& seen) {
    return fmt::format("names: {} done, {} refused, {} cancelled, {} open; {} orders ({} repeated, {} of "
                       "another content), {} "
                       "asked after, {} reads, {} refused unseen; {} late, {} failed, {} mute, {} rubbish, "
                       "{} turned away, {} "
                       "swallowed, {} afterwards ({} not yet), {} open at first",
                       books.done, books.refused, books.cancelled, books.open, seen.orders, books.repeated,
                       books.conflicts, seen.asked, seen.reads, seen.refused, seen.late,
                       seen.of(billing_fault::failed), seen.of(billing_fault::mute),
                       seen.of(billing_fault::rubbish), seen.of(billing_fault::turned_away),
                       seen.of(billing_fault::swallowed), seen.of(billing_fault::afterwards), seen.waiting,
                       seen.of(billing_fault::begun));
}

} // namespace kabinet::simulator
