// docs/network.yaml as octets: what the operator's network is told, and what its answers mean. Knows no
// connection.
#pragma once

#include "gateway/upstream/http_client.hpp"
#include "store/number_news.hpp"

#include <optional>

namespace kabinet::gateway::upstream {

[[nodiscard]] question tell_blocking(const store::number_news&);

struct network_answer {
    bool is_done = false; // else refused for good, as far as it knows: it has no such number, say
    unsigned status = 0;
};
/// Nothing for what isn't an answer as docs/network.yaml has it.
[[nodiscard]] std::optional<network_answer> read_blocking(const http_answer&, const store::number_news&);

} // namespace kabinet::gateway::upstream
