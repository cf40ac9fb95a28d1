#include "smpp/link_error.hpp"

#include <string>

namespace kabinet::smpp {

namespace {

class link_category_type final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "smpp.link"; }
    std::string message(int code) const override {
        switch (static_cast<link_error>(code)) {
        case link_error::not_bound:
            return "the link isn't bound for sending";
        case link_error::window_full:
            return "the window is full";
        case link_error::stopped:
            return "stopped";
        case link_error::bind_unwritable:
            return "the login is longer than a bind can hold";
        case link_error::bind_refused:
            return "the SMSC refused the bind";
        case link_error::bind_unanswered:
            return "no response to the bind in time";
        case link_error::enquire_link_unanswered:
            return "no response to enquire_link in time";
        case link_error::pdu_unfinished:
            return "a PDU wasn't finished in time";
        case link_error::broken_frame:
            return "a PDU with an impossible command_length";
        case link_error::bind_forgotten:
            return "the SMSC takes the connection for one that isn't bound";
        case link_error::unbound_by_smsc:
            return "the SMSC unbound";
        case link_error::closed_by_smsc:
            return "the SMSC closed the connection";
        }
        return "unknown link error";
    }
};

} // namespace

const boost::system::error_category& link_category() {
    static const link_category_type category;
    return category;
}

boost::system::error_code make_error_code(link_error error) {
    return {static_cast<int>(error), link_category()};
}

} // namespace kabinet::smpp
