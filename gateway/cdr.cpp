#include "gateway/cdr.hpp"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace kabinet::gateway {

namespace {

using namespace std::chrono_literals;

constexpr auto written_every = 100ms;
constexpr std::size_t most_waiting = 64U << 20U; // octets; beyond it the disk has stopped

void append(fmt::memory_buffer& to, std::string_view text) {
    to.append(text.data(), text.data() + text.size());
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char each) { return each >= ' ' && each <= '~' && each != '"' && each != '\\'; });
}

/// `,"name":"value"`. Ours are plain words nearly always; the library knows what to do with the others.
void append_field(fmt::memory_buffer& to, std::string_view name, std::string_view value) {
    append(to, ",\"");
    append(to, name);
    append(to, "\":");
    if (is_plain(value)) {
        to.push_back('"');
        append(to, value);
        return to.push_back('"');
    }
    append(to,
           nlohmann::json(std::string{value}).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void append_field(fmt::memory_buffer& to, std::string_view name, long long value) {
    fmt::format_to(std::back_inserter(to), ",\"{}\":{}", name, value);
}

int open_file(const std::filesystem::path& file) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (opened >= 0)
        ::fchmod(opened, 0600); // one that was there before may be wider
    return opened;
}

} // namespace

call_records::call_records(const std::filesystem::path& file)
    : path_{file} {
    if (file.empty())
        return;
    file_ = open_file(path_);
    if (file_ < 0)
        throw std::runtime_error{
            fmt::format("{}: can't be written: {}", file.string(), std::strerror(errno))};
    writer_ = std::thread{[this] { keep_writing(); }};
}

call_records::~call_records() {
    if (path_.empty())
        return;
    {
        const std::lock_guard lock{gate_};
        is_ending_ = true;
    }
    wakes_.notify_one();
    writer_.join();
    ::close(file_);
}

void call_records::append_time(lines& to, utc_time at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    if (second != second_) {
        second_ = second;
        second_written_ = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(second.time_since_epoch().count()));
    }
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(at - second).count();
    fmt::format_to(std::back_inserter(to), "{}.{:03}Z", second_written_, rest);
}

void call_records::write(const call_record& of) {
    if (path_.empty())
        return;
    lines line; // on the stack: a record is shorter than its first 500 octets
    append(line, "{\"at\":\"");
    append_time(line, of.began);
    line.push_back('"');
    append_field(line, "kind", of.kind);
    fmt::format_to(std::back_inserter(line), ",\"msisdn\":\"{}\"", of.who.digits());
    append_field(line, "link", of.link);
    append_field(line, "service", of.service);
    append_field(line, "ms",
                 std::chrono::duration_cast<std::chrono::milliseconds>(of.ended - of.began).count());
    if (of.kind == "ussd")
        append_field(line, "screens", static_cast<long long>(of.screens));
    if (!of.did.empty())
        append_field(line, "did", of.did);
    append_field(line, "end", of.end);
    append(line, "}\n");
    const std::lock_guard lock{gate_};
    if (filling_.size() + line.size() > most_waiting)
        ++lost_;
    else
        append(filling_, {line.data(), line.size()});
}

/// Wakes by the clock, not by each line: a wake-up costs the loop more than the line does.
void call_records::keep_writing() {
    lines leaving;
    std::unique_lock lock{gate_};
    while (!is_ending_ || filling_.size() != 0) {
        wakes_.wait_for(lock, written_every, [this] { return is_ending_; });
        std::swap(leaving, filling_);
        lock.unlock();
        if (is_reopened_.exchange(false))
            open_again();
        write_out(leaving);
        leaving.clear();
        lock.lock();
    }
}

void call_records::open_again() {
    const int opened = open_file(path_);
    if (opened < 0)
        return spdlog::error("{}: can't be opened again, call records go on in the old file: {}",
                             path_.string(), std::strerror(errno));
    ::close(file_);
    file_ = opened;
}

void call_records::write_out(const lines& leaving) {
    for (std::size_t done = 0; done < leaving.size();) {
        const ssize_t size = ::write(file_, leaving.data() + done, leaving.size() - done);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0) {
            lost_ += static_cast<std::size_t>(
                std::count(leaving.data() + done, leaving.data() + leaving.size(), '\n'));
            if (!std::exchange(is_failing_, true))
                spdlog::error("call records can't be written and are lost: {}", std::strerror(errno));
            return;
        }
        done += static_cast<std::size_t>(size);
    }
    if (leaving.size() != 0 && std::exchange(is_failing_, false))
        spdlog::warn("call records are written again; {} were lost since the start", lost());
}

} // namespace kabinet::gateway
