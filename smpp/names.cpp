#include "smpp/command.hpp"

// libsmpp34's headers lack <stdint.h> and leak macros (Reserved, UNBIND …): included last, and only here.
#include <cstdint>
extern "C" {
#include <libsmpp34/smpp34.h>
}

namespace kabinet::smpp {

std::string_view name_of(command id) {
    switch (static_cast<std::uint32_t>(id)) {
#define OPERACION(name)                                                                                      \
    case name:                                                                                               \
        return #name;
#include <libsmpp34/def_list/command_id.list>
#undef OPERACION
    default:
        return {};
    }
}

std::string_view name_of(status of) {
    switch (static_cast<std::uint32_t>(of)) {
#define OPERACION(name)                                                                                      \
    case name:                                                                                               \
        return #name;
#include <libsmpp34/def_list/command_status.list>
#undef OPERACION
    default:
        return {};
    }
}

std::string_view name_of(tag of) {
    switch (static_cast<std::uint16_t>(of)) {
#define OPERACION(name)                                                                                      \
    case name:                                                                                               \
        return std::string_view{#name}.substr(sizeof("TLVID_") - 1);
#include <libsmpp34/def_list/tlv_id.list>
#undef OPERACION
    default:
        return {};
    }
}

} // namespace kabinet::smpp
