// Call records: one line of JSON for each dialogue and each SMS command, with how it ended and without what
// was typed. Written by a thread of its own; the file is readable by its owner only.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace kabinet::gateway {

struct call_record {
    std::string_view kind; // ussd or sms
    msisdn who;
    std::string_view link;
    std::string_view service; // the service code dialled or the number texted
    utc_time began{};
    utc_time ended{};
    unsigned screens = 0;
    std::string_view did; // `issue_password.replaced`; empty when nothing was asked for
    std::string_view end; // why it ended
};

class call_records {
  public:
    /// Appends to `file`; an empty path keeps no records. Throws std::runtime_error when it can't be opened.
    explicit call_records(const std::filesystem::path& file);
    /// Writes what is queued.
    ~call_records();
    call_records(const call_records&) = delete;
    call_records& operator=(const call_records&) = delete;

    /// From one thread. Never waits for the disk, and allocates nothing once its buffers have grown.
    void write(const call_record&);
    /// From now on into the file of that name, which a rotation has moved away. What is queued may still go
    /// into the old one.
    void reopen() { is_reopened_ = true; }
    /// Lines that were dropped because the disk didn't keep up, or took none.
    [[nodiscard]] std::size_t lost() const { return lost_; }

  private:
    using lines = fmt::memory_buffer;

    void append_time(lines&, utc_time);
    void keep_writing();
    void write_out(const lines&);
    void open_again();

    std::filesystem::path path_;
    int file_ = -1; // the writer's own once it runs
    std::atomic<bool> is_reopened_ = false;
    std::chrono::sys_seconds second_{std::chrono::seconds{-1}}; // of what is written out
    std::string second_written_;

    std::mutex gate_;
    std::condition_variable wakes_;
    lines filling_;
    bool is_ending_ = false;
    std::atomic<std::size_t> lost_ = 0;
    bool is_failing_ = false; // the writer's own
    std::thread writer_;
};

} // namespace kabinet::gateway
