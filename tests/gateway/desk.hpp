// An office with a real store behind it and nobody at the counter but the test.
#pragma once

#include "gateway/office.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/co_spawn.hpp>

#include <deque>
#include <string>
#include <vector>

namespace kabinet::gateway::tests {

class fake_counter final : public counter {
  public:
    boost::asio::awaitable<std::optional<std::string>> read_line() override {
        if (file.empty())
            co_return std::nullopt;
        std::string line = std::move(file.front());
        file.pop_front();
        co_return line;
    }
    void print(std::string_view line) override { printed.emplace_back(line); }
    void complain(std::string_view line) override { complaints.emplace_back(line); }
    boost::asio::awaitable<void> flush() override {
        ++flushes;
        co_return;
    }

    std::deque<std::string> file;
    std::vector<std::string> printed;
    std::vector<std::string> complaints;
    std::size_t flushes = 0;
};

/// A gateway that runs and remembers what it was told.
class fake_gateway final : public running_gateway {
  public:
    std::vector<std::string> status() override { return {"well"}; }
    boost::asio::awaitable<std::vector<finding>> reload() override { co_return wrong; }
    void begin_maintenance(std::optional<menus::action_kind> of, std::optional<utc_time> end) override {
        if (of)
            return closed.close(*of, end);
        is_in_maintenance = true;
        until = end;
    }
    void end_maintenance(std::optional<menus::action_kind> of) override {
        if (of)
            return closed.open(*of);
        is_in_maintenance = false;
    }
    std::vector<std::string> lately(msisdn, std::size_t) override { return {"dials main"}; }
    void send(store::outgoing_sms row) override { sent.push_back(std::move(row)); }
    void forget(msisdn who) override { forgotten.push_back(who); }
    void end_access(store::ended_access of) override { ended.push_back(std::move(of)); }

    std::vector<finding> wrong;
    bool is_in_maintenance = false;
    closed_actions closed;
    std::optional<utc_time> until;
    std::vector<store::outgoing_sms> sent;
    std::vector<msisdn> forgotten;
    std::vector<store::ended_access> ended;
};

class desk {
  public:
    /// `lines` are the file that goes with the command.
    int run(std::vector<std::string> words, std::deque<std::string> lines = {}) {
        at = fake_counter{};
        at.file = std::move(lines);
        std::optional<int> code;
        boost::asio::co_spawn(loop, clerk.run(std::move(words), at),
                              [&](std::exception_ptr thrown, int came) {
                                  REQUIRE_FALSE(thrown);
                                  code = came;
                              });
        REQUIRE(run_until(loop, [&] { return code.has_value(); }));
        return *code;
    }
    [[nodiscard]] bool said(std::string_view part) const { return has(at.printed, part); }
    [[nodiscard]] bool complained(std::string_view part) const { return has(at.complaints, part); }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    boost::asio::io_context loop;
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    hash_pool pool{1, 200ms};
    store::embedded_billing money{lane};
    store::password_check check{keys, store::tests::cheap, store::tests::cheap};
    store::embedded_network network{lane};
    number_desk blocking{{lane, network, &check}};
    performer performs{lane, money, keys, pool, nullptr, &blocking};
    numbering_plan numbers;
    fake_gateway gateway;
    office clerk{lane,     keys,
                 performs, pool,
                 numbers,  [] { return std::make_shared<const menus::definition>(menus::sample_pack()); },
                 &gateway};
    fake_counter at;

  private:
    [[nodiscard]] static bool has(const std::vector<std::string>& lines, std::string_view part) {
        return std::ranges::any_of(
            lines, [part](const std::string& line) { return line.find(part) != std::string::npos; });
    }
};

} // namespace kabinet::gateway::tests
