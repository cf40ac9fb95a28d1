#include "config/pilot_numbers.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace pilot_numbers_test {

using namespace kabinet;
using namespace kabinet::config;

namespace {

class numbers_file {
  public:
    explicit numbers_file(std::string_view text)
        : path_{std::filesystem::temp_directory_path() /
                ("pilot_numbers_test." + std::to_string(::getpid()))} {
        std::ofstream{path_} << text;
    }
    ~numbers_file() { std::filesystem::remove(path_); }
    numbers_file(const numbers_file&) = delete;
    numbers_file& operator=(const numbers_file&) = delete;

    std::vector<msisdn> load() { return load_pilot_numbers(path_, {}, findings); }

    std::vector<finding> findings;

  private:
    std::filesystem::path path_;
};

} // namespace

TEST_CASE("pilots' numbers stand a line each, in any form, with remarks and empty lines between") {
    numbers_file file{"# staff\n8 (926) 222-33-44\r\n\n+79261112233  # Anna\n79262223344\n9263334455"};
    CHECK(file.load() == std::vector{msisdn::from_digits(79261112233), msisdn::from_digits(79262223344),
                                     msisdn::from_digits(79263334455)});
    CHECK(file.findings.empty());
}

TEST_CASE("what is no number is told with its line") {
    numbers_file file{"79261112233\nAnna\n12\n"};
    CHECK(file.load().size() == 1);
    REQUIRE(file.findings.size() == 2);
    CHECK(file.findings[0].line == 2);
    CHECK(file.findings[0].what.starts_with("Anna: "));
    CHECK(file.findings[1].line == 3);
    CHECK(is_refused(file.findings));
}

TEST_CASE("a file that names nobody is warned of, one that isn't there is refused") {
    numbers_file empty{"# nobody yet\n"};
    CHECK(empty.load().empty());
    REQUIRE(empty.findings.size() == 1);
    CHECK_FALSE(is_refused(empty.findings));
    std::vector<finding> findings;
    CHECK(load_pilot_numbers("/nowhere/pilot.txt", {}, findings).empty());
    CHECK(is_refused(findings));
}

} // namespace pilot_numbers_test
