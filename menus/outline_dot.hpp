// An outline as a graph in the language of Graphviz: `dot -Tsvg` draws it.
#pragma once

#include "menus/outline.hpp"

#include <string>

namespace kabinet::menus {

/// Codes and short numbers lead in, keys are edges, screens and actions are nodes, each once.
[[nodiscard]] std::string write_dot(const outline&);

} // namespace kabinet::menus
