// Call records: one line of JSON for each dialogue and each SMS command, with how it ended and without what
// was typed. Written by a thread of its own; the file is readable by its owner only.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

namespace spdlog {
class async_logger;
namespace details {
class thread_pool;
}
} // namespace spdlog

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
    ~call_records();

    void write(const call_record&);
    /// Lines that were dropped because the disk didn't keep up.
    [[nodiscard]] std::size_t lost() const;

  private:
    std::shared_ptr<spdlog::details::thread_pool> thread_;
    std::shared_ptr<spdlog::async_logger> file_;
};

} // namespace kabinet::gateway
