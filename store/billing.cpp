#include "store/billing.hpp"

#include "store/backend.hpp"

#include <memory>
#include <utility>

namespace kabinet::store {

namespace {

template <class View, class Look>
void read(store& in, Look look, completion<View> done) {
    auto seen = std::make_shared<View>();
    auto work = [seen, look](reading_backend& rows) -> boost::system::result<void> {
        auto found = look(rows);
        if (!found)
            return found.error();
        *seen = std::move(*found);
        return {};
    };
    in.read(std::move(work), [seen, done = std::move(done)](boost::system::result<void> came) {
        done(came ? boost::system::result<View>{std::move(*seen)} : came.error());
    });
}

} // namespace

embedded_billing::embedded_billing(store& in)
    : store_{in} {}

void embedded_billing::read_purse(msisdn who, completion<purse_view> done) {
    read<purse_view>(
        store_, [who](reading_backend& rows) { return rows.read_purse(who); }, std::move(done));
}

void embedded_billing::read_movements(msisdn who, const movements_query& asked,
                                      completion<movements_view> done) {
    read<movements_view>(
        store_, [who, asked](reading_backend& rows) { return rows.read_movements(who, asked); },
        std::move(done));
}

void embedded_billing::read_holdings(msisdn who, completion<holdings_view> done) {
    read<holdings_view>(
        store_, [who](reading_backend& rows) { return rows.read_holdings(who); }, std::move(done));
}

void embedded_billing::fulfil(request wish, std::function<void()>, completion<outcome> done) {
    store_.once(std::move(wish), std::move(done));
}

} // namespace kabinet::store
