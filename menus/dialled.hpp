// A dialled string taken apart. Copies nothing, for a secret may stand in it.
#pragma once

#include <boost/container/static_vector.hpp>

#include <string_view>
#include <vector>

namespace kabinet::menus {

/// Between a leading and a trailing `*`, `#` or blank, or none. `*105*00#` is 105, 00. Longer ones than
/// fit come out empty: nobody has such codes.
struct dialled_parts {
    std::string_view whole; // without what leads and trails
    boost::container::static_vector<std::string_view, 24> parts;
};

[[nodiscard]] dialled_parts take_apart(std::string_view dialled);

/// Those of a code that stands in a pack.
using code_parts = std::vector<std::string_view>;
[[nodiscard]] code_parts parts_of_code(std::string_view);

} // namespace kabinet::menus
