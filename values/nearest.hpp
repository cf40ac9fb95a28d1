// What somebody may have meant who wrote a name that isn't there. Knows no names of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet {

/// How many letters must be put in, left out, changed, or swapped with their neighbour to make one of the
/// other; of octets.
[[nodiscard]] std::size_t letters_between(std::string_view one, std::string_view other);

/// The nearest of `known`, the first of several; empty where none is near enough to have been meant.
[[nodiscard]] std::string nearest(std::string_view written, const std::vector<std::string>& known);

/// For the end of a sentence: `: did you mean help?`, or nothing. A name stands between `before` and `after`.
[[nodiscard]] std::string guess(std::string_view written, const std::vector<std::string>& known,
                                std::string_view before = {}, std::string_view after = {});

} // namespace kabinet
