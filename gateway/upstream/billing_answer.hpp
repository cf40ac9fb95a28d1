// An answer of a billing system's taken apart: its fields by name, and whether each was as docs/billing.yaml
// has it.
#pragma once

#include "gateway/upstream/http_client.hpp"
#include "store/wares.hpp"
#include "values/instant.hpp"
#include "values/money.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::gateway::upstream {

/// An object whose fields are looked for by name. What doesn't fit is nothing, and remembered.
class answer_object {
  public:
    explicit answer_object(nlohmann::json from)
        : from_(std::move(from)) // in braces it would be a list of one
        , is_whole_{from_.is_object()} {}

    /// False once anything that was there wasn't as it should be.
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] bool has(const char* name) const { return is_whole_ && from_.contains(name); }

    std::optional<std::string> text(const char* name);
    std::optional<money> sum(const char* name);
    std::optional<utc_time> time(const char* name);
    /// What isn't there is 0.
    std::int64_t count(const char* name, std::int64_t most);
    std::int64_t points() { return count("points", most_money.minor()); }
    bool flag(const char* name, bool unsaid);
    /// Of what is sold, as a pack may call it.
    std::optional<std::string> ware(const char* name);
    std::vector<nlohmann::json> list(const char* name);

  private:
    std::nullopt_t refuse();

    nlohmann::json from_;
    bool is_whole_;
};

/// Nothing for what is no object, nests deeper than it may, or has a field twice: who knows which of the two
/// is meant.
[[nodiscard]] std::optional<answer_object> parse(const http_answer&);

} // namespace kabinet::gateway::upstream
