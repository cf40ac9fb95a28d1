#include "gateway/office.hpp"

#include "gateway/clocks.hpp"
#include "gateway/maintenance_words.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;

office::office(const office_colleagues& with, const numbering_plan& numbers, packs_in_force packs)
    : with_{with}
    , numbers_{numbers}
    , packs_{std::move(packs)} {}

const std::vector<office::row>& office::table() {
    static const std::vector<row> rows{
        {"status", 0, 0, needs::gateway, &office::status, "status"},
        {"reload", 0, 0, needs::gateway, &office::reload, "reload"},
        {"maintenance", 1, 6, needs::gateway, &office::maintenance,
         "maintenance on|off [MINUTES] [--until HH:MM] [--action NAME]"},
        {"trace", 1, 1, needs::database, &office::trace, "trace MSISDN"},
        {"accounts issue", 1, 1, needs::database, &office::issue, "accounts issue MSISDN"},
        {"accounts unblock", 1, 1, needs::database, &office::unblock, "accounts unblock MSISDN"},
        {"accounts block-number", 1, 1, needs::database, &office::block_number,
         "accounts block-number MSISDN"},
        {"accounts unblock-number", 1, 1, needs::database, &office::unblock_number,
         "accounts unblock-number MSISDN"},
        {"calls list", 0, 0, needs::database, &office::list_calls, "calls list"},
        {"calls done", 1, 1, needs::database, &office::end_call, "calls done MSISDN"},
        {"audit show", 1, 1, needs::database, &office::show_audit, "audit show MSISDN"},
        {"audit verify", 0, 0, needs::database, &office::verify_audit, "audit verify"},
        {"subscribers import", 1, 1, needs::nothing, &office::import_feed, "subscribers import FILE"},
        {"subscribers export", 0, 0, needs::database, &office::export_feed, "subscribers export"},
        {"subscribers show", 1, 1, needs::database, &office::show_subscriber, "subscribers show MSISDN"},
        {"subscribers erase", 1, 1, needs::database, &office::erase_subscriber, "subscribers erase MSISDN"},
        {"vouchers import", 1, 1, needs::nothing, &office::import_vouchers, "vouchers import FILE"},
        {"backup", 1, 1, needs::database, &office::back_up, "backup FILE"},
    };
    return rows;
}

const office::row* office::row_of(arguments words) {
    const auto found = std::ranges::find_if(table(), [&](const row& each) {
        const std::size_t blank = each.name.find(' ');
        if (blank == std::string_view::npos)
            return !words.empty() && words[0] == each.name;
        return words.size() > 1 && words[0] == each.name.substr(0, blank) &&
               words[1] == each.name.substr(blank + 1);
    });
    return found == table().end() ? nullptr : &*found;
}

/// Of a command with others behind it, which those are.
void office::complain_of_unknown(arguments words, counter& at) {
    bool is_begun = false;
    for (const row& each : table())
        if (!words.empty() && each.name.starts_with(words[0] + ' ')) {
            at.complain(fmt::format("usage: kabinet {}", each.usage));
            is_begun = true;
        }
    if (!is_begun)
        at.complain("no such command; `kabinet --help` lists them");
}

std::string_view office::name_of(std::span<const std::string> words) {
    const row* found = row_of(words);
    return found == nullptr ? "none that there is" : found->name;
}

office::needs office::needs_of(std::span<const std::string> words) {
    const row* found = row_of(words);
    return found == nullptr ? needs::nothing : found->wants;
}

asio::awaitable<int> office::run(std::vector<std::string> words, counter& at) {
    const row* found = row_of(words);
    if (found == nullptr) {
        complain_of_unknown(words, at);
        co_return errand_broken;
    }
    const std::size_t taken = found->name.find(' ') == std::string_view::npos ? 1 : 2;
    const arguments rest = arguments{words}.subspan(taken);
    if (rest.size() < found->least_arguments || rest.size() > found->most_arguments) {
        at.complain(fmt::format("usage: kabinet {}", found->usage));
        co_return errand_broken;
    }
    if (found->wants == needs::gateway && with_.running == nullptr) {
        at.complain(no_gateway);
        co_return errand_refused;
    }
    co_return co_await (this->*found->does)(rest, at);
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
    for (const std::string& line : with_.running->status())
        at.print(line);
    co_return errand_done;
}

asio::awaitable<int> office::reload(arguments, counter& at) {
    const std::vector<finding> findings = co_await with_.running->reload();
    for (const finding& each : findings)
        at.complain(describe(each));
    if (is_refused(findings)) {
        at.complain("nothing was changed");
        co_return errand_broken;
    }
    at.print(
        "the packs that [menus] names are served from now on, and the door's certificate and lists are as "
        "their files are; dialogues under way finish on the pack they began with. What else kabinet.toml "
        "says comes with the next start");
    co_return errand_done;
}

asio::awaitable<int> office::maintenance(arguments typed, counter& at) {
    const auto read = read_maintenance(typed, *packs_().usual(), read_clocks().utc);
    if (!read) {
        at.complain(read.error);
        co_return errand_broken;
    }
    const std::string what =
        read.of ? "maintenance of " + std::string{menus::name_of(*read.of)} : std::string{"maintenance"};
    if (!read.is_on) {
        with_.running->end_maintenance(read.of);
        at.print(what + " is over");
        co_return errand_done;
    }
    with_.running->begin_maintenance(read.of, read.until);
    at.print(read.until ? fmt::format("{} until {}", what, write_for_eyes(*read.until))
                        : what + " until it is switched off");
    co_return errand_done;
}

asio::awaitable<int> office::trace(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    const std::vector<std::string> seen =
        with_.running == nullptr ? std::vector<std::string>{} : with_.running->lately(*who, events_shown);
    if (!seen.empty())
        at.print("what this gateway saw since it started:");
    for (const std::string& line : seen)
        at.print(line);
    if (!seen.empty())
        at.print("what is on record:");
    co_return co_await show_audit(typed, at);
}

} // namespace kabinet::gateway
