#include "tests/support/json.hpp"

namespace kabinet::tests {

nlohmann::json read_json(std::string_view text) {
    return nlohmann::json::parse(text);
}

std::string write_json(const nlohmann::json& value) {
    return value.dump();
}

} // namespace kabinet::tests

doctest::String doctest::StringMaker<nlohmann::json>::convert(const nlohmann::json& value) {
    return value.dump().c_str();
}
