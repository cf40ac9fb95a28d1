// What the subscriber reads: a place or a text of the pack with its fields filled in. Does not know
// how it travels.
#pragma once

#include "menus/definition.hpp"
#include "menus/dialogue.hpp"
#include "menus/machine.hpp"
#include "values/instant.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"
#include "values/text.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace kabinet::menus {

/// The most operations one answer of the archive lists, and how many must fit at their longest.
inline constexpr std::size_t most_operations = 10;
inline constexpr std::size_t sure_operations = 2;

struct operation {
    utc_time at{};
    std::string_view what; // a word of archive_words
    std::string_view by;   // a word of archive_ways
};

/// An SMS, in place: as many octets of UTF-8 as `most_sms_parts` can have.
using long_text = boost::static_string<960>;

/// The most movements one SMS lists, and how many must fit at their longest.
inline constexpr std::size_t most_movements = 10;
inline constexpr std::size_t sure_movements = 5;
/// How many totals must fit at their longest.
inline constexpr std::size_t sure_totals = 2;

struct movement {
    utc_time at{};
    std::string_view what; // a word of movement_words
    money amount;          // below zero: it went
};

/// How many lines of what the account has must fit at their longest.
inline constexpr std::size_t sure_holdings = 2;

/// A line of what the account has.
struct holding {
    std::string_view line; // a word of lines_of_services or lines_of_packages
    title_name title;
    money fee;
    std::uint64_t count = 0; // of minutes, SMS or megabytes that are left
    std::optional<utc_time> until;
};

/// Whether the account has what a screen is about.
enum class holding_state : std::uint8_t { none, held, paused };

/// What a text may name. A placeholder whose field isn't given is `page_error::no_field`.
struct fields {
    std::optional<utc_time> until;
    std::optional<utc_time> at;
    std::optional<msisdn> login;
    const secret* password = nullptr; // outlives the call
    std::optional<std::uint64_t> count;
    std::string_view code;
    std::optional<money> balance;
    std::optional<std::int64_t> points;
    std::optional<money> amount;
    std::optional<money> fee;
    std::optional<std::chrono::seconds> term;
    std::optional<msisdn> party;
    std::optional<money> income;
    std::optional<money> spent;
    std::optional<title_name> title;
    std::optional<title_name> other;
    std::optional<money> price;
    std::optional<std::chrono::seconds> period;
    std::optional<std::int64_t> minutes;
    std::optional<std::int64_t> sms;
    std::optional<std::int64_t> megabytes;
    holding_state has = holding_state::none;
    // of what is listed, as many of the first as fit stand there
    std::span<const holding> holdings;
    std::span<const movement> movements;   // newest first, and `count` is then of those that stand there
    std::span<const movement> totals;      // the largest first
    std::span<const operation> operations; // as the movements
};

enum class page_error {
    no_text = 1, // the pack has no such text
    no_field,    // the text names a field that wasn't given
    no_place,    // the place is of another pack
    too_long,    // doesn't fit its place; can't be of a pack that passed validation
};
const boost::system::error_category& page_category();
boost::system::error_code make_error_code(page_error);

/// What the screen says of what it asks about: the terms of its offer, and until when they hold from `now`
/// on.
[[nodiscard]] fields fields_of(const definition&, const place&, utc_time now);

/// The screen one stands at, with its line for `0`; after a wrong key under one line that says so, where
/// both fit. Fixed screens are copied as they were laid out.
[[nodiscard]] boost::system::result<short_text> render(const definition&, const place&, const fields& = {});

/// The last screen of a dialogue that the menu itself ends.
[[nodiscard]] boost::system::result<short_text> render(const definition&, const end&);

/// A text by its name, such as `issue_password.replaced.sms`.
[[nodiscard]] boost::system::result<short_text> render(const definition&, std::string_view text, language,
                                                       const fields& = {});

/// The same for an SMS, which may be longer than any screen. It has no operations to list.
[[nodiscard]] boost::system::result<long_text> render_sms(const definition&, std::string_view text, language,
                                                          const fields& = {});

/// Whether all of `fields::holdings` stand on that text's screen.
[[nodiscard]] bool shows_all(const definition&, std::string_view text, language, const fields&);

/// The outcome of an action after which the dialogue goes on at `back`.
[[nodiscard]] boost::system::result<short_text> render_outcome(const definition&, std::string_view text,
                                                               const place& back, const fields& = {});

/// The code that leads straight to a place, or to the first prompt before it: `*105*7*2#`.
[[nodiscard]] boost::static_string<64> write_code(const definition&, const place&);

} // namespace kabinet::menus

template <>
struct boost::system::is_error_code_enum<kabinet::menus::page_error> : std::true_type {};
