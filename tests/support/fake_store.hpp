// A store that keeps nothing: answers as a test tells it and records what it was asked. Completions run on
// the loop, never within the call, as a real store's do.
#pragma once

#include "store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace kabinet::tests {

class fake_store final : public store::store {
  public:
    explicit fake_store(boost::asio::io_context& loop)
        : loop_{loop} {}

    void once(kabinet::store::request what,
              kabinet::store::completion<kabinet::store::outcome> done) override {
        boost::system::result<kabinet::store::outcome> came = kabinet::store::store_error::busy;
        if (!is_busy)
            came = fulfil(what);
        asked.push_back(std::move(what));
        tell(std::move(done), std::move(came));
    }

    void claim_outgoing(std::size_t most, instant,
                        kabinet::store::completion<std::vector<kabinet::store::outgoing_sms>> done) override {
        ++claims;
        if (is_busy)
            return tell(std::move(done), kabinet::store::store_error::busy);
        std::vector<kabinet::store::outgoing_sms> taken;
        for (; !waiting.empty() && taken.size() < most; waiting.pop_front())
            taken.push_back(std::move(waiting.front()));
        // std::function copies what it holds; a row can't be
        auto shared = std::make_shared<std::vector<kabinet::store::outgoing_sms>>(std::move(taken));
        boost::asio::post(loop_, [done = std::move(done), shared] { done(std::move(*shared)); });
    }

    void settle(std::vector<kabinet::store::settlement> ended, instant,
                kabinet::store::completion<std::size_t> done) override {
        ++settle_calls;
        if (is_busy)
            return tell(std::move(done), kabinet::store::store_error::busy);
        settled.insert(settled.end(), ended.begin(), ended.end());
        tell(std::move(done), ended.size());
    }

    /// There is no database that an errand could look at.
    void run_errand(errand, instant, kabinet::store::completion<void> done) override {
        tell(std::move(done), boost::system::result<void>{kabinet::store::store_error::busy});
    }

    void read(errand, kabinet::store::completion<void> done) override {
        tell(std::move(done), boost::system::result<void>{kabinet::store::store_error::busy});
    }

    void run_aside(errand, kabinet::store::completion<void> done) override {
        tell(std::move(done), boost::system::result<void>{kabinet::store::store_error::busy});
    }

    /// How a row was settled, in order.
    [[nodiscard]] std::vector<kabinet::store::settling> settled_as(std::int64_t row) const {
        std::vector<kabinet::store::settling> seen;
        for (const kabinet::store::settlement& each : settled)
            if (each.id == kabinet::store::outbox_id{row})
                seen.push_back(each.how);
        return seen;
    }

    /// What comes of a wish.
    std::function<boost::system::result<kabinet::store::outcome>(const kabinet::store::request&)> fulfil =
        [](const kabinet::store::request&) { return kabinet::store::outcome{}; };
    bool is_busy = false;
    bool is_slow = false; // keeps its answers until `answer_all`

    void answer_all() {
        for (std::function<void()>& each : std::exchange(kept_, {}))
            boost::asio::post(loop_, std::move(each));
    }
    [[nodiscard]] std::size_t kept() const { return kept_.size(); }

    std::deque<kabinet::store::outgoing_sms> waiting; // to be claimed
    std::vector<kabinet::store::request> asked;
    std::vector<kabinet::store::settlement> settled;
    std::size_t claims = 0;
    std::size_t settle_calls = 0;

  private:
    template <class Done, class Told>
    void tell(Done done, Told told) {
        auto answer = [done = std::move(done), told = std::move(told)] { done(told); };
        if (is_slow)
            kept_.emplace_back(std::move(answer));
        else
            boost::asio::post(loop_, std::move(answer));
    }

    boost::asio::io_context& loop_;
    std::vector<std::function<void()>> kept_;
};

} // namespace kabinet::tests
