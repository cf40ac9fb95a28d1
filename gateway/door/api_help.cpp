// The path for whoever asks whom to ask: of no number and of no login.
#include "gateway/door/api.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

/// No number is taken: an answer in the language that its subscriber chose would tell that it is ours.
asio::awaitable<answer> api::show_help(const request& asked) {
    fields body;
    help_wish wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (body.take_text("language") != nullptr)
        if (auto wrong = read_typed(body, "language", wish.language.emplace()))
            co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_help, std::move(wish));
    json said{{"verdict", "ok"},
              {"language", came.speaks.code()},
              {"contacts", json::array()},
              {"calls_back", came.calls_back}};
    for (const contact_line& each : came.contacts)
        said["contacts"].push_back({{"name", each.of.name},
                                    {"title", each.title},
                                    {"address", each.of.address},
                                    {"hours", each.hours}});
    co_return tell(came, said);
}

} // namespace kabinet::gateway::door
