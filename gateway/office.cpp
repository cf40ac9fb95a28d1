#include "gateway/office.hpp"

#include "gateway/clocks.hpp"
#include "gateway/translate.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/chrono.h>

#include <charconv>
#include <random>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::size_t events_shown = 50;
constexpr std::string_view no_gateway = "no gateway is running here";

std::string written(utc_time at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}Z", fmt::gmtime(second.time_since_epoch().count()));
}

std::string_view name_of(store::channel by) {
    switch (by) {
    case store::channel::ussd:
        return "ussd";
    case store::channel::sms:
        return "sms";
    case store::channel::portal:
        return "portal";
    case store::channel::staff:
        return "staff";
    case store::channel::feed:
        return "feed";
    }
    return "?";
}

std::string written(const store::audit_entry& row) {
    return fmt::format("{}  {:<6} {} {}", written(row.at), name_of(row.by), store::name_of(row.what),
                       store::name_of(row.came));
}

} // namespace

office::office(store::store& store, const store::keys& keys, performer& performer,
               const numbering_plan& numbers, std::function<std::shared_ptr<const menus::definition>()> pack,
               running_gateway* running)
    : store_{store}
    , keys_{keys}
    , performer_{performer}
    , numbers_{numbers}
    , pack_{std::move(pack)}
    , running_{running} {}

const std::vector<office::row>& office::table() {
    static const std::vector<row> rows{
        {"status", 0, &office::status, "status"},
        {"reload", 0, &office::reload, "reload"},
        {"maintenance", 1, &office::maintenance, "maintenance on [MINUTES] | off"},
        {"trace", 1, &office::trace, "trace MSISDN"},
        {"accounts issue", 1, &office::issue, "accounts issue MSISDN"},
        {"accounts unblock", 1, &office::unblock, "accounts unblock MSISDN"},
        {"audit show", 1, &office::show_audit, "audit show MSISDN"},
        {"audit verify", 0, &office::verify_audit, "audit verify"},
        {"subscribers show", 1, &office::show_subscriber, "subscribers show MSISDN"},
    };
    return rows;
}

asio::awaitable<int> office::run(std::vector<std::string> words, counter& at) {
    for (const row& each : table()) {
        const bool is_pair = each.name.find(' ') != std::string_view::npos;
        const std::size_t taken = is_pair ? 2 : 1;
        if (words.size() < taken || (is_pair ? words[0] + ' ' + words[1] : words[0]) != each.name)
            continue;
        const arguments rest = arguments{words}.subspan(taken);
        if (rest.size() < each.arguments) {
            at.complain(fmt::format("usage: kabinet {}", each.usage));
            co_return errand_broken;
        }
        co_return co_await (this->*each.does)(rest, at);
    }
    at.complain("no such command; `kabinet --help` lists them");
    co_return errand_broken;
}

template <class Made>
asio::awaitable<result<Made>> office::at_store(std::function<result<Made>(store::backend&)> work) {
    auto made = std::make_shared<result<Made>>(store::store_error::busy);
    auto start = [&](auto resume) {
        auto shared = std::make_shared<decltype(resume)>(std::move(resume));
        store_.run_errand(
            [made, work](store::backend& rows) -> result<void> {
                *made = work(rows);
                return made->has_value() ? result<void>{} : result<void>{made->error()};
            },
            read_clocks(), [shared](const result<void>& came) { (*shared)(came.has_value()); });
    };
    const bool is_durable =
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(start, asio::use_awaitable);
    if (!is_durable && made->has_value())
        co_return store::make_error_code(store::store_error::busy);
    co_return std::move(*made);
}

std::optional<msisdn> office::read_number(const std::string& typed, counter& at) const {
    const auto read = normalise(typed, numbers_);
    if (!read) {
        at.complain(fmt::format("{}: {}", typed, read.error().message()));
        return std::nullopt;
    }
    return *read;
}

asio::awaitable<int> office::status(arguments, counter& at) {
    if (running_ == nullptr) {
        at.complain(no_gateway);
        co_return errand_refused;
    }
    for (const std::string& line : running_->status())
        at.print(line);
    co_return errand_done;
}

asio::awaitable<int> office::reload(arguments, counter& at) {
    if (running_ == nullptr) {
        at.complain(no_gateway);
        co_return errand_refused;
    }
    const std::vector<finding> findings = running_->reload();
    for (const finding& each : findings)
        at.complain(fmt::format("{}:{}: {}", each.file, each.line, each.what));
    if (is_refused(findings)) {
        at.complain("nothing was changed");
        co_return errand_broken;
    }
    at.print("the pack is served from now on; dialogues under way finish on the one they began with");
    co_return errand_done;
}

asio::awaitable<int> office::maintenance(arguments typed, counter& at) {
    if (running_ == nullptr) {
        at.complain(no_gateway);
        co_return errand_refused;
    }
    if (typed[0] == "off") {
        running_->end_maintenance();
        at.print("maintenance is over");
        co_return errand_done;
    }
    constexpr int longest = 7 * 24 * 60;
    int minutes = 0;
    const bool has_end = typed.size() > 1;
    if (has_end) {
        const auto [end, wrong] =
            std::from_chars(typed[1].data(), typed[1].data() + typed[1].size(), minutes);
        if (wrong != std::errc{} || *end != '\0' || minutes < 1 || minutes > longest) {
            at.complain(fmt::format("{}: 1 to {} minutes", typed[1], longest));
            co_return errand_broken;
        }
    }
    if (typed[0] != "on") {
        at.complain("usage: kabinet maintenance on [MINUTES] | off");
        co_return errand_broken;
    }
    std::optional<utc_time> until;
    if (has_end)
        until = read_clocks().utc + std::chrono::minutes{minutes};
    running_->begin_maintenance(until);
    at.print(until ? fmt::format("maintenance until {}", written(*until))
                   : "maintenance until it is switched off");
    co_return errand_done;
}

