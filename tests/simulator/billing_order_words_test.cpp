#include "simulator/billing_words.hpp"

#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace kabinet::simulator::billing_order_words_test {

namespace {

/// The status and why, or "taken".
std::string complaint(std::string_view json) {
    const auto read = read_order(json);
    return read ? "taken" : fmt::format("{} {}", read.error().status, read.error().why);
}

/// What is taken.
billing_order taken(std::string_view json) {
    const auto read = read_order(json);
    REQUIRE(read.has_value());
    return *read;
}

} // namespace

TEST_CASE("the contract's examples of orders are read, and written as they came") {
    const std::string voucher = R"({"kind":"top_up","msisdn":"79261112233","voucher":"4929175307183316"})";
    const std::string promise =
        R"({"kind":"take_promise","msisdn":"79261112233","offer":"medium","amount":"300.00","fee":"20.00",)"
        R"("seconds":259200,"floor":"-30.00"})";
    const std::string transfer =
        R"({"kind":"transfer","msisdn":"79261112233","to":"79261112244","amount":"150.00","fee":"5.00",)"
        R"("least":"10.00"})";
    CHECK((taken(voucher) == billing_order{use_voucher("4929175307183316")}));
    CHECK((taken(promise) == billing_order{lend()}));
    CHECK((taken(transfer) == billing_order{give(150)}));
    for (const std::string& each : {voucher, promise, transfer})
        CHECK(write_order(taken(each)) == each);
    CHECK((taken(R"( { "voucher" : "4929175307183316", "msisdn":"79261112233","kind":"top_up" } )") ==
           billing_order{use_voucher("4929175307183316")}));
}

TEST_CASE("orders of what is sold are read with all their terms, and written as they came") {
    const std::string connected =
        R"({"kind":"connect_service","msisdn":"79261112233","name":"beep","price":"5.00","fee":"30.00",)"
        R"("seconds":2592000,"kept":864000,"conflicts":["silent"]})";
    const std::string disconnected = R"({"kind":"disconnect_service","msisdn":"79261112233","name":"beep"})";
    const std::string changed =
        R"({"kind":"change_tariff","msisdn":"79261112233","name":"fast","price":"0.00","fee":"40.00",)"
        R"("seconds":2592000,"kept":0,"default":false})";
    const std::string bought =
        R"({"kind":"buy_package","msisdn":"79261112233","name":"talk","price":"0.00","fee":"60.00",)"
        R"("seconds":2592000,"kept":864000,"renews":true,"minutes":100,"sms":0,"megabytes":50})";
    const std::string stopped = R"({"kind":"stop_package","msisdn":"79261112233","name":"talk"})";
    CHECK((taken(connected) == billing_order{connect()}));
    CHECK((taken(disconnected) == billing_order{disconnect_service{anna, "beep"}}));
    CHECK((taken(changed) == billing_order{change_to()}));
    CHECK((taken(bought) == billing_order{buy()}));
    CHECK((taken(stopped) == billing_order{stop_package{anna, "talk"}}));
    for (const std::string& each : {connected, disconnected, changed, bought, stopped})
        CHECK(write_order(taken(each)) == each);
}

TEST_CASE("terms of what is sold that can't be are complained of") {
    const auto connected = [](std::string_view field, std::string_view value) {
        std::string text = write_order(connect());
        const auto at = text.find(fmt::format(R"("{}":)", field)) + field.size() + 3;
        const auto end = std::min(text.find(",\"", at), text.size() - 1);
        return complaint(text.replace(at, end - at, value));
    };
    CHECK(connected("name", R"("beep_2")") == "taken");
    for (const char* wrong : {R"("")", R"("Beep")", R"("b eep")", R"("abcdefghijklmnopqrstuvwxyz012345")"})
        CHECK(connected("name", wrong) == "422 name: nothing in a pack is called so");
    CHECK(connected("price", R"("-1.00")") == "422 price: it is less than nothing");
    CHECK(connected("seconds", "0") == "taken");
    CHECK(connected("seconds", "3155760001").starts_with("422 seconds: "));
    CHECK(connected("kept", "-1").starts_with("422 kept: "));
    CHECK(connected("conflicts", "[]") == "taken");
    CHECK(connected("conflicts", R"("silent")") == "422 conflicts: a list of 100 names at most is wanted");
    CHECK(connected("conflicts", "[1]") == "422 conflicts: nothing in a pack is called so");

    std::string package = write_order(buy());
    const auto bought = [&](std::string_view from, std::string_view to) {
        std::string text = package;
        return complaint(text.replace(text.find(from), from.size(), to));
    };
    CHECK(bought(R"("minutes":100)", R"("minutes":9999999)") == "taken");
    CHECK(bought(R"("minutes":100)", R"("minutes":10000000)") ==
          "422 minutes: a whole number up to 9999999 is wanted");
    CHECK(bought(R"("seconds":2592000)", R"("seconds":0)").starts_with("422 seconds: "));
    CHECK(bought(R"("renews":true)", R"("renews":"yes")") == "422 renews: true or false is wanted");
}

