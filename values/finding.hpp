// Something wrong in a file that the operator's people wrote: where it stands and what it is, in a
// sentence.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kabinet {

/// A line of a file. Line 0: the file as a whole.
struct mark {
    std::string file;
    std::uint32_t line = 0;

    friend auto operator<=>(const mark&, const mark&) = default;
};

struct finding {
    enum class weight : std::uint8_t {
        refusal,
        gap, // a refusal, and what stands there isn't known: so nothing is sure that rests on it
        warning,
    };

    std::string file;
    std::uint32_t line = 0;
    std::string what;
    weight weighs = weight::refusal;

    finding() = default;
    finding(const mark& where, std::string sentence, weight how = weight::refusal)
        : file{where.file}
        , line{where.line}
        , what{std::move(sentence)}
        , weighs{how} {}

    friend auto operator<=>(const finding&, const finding&) = default;
};

/// `config/kabinet.toml:7: port is 0, not 1 to 65535`.
[[nodiscard]] inline std::string describe(const finding& one) {
    const std::string line = one.line == 0 ? "" : std::to_string(one.line) + ':';
    const bool is_warning = one.weighs == finding::weight::warning;
    return one.file + ':' + line + ' ' + (is_warning ? "warning: " : "") + one.what;
}

/// Whether any of them keeps the files from being used; warnings don't.
[[nodiscard]] inline bool is_refused(const std::vector<finding>& findings) {
    return std::ranges::any_of(findings,
                               [](const finding& one) { return one.weighs != finding::weight::warning; });
}

/// For a log: the first that refuses the files, and how many more do.
[[nodiscard]] inline std::string summarise(const std::vector<finding>& findings) {
    const auto refuses = [](const finding& one) { return one.weighs != finding::weight::warning; };
    const auto first = std::ranges::find_if(findings, refuses);
    if (first == findings.end())
        return "nothing is wrong";
    const auto more = std::ranges::count_if(first + 1, findings.end(), refuses);
    return describe(*first) + (more == 0 ? "" : "; and " + std::to_string(more) + " more");
}

/// Whether more may be wrong than could be found out.
[[nodiscard]] inline bool has_gap(const std::vector<finding>& findings) {
    return std::ranges::any_of(findings,
                               [](const finding& one) { return one.weighs == finding::weight::gap; });
}

} // namespace kabinet
