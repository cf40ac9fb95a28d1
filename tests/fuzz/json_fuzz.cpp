// Any octets as the body of a request: flat objects are taken whole, anything else is refused with a reason
// that repeats nothing of it.
#include "gateway/door/fields.hpp"
#include "values/text.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace kabinet;
using namespace kabinet::gateway;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// What was taken is what another reader of JSON finds there.
void compare(std::string_view text, door::fields& taken) {
    const auto other = nlohmann::json::parse(text, nullptr, false);
    require(other.is_object() && other.size() <= door::fields::most);
    for (const auto& [name, value] : other.items()) {
        if (value.is_boolean()) {
            const bool* found = taken.take_switch(name);
            require(found != nullptr && *found == value.get<bool>());
        } else {
            require(value.is_string());
            const secret* found = taken.take_text(name);
            require(found != nullptr && found->reveal() == value.get_ref<const std::string&>());
            require(count_utf16(found->reveal()).has_value());
        }
    }
    require(taken.untaken().empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(input), size};
    door::fields taken;
    if (taken.read(text))
        compare(text, taken);
    else
        require(!taken.complaint().empty() && taken.complaint().size() < 100);
    return 0;
}
