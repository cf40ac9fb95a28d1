#include "tests/gateway/desk.hpp"

#include "store/sqlite.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace kabinet::gateway::tests {
namespace {

bool has(const std::vector<std::string>& lines, std::string_view part) {
    return std::ranges::any_of(
        lines, [part](const std::string& line) { return line.find(part) != std::string::npos; });
}

} // namespace

boost::asio::awaitable<std::optional<std::string>> fake_counter::read_line() {
    if (file.empty())
        co_return std::nullopt;
    std::string line = std::move(file.front());
    file.pop_front();
    co_return line;
}

void fake_counter::print(std::string_view line) {
    printed.emplace_back(line);
}

void fake_counter::complain(std::string_view line) {
    complaints.emplace_back(line);
}

boost::asio::awaitable<void> fake_counter::flush() {
    ++flushes;
    co_return;
}

fake_gateway::fake_gateway() = default;
fake_gateway::~fake_gateway() = default;

std::vector<std::string> fake_gateway::status() {
    return {"well"};
}

boost::asio::awaitable<std::vector<finding>> fake_gateway::reload() {
    co_return wrong;
}

void fake_gateway::begin_maintenance(std::optional<menus::action_kind> of, std::optional<utc_time> end) {
    if (of)
        return closed.close(*of, end);
    is_in_maintenance = true;
    until = end;
}

void fake_gateway::end_maintenance(std::optional<menus::action_kind> of) {
    if (of)
        return closed.open(*of);
    is_in_maintenance = false;
}

std::vector<std::string> fake_gateway::lately(msisdn, std::size_t) {
    return {"dials main"};
}

void fake_gateway::send(store::outgoing_sms row) {
    sent.push_back(std::move(row));
}

void fake_gateway::forget(msisdn who) {
    forgotten.push_back(who);
}

void fake_gateway::end_access(store::ended_access of) {
    ended.push_back(std::move(of));
}

desk::desk(bool asks_billing)
    : keys{store::keys::parse(store::tests::key_lines, "test.key")}
    , lane{std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys),
           loop.get_executor(),
           {}}
    , pool{1, 200ms}
    , money{lane}
    , check{keys, store::tests::cheap, store::tests::cheap}
    , network{lane}
    , blocking{{lane, network, &check}}
    , performs{lane, money, keys, pool, nullptr, &blocking}
    , clerk{{lane, keys, performs, pool, asks_billing ? &money : nullptr, &gateway}, numbers, [] {
                return std::make_shared<const menus::definition>(menus::sample_pack());
            }} {}

desk::~desk() = default;

int desk::run(std::vector<std::string> words, std::deque<std::string> lines) {
    at = fake_counter{};
    at.file = std::move(lines);
    std::optional<int> code;
    boost::asio::co_spawn(loop, clerk.run(std::move(words), at), [&](std::exception_ptr thrown, int came) {
        REQUIRE_FALSE(thrown);
        code = came;
    });
    REQUIRE(run_until(loop, [&] { return code.has_value(); }));
    return *code;
}

bool desk::said(std::string_view part) const {
    return has(at.printed, part);
}

bool desk::complained(std::string_view part) const {
    return has(at.complaints, part);
}

} // namespace kabinet::gateway::tests
