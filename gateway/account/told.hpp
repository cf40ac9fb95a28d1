// What the API said, read once. Knows its words from docs/openapi.yaml, as any portal does.
#pragma once

#include "gateway/account/site.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace kabinet::gateway::account {

struct site::told {
    unsigned status = 500;
    nlohmann::json said; // an object
    std::optional<std::chrono::seconds> retry_after;

    [[nodiscard]] std::string text(const char* name) const {
        const auto found = said.find(name);
        return found != said.end() && found->is_string() ? found->get<std::string>() : std::string{};
    }
    [[nodiscard]] bool is_verdict(std::string_view which) const {
        return status == 200 && text("verdict") == which;
    }
};

} // namespace kabinet::gateway::account
