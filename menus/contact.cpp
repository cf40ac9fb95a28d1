#include "menus/contact.hpp"

namespace kabinet::menus {
namespace {

std::string text_of(std::string_view name, std::string_view what) {
    return std::string{texts_of_contacts}.append(name).append(1, '.').append(what);
}

} // namespace

std::string title_of_contact(std::string_view name) {
    return text_of(name, "title");
}

std::string hours_of_contact(std::string_view name) {
    return text_of(name, "hours");
}

} // namespace kabinet::menus
