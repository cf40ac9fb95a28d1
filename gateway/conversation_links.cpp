#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"

namespace kabinet::gateway {

using smpp::status;

namespace {

std::string text_of(const smpp::link_loss& loss) {
    std::string told = loss.why.message();
    if (loss.refusal)
        fmt::format_to(std::back_inserter(told), " with {:#x} {}", static_cast<std::uint32_t>(*loss.refusal),
                       smpp::name_of(*loss.refusal));
    return told;
}

} // namespace

void conversation::response_arrived(smpp::link& by, const smpp::response& answer) {
    const ticket came = ticket::read(answer.ticket);
    const instant now = read_clocks();
    if (came.table == ticket_of::screen)
        screens_.response_arrived(came.place, answer, now);
    else
        sender_.response_arrived(lines_.of(by), came.place, answer, now);
    screens_.work(now); // a place in the window is free, for screens before SMS
    if (came.table == ticket_of::sms)
        sender_.work(now);
}

void conversation::response_missing(smpp::link&, smpp::ticket of) {
    const ticket gone = ticket::read(of);
    if (gone.table == ticket_of::screen)
        screens_.response_missing(gone.place, read_clocks());
    else
        sender_.response_missing(gone.place);
}

void conversation::link_bound(smpp::link& of, std::string_view smsc) {
    spdlog::info("{}: bound to {}", of.settings().name, quoted(smsc));
    if (on_first_bound_)
        std::exchange(on_first_bound_, nullptr)();
}

void conversation::link_lost(smpp::link& of, const smpp::link_loss& loss) {
    line& lost = lines_.of(of);
    const instant now = read_clocks();
    const bool is_news = lost.losses.take(text_of(loss), loss.tries, now.steady);
    const std::string_view name = of.settings().name;
    const auto level = is_news ? spdlog::level::warn : spdlog::level::debug;
    if (loss.why == smpp::link_error::stopped)
        spdlog::info("{}: {}", name, loss.was_bound ? "unbound" : "stopped");
    else if (loss.was_bound)
        spdlog::log(level, "{}: lost: {}; binding again", name, lost.losses.last());
    else
        spdlog::log(level, "{}: not bound, try {}: {}; trying again", name, loss.tries, lost.losses.last());
    dialogues_.for_each([&](dialogue& each) {
        if (each.link == lost.number && each.phase == dialogue::phase::awaiting)
            leave(each, "link lost", now);
    });
}

void conversation::work(instant now) {
    while (!look_deadlines_.empty() && look_deadlines_.front().first <= now.steady) {
        const place_key late = look_deadlines_.front().second;
        look_deadlines_.pop_front(); // what goes on may look again
        end_look(late, now);
    }
    screens_.work(now);
    left_.forget_old(now.steady);
    replies_.forget_old(now.steady);
    wishes_.forget(now.steady);
    dialogues_.expire(now.steady, [&](dialogue& due) {
        if (due.phase == dialogue::phase::performing && now.steady < due.total_deadline)
            put_by(due, now);
        else {
            keep_place(due, now);
            give_up(due, now.steady >= due.total_deadline ? "took too long" : "no answer", now);
        }
    });
}

void conversation::end_dialogues(instant now) {
    dialogues_.for_each([&](dialogue& each) {
        if (each.phase == dialogue::phase::awaiting)
            give_up(each, "gateway ended", now);
    });
}

} // namespace kabinet::gateway
