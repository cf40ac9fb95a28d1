// Where a run stands, for all its threads: which life of the gateway serves, how the billing system behaves,
// and the first promise that was broken.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>

namespace kabinet::tests {

inline void insist(bool is_so, const std::string& promise) {
    if (!is_so)
        throw std::runtime_error{promise};
}

class course {
  public:
    using life = std::uint32_t;

    // the gateway's lives
    void begin_life() { ++lives_; }
    void end_life() { ++lives_; }
    /// None while it is dead, or on its way.
    [[nodiscard]] std::optional<life> serving() const {
        const life now = lives_;
        return now % 2 == 1 ? std::optional{now} : std::nullopt;
    }
    [[nodiscard]] bool has_ended(life which) const { return lives_ != which; }

    // the billing system
    void behave(bool is_well) { is_well_ = is_well; }
    [[nodiscard]] bool is_well() const { return is_well_; }

    // the load
    void end() { is_over_ = true; }
    [[nodiscard]] bool is_over() const { return is_over_; }
    /// Of the first; it ends the load.
    void note_broken(const std::string& promise) {
        const std::scoped_lock lock{mutex_};
        if (broken_.empty())
            broken_ = promise;
        is_over_ = true;
    }
    void insist_unbroken() const {
        const std::scoped_lock lock{mutex_};
        insist(broken_.empty(), broken_);
    }

  private:
    std::atomic<life> lives_{0};
    std::atomic<bool> is_well_{true};
    std::atomic<bool> is_over_{false};
    mutable std::mutex mutex_;
    std::string broken_;
};

} // namespace kabinet::tests
