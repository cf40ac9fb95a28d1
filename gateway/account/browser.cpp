#include "gateway/account/browser.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace kabinet::gateway::account {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_accepted = 16;

/// What stands before the next `by`, and `text` goes on behind it.
std::string_view take_part(std::string_view& text, char by) {
    const auto end = text.find(by);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return trim(part);
}

/// Thousandths of `q=0.8`; 1000 where there is none, 0 where it can't be read.
unsigned read_weight(std::string_view parameter) {
    if (!parameter.starts_with("q="))
        return 1000;
    parameter.remove_prefix(2);
    std::string digits{parameter.substr(0, 5)};
    std::erase(digits, '.');
    digits.resize(4, '0');
    unsigned weight = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
    return wrong == std::errc{} && end == digits.data() + digits.size() ? weight : 0;
}

char to_lower(char of) {
    return of >= 'A' && of <= 'Z' ? static_cast<char>(of - 'A' + 'a') : of;
}

} // namespace

std::string_view trim(std::string_view text, std::string_view around) {
    const auto first = text.find_first_not_of(around);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(around) - first + 1);
}

std::string_view find_cookie(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        std::string_view value = take_part(header, ';');
        if (take_part(value, '=') == name)
            return value;
    }
    return {};
}

std::vector<language> read_accepted(std::string_view header) {
    struct accepted {
        language code;
        unsigned weight;
    };
    std::vector<accepted> all;
    while (!header.empty() && all.size() < most_accepted) {
        std::string_view item = take_part(header, ',');
        std::string range{take_part(item, ';')};
        std::ranges::transform(range, range.begin(), to_lower);
        const auto code = language::from(range.substr(0, range.find('-')));
        if (const unsigned weight = read_weight(trim(item)); code && weight > 0)
            all.push_back({*code, weight});
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &accepted::weight);
    std::vector<language> made;
    for (const accepted& each : all)
        made.push_back(each.code);
    return made;
}

std::string_view find_language(std::string_view query) {
    constexpr std::string_view name = "lang=";
    return query.starts_with(name) ? query.substr(name.size()) : std::string_view{};
}

std::string_view find_field(const door::request& asked, std::string_view name) {
    std::string_view query = asked.query ? std::string_view{*asked.query} : std::string_view{};
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
            return one.substr(name.size() + 1);
    }
    return {};
}

std::string find_visitor(const door::request& asked) {
    boost::system::error_code wrong;
    const auto peer = asio::ip::make_address(asked.peer, wrong);
    if (wrong || !peer.is_loopback())
        return asked.peer;
    const auto comma = asked.forwarded_for.rfind(',');
    const std::string_view last =
        trim(std::string_view{asked.forwarded_for}.substr(comma == std::string::npos ? 0 : comma + 1));
    const auto said = asio::ip::make_address(last, wrong);
    return wrong ? asked.peer : said.to_string();
}

void guard(door::answer& made) {
    const auto put = [&](const char* name, const char* value) { made.headers.emplace_back(name, value); };
    put("Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'");
    put("Referrer-Policy", "no-referrer");
    put("X-Content-Type-Options", "nosniff");
    put("X-Frame-Options", "DENY"); // for browsers that don't know frame-ancestors
    put("Cross-Origin-Opener-Policy", "same-origin");
}

door::answer go_to(std::string_view path) {
    door::answer made{303, "text/plain", ""};
    made.headers.emplace_back("Location", path);
    return made;
}

std::string write_number(std::string_view digits) {
    constexpr std::size_t usual = 11;
    if (digits.size() != usual)
        return fmt::format("+{}", digits);
    return fmt::format("+{} {} {}-{}-{}", digits.substr(0, 1), digits.substr(1, 3), digits.substr(4, 3),
                       digits.substr(7, 2), digits.substr(9, 2));
}

std::string write_dialled(std::string_view code) {
    std::string made;
    for (const char each : code)
        if (each == '#')
            made += "%23";
        else
            made += each;
    return made;
}

/// One of our schemes stands before whatever a pack may say.
std::string write_link(std::string_view address) {
    constexpr std::string_view digits = "0123456789", site = "https://";
    const bool has_blanks = address.find(' ') != std::string_view::npos;
    if (address.find_first_not_of("0123456789+*#-() ") == std::string_view::npos) {
        std::string dialled = write_dialled(address);
        std::erase_if(dialled, [](char each) { return each == ' ' || each == '(' || each == ')'; });
        return address.find_first_of(digits) == std::string_view::npos ? std::string{} : "tel:" + dialled;
    }
    if (has_blanks)
        return {};
    if (address.starts_with(site))
        return std::string{address};
    const bool has_path = address.find('/') != std::string_view::npos;
    if (const auto at = address.find('@'); at != std::string_view::npos && !has_path)
        return at == 0 ? std::string{} : "mailto:" + std::string{address};
    const bool is_site =
        address.find(':') == std::string_view::npos && address.find('.') != std::string_view::npos;
    return is_site ? std::string{site}.append(address) : std::string{};
}

} // namespace kabinet::gateway::account
