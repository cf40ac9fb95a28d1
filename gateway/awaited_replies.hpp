// What subscribers were asked by SMS whether they want it, each under the code that agrees to it. In memory
// only and bounded: a restart forgets, and where there are too many the oldest go. What came of a reply is
// the store's to know.
#pragma once

#include "menus/action.hpp"
#include "store/request.hpp"
#include "store/secrets.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::gateway {

/// What is done only once a reply agrees to it (menus::needs_reply).
using agreed = std::variant<menus::transfer, menus::block_number>;
/// Nothing for what needs none.
[[nodiscard]] std::optional<agreed> agreed_of(const menus::action&);
[[nodiscard]] menus::action action_of(const agreed&);

class awaited_replies {
  public:
    static constexpr std::chrono::minutes life{10};
    static constexpr std::size_t usual_most = 50'000;
    static constexpr std::size_t most_of_one = 8; // whatever one number asks for

    explicit awaited_replies(std::size_t most = usual_most, store::draw draws = store::draw_from_system)
        : most_{most}
        , draws_{std::move(draws)} {}

    struct terms {
        secret code;
        utc_time until{};
    };
    /// The same again, not agreed to yet, has the code that it had, from now on for as long.
    [[nodiscard]] terms await(msisdn who, const agreed& what, instant now);

    struct reply {
        agreed to;
        store::request_id id{}; // of the wish, however often the code comes
    };
    /// Nothing where no such code is awaited of that number.
    [[nodiscard]] std::optional<reply> take(msisdn who, std::string_view code, instant now);

    void forget(msisdn who) { asked_.erase(who); }
    void forget_old(steady_time now);

    [[nodiscard]] std::size_t size() const { return order_.size(); }

  private:
    struct question {
        agreed what;
        secret code;
        store::request_id id{};
        steady_time ends{};
        bool is_agreed = false;
    };
    struct due {
        steady_time ends;
        msisdn who;
    };

    void drop_ended(msisdn who, steady_time now);
    [[nodiscard]] secret draw_unused(const std::vector<question>&) const;

    std::size_t most_;
    store::draw draws_;
    boost::unordered_flat_map<msisdn, std::vector<question>, std::hash<msisdn>> asked_;
    std::deque<due> order_; // all live equally long
};

} // namespace kabinet::gateway
