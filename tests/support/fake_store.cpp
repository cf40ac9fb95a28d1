#include "tests/support/fake_store.hpp"

#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace kabinet::tests {
namespace {

template <class Told>
std::function<void()> answer_of(kabinet::store::completion<Told> done, boost::system::result<Told> told) {
    return [done = std::move(done), told = std::move(told)] { done(told); };
}

std::function<void()> busy(kabinet::store::completion<void> done) {
    return answer_of<void>(std::move(done), kabinet::store::store_error::busy);
}

} // namespace

fake_store::fake_store(boost::asio::io_context& loop)
    : fulfil{[](const kabinet::store::request&) { return kabinet::store::outcome{}; }}
    , loop_{loop} {}

fake_store::~fake_store() = default;

void fake_store::once(kabinet::store::request what,
                      kabinet::store::completion<kabinet::store::outcome> done) {
    boost::system::result<kabinet::store::outcome> came = kabinet::store::store_error::busy;
    if (!is_busy)
        came = fulfil(what);
    asked.push_back(std::move(what));
    tell(answer_of<kabinet::store::outcome>(std::move(done), std::move(came)));
}

void fake_store::claim_outgoing(std::size_t most, instant,
                                kabinet::store::completion<std::vector<kabinet::store::outgoing_sms>> done) {
    ++claims;
    if (is_busy)
        return tell([done = std::move(done)] { done(kabinet::store::store_error::busy); });
    std::vector<kabinet::store::outgoing_sms> taken;
    for (; !waiting.empty() && taken.size() < most; waiting.pop_front())
        taken.push_back(std::move(waiting.front()));
    // std::function copies what it holds; a row can't be
    auto shared = std::make_shared<std::vector<kabinet::store::outgoing_sms>>(std::move(taken));
    boost::asio::post(loop_, [done = std::move(done), shared] { done(std::move(*shared)); });
}

void fake_store::settle(std::vector<kabinet::store::settlement> ended, instant,
                        kabinet::store::completion<std::size_t> done) {
    ++settle_calls;
    if (is_busy)
        return tell(answer_of<std::size_t>(std::move(done), kabinet::store::store_error::busy));
    settled.insert(settled.end(), ended.begin(), ended.end());
    tell(answer_of<std::size_t>(std::move(done), ended.size()));
}

void fake_store::run_errand(errand, instant, kabinet::store::completion<void> done) {
    tell(busy(std::move(done)));
}

void fake_store::read(look, kabinet::store::completion<void> done) {
    tell(busy(std::move(done)));
}

void fake_store::run_aside(errand, kabinet::store::completion<void> done) {
    tell(busy(std::move(done)));
}

std::vector<kabinet::store::settling> fake_store::settled_as(std::int64_t row) const {
    std::vector<kabinet::store::settling> seen;
    for (const kabinet::store::settlement& each : settled)
        if (each.id == kabinet::store::outbox_id{row})
            seen.push_back(each.how);
    return seen;
}

void fake_store::answer_all() {
    for (std::function<void()>& each : std::exchange(kept_, {}))
        boost::asio::post(loop_, std::move(each));
}

void fake_store::tell(std::function<void()> answer) {
    if (is_slow)
        kept_.emplace_back(std::move(answer));
    else
        boost::asio::post(loop_, std::move(answer));
}

} // namespace kabinet::tests
