#include "menus/contact_validation.hpp"

#include "values/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kabinet::menus {
namespace {

constexpr std::size_t longest_address = 60; // UTF-16 units: it fits any screen and SMS with words around it

struct range {
    char32_t first, last;
};
// Controls, blanks but the plain one, and what joins, parts or turns round what stands beside it.
constexpr std::array<range, 13> unseen{{{0x00, 0x1F},
                                        {0x7F, 0xA0},
                                        {0xAD, 0xAD},
                                        {0x061C, 0x061C},
                                        {0x1680, 0x1680},
                                        {0x180B, 0x180F},
                                        {0x2000, 0x200F},
                                        {0x2028, 0x202F},
                                        {0x205F, 0x206F},
                                        {0x3000, 0x3000},
                                        {0xFE00, 0xFE0F},
                                        {0xFEFF, 0xFEFF},
                                        {0xE0000, 0xE0FFF}}};

bool is_seen(char32_t one) {
    return std::ranges::none_of(unseen,
                                [one](const range& each) { return one >= each.first && one <= each.last; });
}

/// One line, of which nothing is unseen or turns round what stands after it.
bool is_address(std::string_view text) {
    const std::optional<std::size_t> length = count_utf16(text);
    if (!length || *length == 0 || *length > longest_address || text.front() == ' ' || text.back() == ' ')
        return false;
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        if (!is_seen(next.value))
            return false;
        text.remove_prefix(next.size);
    }
    return true;
}

} // namespace

void validate_contacts(const draft& pack, std::vector<finding>& findings) {
    const mark* before = nullptr;
    for (const auto& [name, address] : pack.contacts) {
        if (!is_address(address.text))
            findings.emplace_back(address.where,
                                  "the address of the contact " + name + " must be 1 to " +
                                      std::to_string(longest_address) +
                                      " characters that can be seen, with blanks only between them");
        if (before != nullptr && *before == address.where)
            findings.emplace_back(address.where,
                                  "the contact " + name +
                                      " wants a line of its own: contacts are told in the order "
                                      "of their lines");
        before = &address.where;
        const auto word =
            std::ranges::find_if(pack.words, [&name = name](const auto& each) { return each.first == name; });
        if (word != pack.words.end())
            findings.emplace_back(word->second.where, "the word " + name + " is a contact already, at line " +
                                                          std::to_string(address.where.line) +
                                                          ", whose address texts say as {" + name + '}');
    }
}

} // namespace kabinet::menus
