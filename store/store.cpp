#include "store/store.hpp"

#include <string>

namespace kabinet::store {
namespace {

class category_of_store final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "kabinet.store"; }
    std::string message(int value) const override {
        switch (static_cast<store_error>(value)) {
        case store_error::busy:
            return "the store takes nothing now: its queue or the disk is full";
        case store_error::conflict:
            return "the same request with another content";
        case store_error::under_way:
            return "another backup or check is under way; try again when it is done";
        case store_error::rejected:
            return "the database refuses this request";
        }
        return "unknown";
    }
};

} // namespace

const boost::system::error_category& store_category() {
    static const category_of_store category;
    return category;
}

boost::system::error_code make_error_code(store_error error) {
    return {static_cast<int>(error), store_category()};
}

} // namespace kabinet::store
