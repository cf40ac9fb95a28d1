// The fields of one order as docs/billing.yaml has them; remembers the first that isn't as it should be, by
// its name and never by what stands in it.
#pragma once

#include "simulator/billing_words.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

class order_fields {
  public:
    /// Nothing where it is no object of JSON. A name that comes twice makes it none: who knows which was
    /// meant.
    [[nodiscard]] static std::optional<order_fields> parse(std::string_view text);
    ~order_fields();
    order_fields(order_fields&&) noexcept;

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
    struct object;

    explicit order_fields(std::unique_ptr<object>);
    void complain(const char* name, std::string_view why);
    std::uint64_t count(const char* name, std::uint64_t least, std::uint64_t most, std::string_view why);

    std::unique_ptr<object> from_;
    std::string why_;
};

} // namespace kabinet::simulator
