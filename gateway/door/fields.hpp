// The body of a request: one flat JSON object of texts and switches. Whatever else JSON can say is refused as
// it is read, so nothing nests, nothing comes twice and nothing is kept that wasn't asked for.
#pragma once

#include "values/secret.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::gateway::door {

class fields {
  public:
    /// What is wrong with the text stands in `complaint`, for whoever wrote the client; it never repeats any
    /// of the text. Texts are kept as secrets, for some are.
    [[nodiscard]] bool read(std::string_view json);
    [[nodiscard]] const std::string& complaint() const { return complaint_; }

    /// Null where it is missing or of another type. A field that was asked for is taken.
    [[nodiscard]] const secret* take_text(std::string_view name);
    [[nodiscard]] const bool* take_switch(std::string_view name);
    /// The name of a field that nobody took; empty when there is none.
    [[nodiscard]] std::string_view untaken() const;

    static constexpr std::size_t most = 16;

  private:
    struct field {
        std::string name;
        std::variant<secret, bool> is;
        bool is_taken = false;
    };
    friend class reader;

    [[nodiscard]] field* find(std::string_view name);

    std::vector<field> all_;
    std::string complaint_;
};

} // namespace kabinet::gateway::door
