// One request and one answer of the portal's door, as plain values. Knows no socket and no JSON.
#pragma once

#include "values/secret.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace kabinet::gateway::door {

/// What came, as octets. Whatever may hold a password or a token is wiped when it goes.
struct request {
    request() = default;
    request(request&&) = default;
    request& operator=(request&&) = default;
    ~request() {
        wipe(body.data(), body.size());
        wipe(bearer.data(), bearer.size());
    }

    std::string method;
    std::string path;
    bool has_query = false;
    std::string content_type;
    std::string bearer;                         // the token of `Authorization: Bearer`
    std::optional<std::string> idempotency_key; // as the header has it
    std::string body;
};

struct answer {
    answer() = default;
    answer(unsigned with, std::string type, std::string text)
        : status{with}
        , content_type{std::move(type)}
        , body{std::move(text)} {}

    unsigned status = 200;
    std::string content_type;
    std::string body;
    std::optional<std::chrono::seconds> retry_after;
    std::string allow;           // of 405: the methods there are
    bool asks_for_token = false; // of 401
};

} // namespace kabinet::gateway::door
