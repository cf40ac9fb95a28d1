#include "gateway/request.hpp"

namespace kabinet::gateway {

std::string_view name_of(unanswerable_reason why) {
    switch (why) {
    case unanswerable_reason::not_a_subscriber:
        return "not_a_subscriber";
    case unanswerable_reason::foreign_number:
        return "foreign_number";
    case unanswerable_reason::address_too_long:
        return "address_too_long";
    case unanswerable_reason::unknown_ussd_operation:
        return "unknown_ussd_operation";
    }
    return {};
}

std::string_view name_of(ussd_event event) {
    switch (event) {
    case ussd_event::dial:
        return "dial";
    case ussd_event::one_shot:
        return "one_shot";
    case ussd_event::input:
        return "input";
    case ussd_event::shown:
        return "shown";
    case ussd_event::gone:
        return "gone";
    }
    return {};
}

} // namespace kabinet::gateway
