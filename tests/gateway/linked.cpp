#include "tests/gateway/linked.hpp"

#include <memory>
#include <utility>
#include <variant>

namespace kabinet::gateway::tests {

linked::linked(smpp::dialect speaks)
    : on_response{[](line&, place_key, const smpp::response&) {}}
    , on_missing{[](place_key) {}}
    , on_message{[](line&, const smpp::delivery&, const smpp::message&) {}}
    , centre_{loop, {}, speaks}
    , speaks_{std::move(speaks)} {
    centre_.watch([this](const simulator::event& what) { see(what); });
}

linked::~linked() = default;

smpp::link_settings linked::settings(std::string name) const {
    smpp::link_settings made;
    made.name = made.group = std::move(name);
    made.port = centre_.port();
    made.system_id = made.name;
    made.speaks = speaks_;
    return made;
}

line& linked::bind(smpp::link_settings with, smpp::link_listener& to) {
    line& added = all.add(std::make_unique<smpp::link>(loop, std::move(with), to));
    added.link->start();
    REQUIRE(run_until(loop, [&] { return added.link->is_bound(); }));
    return added;
}

void linked::message_arrived(smpp::link& by, const smpp::delivery& of, const smpp::message& came) {
    on_message(all.of(by), of, came);
}

void linked::response_arrived(smpp::link& by, const smpp::response& answer) {
    on_response(all.of(by), ticket::read(answer.ticket).place, answer);
}

void linked::response_missing(smpp::link&, smpp::ticket of) {
    on_missing(ticket::read(of).place);
}

void linked::see(const simulator::event& what) {
    if (const auto* sms = std::get_if<simulator::sms_received>(&what))
        inbox.push_back({sms->to, std::string{sms->text}});
    else if (const auto* part = std::get_if<simulator::part_received>(&what))
        parts.push_back({part->to, part->reference, part->number});
    else if (const auto* screen = std::get_if<simulator::screen_shown>(&what))
        screens.push_back({screen->to, std::string{screen->text}, screen->awaits_input});
    else if (const auto* refused = std::get_if<simulator::refused>(&what))
        refusals.push_back(refused->with);
    else if (const auto* delivered = std::get_if<simulator::delivered>(&what);
             delivered != nullptr && delivered->answer)
        answers.push_back(*delivered->answer);
    else if (const auto* over = std::get_if<simulator::dialogue_ended>(&what))
        ended.push_back(over->of);
}

} // namespace kabinet::gateway::tests
