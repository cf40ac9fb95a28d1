// A subscriber's number in the one form the house keys on, and the plan that brings every form to it.
#pragma once

#include <boost/system/result.hpp>

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet {

/// E.164 digits with the country code and without `+`, at most 15 of them.
class msisdn {
  public:
    constexpr msisdn() = default;
    /// The caller vouches for the digits: a row of the store, a test. Text goes through `normalise`.
    [[nodiscard]] static constexpr msisdn from_digits(std::uint64_t digits) { return msisdn{digits}; }

    [[nodiscard]] constexpr std::uint64_t digits() const { return digits_; }
    [[nodiscard]] std::string text() const;
    /// For logs: `7926***2233`; fewer than eleven digits show only the last four, fewer than eight none.
    [[nodiscard]] std::string masked() const;

    friend constexpr auto operator<=>(msisdn, msisdn) = default;

  private:
    explicit constexpr msisdn(std::uint64_t digits)
        : digits_{digits} {}
    std::uint64_t digits_ = 0;
};

/// How a country writes its numbers. The default is the Russian plan; kabinet.toml may say otherwise.
struct numbering_plan {
    std::string country_code = "7";
    std::string trunk_prefix = "8";                                  // 8 926 … is 7 926 …
    std::vector<std::string> international_prefixes = {"00", "810"}; // dialled in place of `+`
    std::string mobile_prefix = "9";                                 // ten digits from 9 are a mobile number
    std::size_t national_length = 10;
};

enum class msisdn_error {
    not_a_subscriber = 1, // letters, `*`, `#`, up to six digits, over fifteen: a service, never a person
    foreign,              // a whole number that the plan doesn't call the operator's country
};
const boost::system::error_category& msisdn_category();
boost::system::error_code make_error_code(msisdn_error);

/// `8XXXXXXXXXX`, `+7XXXXXXXXXX`, `7XXXXXXXXXX`, `9XXXXXXXXX`, with blanks, `-`, `(`, `)` anywhere: one and
/// the same subscriber. Fixed lines of the country are kept as well, but only a mobile number may come bare.
/// After `+` or an international prefix stands a country code, never a trunk prefix or a bare number:
/// +84 912 345 678 is Vietnam, 84912345678 is 7 491 234 56 78.
[[nodiscard]] boost::system::result<msisdn> normalise(std::string_view address, const numbering_plan&);

} // namespace kabinet

template <>
struct boost::system::is_error_code_enum<kabinet::msisdn_error> : std::true_type {};

template <>
struct std::hash<kabinet::msisdn> {
    std::size_t operator()(kabinet::msisdn number) const noexcept {
        // Subscribers' numbers differ in their low digits: multiply so that the table's low bits do too.
        return static_cast<std::size_t>(number.digits() * 0x9E3779B97F4A7C15ULL >> 7U);
    }
};
