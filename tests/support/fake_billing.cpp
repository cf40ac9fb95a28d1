#include "tests/support/fake_billing.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace kabinet::tests {

fake_billing::fake_billing(boost::asio::io_context& loop, store::store& behind)
    : loop_{loop}
    , behind_{behind} {}

fake_billing::~fake_billing() = default;

void fake_billing::answer(std::function<void()> with) {
    if (is_silent)
        kept_.push_back(std::move(with));
    else
        boost::asio::post(loop_, std::move(with));
}

void fake_billing::read_purse(msisdn who, store::completion<store::purse_view> done) {
    asked.push_back(who);
    answer([this, done = std::move(done)] {
        if (is_broken)
            done(store::store_error::busy);
        else
            done(purse);
    });
}

void fake_billing::read_movements(msisdn who, const store::movements_query&,
                                  store::completion<store::movements_view> done) {
    asked.push_back(who);
    boost::asio::post(loop_, [this, done = std::move(done)] { done(movements); });
}

void fake_billing::read_holdings(msisdn who, store::completion<store::holdings_view> done) {
    asked.push_back(who);
    answer([this, done = std::move(done)] {
        if (is_broken)
            done(store::store_error::busy);
        else
            done(holdings);
    });
}

void fake_billing::fulfil(store::request wish, std::function<void()>,
                          store::completion<store::outcome> done) {
    ++fulfilled;
    behind_.once(std::move(wish), std::move(done));
}

void fake_billing::answer_all() {
    for (std::function<void()>& each : std::exchange(kept_, {}))
        boost::asio::post(loop_, std::move(each));
}

} // namespace kabinet::tests
