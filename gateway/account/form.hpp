// What a browser sends of a form: application/x-www-form-urlencoded, read strictly. Whatever a page of ours
// can't have sent is refused whole.
#pragma once

#include "values/secret.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::account {

class form {
  public:
    /// False when it is none of ours: then nothing of it may be used. Values are valid UTF-8 without control
    /// characters, at most `secret::capacity` octets, kept as secrets, for some are.
    [[nodiscard]] bool read(std::string_view body);

    /// Empty where it is missing.
    [[nodiscard]] std::string_view reveal(std::string_view name) const;

    static constexpr std::size_t most = 12;

  private:
    struct field {
        std::string name;
        secret value;
    };
    [[nodiscard]] bool add(std::string_view pair);

    std::vector<field> all_;
};

} // namespace kabinet::gateway::account
