// What subscribers were asked by SMS whether they want it, each under the code that agrees to it. In memory
// only and bounded: a restart forgets, and where there are too many the oldest go. What comes of a reply is
// told to it; the effect itself is the store's.
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
#include <utility>
#include <variant>
#include <vector>

namespace kabinet::gateway {

/// What is done only once a reply agrees to it (menus::needs_reply).
using proposal = std::variant<menus::transfer, menus::block_number>;
/// Nothing for what needs none.
[[nodiscard]] std::optional<proposal> proposal_of(const menus::action&);
[[nodiscard]] menus::action action_of(const proposal&);

/// What an SMS asks: send that code back by then.
struct question {
    secret code;
    utc_time until{};
    bool is_again = false; // the same was done on such a reply just now
};

class awaited_replies {
  public:
    static constexpr std::chrono::minutes life{10};
    static constexpr std::size_t usual_most = 50'000;
    static constexpr std::size_t most_of_one = 8; // whatever one number asks for

    explicit awaited_replies(std::size_t most = usual_most, store::draw draws = store::draw_from_system)
        : most_{most}
        , draws_{std::move(draws)} {}

    /// The same, asked again before it was done, keeps its code, and its time begins anew. Asked again after
    /// it was done it is another proposal with another code, and the code that did it counts no more: so
    /// whatever the centre delivers late, a code does its work once.
    [[nodiscard]] question ask(msisdn who, const proposal& what, instant now);

    struct reply {
        proposal to;
        store::request_id id{}; // of the wish, however often the code comes
    };
    /// Nothing where no such code is awaited of that number.
    [[nodiscard]] std::optional<reply> find(msisdn who, std::string_view code, instant now);

    /// The wish of that name was done, or for good refused: what was refused is to be asked for anew. Nothing
    /// happens where it is no reply's.
    void conclude(msisdn who, const store::request_id&, bool is_refused);

    void forget(msisdn who) { asked_.erase(who); }
    void forget_old(steady_time now);

  private:
    struct awaited {
        proposal what;
        secret code;
        store::request_id id{};
        steady_time ends{};
        bool is_done = false;
    };
    struct due {
        steady_time ends;
        msisdn who;
    };

    void make_room(std::vector<awaited>& of_one);
    void drop_ended(msisdn who, steady_time now);
    [[nodiscard]] secret draw_unused(const std::vector<awaited>&) const;

    std::size_t most_;
    store::draw draws_;
    boost::unordered_flat_map<msisdn, std::vector<awaited>, std::hash<msisdn>> asked_;
    std::deque<due> order_; // all live equally long; one for each time that something was asked
};

} // namespace kabinet::gateway
