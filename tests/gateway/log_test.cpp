#include "gateway/log.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/json.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/null_sink.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <vector>

namespace kabinet::gateway::log_test {

using folder = kabinet::tests::temporary_folder;

namespace {

/// Runs with the log of `wanted` on a stderr of its own; returns the lines.
std::vector<std::string> logged(const log_settings& wanted, const std::function<void()>& run) {
    const folder of;
    const auto file = of.path() / "stderr";
    std::fflush(stderr);
    const int before = ::dup(STDERR_FILENO);
    const int instead = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(instead, STDERR_FILENO);
    {
        const running_log under_test{wanted};
        run();
    }
    ::dup2(before, STDERR_FILENO);
    ::close(instead);
    ::close(before);
    // for the tests after this one: a process has no logger once its log was stopped
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("none", std::make_shared<spdlog::sinks::null_sink_mt>()));
    std::vector<std::string> lines;
    std::ifstream opened{file};
    for (std::string line; std::getline(opened, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

TEST_SUITE("foreign text in the log") {
    TEST_CASE("harmless text stands between quotes as it is") {
        CHECK(quoted("") == "\"\"");
        CHECK(quoted("*105*00#") == "\"*105*00#\"");
        CHECK(quoted("Привет €") == "\"Привет €\"");
    }

    TEST_CASE("nothing breaks out of the quotes or the line") {
        CHECK(quoted("a\"b") == "\"a\\x22b\"");
        CHECK(quoted("a\\b") == "\"a\\x5cb\"");
        CHECK(quoted("a\r\nb\tc") == "\"a\\x0d\\x0ab\\x09c\"");
        CHECK(quoted({"a\0b", 3}) == "\"a\\x00b\"");
    }

    TEST_CASE("nothing steers a terminal or the direction of writing") {
        CHECK(quoted("\x1B[31m") == "\"\\x1b[31m\"");
        CHECK(quoted("\x7F") == "\"\\x7f\"");
        CHECK(quoted("\u0085") == "\"\\x85\"");
        for (const std::string_view mark : {"\u061C", "\u200B", "\u200E", "\u200F", "\u2028", "\u2029",
                                            "\u202A", "\u202E", "\u2066", "\u2069", "\uFEFF"}) {
            const std::string made = quoted(mark);
            CHECK(made.find(mark) == std::string::npos);
            CHECK(made.starts_with("\"\\x"));
        }
    }

    TEST_CASE("broken UTF-8 is shown octet by octet") {
        CHECK(quoted("\xFF") == "\"\\xff\"");
        CHECK(quoted("a\xD0") == "\"a\\xd0\"");
        CHECK(quoted("\xC0\xAF") == "\"\\xc0\\xaf\"");
        CHECK(quoted("\xED\xA0\x80z") == "\"\\xed\\xa0\\x80z\"");
    }

    TEST_CASE("a format means nothing") {
        CHECK(quoted("%n {} ${x}") == "\"%n {} ${x}\"");
    }

    TEST_CASE("a long text is cut and says so") {
        CHECK(gateway::quoted(std::string(200, 'x')) == "\"" + std::string(200, 'x') + "\"");
        CHECK(gateway::quoted(std::string(201, 'x')) == "\"" + std::string(200, 'x') + "…\"");
        CHECK(gateway::quoted(std::string(100'000, '\n')).size() < 1'000);
    }
}

TEST_SUITE("the log") {
    TEST_CASE("each line of JSON parses whatever is said") {
        const std::string_view odd = "a \"quoted\"\n\x1B[1m line \\ with \xFF %v {} тоже";
        const auto lines = logged({log_format::json, log_level::info}, [&] {
            spdlog::info("{}", odd);
            spdlog::warn("second");
        });
        REQUIRE(lines.size() == 2);
        const auto first = kabinet::tests::read_json(lines[0]);
        CHECK(first["level"] == "info");
        CHECK(first["message"].get<std::string>().starts_with("a \"quoted\"\n\x1B[1m line \\ with "));
        CHECK(first["time"].get<std::string>().size() == 27);
        CHECK(first["time"].get<std::string>().ends_with("Z"));
        CHECK(kabinet::tests::read_json(lines[1])["message"] == "second");
    }

    TEST_CASE("below the level nothing is written") {
        const auto lines = logged({log_format::text, log_level::warning}, [] {
            spdlog::debug("one");
            spdlog::info("two");
            spdlog::warn("three");
            spdlog::error("four");
        });
        REQUIRE(lines.size() == 2);
        CHECK(lines[0].ends_with("Z warning three"));
        CHECK(lines[1].ends_with("Z error four"));
    }

    TEST_CASE("every level of the settings is one of the log") {
        for (const auto level :
             {log_level::trace, log_level::debug, log_level::info, log_level::warning, log_level::error}) {
            const auto lines = logged({log_format::text, level}, [] {
                spdlog::trace("1");
                spdlog::debug("2");
                spdlog::info("3");
                spdlog::warn("4");
                spdlog::error("5");
            });
            CHECK(lines.size() == 5 - static_cast<std::size_t>(level));
        }
    }

    TEST_CASE("what was said before the end is written") {
        const auto lines = logged({log_format::json, log_level::info}, [] {
            for (int each = 0; each < 1'000; ++each)
                spdlog::info("line {}", each);
        });
        CHECK(lines.size() == 1'000);
    }
}

} // namespace kabinet::gateway::log_test
