#include "gateway/voucher_import.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "menus/entry.hpp"
#include "values/csv.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::size_t vouchers_at_once = 500;

/// The fields of a line, which are wiped when they go: a code may stand in any of a line that is bad.
struct line_fields {
    explicit line_fields(std::string_view line)
        : all{read_csv_line(line)} {}
    ~line_fields() {
        if (all)
            for (std::string& each : *all)
                wipe(each.data(), each.size());
    }
    line_fields(const line_fields&) = delete;
    line_fields& operator=(const line_fields&) = delete;

    std::optional<std::vector<std::string>> all;
};

} // namespace

voucher_reader::voucher_reader(const store::keys& with, const menus::voucher_policy& rules)
    : keys_{with}
    , rules_{rules} {}

result<void, voucher_reader::complaint> voucher_reader::read_header(std::string_view line) {
    const line_fields names{line};
    if (!names.all)
        return complaint{"a quote is out of place"};
    columns_ = names.all->size();
    for (std::size_t at = 0; at < columns_; ++at) {
        const std::string& name = (*names.all)[at];
        std::optional<std::size_t>* const known = name == "code"      ? &code_
                                                  : name == "amount"  ? &amount_
                                                  : name == "expires" ? &expires_
                                                                      : nullptr;
        if (known == nullptr) // and may be a code, where the file has no header
            return fmt::format("column {} is none of code, amount and expires", at + 1);
        if (*known)
            return fmt::format("the column {} stands there twice", name);
        *known = at;
    }
    if (!code_ || !amount_)
        return complaint{"the columns code and amount are wanted"};
    return {};
}

result<store::voucher, voucher_reader::complaint> voucher_reader::read(std::string_view line) const {
    const line_fields fields{line};
    if (!fields.all || fields.all->size() != columns_)
        return complaint{fields.all ? "not as many fields as the header has" : "a quote is out of place"};
    const secret code = menus::digits_of_voucher((*fields.all)[*code_]);
    if (menus::examine_voucher(code, rules_) != menus::refusal::none)
        return fmt::format("code: not {} to {} digits, as the pack says of vouchers", rules_.min_digits,
                           rules_.max_digits);
    store::voucher made;
    made.mark = keys_.mark_voucher(code);
    const auto amount = read_money((*fields.all)[*amount_]);
    if (!amount || !is_amount(*amount))
        return complaint{"amount: no sum of money, such as 100 or 99.90"};
    made.amount = *amount;
    if (expires_ && !(*fields.all)[*expires_].empty()) {
        made.expires = read_iso((*fields.all)[*expires_]);
        if (!made.expires)
            return complaint{"expires: no time, such as 2027-12-31T21:00:00Z"};
    }
    return made;
}

voucher_import::voucher_import(store::store& store, const store::keys& keys,
                               const menus::voucher_policy& rules, counter& at)
    : store_{store}
    , at_{at}
    , reader_{keys, rules}
    , now_{read_clocks().utc} {}

asio::awaitable<int> voucher_import::run() {
    auto line = co_await at_.read_line();
    ++line_;
    if (!line) {
        at_.complain("there is no header line");
        co_return errand_broken;
    }
    const bool is_marked = line->starts_with(byte_order_mark);
    const auto header =
        reader_.read_header(std::string_view{*line}.substr(is_marked ? byte_order_mark.size() : 0));
    wipe(line->data(), line->size());
    if (!header) {
        at_.complain(fmt::format("line 1: {}", header.error()));
        co_return errand_broken;
    }
    while ((line = co_await at_.read_line())) {
        ++line_;
        if (line->empty() || *line == "\r")
            continue;
        auto read = reader_.read(*line);
        wipe(line->data(), line->size());
        if (!read) {
            ++bad_;
            at_.complain(fmt::format("line {}: {}", line_, read.error()));
            continue;
        }
        if (read->expires && *read->expires <= now_)
            ++old_;
        batch_.push_back(*read);
        if (batch_.size() < vouchers_at_once)
            continue;
        const bool is_taken = co_await take_batch();
        if (!is_taken)
            co_return errand_refused;
    }
    const bool is_taken = co_await take_batch();
    if (!is_taken)
        co_return errand_refused;
    at_.print(fmt::format("{} new, {} known before, {} lines bad{}", all_.added, all_.known, bad_,
                          old_ == 0 ? "" : fmt::format("; out of date already: {}", old_)));
    co_return bad_ == 0 ? errand_done : errand_refused;
}

asio::awaitable<bool> voucher_import::take_batch() {
    if (batch_.empty())
        co_return true;
    auto take = [rows = std::move(batch_)](store::backend& at) { return at.add_vouchers(rows); };
    batch_.clear();
    const result<store::vouchers_added> came = co_await at_store(store_, std::move(take));
    if (!came) {
        at_.complain(
            fmt::format("stopped: {}; of the lines after {} none was taken", came.error().message(), taken_));
        co_return false;
    }
    taken_ = line_;
    all_.added += came->added;
    all_.known += came->known;
    co_return true;
}

} // namespace kabinet::gateway
