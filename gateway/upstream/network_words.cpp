#include "gateway/upstream/network_words.hpp"

#include "values/written_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace kabinet::gateway::upstream {

using json = nlohmann::json;

namespace {

constexpr std::array<unsigned, 4> refusals{400, 404, 409, 422};

} // namespace

question tell_blocking(const store::number_news& of) {
    const json said{{"blocked", of.is_blocked}, {"version", of.version}, {"since", write_iso(of.since)}};
    return {"PUT", fmt::format("/v1/numbers/{}/blocking", of.who.digits()), said.dump()};
}

std::optional<network_answer> read_blocking(const http_answer& came, const store::number_news& of) {
    if (std::ranges::find(refusals, came.status) != refusals.end())
        return network_answer{false, came.status};
    if (came.status != http_ok)
        return std::nullopt;
    const json said(json::parse(came.body, nullptr, false));
    if (!said.is_object() || !said.contains("version") || !said["version"].is_number_unsigned())
        return std::nullopt;
    if (said["version"].get<std::uint64_t>() < static_cast<std::uint64_t>(of.version))
        return std::nullopt; // it holds something older: it didn't take this
    return network_answer{true, came.status};
}

} // namespace kabinet::gateway::upstream
