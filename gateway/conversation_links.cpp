#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"

namespace kabinet::gateway {

using smpp::status;

namespace {

/// A centre that stays away is told at first and then each tenth try.
spdlog::level::level_enum level_of(const smpp::link_loss& loss) {
    if (loss.why == smpp::link_error::stopped)
        return spdlog::level::info;
    return loss.tries == 1 || loss.tries % 10 == 0 ? spdlog::level::warn : spdlog::level::debug;
}

std::string refusal_text(const smpp::link_loss& loss) {
    if (!loss.refusal)
        return {};
    return fmt::format(" with {:#x} {}", static_cast<std::uint32_t>(*loss.refusal),
                       smpp::name_of(*loss.refusal));
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
    spdlog::log(level_of(loss), "{}: not bound, try {}: {}{}", of.settings().name, loss.tries,
                loss.why.message(), refusal_text(loss));
    const line& lost = lines_.of(of);
    const instant now = read_clocks();
    dialogues_.for_each([&](dialogue& each) {
        if (each.link == lost.number && each.phase == dialogue::phase::awaiting)
            finish(each, "link lost", now);
    });
}

void conversation::work(instant now) {
    screens_.work(now);
    wishes_.forget(now.steady);
    dialogues_.expire(now.steady, [&](dialogue& due) {
        give_up(due, now.steady >= due.total_deadline ? "took too long" : "no answer", now);
    });
}

void conversation::end_dialogues(instant now) {
    dialogues_.for_each([&](dialogue& each) {
        if (each.phase == dialogue::phase::awaiting)
            give_up(each, "gateway ended", now);
    });
}

} // namespace kabinet::gateway
