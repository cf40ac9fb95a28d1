#include "gateway/demo/events.hpp"

#include "values/text.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace kabinet::gateway::demo {

using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t septet_bits = 7;
constexpr std::size_t octet_bits = 8;

/// An event of the centre in the phone's words, owner by owner.
struct translation {
    using result = std::optional<phone_event>;

    result operator()(const simulator::bound&) const { return link_changed{true}; }
    result operator()(const simulator::unbound&) const { return link_changed{false}; }
    result operator()(const simulator::screen_shown& shown) const {
        return mine(shown.to, screen_came{std::string{shown.text}, shown.awaits_input});
    }
    result operator()(const simulator::dialogue_ended& ended) const { return mine(ended.of, screen_over{}); }
    result operator()(const simulator::part_received&) const { return std::nullopt; }
    result operator()(const simulator::sms_received& received) const {
        return mine(received.to, sms_came{std::string{received.from}, std::string{received.text}});
    }
    result operator()(const simulator::delivered& answered) const {
        if (!answered.answer)
            return mine(answered.from, not_taken{});
        if (*answered.answer == smpp::status::ok)
            return std::nullopt;
        return mine(answered.from, not_taken{static_cast<std::uint32_t>(*answered.answer)});
    }
    result operator()(const simulator::refused& against) const {
        return mine(against.to, not_shown{std::string{against.why}});
    }

    [[nodiscard]] result mine(msisdn whose, phone_event what) const {
        if (whose != owner)
            return std::nullopt;
        return what;
    }

    msisdn owner;
};

/// With its cost, for the operator's people to see.
json write_text(std::string_view is, std::string_view text) {
    const text_cost cost = count(text);
    json made{{"is", is}, {"text", text}, {"characters", cost.characters}};
    if (cost.septets)
        made["septets"] = *cost.septets;
    made["octets"] = cost.octets;
    return made;
}

json write(const dialled& by) {
    return {{"is", "dialled"}, {"code", by.code}};
}

json write(const screen_came& shown) {
    json made = write_text("screen", shown.text);
    made["awaits_input"] = shown.awaits_input;
    return made;
}

json write(const screen_over&) {
    return {{"is", "over"}};
}

json write(const sms_came& received) {
    json made = write_text("sms", received.text);
    made["from"] = received.from;
    return made;
}

json write(const sms_sent& sent) {
    json made = write_text("sent", sent.text);
    made["to"] = sent.to;
    return made;
}

json write(const link_changed& to) {
    return {{"is", "link"}, {"bound", to.is_bound}};
}

json write(const not_taken& by) {
    json made{{"is", "not_taken"}};
    if (by.status)
        made["status"] = *by.status;
    return made;
}

json write(const not_shown& because) {
    return {{"is", "not_shown"}, {"why", because.why}};
}

} // namespace

std::optional<phone_event> seen_by(msisdn owner, const simulator::event& what) {
    return std::visit(translation{owner}, what);
}

text_cost count(std::string_view utf8) {
    text_cost cost;
    for (std::string_view rest = utf8; !rest.empty(); ++cost.characters)
        rest.remove_prefix(std::max<std::size_t>(1, next_code_point(rest).size));
    cost.septets = count_septets(utf8);
    cost.octets = cost.septets ? (*cost.septets * septet_bits + octet_bits - 1) / octet_bits
                               : count_utf16(utf8).value_or(0) * 2;
    return cost;
}

void event_list::add(phone_event what, utc_time at) {
    if (const auto* link = std::get_if<link_changed>(&what))
        is_bound_ = link->is_bound;
    if (kept_.size() == most)
        kept_.pop_front();
    kept_.push_back({++last_, at, std::move(what)});
}

std::string event_list::write_after(std::uint64_t number) const {
    if (number > last_)
        number = 0;
    json events = json::array();
    for (const kept& each : kept_) {
        if (each.number <= number)
            continue;
        json made = std::visit([](const auto& what) { return write(what); }, each.what);
        made["number"] = each.number;
        made["at"] =
            std::chrono::duration_cast<std::chrono::milliseconds>(each.at.time_since_epoch()).count();
        events.push_back(std::move(made));
    }
    const json all{{"owner", owner_.text()}, {"bound", is_bound_}, {"last", last_}, {"events", events}};
    return all.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

} // namespace kabinet::gateway::demo
