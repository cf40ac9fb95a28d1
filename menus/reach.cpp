#include "menus/reach.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

class walk {
  public:
    explicit walk(const draft& pack) {
        for (const draft_screen& screen : pack.screens)
            screens_.emplace(screen.name, &screen);
    }

    void follow(const std::string& name) {
        const auto found = screens_.find(name);
        if (found == screens_.end())
            return;
        const draft_screen* screen = found->second;
        const std::size_t depth = above_.size();
        if (const auto seen = reached_.depths.find(name);
            seen != reached_.depths.end() && seen->second >= depth)
            return;
        reached_.depths[name] = depth;
        above_.push_back(screen);
        for (const draft_item& item : screen->items) {
            if (is_above(item.leads.opens))
                reached_.circling.push_back(&item);
            else if (!item.leads.opens.empty())
                follow(item.leads.opens);
        }
        above_.pop_back();
    }

    [[nodiscard]] reached finish() && { return std::move(reached_); }

  private:
    [[nodiscard]] bool is_above(const std::string& name) const {
        return std::ranges::find(above_, name, &draft_screen::name) != above_.end();
    }

    std::map<std::string, const draft_screen*> screens_;
    std::vector<const draft_screen*> above_;
    reached reached_;
};

} // namespace

reached find_depths(const draft& pack) {
    walk walking{pack};
    for (const draft_entry& code : pack.codes)
        if (!code.leads.opens.empty())
            walking.follow(code.leads.opens);
    return std::move(walking).finish();
}

} // namespace kabinet::menus
