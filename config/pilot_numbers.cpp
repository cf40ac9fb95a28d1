#include "config/pilot_numbers.hpp"

#include "config/toml.hpp"

#include <algorithm>
#include <sstream>

namespace kabinet::config {

std::vector<msisdn> load_pilot_numbers(const std::filesystem::path& file, const numbering_plan& plan,
                                       std::vector<finding>& findings) {
    const std::optional<std::string> text = read_file(file, findings);
    if (!text)
        return {};
    std::vector<msisdn> numbers;
    std::istringstream lines{*text};
    mark where{file.string(), 0};
    for (std::string line; std::getline(lines, line);) {
        ++where.line;
        line.erase(std::min(line.find('#'), line.size()));
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (line.empty())
            continue;
        if (const auto read = normalise(line, plan))
            numbers.push_back(*read);
        else
            findings.emplace_back(where, line + ": " + read.error().message());
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    if (numbers.empty())
        findings.emplace_back(mark{file.string(), 0}, "names no number: nobody gets the pilot pack",
                              finding::weight::warning);
    return numbers;
}

} // namespace kabinet::config
