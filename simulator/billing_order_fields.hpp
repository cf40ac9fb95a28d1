// The fields of one order as docs/billing.yaml has them; remembers the first that isn't as it should be, by
// its name and never by what stands in it.
#pragma once

#include "simulator/billing_words.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

class order_fields {
  public:
    /// Which outlives it.
    explicit order_fields(const nlohmann::ordered_json& from)
        : from_{from} {}

    std::string text(const char* name);
    msisdn number(const char* name);
    money sum(const char* name);
    money amount(const char* name); // more than nothing
    money fee(const char* name);    // not less
    std::string voucher(const char* name);
    std::string offer(const char* name);
    /// Of what is sold.
    std::string ware(const char* name);
    std::vector<std::string> wares(const char* name);
    std::chrono::seconds term(const char* name); // more than nothing
    std::chrono::seconds span(const char* name); // not less
    std::int64_t units(const char* name);
    bool flag(const char* name);

    /// Nothing where all was as it should be, and nothing is left over.
    [[nodiscard]] std::optional<order_complaint> complaint() const;

  private:
    const nlohmann::ordered_json* find(const char* name);
    void complain(const char* name, std::string_view why);
    std::uint64_t count(const char* name, std::uint64_t least, std::uint64_t most, std::string_view why);

    const nlohmann::ordered_json& from_;
    std::string why_;
    std::size_t seen_ = 0;
};

/// Nothing where it is none. A name that comes twice is no object: who knows which was meant.
[[nodiscard]] std::optional<nlohmann::ordered_json> parse_object(std::string_view text);

} // namespace kabinet::simulator
