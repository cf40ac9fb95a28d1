#include "gateway/cdr.hpp"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>

#include <fcntl.h>
#include <unistd.h>

namespace kabinet::gateway {

namespace {

std::string written(utc_time at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(at - second).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(second.time_since_epoch().count()), rest);
}

/// The file must not be born readable by others, which a stream's own open would do.
void make_private(const std::filesystem::path& file) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (opened < 0)
        throw std::runtime_error{
            fmt::format("{}: can't be written: {}", file.string(), std::strerror(errno))};
    ::close(opened);
}

} // namespace

call_records::call_records(const std::filesystem::path& file) {
    if (file.empty())
        return;
    make_private(file);
    constexpr std::size_t queued_lines = 65'536;
    thread_ = std::make_shared<spdlog::details::thread_pool>(queued_lines, 1);
    auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
    file_ = std::make_shared<spdlog::async_logger>("cdr", std::move(sink), thread_,
                                                   spdlog::async_overflow_policy::overrun_oldest);
    file_->set_pattern("%v");
    file_->flush_on(spdlog::level::info);
}

call_records::~call_records() {
    file_.reset();
    thread_.reset(); // writes what is queued
}

void call_records::write(const call_record& of) {
    if (!file_)
        return;
    nlohmann::ordered_json line;
    line["at"] = written(of.began);
    line["kind"] = of.kind;
    line["msisdn"] = of.who.text();
    line["link"] = of.link;
    line["service"] = of.service;
    line["ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(of.ended - of.began).count();
    if (of.kind == "ussd")
        line["screens"] = of.screens;
    if (!of.did.empty())
        line["did"] = of.did;
    line["end"] = of.end;
    file_->info(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

std::size_t call_records::lost() const {
    return thread_ ? thread_->overrun_counter() : 0;
}

} // namespace kabinet::gateway
