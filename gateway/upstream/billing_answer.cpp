#include "gateway/upstream/billing_answer.hpp"

#include "menus/offer.hpp"
#include "values/written_time.hpp"

#include <set>
#include <utility>

namespace kabinet::gateway::upstream {

using json = nlohmann::json;

namespace {

constexpr int deepest = 3; // what docs/billing.yaml nests

} // namespace

std::optional<std::string> answer_object::text(const char* name) {
    if (!has(name))
        return std::nullopt;
    const json& value = from_[name];
    if (!value.is_string())
        return refuse();
    return value.get<std::string>();
}

std::optional<money> answer_object::sum(const char* name) {
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    const bool is_whole = written->size() > 3 && written->at(written->size() - 3) == '.';
    const auto read = is_whole ? read_money(*written) : std::nullopt; // a subscriber may type `100,5`
    if (!read)
        refuse();
    return read;
}

std::optional<utc_time> answer_object::time(const char* name) {
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    const auto read = read_iso(*written);
    if (!read)
        refuse();
    return read;
}

std::int64_t answer_object::count(const char* name, std::int64_t most) {
    if (!has(name))
        return 0;
    const json& value = from_[name];
    const bool fits =
        value.is_number_unsigned() && value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    if (!fits)
        refuse();
    return fits ? value.get<std::int64_t>() : 0;
}

bool answer_object::flag(const char* name, bool unsaid) {
    if (!has(name))
        return unsaid;
    const json& value = from_[name];
    if (!value.is_boolean())
        refuse();
    return value.is_boolean() ? value.get<bool>() : unsaid;
}

std::optional<std::string> answer_object::ware(const char* name) {
    constexpr std::size_t longest = menus::offer_name{}.max_size();
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    const bool is_name =
        !written->empty() && written->size() <= longest &&
        written->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!is_name)
        return refuse();
    return written;
}

std::vector<json> answer_object::list(const char* name) {
    if (!has(name) || !from_[name].is_array()) {
        refuse();
        return {};
    }
    return from_[name].get<std::vector<json>>();
}

std::nullopt_t answer_object::refuse() {
    is_whole_ = false;
    return std::nullopt;
}

std::optional<answer_object> parse(const http_answer& came) {
    using event = json::parse_event_t;
    bool is_plain = true;
    std::vector<std::set<std::string>> names; // of the objects that are open
    const auto watch = [&](int depth, event what, const json& value) {
        if (what == event::object_start || what == event::array_start)
            is_plain = is_plain && depth < deepest;
        if (what == event::object_start)
            names.emplace_back();
        else if (what == event::object_end)
            names.pop_back();
        else if (what == event::key)
            is_plain = names.back().insert(value.get<std::string>()).second && is_plain;
        return true;
    };
    answer_object read{json::parse(came.body, watch, false)};
    return is_plain && read.is_whole() ? std::optional{std::move(read)} : std::nullopt;
}

} // namespace kabinet::gateway::upstream
