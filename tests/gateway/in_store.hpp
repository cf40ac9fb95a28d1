// Work at a real store from a test, which waits for it.
#pragma once

#include "store/store.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace kabinet::gateway::tests {

/// By `at_store`; the test ends when it isn't done in time.
[[nodiscard]] boost::system::result<void> run_errand(boost::asio::io_context&, store::store&,
                                                     store::store::errand);

/// What `work` makes of the rows: a boost::system::result.
template <class Work>
[[nodiscard]] auto in_store(boost::asio::io_context& loop, store::store& in, Work work) {
    using made = decltype(work(std::declval<store::backend&>()));
    auto kept = std::make_shared<std::optional<made>>(); // the writer may come to it when the test has ended
    auto errand = [kept, work](store::backend& rows) mutable -> boost::system::result<void> {
        kept->emplace(work(rows));
        if (kept->value())
            return {};
        return kept->value().error();
    };
    const boost::system::result<void> came = run_errand(loop, in, std::move(errand));
    if (!came)
        return made{boost::system::in_place_error, came.error()};
    return std::move(kept->value());
}

} // namespace kabinet::gateway::tests
