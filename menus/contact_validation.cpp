#include "menus/contact_validation.hpp"

#include "values/text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

namespace kabinet::menus {
namespace {

constexpr std::size_t longest_address = 60; // UTF-16 units: it fits any screen and SMS with words around it

/// Nothing in it is unseen or turns round what stands after it, and it is one line.
bool is_address(std::string_view text) {
    const std::optional<std::size_t> length = count_utf16(text);
    if (!length || *length == 0 || *length > longest_address || text.front() == ' ' || text.back() == ' ')
        return false;
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        if (next.value != U' ' && u_isgraph(static_cast<UChar32>(next.value)) == 0)
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
            std::ranges::find_if(pack.words, [&](const auto& each) { return each.first == name; });
        if (word != pack.words.end())
            findings.emplace_back(word->second.where, "the word " + name + " is a contact already, at line " +
                                                          std::to_string(address.where.line) +
                                                          ", whose address texts say as {" + name + '}');
    }
}

} // namespace kabinet::menus
