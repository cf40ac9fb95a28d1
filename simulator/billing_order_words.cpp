#include "simulator/billing_order_fields.hpp"
#include "simulator/billing_words.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace kabinet::simulator {

using boost::system::result;
using json = nlohmann::ordered_json;

namespace {

ware_terms read_terms(order_fields& from) {
    ware_terms on;
    on.name = from.ware("name");
    on.price = from.fee("price");
    on.fee = from.fee("fee");
    return on;
}

top_up read_top_up(order_fields& from, msisdn who) {
    return {who, from.voucher("voucher")};
}

take_promise read_promise(order_fields& from, msisdn who) {
    take_promise order;
    order.who = who;
    order.offer = from.offer("offer");
    order.amount = from.amount("amount");
    order.fee = from.fee("fee");
    order.term = from.term("seconds");
    order.floor = from.sum("floor");
    return order;
}

transfer read_transfer(order_fields& from, msisdn who) {
    transfer order;
    order.who = who;
    order.to = from.number("to");
    order.amount = from.amount("amount");
    order.fee = from.fee("fee");
    order.least = from.sum("least");
    return order;
}

connect_service read_connection(order_fields& from, msisdn who) {
    connect_service order{who, read_terms(from), {}};
    order.on.period = from.span("seconds");
    order.on.kept = from.span("kept");
    order.conflicts = from.wares("conflicts");
    return order;
}

disconnect_service read_disconnection(order_fields& from, msisdn who) {
    return {who, from.ware("name")};
}

change_tariff read_tariff(order_fields& from, msisdn who) {
    change_tariff order{who, read_terms(from)};
    order.on.period = from.span("seconds");
    order.on.kept = from.span("kept");
    order.is_default = from.flag("default");
    return order;
}

buy_package read_package(order_fields& from, msisdn who) {
    buy_package order{who, read_terms(from), {}};
    order.on.period = from.term("seconds");
    order.on.kept = from.span("kept");
    order.renews = from.flag("renews");
    order.holds.minutes = from.units("minutes");
    order.holds.sms = from.units("sms");
    order.holds.megabytes = from.units("megabytes");
    return order;
}

stop_package read_stop(order_fields& from, msisdn who) {
    return {who, from.ware("name")};
}

template <auto Read>
billing_order read_as(order_fields& from) {
    const msisdn who = from.number("msisdn");
    return Read(from, who);
}

using reader = billing_order (*)(order_fields&);
constexpr std::array<std::pair<std::string_view, reader>, 8> readers{{
    {"top_up", read_as<read_top_up>},
    {"take_promise", read_as<read_promise>},
    {"transfer", read_as<read_transfer>},
    {"connect_service", read_as<read_connection>},
    {"disconnect_service", read_as<read_disconnection>},
    {"change_tariff", read_as<read_tariff>},
    {"buy_package", read_as<read_package>},
    {"stop_package", read_as<read_stop>},
}};

json begin_order(const char* kind, msisdn who) {
    return {{"kind", kind}, {"msisdn", who.text()}};
}

json begin_order(const char* kind, msisdn who, const ware_terms& on) {
    json made = begin_order(kind, who);
    made["name"] = on.name;
    made["price"] = write_money(on.price);
    made["fee"] = write_money(on.fee);
    made["seconds"] = on.period.count();
    made["kept"] = on.kept.count();
    return made;
}

json begin_order(const char* kind, msisdn who, const std::string& ware) {
    json made = begin_order(kind, who);
    made["name"] = ware;
    return made;
}

struct writer {
    json operator()(const top_up& order) const {
        json made = begin_order("top_up", order.who);
        made["voucher"] = order.voucher;
        return made;
    }
    json operator()(const take_promise& order) const {
        json made = begin_order("take_promise", order.who);
        made["offer"] = order.offer;
        made["amount"] = write_money(order.amount);
        made["fee"] = write_money(order.fee);
        made["seconds"] = order.term.count();
        made["floor"] = write_money(order.floor);
        return made;
    }
    json operator()(const transfer& order) const {
        json made = begin_order("transfer", order.who);
        made["to"] = order.to.text();
        made["amount"] = write_money(order.amount);
        made["fee"] = write_money(order.fee);
        made["least"] = write_money(order.least);
        return made;
    }
    json operator()(const connect_service& order) const {
        json made = begin_order("connect_service", order.who, order.on);
        made["conflicts"] = order.conflicts;
        return made;
    }
    json operator()(const disconnect_service& order) const {
        return begin_order("disconnect_service", order.who, order.name);
    }
    json operator()(const change_tariff& order) const {
        json made = begin_order("change_tariff", order.who, order.on);
        made["default"] = order.is_default;
        return made;
    }
    json operator()(const buy_package& order) const {
        json made = begin_order("buy_package", order.who, order.on);
        made["renews"] = order.renews;
        made["minutes"] = order.holds.minutes;
        made["sms"] = order.holds.sms;
        made["megabytes"] = order.holds.megabytes;
        return made;
    }
    json operator()(const stop_package& order) const {
        return begin_order("stop_package", order.who, order.name);
    }
};

} // namespace

result<billing_order, order_complaint> read_order(std::string_view text) {
    auto from = order_fields::parse(text);
    if (!from)
        return order_complaint{400, "one object of JSON is wanted"};
    const std::string kind = from->text("kind");
    for (const auto& [name, read] : readers) {
        if (name != kind)
            continue;
        billing_order order = read(*from);
        if (auto complaint = from->complaint())
            return std::move(*complaint);
        return order;
    }
    return order_complaint{422, "kind: none that can be ordered"};
}

std::string write_order(const billing_order& what) {
    return std::visit(writer{}, what).dump();
}

} // namespace kabinet::simulator
