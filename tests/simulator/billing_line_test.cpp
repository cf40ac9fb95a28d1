#include "simulator/billing_line.hpp"

#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::billing_line_test {

using namespace std::chrono_literals;

TEST_CASE("each step is one line of JSON that names its operation") {
    kept_books in;
    (void)in.books.order(name(1), use_voucher("1000000001"), noon);
    (void)in.books.begin(name(2), lend(), noon + 2s, noon + 1s);
    (void)in.books.cancel(name(3), noon + 1s);
    (void)in.books.order(name(4), use_voucher("1000000003"), noon + 100h);
    (void)in.books.pay_in(anna, roubles(7), movement_kind::payment, noon + 100h);
    std::vector<std::string> lines;
    for (const billing_change& each : in.kept)
        lines.push_back(write_line(each));
    CHECK(
        lines ==
        std::vector<std::string>{
            R"({"is":"opened","at":"2026-11-21T12:40:00Z","who":"79261112233","points":35,)"
            R"("entries":[["opening","opening","-100.00"],["79261112233","opening","100.00"]]})",
            R"({"is":"ended","at":"2026-11-21T12:40:00Z","id":"00000000000000000000000000000001",)"
            R"("order":{"kind":"top_up","msisdn":"79261112233","voucher":"1000000001"},)"
            R"("came":{"state":"done","amount":"100.00","balance":"200.00","points":35},)"
            R"("entries":[["vouchers","voucher","-100.00"],["79261112233","voucher","100.00"]]})",
            R"({"is":"began","at":"2026-11-21T12:40:01Z","id":"00000000000000000000000000000002",)"
            R"("ends":"2026-11-21T12:40:02Z","order":{"kind":"take_promise","msisdn":"79261112233",)"
            R"("offer":"medium","amount":"300.00","fee":"20.00","seconds":259200,"floor":"-30.00"}})",
            R"({"is":"cancelled","at":"2026-11-21T12:40:01Z","id":"00000000000000000000000000000003"})",
            R"({"is":"ended","at":"2026-11-21T12:40:02Z","id":"00000000000000000000000000000002",)"
            R"("order":{"kind":"take_promise","msisdn":"79261112233","offer":"medium","amount":"300.00",)"
            R"("fee":"20.00","seconds":259200,"floor":"-30.00"},)"
            R"("came":{"state":"done","balance":"480.00","points":35,"until":"2026-11-24T12:40:02Z"},)"
            R"("entries":[["promises","promise","-300.00"],["79261112233","promise","300.00"],)"
            R"(["79261112233","promise_fee","-20.00"],["fees","promise_fee","20.00"]]})",
            R"({"is":"returned","at":"2026-11-24T12:40:02Z","id":"00000000000000000000000000000002",)"
            R"("entries":[["79261112233","promise_return","-300.00"],["promises","promise_return","300.00"]]})",
            R"({"is":"ended","at":"2026-11-25T16:40:00Z","id":"00000000000000000000000000000004",)"
            R"("order":{"kind":"top_up","msisdn":"79261112233","voucher":"1000000003"},)"
            R"("came":{"state":"refused","reason":"old_voucher","balance":"180.00"},"entries":[]})",
            R"({"is":"paid","at":"2026-11-25T16:40:00Z","who":"79261112233",)"
            R"("entries":[["payments","payment","-7.00"],["79261112233","payment","7.00"]]})",
        });
    for (std::size_t each = 0; each < lines.size(); ++each)
        CHECK(read_line(lines[each]) == in.kept[each]);
}

TEST_CASE("what a billing system does by itself is a line that names whose and what") {
    kept_books in;
    buy_package brief = buy();
    brief.on.kept = {};
    (void)in.books.order(name(1), brief, noon);
    (void)in.books.ask_after(name(9), noon + 30 * 24h);
    REQUIRE(in.books.pay_in(anna, roubles(100), movement_kind::payment, noon + 31 * 24h));
    (void)in.books.order(name(2), stop_package{anna, "talk"}, noon + 32 * 24h);
    (void)in.books.ask_after(name(9), noon + 100 * 24h);
    std::vector<std::string> lines;
    for (const billing_change& each : in.kept)
        if (each.is != billing_change::step::ended && each.is != billing_change::step::opened)
            lines.push_back(write_line(each));
    CHECK(lines ==
          std::vector<std::string>{
              R"({"is":"paused","at":"2026-12-21T12:40:00Z","who":"79261112233","kind":"package",)"
              R"("name":"talk","entries":[]})",
              R"({"is":"paid","at":"2026-12-22T12:40:00Z","who":"79261112233",)"
              R"("entries":[["payments","payment","-100.00"],["79261112233","payment","100.00"]]})",
              R"({"is":"charged","at":"2026-12-22T12:40:00Z","who":"79261112233","kind":"package",)"
              R"("name":"talk","entries":[["79261112233","package","-60.00"],["fees","package","60.00"]]})",
              R"({"is":"dropped","at":"2027-01-21T12:40:00Z","who":"79261112233","kind":"package",)"
              R"("name":"talk","entries":[]})",
          });
    for (const billing_change& each : in.kept)
        CHECK(read_line(write_line(each)) == each);
    CHECK_FALSE(
        read_line(R"({"is":"paused","at":"2026-12-21T12:40:00Z","who":"79261112233","kind":"promise",)"
                  R"("name":"talk","entries":[]})"));
}

TEST_CASE("what is no line of a journal is none, though it be JSON") {
    const std::string right =
        R"({"is":"ended","at":"2026-11-21T12:40:00Z","id":"00000000000000000000000000000001",)"
        R"("order":{"kind":"top_up","msisdn":"79261112233","voucher":"1000000001"},)"
        R"("came":{"state":"done","amount":"100.00","balance":"200.00","points":35},)"
        R"("entries":[["vouchers","voucher","-100.00"],["79261112233","voucher","100.00"]]})";
    REQUIRE(read_line(right));
    for (std::size_t size = 0; size < right.size(); ++size)
        CHECK_FALSE(read_line(right.substr(0, size)));
    const auto spoiled = [&](std::string_view from, std::string_view to) {
        std::string text = right;
        return text.replace(text.find(from), from.size(), to);
    };
    CHECK_FALSE(read_line(spoiled("ended", "begun")));
    CHECK_FALSE(read_line(spoiled("ended", "returned").replace(0, 0, " ").append("x")));
    CHECK_FALSE(read_line(spoiled("2026-11-21T12:40:00Z", "yesterday")));
    CHECK_FALSE(read_line(spoiled(R"("id":)", R"("name":)")));
    CHECK_FALSE(read_line(spoiled("top_up", "fill")));
    CHECK_FALSE(read_line(spoiled(R"("state":"done")", R"("state":"well")")));
    CHECK_FALSE(read_line(spoiled(R"(["vouchers",)", R"(["pocket",)")));
    CHECK_FALSE(read_line(spoiled(R"("voucher","-100.00")", R"("voucher","-100")")));
    CHECK_FALSE(read_line(spoiled(R"("voucher","-100.00")", R"("voucher")")));
    CHECK_FALSE(read_line(spoiled(R"("voucher","-100.00")", R"("gift","-100.00")")));
    for (const char* wrong :
         {"", "null", "[]", "{}", R"({"is":7})", R"({"is":"opened","who":"79261112233"})"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_line(wrong));
    }
}

} // namespace kabinet::simulator::billing_line_test
