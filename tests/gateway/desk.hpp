// An office with a real store behind it and nobody at the counter but the test.
#pragma once

#include "gateway/office.hpp"
#include "store/lane.hpp"
#include "tests/gateway/in_store.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::tests {

class fake_counter final : public counter {
  public:
    boost::asio::awaitable<std::optional<std::string>> read_line() override;
    void print(std::string_view line) override;
    void complain(std::string_view line) override;
    boost::asio::awaitable<void> flush() override;

    std::deque<std::string> file;
    std::vector<std::string> printed;
    std::vector<std::string> complaints;
    std::size_t flushes = 0;
};

/// A gateway that runs and remembers what it was told.
class fake_gateway final : public running_gateway {
  public:
    fake_gateway();
    ~fake_gateway();

    std::vector<std::string> status() override;
    boost::asio::awaitable<std::vector<finding>> reload() override;
    void begin_maintenance(std::optional<menus::action_kind> of, std::optional<utc_time> end) override;
    void end_maintenance(std::optional<menus::action_kind> of) override;
    std::vector<std::string> lately(msisdn, std::size_t) override;
    void send(store::outgoing_sms row) override;
    void forget(msisdn who) override;
    void end_access(store::ended_access of) override;

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
    /// `asks_billing`: false where another system keeps the money and no gateway runs that could ask it.
    explicit desk(bool asks_billing = true);
    ~desk();
    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;

    /// `lines` are the file that goes with the command.
    int run(std::vector<std::string> words, std::deque<std::string> lines = {});
    [[nodiscard]] bool said(std::string_view part) const;
    [[nodiscard]] bool complained(std::string_view part) const;

    store::tests::folder place;
    store::keys keys;
    boost::asio::io_context loop;
    store::lane lane;
    hash_pool pool;
    store::embedded_billing money;
    store::password_check check;
    store::embedded_network network;
    number_desk blocking;
    performer performs;
    numbering_plan numbers;
    fake_gateway gateway;
    office clerk;
    fake_counter at;
};

} // namespace kabinet::gateway::tests
