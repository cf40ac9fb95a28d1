#include "simulator/billing_arguments.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace kabinet::simulator::billing_arguments_test {

namespace {

using namespace std::chrono_literals;

struct folder : kabinet::tests::temporary_folder {
    [[nodiscard]] std::string write(const std::string& name, std::string_view content) const {
        const std::string file = path() / name;
        std::ofstream{file, std::ios::binary} << content;
        return file;
    }
};

template <class Reading>
std::string complaint(Reading reading) {
    try {
        reading();
    } catch (const broken_arguments& broken) {
        return broken.what();
    }
    return "none";
}

} // namespace

TEST_CASE("a billing system listens on loopback and wants a token") {
    const folder in;
    billing_arguments given;
    given.token_file = in.write("billing.token", "fake-billing-token\nthe-next-one\n");
    given.listen = "::1:8085";
    given.seed = 7;
    const billing_settings read = read_server(given);
    CHECK(read.host == "::1");
    CHECK(read.port == 8085);
    CHECK(read.token->reveal() == "fake-billing-token");
    CHECK(read.seed == 7);
    const auto why = [&] { return complaint([&] { (void)read_server(given); }); };
    given.listen = "192.0.2.10:8085";
    CHECK(why() == "--listen: '192.0.2.10' is no address of loopback");
    given.listen = "8085";
    CHECK(why() == "--listen: '8085' is not ADDRESS:PORT");
    given.listen = "127.0.0.1:0";
    for (const std::string& empty : {std::string{}, std::string{"\nfake\n"}, std::string(200, 'x')}) {
        given.token_file = in.write("empty.token", empty);
        CHECK(why() == given.token_file + ": its first line is no token");
    }
    given.token_file = in.path() / "absent";
    CHECK(why().starts_with(given.token_file));
}

TEST_CASE("books open with what the arguments say") {
    const folder in;
    billing_arguments given;
    CHECK(read_books(given).opening == money::from_minor(10'000));
    CHECK(read_books(given).vouchers.empty());
    given.opening = "-20.50";
    given.points = 35;
    given.strangers = {"8 926 111-22-33", "79261112244"};
    given.vouchers_file = in.write("v.csv", "code,amount\n12345678,100\n");
    const books_settings read = read_books(given);
    CHECK(read.opening == money::from_minor(-2'050));
    CHECK(read.points == 35);
    CHECK(read.strangers.contains(msisdn::from_digits(79261112233)));
    CHECK(read.strangers.size() == 2);
    CHECK(read.vouchers.size() == 1);

    const auto why = [&] { return complaint([&] { (void)read_books(given); }); };
    given.vouchers_file = in.write("w.csv", "code,amount\n1234,100\n12345678,-1\n");
    CHECK(why() == given.vouchers_file + ":2: code: not 8 to 20 digits\n" + given.vouchers_file +
                       ":3: amount: no sum of money, such as 100 or 99.90");
    given.vouchers_file.clear();
    given.strangers = {"nobody"};
    CHECK(why().starts_with("--stranger: 'nobody' is "));
    given.strangers.clear();
    given.opening = "much";
    CHECK(why() == "--opening: 'much' is no sum of money, such as 100 or 99.90");
}

TEST_CASE("faults are shares and times") {
    billing_arguments given;
    given.faults.operations.late = 0.25;
    given.faults.swallowed = 0.5;
    given.late_for = "700ms";
    given.afterwards_for = "1m";
    given.begun_for = "3s";
    const billing_faults read = read_faults(given);
    CHECK(read.operations.late == 0.25);
    CHECK(read.swallowed == 0.5);
    CHECK(read.late_for == 700ms);
    CHECK(read.afterwards_for == 1min);
    CHECK(read.begun_for == 3s);
    const auto why = [&] { return complaint([&] { (void)read_faults(given); }); };
    given.faults.afterwards = 0.6;
    CHECK(why() == "the shares of what befalls one kind of request are more than 1 together");
    given.faults.afterwards = 0;
    given.late_for = "soon";
    CHECK(why() == "--late-for: 'soon' is not a time such as 30s, 500ms or 2m");
    given.late_for = "2s";
    given.afterwards_for = "";
    CHECK(why().starts_with("--afterwards-for: "));
    given.afterwards_for = "2s";
    given.begun_for = "-1s";
    CHECK(why().starts_with("--open-for: "));
}

TEST_CASE("what happened is told in one line") {
    books_figures books;
    books.done = 1;
    books.refused = 2;
    books.cancelled = 3;
    books.open = 4;
    books.repeated = 5;
    books.conflicts = 6;
    billing_figures seen;
    seen.orders = 7;
    seen.asked = 8;
    seen.reads = 9;
    seen.refused = 10;
    seen.late = 11;
    seen.waiting = 12;
    for (std::size_t each = 0; each < billing_fault_kinds; ++each)
        seen.met[each] = 20 + each;
    CHECK(describe(books, seen) == "names: 1 done, 2 refused, 3 cancelled, 4 open; 7 orders (5 repeated, 6 "
                                   "of another content), 8 asked after, "
                                   "9 reads, 10 refused unseen; 11 late, 21 failed, 22 mute, 23 rubbish, 24 "
                                   "turned away, 25 swallowed, 26 "
                                   "afterwards (12 not yet), 27 open at first");
}

} // namespace kabinet::simulator::billing_arguments_test
