#include "gateway/wishes.hpp"

#include <random>

namespace kabinet::gateway {

namespace {

template <class Number>
std::string_view octets_of(const Number& number) {
    return {reinterpret_cast<const char*>(&number), sizeof number};
}

template <std::size_t Size>
std::string_view octets_of(const std::array<std::uint8_t, Size>& all) {
    return {reinterpret_cast<const char*>(all.data()), Size};
}

} // namespace

wishes::wishes(const store::keys& keys)
    : keys_{keys} {
    std::random_device random;
    for (std::uint8_t& each : run_)
        each = static_cast<std::uint8_t>(random());
}

wishes::dial_name wishes::name_dial(std::string_view group, const ussd_request& asked) const {
    const store::request_id base = keys_.name_request(
        {"dial", group, octets_of(asked.who), octets_of(asked.session.key), view(asked.text)});
    const auto found = counts_.find(base);
    if (found == counts_.end())
        return {base, base};
    return {keys_.name_request({"again", octets_of(base), octets_of(found->second)}), base};
}

store::request_id wishes::name_step(std::uint64_t dialogue, unsigned screen) const {
    return keys_.name_request({"step", octets_of(run_), octets_of(dialogue), octets_of(screen)});
}

store::request_id wishes::name_sms(const sms_request& asked) const {
    const message_mark& mark = asked.mark;
    return keys_.name_request({"sms", octets_of(asked.who), view(asked.service.characters),
                               octets_of(mark.esm_class), octets_of(mark.data_coding), view(mark.user_header),
                               view(mark.octets)});
}

store::request_id wishes::name_notice(msisdn who, utc_time now) const {
    const auto hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count();
    return keys_.name_request({"notice", octets_of(who), octets_of(hour)});
}

void wishes::is_over(const store::request_id& base, std::chrono::milliseconds life, steady_time now) {
    over_.push_back({base, ++counts_[base], now + life});
}

void wishes::forget(steady_time now) {
    for (; !over_.empty() && over_.front().forget_at <= now; over_.pop_front())
        if (const auto found = counts_.find(over_.front().base);
            found != counts_.end() && found->second == over_.front().count)
            counts_.erase(found);
}

} // namespace kabinet::gateway
