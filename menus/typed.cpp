#include "menus/typed.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::menus {
namespace {

// Capital Cyrillic letters that a phone shows as Latin ones.
constexpr std::array<std::pair<char32_t, char32_t>, 15> look_alikes{{
    {U'Ѕ', U'S'},
    {U'І', U'I'},
    {U'Ј', U'J'},
    {U'А', U'A'},
    {U'В', U'B'},
    {U'Е', U'E'},
    {U'К', U'K'},
    {U'М', U'M'},
    {U'Н', U'H'},
    {U'О', U'O'},
    {U'Р', U'P'},
    {U'С', U'C'},
    {U'Т', U'T'},
    {U'У', U'Y'},
    {U'Х', U'X'},
}};

char32_t capital(char32_t letter) {
    if (letter >= U'a' && letter <= U'z')
        return letter - U'a' + U'A';
    if (letter >= U'а' && letter <= U'я')
        return letter - U'а' + U'А';
    if (letter >= U'ѐ' && letter <= U'џ')
        return letter - U'ѐ' + U'Ѐ';
    return letter;
}

char32_t latin(char32_t letter) {
    for (const auto& [cyrillic, looks] : look_alikes)
        if (letter == cyrillic)
            return looks;
    return letter;
}

} // namespace

bool is_blank(char32_t value) {
    constexpr std::array<char32_t, 13> blanks{0x00,   0x20,   0x09,   0x0A,   0x0D,   0xA0,  0x2007,
                                              0x200B, 0x200E, 0x202F, 0x2060, 0x3000, 0xFEFF};
    return std::ranges::find(blanks, value) != blanks.end();
}

bool has_blanks(std::string_view utf8) {
    while (!utf8.empty()) {
        const code_point next = next_code_point(utf8);
        if (next.size == 0)
            return false;
        if (is_blank(next.value))
            return true;
        utf8.remove_prefix(next.size);
    }
    return false;
}

std::string_view trim(std::string_view utf8) {
    for (code_point next = next_code_point(utf8); next.size != 0 && is_blank(next.value);
         next = next_code_point(utf8))
        utf8.remove_prefix(next.size);
    std::size_t kept = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const code_point next = next_code_point(utf8.substr(at));
        if (next.size == 0)
            return utf8;
        at += next.size;
        if (!is_blank(next.value))
            kept = at;
    }
    return utf8.substr(0, kept);
}

char32_t narrow(char32_t value) {
    constexpr char32_t first = 0xFF01, last = 0xFF5E, shift = 0xFF01 - U'!';
    return value >= first && value <= last ? value - shift : value;
}

keyword fold_keyword(std::string_view utf8) {
    short_text folded;
    while (!utf8.empty()) {
        const code_point next = next_code_point(utf8);
        if (next.size == 0 || !append_code_point(folded, latin(capital(narrow(next.value)))))
            return {};
        utf8.remove_prefix(next.size);
    }
    return folded.size() <= keyword{}.max_size() ? keyword{folded.data(), folded.size()} : keyword{};
}

split_text split(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const code_point next = next_code_point(text.substr(at));
        if (next.size == 0)
            break;
        if (is_blank(next.value))
            return {text.substr(0, at), trim(text.substr(at))};
        at += next.size;
    }
    return {text, {}};
}

split_last split_at_last(std::string_view utf8) {
    utf8 = trim(utf8);
    std::size_t last = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const code_point next = next_code_point(utf8.substr(at));
        if (next.size == 0)
            break;
        at += next.size;
        if (is_blank(next.value))
            last = at;
    }
    return {trim(utf8.substr(0, last)), utf8.substr(last)};
}

} // namespace kabinet::menus
