#include "values/csv.hpp"

#include <doctest/doctest.h>

namespace kabinet::csv_test {

using fields = std::vector<std::string>;

TEST_SUITE("CSV") {
    TEST_CASE("a line is cut at its commas and quotes go") {
        CHECK(read_csv_line("a,b,c") == fields{"a", "b", "c"});
        CHECK(read_csv_line("") == fields{""});
        CHECK(read_csv_line("a,,") == fields{"a", "", ""});
        CHECK(read_csv_line(" a , b") == fields{" a ", " b"});
        CHECK(read_csv_line(R"("a,b",c)") == fields{"a,b", "c"});
        CHECK(read_csv_line(R"("say ""no""","")") == fields{"say \"no\"", ""});
        CHECK(read_csv_line("a,b\r") == fields{"a", "b"});
        CHECK(read_csv_line("\"a\"\r") == fields{"a"});
    }

    TEST_CASE("an open quote or one in the middle of a field breaks the line") {
        for (const char* line : {"\"a", "a,\"b", "a\"b", "\"a\"b,c", "\"\"\""}) {
            CAPTURE(std::string{line});
            CHECK_FALSE(read_csv_line(line));
        }
    }

    TEST_CASE("what is written reads the same") {
        const fields all{"plain", "with,comma", "with \"quotes\"", "", "Казань"};
        CHECK(write_csv_line(all) == R"(plain,"with,comma","with ""quotes""",,Казань)");
        CHECK(read_csv_line(write_csv_line(all)) == all);
        CHECK(write_csv_line({}).empty());
    }
}

} // namespace kabinet::csv_test