TEST_CASE("what is no object of JSON is 400") {
    for (const char* wrong :
         {"", "{", "[]", "null", "\"top_up\"", "{\"kind\":\"top_up\",}", "{} {}", "{\"kind\":\"\xFF\"}",
          R"({"kind":"top_up","msisdn":"79261112233","voucher":"12345678","voucher":"12345679"})"}) {
        CAPTURE(wrong);
        CHECK(complaint(wrong) == "400 one object of JSON is wanted");
    }
}

TEST_CASE("what is no order is 422, and the complaint names the field and not what stands in it") {
    CHECK(complaint("{}") == "422 kind: none that can be ordered");
    CHECK(complaint(R"({"kind":["top_up"]})") == "422 kind: none that can be ordered");
    const auto top_up = [](std::string_view rest) {
        return complaint(fmt::format(R"({{"kind":"top_up",{}}})", rest));
    };
    CHECK(top_up(R"("msisdn":"79261112233","voucher":"12345678")") == "taken");
    CHECK(top_up(R"("msisdn":"89261112233x","voucher":"12345678")") ==
          "422 msisdn: no number of a subscriber");
    CHECK(top_up(R"("msisdn":79261112233,"voucher":"12345678")") == "422 msisdn: a text is wanted");
    CHECK(top_up(R"("msisdn":"79261112233")") == "422 voucher: a text is wanted");
    CHECK(top_up(R"("msisdn":"79261112233","voucher":"1234567")") == "422 voucher: no code of a voucher");
    CHECK(top_up(R"("msisdn":"79261112233","voucher":"123456789012345678901")") ==
          "422 voucher: no code of a voucher");
    CHECK(top_up(R"("msisdn":"79261112233","voucher":"1234-5678")") == "422 voucher: no code of a voucher");
    CHECK(top_up(R"("msisdn":"79261112233","voucher":"12345678","note":"")") ==
          "422 there is a field too many");

    const auto promise = [](std::string_view offer, std::string_view amount, std::string_view fee,
                            std::string_view seconds) {
        return complaint(fmt::format(
            R"({{"kind":"take_promise","msisdn":"79261112233","offer":"{}","amount":"{}","fee":"{}",)"
            R"("seconds":{},"floor":"0.00"}})",
            offer, amount, fee, seconds));
    };
    CHECK(promise("small", "1.00", "0.00", "1") == "taken");
    CHECK(promise("ййййййййййййййййййййййййййййййй", "1.00", "0.00", "1") == "taken"); // 31
    CHECK(promise("йййййййййййййййййййййййййййййййй", "1.00", "0.00", "1") ==
          "422 offer: not of 1 to 31 characters");
    CHECK(promise("", "1.00", "0.00", "1") == "422 offer: not of 1 to 31 characters");
    CHECK(promise("small", "0.00", "0.00", "1") == "422 amount: more than nothing is wanted");
    CHECK(promise("small", "-1.00", "0.00", "1") == "422 amount: more than nothing is wanted");
    CHECK(promise("small", "1", "0.00", "1") == "422 amount: no sum of money such as \"120.50\"");
    CHECK(promise("small", "1.00", "-0.01", "1") == "422 fee: it is less than nothing");
    for (const char* wrong : {"0", "-1", "1.5", "\"1\"", "3155760001", "18446744073709551616"})
        CHECK(promise("small", "1.00", "0.00", wrong).starts_with("422 seconds: "));
    CHECK(promise("small", "1.00", "0.00", "3155760000") == "taken");
}

} // namespace kabinet::simulator::billing_order_words_test
