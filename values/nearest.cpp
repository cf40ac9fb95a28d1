#include "values/nearest.hpp"

#include <algorithm>
#include <utility>

namespace kabinet {
namespace {

constexpr std::size_t longest_compared = 64; // whatever is longer is no name
constexpr std::size_t most_between = 3;

/// Of the longer one's letters a third at most may be wrong, and one always.
bool is_near(std::string_view one, std::string_view other, std::size_t between) {
    const std::size_t letters = std::max(one.size(), other.size());
    return between < letters && between <= std::clamp(letters / 3, std::size_t{1}, most_between);
}

} // namespace

std::size_t letters_between(std::string_view one, std::string_view other) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(other.size() + 1);
    for (std::size_t at = 0; at < last.size(); ++at)
        last[at] = at;
    for (std::size_t row = 1; row <= one.size(); ++row) {
        std::vector<std::size_t> made(other.size() + 1);
        made[0] = row;
        for (std::size_t at = 1; at < made.size(); ++at) {
            const std::size_t changed = last[at - 1] + (one[row - 1] == other[at - 1] ? 0U : 1U);
            made[at] = std::min({last[at] + 1, made[at - 1] + 1, changed});
            const bool is_swapped =
                row > 1 && at > 1 && one[row - 1] == other[at - 2] && one[row - 2] == other[at - 1];
            if (is_swapped)
                made[at] = std::min(made[at], before_last[at - 2] + 1);
        }
        before_last = std::exchange(last, std::move(made));
    }
    return last.back();
}

std::string nearest(std::string_view written, const std::vector<std::string>& known) {
    std::string found;
    std::size_t least = longest_compared;
    if (written.size() > longest_compared)
        return found;
    for (const std::string& each : known) {
        if (each.size() > longest_compared || each == written)
            continue;
        const std::size_t between = letters_between(written, each);
        if (between < least && is_near(written, each, between)) {
            least = between;
            found = each;
        }
    }
    return found;
}

std::string guess(std::string_view written, const std::vector<std::string>& known, std::string_view before,
                  std::string_view after) {
    const std::string meant = nearest(written, known);
    if (meant.empty())
        return {};
    return ": did you mean " + std::string{before} + meant + std::string{after} + '?';
}

} // namespace kabinet
