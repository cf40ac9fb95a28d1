#include "gateway/log.hpp"

#include "values/text.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace kabinet::gateway {

namespace {

/// The message as a JSON string: spdlog's own %v would let a quote through.
class json_message final : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& line, const std::tm&, spdlog::memory_buf_t& to) override {
        const std::string whole = nlohmann::json(std::string{line.payload.data(), line.payload.size()})
                                      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        to.append(whole.data(), whole.data() + whole.size());
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<json_message>();
    }
};

spdlog::level::level_enum level_of(log_level wanted) {
    switch (wanted) {
    case log_level::trace:
        return spdlog::level::trace;
    case log_level::debug:
        return spdlog::level::debug;
    case log_level::info:
        return spdlog::level::info;
    case log_level::warning:
        return spdlog::level::warn;
    case log_level::error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

bool is_harmless(char32_t character) {
    if (character < 0x20 || (character >= 0x7F && character < 0xA0))
        return false;
    const bool steers_direction = character == 0x061C || (character >= 0x200B && character <= 0x200F) ||
                                  (character >= 0x2028 && character <= 0x202E) ||
                                  (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
    return !steers_direction && character != U'"' && character != U'\\';
}

} // namespace

running_log::running_log(const log_settings& wanted) {
    constexpr std::size_t queued_lines = 8192;
    spdlog::init_thread_pool(queued_lines, 1);
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    // When lines come faster than stderr takes them the oldest go: subscribers are served all the same.
    auto logger = std::make_shared<spdlog::async_logger>("kabinet", std::move(sink), spdlog::thread_pool(),
                                                         spdlog::async_overflow_policy::overrun_oldest);
    logger->set_level(level_of(wanted.level));
    logger->flush_on(spdlog::level::info);
    if (wanted.format == log_format::json) {
        auto lines = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
        lines->add_flag<json_message>('*').set_pattern(
            R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","message":%*})");
        logger->set_formatter(std::move(lines));
    } else {
        logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                                                                          spdlog::pattern_time_type::utc));
    }
    spdlog::set_default_logger(std::move(logger));
}

running_log::~running_log() {
    spdlog::shutdown();
}

std::string quoted(std::string_view foreign) {
    constexpr std::size_t most = 200;
    std::string made{"\""};
    std::string_view rest = foreign.substr(0, most);
    while (!rest.empty()) {
        const code_point next = next_code_point(rest);
        if (next.size != 0 && is_harmless(next.value))
            made += rest.substr(0, next.size);
        else
            fmt::format_to(std::back_inserter(made), "\\x{:02x}",
                           next.size != 0 ? static_cast<std::uint32_t>(next.value)
                                          : static_cast<std::uint32_t>(static_cast<unsigned char>(rest[0])));
        rest.remove_prefix(std::max<std::size_t>(1, next.size));
    }
    made += foreign.size() > most ? "…\"" : "\"";
    return made;
}

} // namespace kabinet::gateway