asio::awaitable<int> office::trace(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    if (running_ != nullptr)
        for (const std::string& line : running_->lately(*who, events_shown))
            at.print(line);
    co_return co_await show_audit(typed, at);
}

asio::awaitable<int> office::issue(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    std::random_device random;
    wish made;
    made.asked = menus::issue_password{};
    const std::array<unsigned, 4> once{random(), random(), random(), random()};
    made.id = keys_.name_request(
        {"staff",
         {reinterpret_cast<const char*>(once.data()), sizeof once}}); // each command is a wish of its own
    made.pack = pack_();
    made.by.who = *who;
    made.by.by = store::channel::staff;
    made.by.speaks = made.pack->languages.front().code;
    made.by.may_register = false;
    made.sms_from = sender_address(made.pack->sender);
    made.sms_to = subscriber_address(*who);
    made.now = read_clocks();
    performed done = co_await performer_.run(std::move(made));
    if (!done.is_done || store::is_refusal(done.came.is)) {
        at.complain(fmt::format("{}: {}{}", who->text(), done.word,
                                done.came.until ? " until " + written(*done.came.until) : ""));
        co_return errand_refused;
    }
    if (done.due && running_ != nullptr)
        running_->send(std::move(*done.due));
    at.print(fmt::format("{}: a new password goes to the subscriber by SMS", who->text()));
    co_return errand_done;
}

asio::awaitable<int> office::unblock(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    const utc_time now = read_clocks().utc;
    std::function<result<std::optional<store::account_facts>>(store::backend&)> look =
        [who, now](store::backend& rows) -> result<std::optional<store::account_facts>> {
        auto facts = rows.inspect(*who, now);
        if (!facts || !*facts || (*facts)->blocked)
            return facts;
        if (const auto changed = rows.change(*who, store::lift_limits{}, now); !changed)
            return changed.error();
        return facts;
    };
    const auto facts = co_await at_store(std::move(look));
    if (!facts) {
        at.complain(facts.error().message());
        co_return errand_refused;
    }
    if (!*facts) {
        at.complain(fmt::format("{}: has no account", who->text()));
        co_return errand_refused;
    }
    if ((*facts)->blocked) {
        at.complain(fmt::format("{}: wrong passwords blocked the account; only a new password opens it: "
                                "kabinet accounts issue {}",
                                who->text(), who->text()));
        co_return errand_refused;
    }
    at.print(fmt::format("{}: limits and cool-down are lifted", who->text()));
    co_return errand_done;
}

asio::awaitable<int> office::show_audit(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    std::function<result<std::vector<store::audit_entry>>(store::backend&)> read =
        [who](store::backend& rows) { return rows.trace(*who, events_shown); };
    const auto entries = co_await at_store(std::move(read));
    if (!entries) {
        at.complain(entries.error().message());
        co_return errand_refused;
    }
    for (auto each = entries->rbegin(); each != entries->rend(); ++each)
        at.print(written(*each));
    co_return errand_done;
}

asio::awaitable<int> office::verify_audit(arguments, counter& at) {
    std::function<result<store::audit_check>(store::backend&)> check = [](store::backend& rows) {
        return rows.verify_audit();
    };
    const auto checked = co_await at_store(std::move(check));
    if (!checked) {
        at.complain(checked.error().message());
        co_return errand_refused;
    }
    if (checked->first_broken) {
        at.complain(fmt::format("row {} is missing or was changed; {} rows before it are as written",
                                *checked->first_broken, checked->rows));
        co_return errand_refused;
    }
    at.print(fmt::format("{} rows, all as they were written", checked->rows));
    co_return errand_done;
}

asio::awaitable<int> office::show_subscriber(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    const utc_time now = read_clocks().utc;
    std::function<result<std::optional<store::account_facts>>(store::backend&)> look =
        [who, now](store::backend& rows) { return rows.inspect(*who, now); };
    const auto facts = co_await at_store(std::move(look));
    if (!facts || !*facts) {
        at.complain(facts ? fmt::format("{}: has no account", who->text()) : facts.error().message());
        co_return errand_refused;
    }
    const store::account_facts& of = **facts;
    at.print(fmt::format("number    {}", who->text()));
    at.print(fmt::format("status    {}", of.status == store::account_status::barred ? "barred" : "active"));
    at.print(fmt::format("language  {}", of.speaks.code()));
    if (of.blocked)
        at.print(fmt::format("blocked   since {}", written(*of.blocked)));
    if (of.cooldown_until)
        at.print(fmt::format("cool-down until {}", written(*of.cooldown_until)));
    if (!of.kind) {
        at.print("password  never had one");
        co_return errand_done;
    }
    const std::string_view kind = *of.kind == store::secret_kind::chosen ? "chosen" : "generated";
    at.print(fmt::format("password  {}, number {}, {}{}", kind, of.version, of.is_live ? "live" : "dead",
                         of.expires ? ", until " + written(*of.expires) : ""));
    co_return errand_done;
}

} // namespace kabinet::gateway
