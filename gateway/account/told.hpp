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
    /// A ticket, or what a login is worth: taken out, nothing of it stays in what was said.
    [[nodiscard]] secret take(const char* name) {
        const auto found = said.find(name);
        if (found == said.end() || !found->is_string())
            return {};
        auto& clear = found->get_ref<std::string&>();
        secret made{clear};
        wipe(clear.data(), clear.size());
        said.erase(found);
        return made;
    }
    [[nodiscard]] std::chrono::seconds seconds(const char* name) const {
        const auto found = said.find(name);
        return std::chrono::seconds{found != said.end() && found->is_number_integer() ? found->get<int>()
                                                                                      : 0};
    }
    [[nodiscard]] bool is_on(const char* name) const {
        const auto found = said.find(name);
        return found != said.end() && found->is_boolean() && found->get<bool>();
    }
    [[nodiscard]] bool is_verdict(std::string_view which) const {
        const bool was_judged = status == 200 || status == 202; // the latter: its end isn't known yet
        return was_judged && text("verdict") == which;
    }
};

} // namespace kabinet::gateway::account
