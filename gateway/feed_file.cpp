#include "gateway/feed_file.hpp"

#include "menus/format.hpp"
#include "values/csv.hpp"
#include "values/text.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway {
namespace {

using boost::system::result;
using store::account_status;
using store::subscriber;

constexpr std::size_t longest_text = 100; // characters

/// What is wrong with a field; empty when nothing is. An empty field is never read.
using complaint = std::string_view;

struct column {
    std::string_view name;
    complaint (*read)(std::string_view field, feed_line&, feed_reader&);
    std::string (*write)(const subscriber&); // none: never exported
};

template <class Value, std::size_t Size>
using words = std::array<std::pair<std::string_view, Value>, Size>;

constexpr words<account_status, 2> statuses{
    {{"active", account_status::active}, {"barred", account_status::barred}}};
constexpr words<bool, 2> yes_or_no{{{"1", true}, {"0", false}}};

template <class Value, std::size_t Size>
bool read_word(const words<Value, Size>& all, std::string_view field, std::optional<Value>& into) {
    const auto found = std::ranges::find(all, field, &std::pair<std::string_view, Value>::first);
    if (found != all.end())
        into = found->second;
    return found != all.end();
}

template <class Value, std::size_t Size>
std::string write_word(const words<Value, Size>& all, const std::optional<Value>& from) {
    if (!from)
        return {};
    return std::string{std::ranges::find(all, *from, &std::pair<std::string_view, Value>::second)->first};
}

template <std::string subscriber::*Field>
complaint read_text(std::string_view field, feed_line& into, feed_reader&) {
    const auto length = count_utf16(field);
    if (!length)
        return "broken UTF-8";
    if (*length > longest_text)
        return "more than 100 characters";
    if (std::ranges::any_of(field, [](unsigned char each) { return each < ' '; }))
        return "a control character";
    into.row.*Field = field;
    return {};
}

template <std::string subscriber::*Field>
std::string write_text(const subscriber& from) {
    return from.*Field;
}

template <std::optional<utc_time> subscriber::*Field>
complaint read_time(std::string_view field, feed_line& into, feed_reader& by) {
    into.row.*Field = read_iso(field);
    if (!(into.row.*Field))
        return "no time such as 2025-11-21T10:00:00Z";
    return *(into.row.*Field) <= by.latest() ? complaint{} : "lies ahead";
}

template <std::optional<utc_time> subscriber::*Field>
std::string write_time(const subscriber& from) {
    return from.*Field ? write_iso(*(from.*Field)) : std::string{};
}

complaint read_number(std::string_view field, feed_line& into, feed_reader& by) {
    const auto number = normalise(field, by.numbers());
    if (!number)
        return "no number of ours";
    into.row.who = *number;
    return {};
}

complaint read_status(std::string_view field, feed_line& into, feed_reader&) {
    return read_word(statuses, field, into.row.status) ? complaint{} : "active or barred";
}

complaint read_language(std::string_view field, feed_line& into, feed_reader&) {
    into.row.speaks = language::from(field);
    return into.row.speaks ? complaint{} : "two small letters, such as ru";
}

complaint read_zone(std::string_view field, feed_line& into, feed_reader& by) {
    if (!by.is_zone(field))
        return "no time zone such as Europe/Moscow";
    into.row.zone = field;
    return {};
}

complaint read_ported_out(std::string_view field, feed_line& into, feed_reader&) {
    return read_word(yes_or_no, field, into.row.is_ported_out) ? complaint{} : "1 or 0";
}

complaint read_level(std::string_view field, feed_line& into, feed_reader&) {
    return read_word(access_levels, field, into.row.level) ? complaint{} : "view, own or all";
}

complaint read_email(std::string_view field, feed_line& into, feed_reader& by) {
    const std::size_t at = field.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == field.size() ||
        field.find(' ') != std::string_view::npos)
        return "no address";
    return read_text<&subscriber::email>(field, into, by);
}

complaint read_code_word(std::string_view field, feed_line& into, feed_reader&) {
    if (!count_utf16(field))
        return "broken UTF-8";
    into.code_word = secret{field};
    return into.code_word.is_truncated() ? "too long" : complaint{};
}

constexpr std::array table{
    column{"msisdn", read_number, [](const subscriber& from) { return from.who.text(); }},
    column{"status", read_status, [](const subscriber& from) { return write_word(statuses, from.status); }},
    column{"reason", read_text<&subscriber::reason>, write_text<&subscriber::reason>},
    column{"type", read_text<&subscriber::type>, write_text<&subscriber::type>},
    column{"region", read_text<&subscriber::region>, write_text<&subscriber::region>},
    column{"language", read_language,
           [](const subscriber& from) { return std::string{from.speaks ? from.speaks->code() : ""}; }},
    column{"zone", read_zone, write_text<&subscriber::zone>},
    column{"sim_changed_at", read_time<&subscriber::sim_changed>, write_time<&subscriber::sim_changed>},
    column{"owner_changed_at", read_time<&subscriber::owner_changed>, write_time<&subscriber::owner_changed>},
    column{"ported_out", read_ported_out,
           [](const subscriber& from) { return write_word(yes_or_no, from.is_ported_out); }},
    column{"level", read_level, [](const subscriber& from) { return write_word(access_levels, from.level); }},
    column{"email", read_email, write_text<&subscriber::email>},
    column{"code_word", read_code_word, nullptr},
};
constexpr std::size_t number_column = 0;

} // namespace

bool feed_reader::is_zone(std::string_view name) {
    if (zones_.contains(name))
        return true;
    if (!menus::is_time_zone(name))
        return false;
    zones_.emplace(name);
    return true;
}

result<void, bad_line> feed_reader::read_header(std::string_view line) {
    const auto names = read_csv_line(line);
    if (!names)
        return bad_line{"a quote is open or stands in the middle of a field"};
    columns_.clear();
    for (const std::string& name : *names) {
        const auto found = std::ranges::find(table, name, &column::name);
        if (found == table.end())
            return bad_line{fmt::format("there is no column \"{}\"", name)};
        const auto number = static_cast<std::size_t>(found - table.begin());
        if (std::ranges::find(columns_, number) != columns_.end())
            return bad_line{fmt::format("the column {} stands twice", name)};
        columns_.push_back(number);
    }
    if (std::ranges::find(columns_, number_column) == columns_.end())
        return bad_line{"the column msisdn is missing"};
    return {};
}

result<feed_line, bad_line> feed_reader::read(std::string_view line) {
    const auto fields = read_csv_line(line);
    if (!fields)
        return bad_line{"a quote is open or stands in the middle of a field"};
    if (fields->size() != columns_.size())
        return bad_line{fmt::format("{} fields where the header has {}", fields->size(), columns_.size())};
    feed_line made;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        const column& is = table[columns_[at]];
        const std::string& field = (*fields)[at];
        if (field.empty() && columns_[at] != number_column)
            continue;
        if (const complaint wrong = is.read(field, made, *this); !wrong.empty())
            return bad_line{fmt::format("{}: {}", is.name, wrong)};
    }
    return made;
}

std::string write_feed_header() {
    std::vector<std::string> names;
    for (const column& each : table)
        if (each.write != nullptr)
            names.emplace_back(each.name);
    return write_csv_line(names);
}

std::string write_feed_line(const subscriber& from) {
    std::vector<std::string> fields;
    for (const column& each : table)
        if (each.write != nullptr)
            fields.push_back(each.write(from));
    return write_csv_line(fields);
}

} // namespace kabinet::gateway
