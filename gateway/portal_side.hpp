// Everything the gateway shows to portals: the door with its API, the pages at /account, and the word of
// whoever knocks without a token or certificate. Made and told on the loop; its server has a thread of its
// own.
#pragma once

#include "gateway/account/site.hpp"
#include "gateway/door/api.hpp"
#include "gateway/door/server.hpp"
#include "gateway/door/tls.hpp"
#include "gateway/settings.hpp"
#include "store/keys.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace kabinet::gateway {

/// Whom it asks, all of it on the loop and outliving it.
struct portal_house {
    boost::asio::io_context& loop;
    reception& desk;
    store::store& store;
    const store::keys& keys;
    const numbering_plan& numbers;
    change_listener& changes;
    packs_in_force packs;
    std::function<bool()> is_ready;
    std::function<metrics()> measure;
};

class portal_side {
  public:
    /// The door is open when this returns. Throws std::runtime_error with one line for the operator.
    portal_side(portal_house, const door_settings&);

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    /// Requests without the portal's token or certificate.
    [[nodiscard]] std::uint64_t knocks() const { return knocks_; }
    void renew(door::tls_context certificate) { server_->renew(std::move(certificate)); }
    void stop_taking() { server_->stop_taking(); }
    [[nodiscard]] bool is_at_rest() const { return server_->is_at_rest(); }
    /// Nobody comes in any more. It stays until the loop is gone, whose coroutines may still hold theirs.
    void end() { server_->end(); }

  private:
    [[nodiscard]] boost::asio::awaitable<bool> hear_of(change_notice);
    void lay_out_pages(const door_settings&);
    [[nodiscard]] door::tls secure(const door_settings&);
    [[nodiscard]] bool is_for_pages(const door::request& asked) const {
        return pages_ && account::is_here(asked.path);
    }
    void turn_away(std::string_view why);

    portal_house with_;
    std::optional<door::api> api_;
    std::optional<account::site> pages_;
    std::optional<door::server> server_;
    std::uint64_t knocks_ = 0;
    steady_time next_knock_noted_{};
};

} // namespace kabinet::gateway
