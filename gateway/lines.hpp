// The links of one gateway, each with its number and the number of its group: what dialogues and SMS are
// kept by. Owns them.
#pragma once

#include "gateway/loss_news.hpp"
#include "smpp/link.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace kabinet::gateway {

struct line {
    std::unique_ptr<smpp::link> link;
    std::uint16_t number = 0;
    std::uint16_t group = 0;
    loss_news losses{};

    [[nodiscard]] const smpp::link_settings& settings() const { return link->settings(); }
    [[nodiscard]] const smpp::dialect& speaks() const { return link->settings().speaks; }
    /// What its centre takes for "keep it and bring it again".
    [[nodiscard]] smpp::status try_later() const {
        return static_cast<smpp::status>(speaks().temporary_status);
    }
};

class lines {
  public:
    line& add(std::unique_ptr<smpp::link> link) {
        const std::string& group = link->settings().group;
        std::size_t at = 0;
        while (at < groups_.size() && groups_[at] != group)
            ++at;
        if (at == groups_.size())
            groups_.push_back(group);
        all_.push_back(
            {std::move(link), static_cast<std::uint16_t>(all_.size()), static_cast<std::uint16_t>(at)});
        return all_.back();
    }

    [[nodiscard]] line& of(const smpp::link& wanted) {
        std::size_t at = 0;
        while (all_[at].link.get() != &wanted)
            ++at;
        return all_[at];
    }
    [[nodiscard]] line& at(std::uint16_t number) { return all_[number]; }
    /// They are numbered from 0.
    [[nodiscard]] std::uint16_t groups() const { return static_cast<std::uint16_t>(groups_.size()); }
    [[nodiscard]] auto begin() { return all_.begin(); }
    [[nodiscard]] auto end() { return all_.end(); }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }

  private:
    std::deque<line> all_; // a reference to a line stays good when another is added
    std::vector<std::string> groups_;
};

} // namespace kabinet::gateway
