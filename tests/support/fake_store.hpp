// A store that keeps nothing: answers as a test tells it and records what it was asked. Completions run on
// the loop, never within the call, as a real store's do.
#pragma once

#include "store/store.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <vector>

namespace kabinet::tests {

class fake_store final : public store::store {
  public:
    explicit fake_store(boost::asio::io_context& loop);
    ~fake_store() override;

    void once(kabinet::store::request what,
              kabinet::store::completion<kabinet::store::outcome> done) override;
    void claim_outgoing(std::size_t most, instant,
                        kabinet::store::completion<std::vector<kabinet::store::outgoing_sms>> done) override;
    void settle(std::vector<kabinet::store::settlement> ended, instant,
                kabinet::store::completion<std::size_t> done) override;
    /// There is no database that an errand could look at.
    void run_errand(errand, instant, kabinet::store::completion<void> done) override;
    void read(look, kabinet::store::completion<void> done) override;
    void run_aside(errand, kabinet::store::completion<void> done) override;

    /// How a row was settled, in order.
    [[nodiscard]] std::vector<kabinet::store::settling> settled_as(std::int64_t row) const;

    /// What comes of a wish.
    std::function<boost::system::result<kabinet::store::outcome>(const kabinet::store::request&)> fulfil;
    bool is_busy = false;
    bool is_slow = false; // keeps its answers until `answer_all`

    void answer_all();
    [[nodiscard]] std::size_t kept() const { return kept_.size(); }

    std::deque<kabinet::store::outgoing_sms> waiting; // to be claimed
    std::vector<kabinet::store::request> asked;
    std::vector<kabinet::store::settlement> settled;
    std::size_t claims = 0;
    std::size_t settle_calls = 0;

  private:
    void tell(std::function<void()> answer);

    boost::asio::io_context& loop_;
    std::vector<std::function<void()>> kept_;
};

} // namespace kabinet::tests
