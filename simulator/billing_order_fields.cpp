#include "simulator/billing_order_fields.hpp"

#include "simulator/plain_text.hpp"
#include "values/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kabinet::simulator {

using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t longest_offer = 31;
constexpr std::size_t longest_ware = 31;
constexpr std::size_t most_conflicts = 100;
constexpr std::size_t shortest_voucher = 8;
constexpr std::size_t longest_voucher = 20;

bool is_ware(std::string_view text) {
    return !text.empty() && text.size() <= longest_ware &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// Broken UTF-8 never gets here: the JSON library refuses it.
std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (auto next = next_code_point(text); next.size != 0; next = next_code_point(text)) {
        text.remove_prefix(next.size);
        ++count;
    }
    return count;
}

} // namespace

struct order_fields::object {
    const json* find(const char* name) {
        const auto found = read.find(name);
        if (found == read.end())
            return nullptr;
        ++seen;
        return &*found;
    }

    json read;
    std::size_t seen = 0; // of its fields
};

order_fields::order_fields(std::unique_ptr<object> from)
    : from_{std::move(from)} {}

order_fields::~order_fields() = default;
order_fields::order_fields(order_fields&&) noexcept = default;

std::optional<order_fields> order_fields::parse(std::string_view text) {
    std::size_t names = 0;
    const auto count = [&names](int depth, json::parse_event_t read, json&) {
        names += read == json::parse_event_t::key && depth == 1 ? 1U : 0U;
        return true;
    };
    auto from = std::make_unique<object>();
    from->read = json::parse(text, count, false);
    if (!from->read.is_object() || from->read.size() != names)
        return std::nullopt;
    return order_fields{std::move(from)};
}

std::string order_fields::text(const char* name) {
    const json* const found = from_->find(name);
    if (found != nullptr && found->is_string())
        return found->get<std::string>();
    complain(name, "a text is wanted");
    return {};
}

msisdn order_fields::number(const char* name) {
    const auto read = read_number(text(name));
    if (!read)
        complain(name, "no number of a subscriber");
    return read.value_or(msisdn{});
}

money order_fields::sum(const char* name) {
    const auto read = read_sum(text(name));
    if (!read)
        complain(name, "no sum of money such as \"120.50\"");
    return read.value_or(money{});
}

money order_fields::amount(const char* name) {
    const money read = sum(name);
    if (!is_amount(read))
        complain(name, "more than nothing is wanted");
    return read;
}

money order_fields::fee(const char* name) {
    const money read = sum(name);
    if (read < money{})
        complain(name, "it is less than nothing");
    return read;
}

std::string order_fields::voucher(const char* name) {
    std::string read = text(name);
    if (read.size() < shortest_voucher || read.size() > longest_voucher || !are_digits(read))
        complain(name, "no code of a voucher");
    return read;
}

std::string order_fields::offer(const char* name) {
    std::string read = text(name);
    if (read.empty() || count_characters(read) > longest_offer)
        complain(name, fmt::format("not of 1 to {} characters", longest_offer));
    return read;
}

std::string order_fields::ware(const char* name) {
    std::string read = text(name);
    if (!is_ware(read))
        complain(name, "nothing in a pack is called so");
    return read;
}

std::vector<std::string> order_fields::wares(const char* name) {
    std::vector<std::string> read;
    const json* const found = from_->find(name);
    if (found == nullptr || !found->is_array() || found->size() > most_conflicts) {
        complain(name, fmt::format("a list of {} names at most is wanted", most_conflicts));
        return read;
    }
    for (const json& each : *found) {
        read.push_back(each.is_string() ? each.get<std::string>() : std::string{});
        if (!is_ware(read.back()))
            complain(name, "nothing in a pack is called so");
    }
    return read;
}

std::chrono::seconds order_fields::term(const char* name) {
    const auto most = static_cast<std::uint64_t>(longest_term.count());
    return std::chrono::seconds{
        count(name, 1, most, "a whole number of seconds is wanted, of a hundred years at most")};
}

std::chrono::seconds order_fields::span(const char* name) {
    const auto most = static_cast<std::uint64_t>(longest_term.count());
    return std::chrono::seconds{
        count(name, 0, most, "a whole number of seconds is wanted, of a hundred years at most")};
}

std::int64_t order_fields::units(const char* name) {
    const auto most = static_cast<std::uint64_t>(most_units);
    return static_cast<std::int64_t>(
        count(name, 0, most, fmt::format("a whole number up to {} is wanted", most)));
}

bool order_fields::flag(const char* name) {
    const json* const found = from_->find(name);
    if (found != nullptr && found->is_boolean())
        return found->get<bool>();
    complain(name, "true or false is wanted");
    return false;
}

std::optional<order_complaint> order_fields::complaint() const {
    if (!why_.empty())
        return order_complaint{422, why_};
    if (from_->seen != from_->read.size())
        return order_complaint{422, "there is a field too many"};
    return std::nullopt;
}

void order_fields::complain(const char* name, std::string_view why) {
    if (why_.empty())
        why_ = fmt::format("{}: {}", name, why);
}

std::uint64_t order_fields::count(const char* name, std::uint64_t least, std::uint64_t most,
                                  std::string_view why) {
    const json* const found = from_->find(name);
    const bool is_whole = found != nullptr && found->is_number_unsigned();
    const std::uint64_t read = is_whole ? found->get<std::uint64_t>() : 0;
    if (is_whole && read >= least && read <= most)
        return read;
    complain(name, why);
    return 0;
}

} // namespace kabinet::simulator
