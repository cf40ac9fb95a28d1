// Fills the phrases of a pack into a text in place. For page.cpp alone.
#pragma once

#include "menus/page.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kabinet::menus {

using written = boost::system::result<void>;

template <class Text>
class page_writer {
  public:
    page_writer(const definition& pack, const spoken_language& speaks, Text& to)
        : pack_{pack}
        , speaks_{speaks}
        , to_{to} {}

    written write(const phrase& text, const fields& known) {
        for (const piece& part : text.pieces) {
            const written done = part.filled ? fill_in(part, known) : write(part.words);
            if (!done)
                return done;
        }
        return {};
    }

    written write(std::string_view words) {
        if (words.size() > to_.max_size() - to_.size())
            return page_error::too_long;
        to_.append(words.data(), words.size());
        return {};
    }

  private:
    written fill_in(const piece& part, const fields& known) {
        switch (*part.filled) {
        case placeholder::until:
            return write_time(known.until);
        case placeholder::at:
            return write_time(known.at);
        case placeholder::login:
            return write_login(known.login);
        case placeholder::password:
            return known.password != nullptr ? write(known.password->reveal())
                                             : written{page_error::no_field};
        case placeholder::count:
            return write_count(part, known.count);
        case placeholder::code:
            return write(known.code);
        case placeholder::operations:
            return write_list(known.operations, [&](const operation& one) { return write_operation(one); });
        case placeholder::balance:
            return write_money(known.balance);
        case placeholder::points:
            return write_points(known.points);
        case placeholder::amount:
            return write_money(known.amount);
        case placeholder::fee:
            return write_money(known.fee);
        case placeholder::term:
            return known.term ? write(speaks_.forms.write_term(*known.term)) : written{page_error::no_field};
        case placeholder::party:
            return write_login(known.party);
        case placeholder::income:
            return write_money(known.income);
        case placeholder::spent:
            return write_money(known.spent);
        case placeholder::movements:
            return write_list(known.movements,
                              [&](const movement& one) { return write_movement("movement.line", one); });
        case placeholder::totals:
            return write_list(known.totals,
                              [&](const movement& one) { return write_movement("total.line", one); });
        case placeholder::title:
            return write_title(known.title);
        case placeholder::other:
            return write_title(known.other);
        case placeholder::price:
            return write_money(known.price);
        case placeholder::period:
            return known.period ? write(speaks_.forms.write_term(*known.period))
                                : written{page_error::no_field};
        case placeholder::minutes:
            return write_points(known.minutes);
        case placeholder::sms:
            return write_points(known.sms);
        case placeholder::megabytes:
            return write_points(known.megabytes);
        case placeholder::holdings:
            return write_list(known.holdings, [&](const holding& one) { return write_holding(one); });
        case placeholder::day:
        case placeholder::what:
        case placeholder::by:
            return page_error::no_field;
        }
        return page_error::no_field;
    }

    written write_money(const std::optional<money>& amount) {
        return amount ? write(speaks_.forms.write_money(*amount)) : written{page_error::no_field};
    }

    written write_points(const std::optional<std::int64_t>& points) {
        return points ? write(std::to_string(*points)) : written{page_error::no_field};
    }

    written write_time(const std::optional<utc_time>& moment) {
        return moment ? write(speaks_.forms.write_time(*moment)) : written{page_error::no_field};
    }

    written write_login(const std::optional<msisdn>& number) {
        if (!number)
            return page_error::no_field;
        const std::string digits = number->text();
        const std::string_view country = pack_.numbers.country_code;
        const bool is_national =
            digits.starts_with(country) && digits.size() == country.size() + pack_.numbers.national_length;
        return write(std::string_view{digits}.substr(is_national ? country.size() : 0));
    }

    written write_count(const piece& part, const std::optional<std::uint64_t>& count) {
        if (!count)
            return page_error::no_field;
        if (!part.forms.empty())
            return write(part.forms[std::min(speaks_.forms.choose_form(*count), part.forms.size() - 1)]);
        std::array<char, 20> digits{};
        const auto [last, error] = std::to_chars(digits.data(), digits.data() + digits.size(), *count);
        return write({digits.data(), static_cast<std::size_t>(last - digits.data())});
    }

    /// One a line.
    template <class Item, class WriteOne>
    written write_list(std::span<const Item> those, WriteOne write_one) {
        bool is_first = true;
        for (const Item& one : those) {
            if (const written next = write(is_first ? "" : "\n"); !next)
                return next;
            if (const written next = write_one(one); !next)
                return next;
            is_first = false;
        }
        return {};
    }

    /// What is filled in comes of `fill`, which is given each placeholder.
    template <class Fill>
    written write_line(std::string_view name, Fill fill) {
        const std::optional<std::size_t> line = pack_.find_text(name);
        if (!line)
            return page_error::no_text;
        for (const piece& part : speaks_.texts[*line].pieces)
            if (const written done = part.filled ? fill(part) : write(part.words); !done)
                return done;
        return {};
    }

    written write_operation(const operation& one) {
        return write_line("archive.line", [&](const piece& part) -> written {
            switch (*part.filled) {
            case placeholder::at:
                return write_time(one.at);
            case placeholder::what:
                return write_word("archive.", one.what);
            case placeholder::by:
                return write_word("archive.by.", one.by);
            default:
                return page_error::no_field;
            }
        });
    }

    written write_movement(std::string_view as, const movement& one) {
        return write_line(as, [&](const piece& part) -> written {
            switch (*part.filled) {
            case placeholder::day:
                return write(speaks_.forms.write_day(one.at));
            case placeholder::amount:
                return write((one.amount > money{} ? "+" : "") + speaks_.forms.write_money(one.amount));
            case placeholder::what:
                return write_word("movement.", one.what);
            default:
                return page_error::no_field;
            }
        });
    }

    written write_holding(const holding& one) {
        return write_line("holding." + std::string{one.line}, [&](const piece& part) -> written {
            switch (*part.filled) {
            case placeholder::title:
                return write_title(one.title);
            case placeholder::fee:
                return write(speaks_.forms.write_money(one.fee));
            case placeholder::count:
                return write_count(part, one.count);
            case placeholder::day:
                return one.until ? write(speaks_.forms.write_day(*one.until)) : written{page_error::no_field};
            default:
                return page_error::no_field;
            }
        });
    }

    /// What the pack has no words for any more is called by its name in the pack.
    written write_title(const std::optional<title_name>& title) {
        if (!title)
            return page_error::no_field;
        if (const std::optional<std::size_t> text = pack_.find_text(view(*title)))
            return write(speaks_.texts[*text], {});
        const std::string_view name = view(*title);
        return write(name.substr(name.find('.') + 1));
    }

    written write_word(std::string_view prefix, std::string_view word) {
        std::string name{prefix};
        std::optional<std::size_t> text = pack_.find_text(name.append(word));
        if (!text)
            text = pack_.find_text("archive.other");
        return text ? write(speaks_.texts[*text], {}) : written{page_error::no_text};
    }

    const definition& pack_;
    const spoken_language& speaks_;
    Text& to_;
};

} // namespace kabinet::menus
