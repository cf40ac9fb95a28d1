#include "gateway/account/pen.hpp"

#include "values/written_time.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::account {

using nlohmann::json;

std::string text_of(const json& in, const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t count_of(const json& in, const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool is_on(const json& in, const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_boolean() && found->get<bool>();
}

money sum_of(const json& in, const char* name) {
    return read_money(text_of(in, name)).value_or(money{});
}

const json& list_of(const json& in, const char* name) {
    static const json none = json::array();
    const auto found = in.find(name);
    return found != in.end() && found->is_array() ? *found : none;
}

const json& offers_of(const json& said) {
    return list_of(said, "offers");
}

const json* find_offer(const json& said, std::string_view name) {
    for (const json& each : offers_of(said))
        if (each.is_object() && text_of(each, "offer") == name)
            return &each;
    return nullptr;
}

std::string pen::write_sum(money of) const {
    return forms.write_sum(of, currency);
}

std::string pen::write_sum(const json& in, const char* name) const {
    const auto read = read_money(text_of(in, name));
    return read ? write_sum(*read) : std::string{};
}

std::string pen::write_time(const json& in, const char* name) const {
    const auto read = read_iso(text_of(in, name));
    return read ? forms.write_time(*read) : std::string{};
}

std::string pen::write_term(std::int64_t seconds) const {
    return forms.write_term(std::chrono::seconds{seconds});
}

std::string pen::say(std::string_view name, const page_values& with) const {
    return pages::fill(speaks.say(name), with, {});
}

std::string pen::count(std::string_view name, std::int64_t count) const {
    const std::size_t form = forms.choose_form(static_cast<std::uint64_t>(count));
    return pages::fill(speaks.say(name, form), {{"count", std::to_string(count)}}, {});
}

} // namespace kabinet::gateway::account
