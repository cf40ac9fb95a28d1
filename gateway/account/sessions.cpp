#include "gateway/account/sessions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace kabinet::gateway::account {

namespace {

bool is_over(const session& one, steady_time now) {
    return now >= one.used + sessions::idle || now >= one.started + sessions::longest ||
           (one.who && now >= one.who->until);
}

} // namespace

std::string draw_name() {
    return fmt::format("{:02x}", fmt::join(store::keys::draw_request_id(), ""));
}

std::shared_ptr<session> sessions::open(steady_time now) {
    return add(strangers_, now);
}

std::shared_ptr<session> sessions::let_in(guest who, steady_time now) {
    std::size_t his = 0;
    for (auto at = guests_.end(); at != guests_.begin();) {
        const auto before = std::prev(at);
        if ((*before)->who->number == who.number && ++his >= most_of_number)
            erase(guests_, before);
        else
            at = before;
    }
    std::shared_ptr<session> made = add(guests_, now);
    made->who = std::move(who);
    return made;
}

std::shared_ptr<session> sessions::find(std::string_view id, steady_time now) {
    const auto found = places_.find(mark(id));
    if (found == places_.end())
        return nullptr;
    const place where = found->second;
    if (is_over(**where.at, now)) {
        erase(*where.in, where.at);
        return nullptr;
    }
    (*where.at)->used = now;
    where.in->splice(where.in->end(), *where.in, where.at);
    return *where.at;
}

bool sessions::is_own(const session& of, std::string_view form_token) const {
    return mark(of.form_token) == mark(form_token);
}

void sessions::end(const session& one) {
    if (const auto found = places_.find(mark(one.id)); found != places_.end())
        erase(*found->second.in, found->second.at);
}

void sessions::end_all_of(std::string_view number, const session& kept) {
    for (auto at = guests_.begin(); at != guests_.end();) {
        const auto next = std::next(at);
        if (at->get() != &kept && (*at)->who->number == number)
            erase(guests_, at);
        at = next;
    }
}

std::shared_ptr<session> sessions::add(row& to, steady_time now) {
    drop_over(to, now);
    if (to.size() >= most_)
        erase(to, to.begin());
    auto made = std::make_shared<session>();
    made->id = draw_name();
    made->form_token = draw_name();
    made->started = now;
    made->used = now;
    to.push_back(made);
    places_.emplace(mark(made->id), place{&to, std::prev(to.end())});
    return made;
}

void sessions::drop_over(row& from, steady_time now) {
    while (!from.empty() && is_over(*from.front(), now))
        erase(from, from.begin());
}

void sessions::erase(row& from, row::iterator at) {
    places_.erase(mark((*at)->id));
    from.erase(at);
}

} // namespace kabinet::gateway::account
