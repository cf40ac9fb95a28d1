// One request and one answer of the portal's door, as plain values. Knows no socket and no JSON.
#pragma once

#include "values/secret.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kabinet::gateway::door {

/// What came, as octets. Whatever may hold a password or a token is wiped when it goes.
struct request {
    request() = default;
    request(request&&) = default;
    request& operator=(request&&) = default;
    ~request() {
        wipe(body.data(), body.size());
        wipe(bearer.data(), bearer.size());
        if (query)
            wipe(query->data(), query->size());
        wipe(cookie.data(), cookie.size());
    }

    std::string method;
    std::string path;
    std::optional<std::string> query; // what stands behind `?`
    std::string peer;                 // the address it came from
    std::string forwarded_for;        // what a proxy says of where it came from
    std::string content_type;
    std::string accept_language;
    std::string cookie;
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
    std::vector<std::pair<std::string, std::string>> headers; // others: `Allow`, `Set-Cookie` …
};

} // namespace kabinet::gateway::door
