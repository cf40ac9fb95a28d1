// The operator's commands (`kabinet accounts issue …`), the same whether they come through the socket of a
// running gateway or from a command line that holds the store itself. Prints words, numbers and times; never
// a password.
#pragma once

#include "gateway/changes.hpp"
#include "gateway/counter.hpp"
#include "gateway/pack_set.hpp"
#include "gateway/perform.hpp"
#include "store/keys.hpp"
#include "values/finding.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kabinet::gateway {

/// What only a gateway that runs can tell or do.
class running_gateway : public change_listener {
  public:
    [[nodiscard]] virtual std::vector<std::string> status() = 0;
    /// Reads the pack again and serves it; what is wrong with it, and then nothing was changed.
    [[nodiscard]] virtual boost::asio::awaitable<std::vector<finding>> reload() = 0;
    /// Of one action, or of everything; `end` of everything opens each action, too.
    virtual void begin_maintenance(std::optional<menus::action_kind>, std::optional<utc_time> until) = 0;
    virtual void end_maintenance(std::optional<menus::action_kind>) = 0;
    [[nodiscard]] virtual std::vector<std::string> lately(msisdn, std::size_t most) = 0;
    virtual void send(store::outgoing_sms) = 0;

  protected:
    ~running_gateway() = default;
};

/// Who the office works with. All outlive it.
struct office_colleagues {
    store::store& rows;
    const store::keys& keys;
    performer& performs;
    hash_pool& pool;
    store::billing* money;    // null where another system keeps it and nobody here can ask that
    running_gateway* running; // null where no gateway runs
};

class office {
  public:
    office(const office_colleagues&, const numbering_plan&, packs_in_force);

    /// What a command can't do without.
    enum class needs : std::uint8_t { nothing, database, gateway };
    static constexpr std::string_view no_gateway = "no gateway is running here";

    /// `accounts issue`, without what it is about; of what is none, that.
    [[nodiscard]] static std::string_view name_of(std::span<const std::string> words);
    /// `nothing` for what is no command: it is refused all the same.
    [[nodiscard]] static needs needs_of(std::span<const std::string> words);

    /// `words` as typed after `kabinet`. Never throws for what was typed.
    [[nodiscard]] boost::asio::awaitable<int> run(std::vector<std::string> words, counter& at);

  private:
    static constexpr std::size_t events_shown = 50;
    using arguments = std::span<const std::string>;
    using errand = boost::asio::awaitable<int> (office::*)(arguments, counter&);
    struct row {
        std::string_view name; // `accounts issue`, or one word
        std::size_t least_arguments;
        std::size_t most_arguments;
        needs wants;
        errand does;
        std::string_view usage;
    };
    static const std::vector<row>& table();
    [[nodiscard]] static const row* row_of(arguments words);
    static void complain_of_unknown(arguments words, counter&);

    boost::asio::awaitable<int> status(arguments, counter&);
    boost::asio::awaitable<int> reload(arguments, counter&);
    boost::asio::awaitable<int> maintenance(arguments, counter&);
    boost::asio::awaitable<int> trace(arguments, counter&);
    boost::asio::awaitable<int> issue(arguments, counter&);
    boost::asio::awaitable<int> unblock(arguments, counter&);
    boost::asio::awaitable<int> block_number(arguments, counter&);
    boost::asio::awaitable<int> unblock_number(arguments, counter&);
    boost::asio::awaitable<int> change_number(const std::string& typed, bool blocks, counter& at);
    [[nodiscard]] wish wish_of_staff(msisdn) const;
    boost::asio::awaitable<int> list_calls(arguments, counter&);
    boost::asio::awaitable<int> end_call(arguments, counter&);
    boost::asio::awaitable<int> show_audit(arguments, counter&);
    boost::asio::awaitable<int> verify_audit(arguments, counter&);
    boost::asio::awaitable<int> import_feed(arguments, counter&);
    boost::asio::awaitable<int> export_feed(arguments, counter&);
    boost::asio::awaitable<int> show_subscriber(arguments, counter&);
    /// Balance, what is lent, what is sold to it, the last movements.
    boost::asio::awaitable<void> show_money(msisdn, counter&);
    boost::asio::awaitable<int> erase_subscriber(arguments, counter&);
    boost::asio::awaitable<int> import_vouchers(arguments, counter&);
    boost::asio::awaitable<int> back_up(arguments, counter&);

    [[nodiscard]] std::optional<msisdn> read_number(const std::string& typed, counter&) const;

    office_colleagues with_;
    const numbering_plan& numbers_;
    packs_in_force packs_;
};

} // namespace kabinet::gateway
