#include "config/token_file.hpp"

#include <algorithm>
#include <string>

namespace kabinet::config {

namespace fs = std::filesystem;

namespace {

bool is_token(std::string_view line) {
    return std::ranges::all_of(line, [](char each) { return each > ' ' && each < '\x7f'; });
}

} // namespace

bool read_file_name(section& from, std::string_view key, const fs::path& folder,
                    std::vector<finding>& findings, fs::path& into, std::string_view advice) {
    std::string path;
    if (!from.read(key, path))
        return false;
    into = path.empty() ? fs::path{} : (folder / path).lexically_normal();
    std::error_code missing;
    if (path.empty())
        from.refuse(key, "is empty");
    else if (!fs::exists(into, missing))
        findings.emplace_back(from.where(key), into.string() + " is missing" + std::string{advice});
    return true;
}

void refuse_if_others_read(const fs::path& file, std::vector<finding>& findings) {
    constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
    std::error_code missing;
    const fs::file_status status = fs::status(file, missing);
    if (fs::exists(status) && (status.permissions() & others) != fs::perms::none)
        findings.emplace_back(mark{file.string(), 0}, "others than its owner can read it: chmod 600");
}

std::shared_ptr<const std::vector<secret>> read_tokens(section& from, std::string_view key,
                                                       const fs::path& path, std::vector<finding>& findings) {
    constexpr std::size_t shortest = 32;
    auto tokens = std::make_shared<std::vector<secret>>();
    std::error_code missing;
    if (!fs::exists(path, missing))
        return tokens;
    refuse_if_others_read(path, findings);
    std::string text = read_file(path, findings).value_or("");
    std::string_view rest = text;
    for (std::uint32_t line = 1; !rest.empty(); ++line) {
        const std::string_view one = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        if (one.empty() || one.starts_with('#'))
            continue;
        tokens->emplace_back(one);
        if (one.size() < shortest || tokens->back().is_truncated() || !is_token(one))
            findings.emplace_back(mark{path.string(), line},
                                  "no token: 32 to 192 characters without blanks are wanted");
    }
    wipe(text.data(), text.size());
    if (tokens->empty())
        findings.emplace_back(from.where(key), path.string() + " has no token");
    return tokens;
}

} // namespace kabinet::config
