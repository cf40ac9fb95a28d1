// Which pack a number is served from: the one in force, or where it is a pilot's the one that is tried before
// all get it. Cheap to copy; never changed.
#pragma once

#include "menus/definition.hpp"
#include "values/msisdn.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace kabinet::gateway {

/// As they are read, before anybody shares them.
struct pilot_pack {
    menus::definition pack;
    std::vector<msisdn> numbers;
};
struct read_packs {
    menus::definition usual;
    std::optional<pilot_pack> pilot;
};

class pack_set {
  public:
    using pack = std::shared_ptr<const menus::definition>;

    /// One for all numbers.
    template <class Definition>
    requires std::convertible_to<std::shared_ptr<Definition>, pack>
    pack_set(std::shared_ptr<Definition> usual)
        : usual_{std::move(usual)} {}
    explicit pack_set(read_packs from)
        : usual_{std::make_shared<const menus::definition>(std::move(from.usual))} {
        if (!from.pilot)
            return;
        std::ranges::sort(from.pilot->numbers);
        pilot_ = std::make_shared<const menus::definition>(std::move(from.pilot->pack));
        numbers_ = std::make_shared<const std::vector<msisdn>>(std::move(from.pilot->numbers));
    }

    /// In force: what isn't about one number is its.
    [[nodiscard]] const pack& usual() const { return usual_; }
    /// Null where none is tried.
    [[nodiscard]] const pack& pilot() const { return pilot_; }
    [[nodiscard]] std::size_t pilot_numbers() const { return numbers_ ? numbers_->size() : 0; }
    [[nodiscard]] const pack& of(msisdn who) const {
        return numbers_ && std::ranges::binary_search(*numbers_, who) ? pilot_ : usual_;
    }

  private:
    pack usual_;
    pack pilot_;
    std::shared_ptr<const std::vector<msisdn>> numbers_;
};

/// Asked on the loop each time: a reload changes it.
using packs_in_force = std::function<pack_set()>;

} // namespace kabinet::gateway
