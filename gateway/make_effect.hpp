// How an action that was asked for becomes an effect of the store: the terms go along, and passwords are
// hashed on the pool.
#pragma once

#include "gateway/hash_pool.hpp"
#include "gateway/perform.hpp"
#include "store/effect.hpp"
#include "store/keys.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string_view>

namespace kabinet::gateway {

/// Nothing when it can't be made now. What breaks a rule of the pack, and what was only looked at, becomes
/// words that are said; `into` names them. All outlive it.
[[nodiscard]] boost::asio::awaitable<std::optional<store::effect>>
make_effect(wish&, performed& into, const store::keys&, hash_pool&);

/// What came of it is told, and nothing else is done.
[[nodiscard]] store::effect say_only(std::string_view word, performed& into);

} // namespace kabinet::gateway
