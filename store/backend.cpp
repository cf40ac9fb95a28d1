#include "store/backend.hpp"

#include <string>

namespace kabinet::store {
namespace {

class category_of_storage final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "kabinet.storage"; }
    std::string message(int value) const override {
        switch (static_cast<storage_error>(value)) {
        case storage_error::full:
            return "no space for the database";
        case storage_error::failed:
            return "the database failed";
        }
        return "unknown";
    }
};

} // namespace

const boost::system::error_category& storage_category() {
    static const category_of_storage category;
    return category;
}

boost::system::error_code make_error_code(storage_error error) {
    return {static_cast<int>(error), storage_category()};
}

} // namespace kabinet::store
