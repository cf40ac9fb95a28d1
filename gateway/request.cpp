#include "gateway/request.hpp"

namespace kabinet::gateway {

std::string_view name_of(unanswerable_reason why) {
    switch (why) {
    case unanswerable_reason::not_a_subscriber:
        return "not a subscriber";
    case unanswerable_reason::foreign_number:
        return "a foreign number";
    case unanswerable_reason::address_too_long:
        return "an address too long to answer";
    case unanswerable_reason::unknown_ussd_operation:
        return "an unknown USSD operation";
    }
    return {};
}

} // namespace kabinet::gateway
