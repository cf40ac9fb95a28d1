// `kabinet demo`: a gateway, the portal's door and a simulated SMSC in one process on loopback, a story
// played on the terminal, and a phone to try, there and in a browser. Leaves nothing behind.
#pragma once

#include "gateway/app.hpp"

namespace kabinet::gateway {

/// The pack and the dialects are the configuration's own; its links, store and call records are replaced by
/// ones that last as long as the demo, and no system of the operator's is asked or told anything. Returns the
/// process's exit code.
[[nodiscard]] int run_demo(settings, menus::definition pack, pack_reader);

} // namespace kabinet::gateway
