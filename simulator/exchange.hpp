// What a portal asks the gateway's door and what it is told, as one line of a script writes them
// (docs/transcripts.md). Knows no socket and no JSON.
#pragma once

#include "simulator/pattern.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

struct field {
    std::string name;
    std::string value;
    bool is_switch = false; // `true` or `false` without quotes
};

enum class asker : std::uint8_t { portal, operator_system };

/// A request. `{name}` in the values stands for what was captured before.
struct ask_door {
    asker by = asker::portal;
    std::string path; // below /v1/
    std::vector<field> fields;
};

/// What came of a request.
struct reply {
    unsigned status = 0; // of HTTP; 0: none came, and `trouble` says why
    std::vector<field> fields;
    std::vector<std::string>
        rows; // of the one list an answer may hold: each row's values with blanks between
    std::string trouble;
};

struct expected_field {
    std::string name;
    pattern value;
};

/// What a reply is expected to be.
struct expect_reply {
    unsigned status = 200;
    std::vector<expected_field> fields;
    bool has_more = false; // whatever else it says
    std::string rows;      // a pattern of them all, one a line
    std::string source;    // the words of the line

    /// Whether it is as expected: a name in `known` stands for its value, a new one is added. When not,
    /// `known` is left as it was.
    [[nodiscard]] bool matches(const reply&, captures& known) const;
    [[nodiscard]] std::vector<std::string> names() const;
};

/// `PATH NAME=VALUE …` into the request, `[STATUS | VERDICT] NAME=VALUE … [*]` into the expectation; gives
/// what is wrong with the words, nothing when nothing is.
[[nodiscard]] std::string read_request(std::string_view words, ask_door&);
[[nodiscard]] std::string read_expectation(std::string_view words, expect_reply&);

/// A reply in the words of an expectation, as it may be printed.
[[nodiscard]] std::string describe(const reply&, const captures& known);

} // namespace kabinet::simulator
