#include "simulator/billing_words.hpp"

#include "values/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace kabinet::simulator {

using boost::system::result;
using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t longest_offer = 31;
constexpr std::size_t shortest_voucher = 8;
constexpr std::size_t longest_voucher = 20;

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char one) { return one >= '0' && one <= '9'; });
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

/// The fields of one order; remembers the first that isn't as it should be.
class order_fields {
  public:
    explicit order_fields(const json& from)
        : from_{from} {}

    std::string text(const char* name) {
        const json* const found = find(name);
        if (found != nullptr && found->is_string())
            return found->get<std::string>();
        complain(name, "a text is wanted");
        return {};
    }

    msisdn number(const char* name) {
        const auto read = read_number(text(name));
        if (!read)
            complain(name, "no number of a subscriber");
        return read.value_or(msisdn{});
    }

    money sum(const char* name) {
        const auto read = read_sum(text(name));
        if (!read)
            complain(name, "no sum of money such as \"120.50\"");
        return read.value_or(money{});
    }

    money amount(const char* name) {
        const money read = sum(name);
        if (!is_amount(read))
            complain(name, "more than nothing is wanted");
        return read;
    }

    money fee(const char* name) {
        const money read = sum(name);
        if (read < money{})
            complain(name, "it is less than nothing");
        return read;
    }

    std::string voucher(const char* name) {
        std::string read = text(name);
        if (read.size() < shortest_voucher || read.size() > longest_voucher || !are_digits(read))
            complain(name, "no code of a voucher");
        return read;
    }

    std::string offer(const char* name) {
        std::string read = text(name);
        if (read.empty() || count_characters(read) > longest_offer)
            complain(name, fmt::format("not of 1 to {} characters", longest_offer));
        return read;
    }

    std::chrono::seconds term(const char* name) {
        const json* const found = find(name);
        const bool is_whole = found != nullptr && found->is_number_unsigned();
        const std::uint64_t read = is_whole ? found->get<std::uint64_t>() : 0;
        if (read == 0 || read > static_cast<std::uint64_t>(longest_term.count())) {
            complain(name, "a whole number of seconds is wanted, of a hundred years at most");
            return {};
        }
        return std::chrono::seconds{read};
    }

    /// Whether all was as it should be, and nothing is left over.
    [[nodiscard]] std::optional<order_complaint> complaint() const {
        if (!why_.empty())
            return order_complaint{422, why_};
        if (seen_ != from_.size())
            return order_complaint{422, "there is a field too many"};
        return std::nullopt;
    }

  private:
    const json* find(const char* name) {
        const auto found = from_.find(name);
        if (found == from_.end())
            return nullptr;
        ++seen_;
        return &*found;
    }

    void complain(const char* name, std::string_view why) {
        if (why_.empty())
            why_ = fmt::format("{}: {}", name, why);
    }

    const json& from_;
    std::string why_;
    std::size_t seen_ = 0;
};

/// A name that comes twice is no object: who knows which was meant.
std::optional<json> parse_object(std::string_view text) {
    std::size_t names = 0;
    const auto count = [&names](int depth, json::parse_event_t event, json&) {
        names += event == json::parse_event_t::key && depth == 1 ? 1U : 0U;
        return true;
    };
    json parsed = json::parse(text, count, false);
    if (!parsed.is_object() || parsed.size() != names)
        return std::nullopt;
    return parsed;
}

} // namespace

result<billing_order, order_complaint> read_order(std::string_view text) {
    const auto parsed = parse_object(text);
    if (!parsed)
        return order_complaint{400, "one object of JSON is wanted"};
    order_fields from{*parsed};
    const std::string kind = from.text("kind");
    std::optional<billing_order> read;
    if (kind == "top_up") {
        top_up order;
        order.who = from.number("msisdn");
        order.voucher = from.voucher("voucher");
        read = std::move(order);
    } else if (kind == "take_promise") {
        take_promise order;
        order.who = from.number("msisdn");
        order.offer = from.offer("offer");
        order.amount = from.amount("amount");
        order.fee = from.fee("fee");
        order.term = from.term("seconds");
        order.floor = from.sum("floor");
        read = std::move(order);
    } else if (kind == "transfer") {
        transfer order;
        order.who = from.number("msisdn");
        order.to = from.number("to");
        order.amount = from.amount("amount");
        order.fee = from.fee("fee");
        order.least = from.sum("least");
        read = std::move(order);
    } else {
        return order_complaint{422, "kind: none of top_up, take_promise and transfer"};
    }
    if (auto complaint = from.complaint())
        return std::move(*complaint);
    return std::move(*read);
}

std::string write_order(const billing_order& what) {
    struct writer {
        json operator()(const top_up& order) const {
            return {{"kind", "top_up"}, {"msisdn", order.who.text()}, {"voucher", order.voucher}};
        }
        json operator()(const take_promise& order) const {
            return {{"kind", "take_promise"},
                    {"msisdn", order.who.text()},
                    {"offer", order.offer},
                    {"amount", write_money(order.amount)},
                    {"fee", write_money(order.fee)},
                    {"seconds", order.term.count()},
                    {"floor", write_money(order.floor)}};
        }
        json operator()(const transfer& order) const {
            return {{"kind", "transfer"},
                    {"msisdn", order.who.text()},
                    {"to", order.to.text()},
                    {"amount", write_money(order.amount)},
                    {"fee", write_money(order.fee)},
                    {"least", write_money(order.least)}};
        }
    };
    return std::visit(writer{}, what).dump();
}

} // namespace kabinet::simulator
