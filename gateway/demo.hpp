// `kabinet demo`: a gateway and a simulated SMSC in one process on loopback, a conversation played on the
// terminal, then a handset to try. Leaves nothing behind.
#pragma once

#include "gateway/app.hpp"

namespace kabinet::gateway {

/// The pack and the dialects are the configuration's own; its links, store and call records are replaced by
/// ones that last as long as the demo. Returns the process's exit code.
[[nodiscard]] int run_demo(settings, menus::definition pack, pack_reader);

} // namespace kabinet::gateway
