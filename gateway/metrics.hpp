// What /metrics tells, in the text format that Prometheus reads. No number, no name of a subscriber, no
// secret.
#pragma once

#include "values/durations.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::gateway {

/// Filled on the loop, written wherever. Names begin with `kabinet_`, which is left out here.
class metrics {
  public:
    using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    metrics();
    ~metrics();
    metrics(metrics&&) noexcept;
    metrics& operator=(metrics&&) noexcept;

    /// Only ever rises; its name ends in `_total`.
    void count(std::string_view name, std::string_view help, std::uint64_t value, labels = {});
    void gauge(std::string_view name, std::string_view help, double value, labels = {});
    /// In seconds.
    void observe(std::string_view name, std::string_view help, const durations&, labels = {});

    [[nodiscard]] std::string write() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::gateway
