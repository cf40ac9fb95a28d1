#include "gateway/listed_lines.hpp"
#include "gateway/log.hpp"
#include "gateway/perform.hpp"
#include "gateway/sell.hpp"
#include "gateway/sender.hpp"
#include "gateway/translate.hpp"
#include "menus/page.hpp"

#include <utility>

namespace kabinet::gateway {

using store::settling;

namespace {

/// Consecutive rows differ in it, and rows of one subscriber unless 256 lie between them: those were whole
/// long before.
std::uint8_t reference_of(store::outbox_id row) {
    return static_cast<std::uint8_t>(static_cast<std::uint64_t>(row) & 0xFFU);
}

} // namespace

void sender::pump(instant now) {
    std::vector<msisdn> aside;
    bool may_more_leave = is_submitting_;
    while (may_more_leave && !ready_.empty()) {
        const msisdn who = ready_.front();
        const auto found = by_subscriber_.find(who);
        if (found == by_subscriber_.end() || found->second.submitted) {
            ready_.pop_front(); // answered meanwhile by a late response
            continue;
        }
        switch (submit(found->second, now)) {
        case submitted::later:
            may_more_leave = false;
            break;
        case submitted::aside:
            ready_.pop_front();
            aside.push_back(who);
            break;
        case submitted::yes:
            ready_.pop_front();
            break;
        case submitted::never:
            ready_.pop_front();
            finish_first(who, found->second.rows.front().expires <= now.utc ? settling::expired
                                                                            : settling::failed);
            break;
        }
    }
    ready_.insert(ready_.begin(), aside.begin(), aside.end());
}

sender::submitted sender::submit(subscriber_queue& queue, instant now) {
    const store::outgoing_sms& row = queue.rows.front();
    if (row.expires <= now.utc)
        return submitted::never;
    if (queue.begun && queue.begun->by->link->is_bound()) {
        line& own = *queue.begun->by;
        return takes(own, now.steady) ? submit_part(queue, own) : submitted::aside;
    }
    line* by = choose_line(row, now.steady);
    if (by == nullptr)
        return submitted::later;
    if (queue.begun && by->group != queue.begun->by->group)
        begin_anew(queue); // parts that came from two centres may never become one message
    return submit_part(queue, *by);
}

/// The next part of the first row.
sender::submitted sender::submit_part(subscriber_queue& queue, line& by) {
    const store::outgoing_sms& row = queue.rows.front();
    const auto fail = [&row](std::string_view how, const boost::system::error_code& why) {
        spdlog::error("an SMS can't {}: {}: {}", how, view(text_of(row)), why.message());
        return submitted::never;
    };
    words from = queue.begun ? queue.begun->from : packs_().of(row.who);
    const listed_lines lines{row.what};
    menus::fields known = fields_of(row.what, row.who, row.clear);
    lines.add_to(known);
    const auto text = menus::render_sms(*from, view(text_of(row)), row.what.speaks, known);
    if (!text)
        return fail("be written", text.error());
    const auto as = lay_out_sms(by.speaks(), view(*text));
    if (!as)
        return fail("travel", as.error());
    if (queue.begun && queue.begun->as != *as)
        begin_anew(queue);
    const auto part = static_cast<std::uint8_t>(queue.begun ? queue.begun->taken + 1 : 1);
    submit_scratch scratch;
    const auto pdu =
        write_sms(by.speaks(), {row.from, row.to, view(*text), *as, part, reference_of(row.id)}, scratch);
    if (!pdu)
        return fail("travel", pdu.error());
    const place_key place =
        outstanding_.put({row.who, *as, part, part < as->parts ? std::move(from) : nullptr});
    if (const auto taken = by.link->submit(*pdu, ticket{ticket_of::sms, place}.write()); !taken) {
        outstanding_.take(place);
        if (taken.error().category() == smpp::link_category())
            return submitted::later; // a response, or the link, comes back here
        return fail("travel", taken.error());
    }
    queue.submitted = place;
    ++in_flight_;
    return submitted::yes;
}

/// The place of a part that counts no more goes, but that a response was missing is not forgotten.
void sender::begin_anew(subscriber_queue& queue) {
    queue.begun.reset();
    if (queue.missing)
        outstanding_.drop(*queue.missing);
}

/// A link of its group before the others; one that was told to slow down holds up nobody while another takes.
line* sender::choose_line(const store::outgoing_sms& row, steady_time now) {
    while (paces_.size() < static_cast<std::size_t>(lines_.end() - lines_.begin()))
        paces_.emplace_back(lines_.at(static_cast<std::uint16_t>(paces_.size())).settings().max_tps, now);
    for (const bool is_own_group : {true, false})
        for (line& each : lines_)
            if ((each.settings().group == row.group) == is_own_group && takes(each, now))
                return &each;
    return nullptr;
}

/// Whether one more may leave by it now; if so, its pace has counted it.
bool sender::takes(line& by, steady_time now) {
    const smpp::link_settings& settings = by.settings();
    const std::uint32_t for_screens = settings.carries_ussd ? settings.window / 4 : 0; // USSD overtakes SMS
    return settings.carries_sms && by.link->is_bound() &&
           by.link->in_flight() < settings.window - for_screens && paces_[by.number].admit(now);
}

} // namespace kabinet::gateway
