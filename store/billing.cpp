#include "store/billing.hpp"

#include "store/backend.hpp"

#include <memory>
#include <utility>

namespace kabinet::store {

embedded_billing::embedded_billing(store& in)
    : store_{in} {}

void embedded_billing::read_purse(msisdn who, completion<purse_view> done) {
    auto seen = std::make_shared<purse_view>();
    auto look = [seen, who](backend& rows) -> boost::system::result<void> {
        auto found = rows.read_purse(who);
        if (!found)
            return found.error();
        *seen = *found;
        return {};
    };
    store_.read(std::move(look), [seen, done = std::move(done)](boost::system::result<void> came) {
        done(came ? boost::system::result<purse_view>{*seen} : came.error());
    });
}

void embedded_billing::fulfil(request wish, completion<outcome> done) {
    store_.once(std::move(wish), std::move(done));
}

} // namespace kabinet::store
