#include "gateway/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace kabinet::gateway {

struct metrics::parts {
    prometheus::ClientMetric& add(std::string_view name, std::string_view help, prometheus::MetricType type,
                                  labels with) {
        const std::string full = "kabinet_" + std::string{name};
        auto family = std::ranges::find(families, full, &prometheus::MetricFamily::name);
        if (family == families.end()) {
            families.push_back({full, std::string{help}, type, {}});
            family = families.end() - 1;
        }
        prometheus::ClientMetric& added = family->metric.emplace_back();
        for (const auto& [label, value] : with)
            added.label.push_back({std::string{label}, std::string{value}});
        return added;
    }

    std::vector<prometheus::MetricFamily> families;
};

metrics::metrics()
    : parts_{std::make_unique<parts>()} {}
metrics::~metrics() = default;
metrics::metrics(metrics&&) noexcept = default;
metrics& metrics::operator=(metrics&&) noexcept = default;

void metrics::count(std::string_view name, std::string_view help, std::uint64_t value, labels with) {
    parts_->add(name, help, prometheus::MetricType::Counter, with).counter.value = static_cast<double>(value);
}

void metrics::gauge(std::string_view name, std::string_view help, double value, labels with) {
    parts_->add(name, help, prometheus::MetricType::Gauge, with).gauge.value = value;
}

void metrics::observe(std::string_view name, std::string_view help, const durations& of, labels with) {
    constexpr double second = 1e6; // of microseconds
    const durations::figures seen = of.look();
    auto& made = parts_->add(name, help, prometheus::MetricType::Histogram, with).histogram;
    std::uint64_t below = 0;
    for (std::size_t bucket = 0; bucket < durations::buckets; ++bucket) {
        below += seen.counts[bucket];
        const bool is_last = bucket + 1 == durations::buckets;
        made.bucket.push_back({below, is_last ? std::numeric_limits<double>::infinity()
                                              : std::ldexp(1.0, static_cast<int>(bucket)) / second});
    }
    made.sample_count = below;
    made.sample_sum = static_cast<double>(seen.sum.count()) / second;
}

std::string metrics::write() const {
    return prometheus::TextSerializer{}.Serialize(parts_->families);
}

} // namespace kabinet::gateway
