// Files and texts of a test's gateway: changed before its start, read on its phones.
#pragma once

#include "tests/support/process.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace kabinet::tests {

/// Throws when `from` isn't in the file: a test must not pass because nothing was changed.
inline void change_in(const std::filesystem::path& file, const std::string& from, const std::string& to) {
    std::string text = read_whole(file);
    const auto at = text.find(from);
    if (at == std::string::npos)
        throw std::runtime_error{file.string() + ": no " + from};
    write_whole(file, text.replace(at, from.size(), to));
}

[[nodiscard]] inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// What the shipped pack's texts that issue one say after the label; throws with the text when there is none.
[[nodiscard]] inline std::string password_in(const std::string& text) {
    const std::string label = "Пароль: ";
    const auto at = text.find(label);
    if (at == std::string::npos)
        throw std::runtime_error{"no password in: " + text};
    return text.substr(at + label.size(), 8);
}

} // namespace kabinet::tests
