#include "gateway/upstream/careful_client.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"

namespace kabinet::gateway::upstream {

namespace asio = boost::asio;
using boost::system::result;

careful_client::careful_client(const upstream_settings& of, asio::any_io_executor loop, std::string whom,
                               std::string contract)
    : client_{of, std::move(loop)}
    , breaker_{of.failures_borne, of.rest}
    , whom_{std::move(whom)}
    , contract_{std::move(contract)} {}

careful_client::figures careful_client::look() const {
    figures now = counted_;
    now.is_left_alone = breaker_.is_open();
    return now;
}

bool careful_client::rests() const {
    return breaker_.rests(read_clocks().steady);
}

std::optional<steady_time> careful_client::begin() {
    const steady_time now = read_clocks().steady;
    const bool may = breaker_.may_ask(now);
    ++(may ? counted_.asked : counted_.spared);
    return may ? std::optional{now} : std::nullopt;
}

asio::awaitable<result<http_answer>> careful_client::send(question what) {
    auto start = [&](store::completion<http_answer> done) { client_.ask(std::move(what), std::move(done)); };
    co_return co_await await_completion<http_answer>(start);
}

void careful_client::note(const result<http_answer>& came, bool is_of_use, bool is_there, steady_time began) {
    const steady_time now = read_clocks().steady;
    if (is_of_use)
        times_.add(now - began);
    else
        ++counted_.failed;
    if (is_there)
        return breaker_.note_success();
    const bool was_open = breaker_.is_open();
    breaker_.note_failure(now);
    if (breaker_.is_open() && !was_open)
        spdlog::error("the {} fails: {}; it is left alone for a while, and asked again now and then", whom_,
                      came ? fmt::format("an answer with {} that is none of {}", came->status, contract_)
                           : came.error().message());
}

} // namespace kabinet::gateway::upstream
