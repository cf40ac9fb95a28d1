// Whom a subscriber may ask for help, as his pack names them: a number, or where to write. What each is and
// when it answers are texts of the pack. Knows no channel.
#pragma once

#include <string>
#include <string_view>

namespace kabinet::menus {

struct contact {
    std::string name;
    std::string address; // which texts say by the name: `{support}`
};

inline constexpr std::string_view texts_of_contacts = "contact."; // their names begin so

/// The texts of what it is and of when it answers: `contact.support.title`, `contact.support.hours`.
[[nodiscard]] std::string title_of_contact(std::string_view name);
[[nodiscard]] std::string hours_of_contact(std::string_view name);

} // namespace kabinet::menus
