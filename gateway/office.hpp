// The operator's commands (`kabinet accounts issue …`), the same whether they come through the socket of a
// running gateway or from a command line that holds the store itself. Prints words, numbers and times; never
// a password.
#pragma once

#include "gateway/perform.hpp"
#include "store/backend.hpp"
#include "store/keys.hpp"
#include "values/finding.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kabinet::gateway {

/// Exit codes of every command.
inline constexpr int errand_done = 0;
inline constexpr int errand_refused = 1;
inline constexpr int errand_broken = 2;

/// What a command reads and writes, wherever its terminal is. Lines are without their end.
class counter {
  public:
    virtual ~counter() = default;
    /// A line of the file or input that goes with the command; nothing at its end.
    [[nodiscard]] virtual boost::asio::awaitable<std::optional<std::string>> read_line() = 0;
    virtual void print(std::string_view line) = 0;
    virtual void complain(std::string_view line) = 0;
};

/// What only a gateway that runs can tell or do.
class running_gateway {
  public:
    [[nodiscard]] virtual std::vector<std::string> status() = 0;
    /// Reads the pack again and serves it; what is wrong with it, and then nothing was changed.
    [[nodiscard]] virtual std::vector<finding> reload() = 0;
    virtual void begin_maintenance(std::optional<utc_time> until) = 0;
    virtual void end_maintenance() = 0;
    [[nodiscard]] virtual std::vector<std::string> lately(msisdn, std::size_t most) = 0;
    virtual void send(store::outgoing_sms) = 0;

  protected:
    ~running_gateway() = default;
};

class office {
  public:
    /// `running` is null where no gateway runs. All of these outlive it.
    office(store::store&, const store::keys&, performer&, const numbering_plan&,
           std::function<std::shared_ptr<const menus::definition>()> pack, running_gateway* running);

    /// `words` as typed after `kabinet`. Never throws for what was typed.
    [[nodiscard]] boost::asio::awaitable<int> run(std::vector<std::string> words, counter& at);

  private:
    using arguments = std::span<const std::string>;
    using errand = boost::asio::awaitable<int> (office::*)(arguments, counter&);
    struct row {
        std::string_view name; // `accounts issue`
        std::size_t arguments; // at least
        errand does;
        std::string_view usage;
    };
    static const std::vector<row>& table();

    boost::asio::awaitable<int> status(arguments, counter&);
    boost::asio::awaitable<int> reload(arguments, counter&);
    boost::asio::awaitable<int> maintenance(arguments, counter&);
    boost::asio::awaitable<int> trace(arguments, counter&);
    boost::asio::awaitable<int> issue(arguments, counter&);
    boost::asio::awaitable<int> unblock(arguments, counter&);
    boost::asio::awaitable<int> show_audit(arguments, counter&);
    boost::asio::awaitable<int> verify_audit(arguments, counter&);
    boost::asio::awaitable<int> show_subscriber(arguments, counter&);

    /// Does something with the store's rows in a batch of its own.
    template <class Made>
    boost::asio::awaitable<boost::system::result<Made>>
        at_store(std::function<boost::system::result<Made>(store::backend&)>);
    [[nodiscard]] std::optional<msisdn> read_number(const std::string& typed, counter&) const;

    store::store& store_;
    const store::keys& keys_;
    performer& performer_;
    const numbering_plan& numbers_;
    std::function<std::shared_ptr<const menus::definition>()> pack_;
    running_gateway* running_;
};

} // namespace kabinet::gateway
