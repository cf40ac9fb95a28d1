#include "values/msisdn.hpp"

#include <boost/static_string/static_string.hpp>

#include <charconv>
#include <optional>

namespace kabinet {

namespace {

constexpr std::size_t longest_number = 15; // ITU-T E.164 6.2.1
constexpr std::size_t longest_short_number = 6;

/// Room for the longest number behind any prefix dialled before it.
using digit_text = boost::static_string<longest_number + 8>;

class msisdn_category_type final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "kabinet.msisdn"; }

    [[nodiscard]] std::string message(int value) const override {
        switch (static_cast<msisdn_error>(value)) {
        case msisdn_error::not_a_subscriber:
            return "not a subscriber's number";
        case msisdn_error::foreign:
            return "a number outside the operator's country";
        }
        return "unknown number error";
    }
};

/// Octets of punctuation people write between digits, at the start of `text`; 0 when there is none.
std::size_t size_of_separator(std::string_view text) {
    constexpr std::string_view separators = " \t-()";
    constexpr std::string_view no_break_space = "\u00A0";
    if (separators.find(text.front()) != std::string_view::npos)
        return 1;
    return text.starts_with(no_break_space) ? no_break_space.size() : 0;
}

struct dialled_number {
    digit_text digits;
    bool has_plus = false;
};

/// The digits of `address` without what separates them; nothing when anything else is in it.
std::optional<dialled_number> read_dialled_digits(std::string_view address) {
    dialled_number read;
    while (!address.empty()) {
        const char next = address.front();
        if (const std::size_t separator = size_of_separator(address); separator > 0) {
            address.remove_prefix(separator);
            continue;
        }
        if (next == '+' && read.digits.empty() && !read.has_plus)
            read.has_plus = true;
        else if (next >= '0' && next <= '9' && read.digits.size() < read.digits.max_size())
            read.digits.push_back(next);
        else
            return std::nullopt;
        address.remove_prefix(1);
    }
    return read;
}

/// Drops the prefix that says "a country code follows"; false when there is none.
bool drop_international_prefix(std::string_view& digits, const numbering_plan& plan) {
    for (const std::string& prefix : plan.international_prefixes) {
        if (digits.starts_with(prefix)) {
            digits.remove_prefix(prefix.size());
            return true;
        }
    }
    return false;
}

/// The national part of `digits`; nothing when they aren't a number of the plan's country.
std::optional<std::string_view> find_national_part(std::string_view digits, bool is_international,
                                                   const numbering_plan& plan) {
    const auto follows = [&](std::string_view prefix) {
        return digits.size() == prefix.size() + plan.national_length && digits.starts_with(prefix);
    };
    if (follows(plan.country_code))
        return digits.substr(plan.country_code.size());
    if (is_international)
        return std::nullopt;
    if (follows(plan.trunk_prefix))
        return digits.substr(plan.trunk_prefix.size());
    if (follows("") && digits.starts_with(plan.mobile_prefix))
        return digits;
    return std::nullopt;
}

} // namespace

const boost::system::error_category& msisdn_category() {
    static const msisdn_category_type category;
    return category;
}

boost::system::error_code make_error_code(msisdn_error error) {
    return {static_cast<int>(error), msisdn_category()};
}

std::string msisdn::text() const {
    return std::to_string(digits_);
}

std::string msisdn::masked() const {
    const std::string all = text();
    if (all.size() < 8)
        return "***";
    const std::string tail = "***" + all.substr(all.size() - 4);
    // Both ends of a shorter number would leave next to nothing hidden.
    return all.size() < 11 ? tail : all.substr(0, 4) + tail;
}

boost::system::result<msisdn> normalise(std::string_view address, const numbering_plan& plan) {
    const std::optional<dialled_number> dialled = read_dialled_digits(address);
    if (!dialled)
        return msisdn_error::not_a_subscriber;
    std::string_view digits{dialled->digits.data(), dialled->digits.size()};
    const bool is_international = dialled->has_plus || drop_international_prefix(digits, plan);
    if (digits.size() <= longest_short_number || digits.size() > longest_number)
        return msisdn_error::not_a_subscriber;
    const std::optional<std::string_view> national = find_national_part(digits, is_international, plan);
    if (!national)
        return msisdn_error::foreign;

    const std::string_view country = plan.country_code;
    std::uint64_t whole = 0;
    for (const std::string_view part : {country, *national})
        for (const char digit : part)
            whole = whole * 10 + static_cast<std::uint64_t>(digit - '0');
    return msisdn::from_digits(whole);
}

} // namespace kabinet
