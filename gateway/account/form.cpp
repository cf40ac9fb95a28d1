#include "gateway/account/form.hpp"

#include "values/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kabinet::gateway::account {

namespace {

constexpr std::size_t longest_name = 16;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name &&
           std::ranges::all_of(text, [](char each) { return (each >= 'a' && each <= 'z') || each == '_'; });
}

std::optional<unsigned> read_digit(char of) {
    if (of >= '0' && of <= '9')
        return static_cast<unsigned>(of - '0');
    if (of >= 'a' && of <= 'f')
        return static_cast<unsigned>(of - 'a') + 10;
    if (of >= 'A' && of <= 'F')
        return static_cast<unsigned>(of - 'A') + 10;
    return std::nullopt;
}

/// The octet that `from` begins with; what it was written as is taken off.
std::optional<char> take_octet(std::string_view& from) {
    const char first = from.front();
    from.remove_prefix(1);
    if (first == '+')
        return ' ';
    if (first != '%')
        return first;
    if (from.size() < 2)
        return std::nullopt;
    const auto high = read_digit(from[0]);
    const auto low = read_digit(from[1]);
    from.remove_prefix(2);
    if (!high || !low)
        return std::nullopt;
    return static_cast<char>(*high * 16 + *low);
}

bool is_line(std::string_view text) {
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        if (next.size == 0 || next.value < 0x20 || (next.value >= 0x7f && next.value < 0xa0))
            return false;
        text.remove_prefix(next.size);
    }
    return true;
}

/// What it decodes is nowhere but in the secret when it returns.
std::optional<secret> decode(std::string_view written) {
    std::array<char, secret::capacity> clear;
    std::size_t size = 0;
    bool is_well = true;
    while (is_well && !written.empty()) {
        const auto octet = take_octet(written);
        is_well = octet && size < clear.size();
        if (is_well)
            clear[size++] = *octet;
    }
    std::optional<secret> made;
    if (is_well && is_line({clear.data(), size}))
        made.emplace(std::string_view{clear.data(), size});
    wipe(clear.data(), size);
    return made;
}

} // namespace

bool form::read(std::string_view body) {
    for (bool is_last = body.empty(); !is_last;) {
        const auto end = body.find('&');
        is_last = end == std::string_view::npos;
        if (!add(body.substr(0, end)))
            return false;
        if (!is_last)
            body.remove_prefix(end + 1);
    }
    return true;
}

bool form::add(std::string_view pair) {
    const auto sign = pair.find('=');
    if (sign == std::string_view::npos || all_.size() == most)
        return false;
    const std::string_view name = pair.substr(0, sign);
    if (!is_name(name) || std::ranges::find(all_, name, &field::name) != all_.end())
        return false;
    std::optional<secret> value = decode(pair.substr(sign + 1));
    if (!value)
        return false;
    all_.push_back({std::string{name}, std::move(*value)});
    return true;
}

std::string_view form::reveal(std::string_view name) const {
    const auto found = std::ranges::find(all_, name, &field::name);
    return found == all_.end() ? std::string_view{} : found->value.reveal();
}

} // namespace kabinet::gateway::account
