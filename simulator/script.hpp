// A scripted conversation as a product owner writes it (docs/transcripts.md), read into steps.
// Plays nothing and opens no file.
#pragma once

#include "simulator/exchange.hpp"
#include "simulator/pattern.hpp"
#include "values/finding.hpp"
#include "values/msisdn.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::simulator {

inline constexpr std::chrono::milliseconds usual_patience{10'000};
inline constexpr std::chrono::milliseconds longest_patience = std::chrono::hours{1};
inline constexpr std::string_view present = "now"; // the name that holds the time of a step

// What a subscriber does, or a portal (exchange.hpp). `{name}` in the texts stands for what was captured
// before,
// `{now}` for the time of the step.
struct dial {
    std::string code;
};
struct answer {
    std::string input;
};
struct hang_up {};
struct text_to {
    std::string number;
    std::string body;
};
/// The centre sends the subscriber's last message to the gateway once more.
struct redeliver {};
/// The gateway's clock is put forward, and `{now}` with it.
struct let_pass {
    std::chrono::milliseconds by{};
    std::optional<std::chrono::minutes> until; // of the day, UTC: by so much that this comes next
};

// What the subscriber expects.
struct expect_screen {
    pattern text;
};
struct expect_end {};
struct expect_sms {
    std::string from; // `*`: anyone
    pattern text;
};
/// Nothing unread is there, and nothing comes for as long as the step's `within`.
struct expect_silence {};

using deed = std::variant<dial, answer, hang_up, text_to, redeliver, let_pass, ask_door, expect_screen,
                          expect_end, expect_sms, expect_reply, expect_silence>;

struct script_step {
    std::uint32_t line = 0; // where it begins, from 1
    msisdn who;
    deed what;
    std::chrono::milliseconds within = usual_patience;
};

struct script {
    std::vector<script_step> steps;
};

struct parsed_script {
    simulator::script script;
    std::vector<finding> findings; // empty: the script may be played
};

/// Everything that is wrong is found at once, in the order of lines. `file` is only named in findings.
[[nodiscard]] parsed_script parse_script(std::string_view content, const std::string& file);

/// `10s`, `500ms`, `2m`, `25h`, `3d`; nothing for anything else, zero, or over `most`.
[[nodiscard]] std::optional<std::chrono::milliseconds>
parse_duration(std::string_view text, std::chrono::milliseconds most = longest_patience);

} // namespace kabinet::simulator
