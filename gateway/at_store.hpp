// Awaiting the store from a coroutine on the loop: a wish, or work that gets the backend on another thread.
// What comes back is durable if anything was changed.
#pragma once

#include "gateway/clocks.hpp"
#include "store/backend.hpp"
#include "store/billing.hpp"
#include "store/store.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace kabinet::gateway {

/// What a call of the store's completes with: `start(completion)` makes the call.
template <class Made, class Start>
[[nodiscard]] boost::asio::awaitable<boost::system::result<Made>> await_completion(Start start) {
    auto initiate = [&start](auto resume) {
        // std::function copies; the handler can't
        auto shared = std::make_shared<decltype(resume)>(std::move(resume));
        start([shared](boost::system::result<Made> came) { (*shared)(std::move(came)); });
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                                   void(boost::system::result<Made>)>(
        initiate, boost::asio::use_awaitable);
}

/// What `work` makes of the rows: a boost::system::result.
template <class Work, class Rows>
using made_of = decltype(std::declval<Work&>()(std::declval<Rows&>()));

/// `run(errand, completion)` hands the errand to the store.
template <class Rows, class Work, class Run>
[[nodiscard]] boost::asio::awaitable<made_of<Work, Rows>> await_errand(Work work, Run run) {
    using made = made_of<Work, Rows>;
    auto kept = std::make_shared<std::optional<made>>();
    auto start = [&](store::completion<void> done) {
        run(
            [kept, work](Rows& rows) mutable -> boost::system::result<void> {
                kept->emplace(work(rows));
                if (kept->value())
                    return {};
                return kept->value().error();
            },
            std::move(done));
    };
    const boost::system::result<void> came = co_await await_completion<void>(start);
    if (!came)
        co_return made{boost::system::in_place_error, came.error()};
    co_return std::move(kept->value());
}

/// See store::once.
[[nodiscard]] inline boost::asio::awaitable<boost::system::result<store::outcome>> once(store::store& in,
                                                                                        store::request wish) {
    auto start = [&](store::completion<store::outcome> done) { in.once(std::move(wish), std::move(done)); };
    co_return co_await await_completion<store::outcome>(start);
}

/// The same, where money is kept if it moves any.
[[nodiscard]] inline boost::asio::awaitable<boost::system::result<store::outcome>> once(
    store::store& in, store::billing& money, store::request wish, std::function<void()> kept = [] {}) {
    if (!store::moves_money(wish.what))
        co_return co_await once(in, std::move(wish));
    auto start = [&](store::completion<store::outcome> done) {
        money.fulfil(std::move(wish), std::move(kept), std::move(done));
    };
    co_return co_await await_completion<store::outcome>(start);
}

/// In a batch of the writer's: bounded work, a page at most.
template <class Work>
[[nodiscard]] auto at_store(store::store& in, Work work) {
    return await_errand<store::backend>(std::move(work),
                                        [&in](store::store::errand errand, store::completion<void> done) {
                                            in.run_errand(std::move(errand), read_clocks(), std::move(done));
                                        });
}

/// Beside the writer, of rows as they are now.
template <class Work>
[[nodiscard]] auto read_store(store::store& in, Work work) {
    return await_errand<store::reading_backend>(std::move(work),
                                                [&in](store::store::look look, store::completion<void> done) {
                                                    in.read(std::move(look), std::move(done));
                                                });
}

/// On a thread of its own: work that takes long and changes no row.
template <class Work>
[[nodiscard]] auto beside_store(store::store& in, Work work) {
    return await_errand<store::backend>(std::move(work),
                                        [&in](store::store::errand errand, store::completion<void> done) {
                                            in.run_aside(std::move(errand), std::move(done));
                                        });
}

} // namespace kabinet::gateway
