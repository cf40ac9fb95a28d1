#include "values/secret.hpp"

#include <string.h> // explicit_bzero is not in <cstring>'s std

#include <algorithm>
#include <ostream>
#include <utility>

namespace kabinet {

static_assert(secret::capacity <= UINT8_MAX, "size_ is one octet");

secret::secret(std::string_view clear)
    : size_{static_cast<std::uint8_t>(std::min(clear.size(), capacity))}
    , truncated_{clear.size() > capacity} {
    std::copy_n(clear.begin(), size_, octets_.begin());
}

secret::secret(secret&& other) noexcept
    : octets_{other.octets_}
    , size_{other.size_}
    , truncated_{other.truncated_} {
    other.wipe();
}

secret& secret::operator=(secret&& other) noexcept {
    if (this == &other)
        return *this;
    octets_ = other.octets_;
    size_ = other.size_;
    truncated_ = other.truncated_;
    other.wipe();
    return *this;
}

secret::~secret() {
    wipe();
}

secret secret::clone() const {
    secret copy{reveal()};
    copy.truncated_ = truncated_;
    return copy;
}

void secret::wipe() noexcept {
    kabinet::wipe(octets_.data(), octets_.size());
    size_ = 0;
    truncated_ = false;
}

std::ostream& operator<<(std::ostream& to, const secret&) {
    return to << "***";
}

void wipe(void* memory, std::size_t size) noexcept {
    explicit_bzero(memory, size);
}

} // namespace kabinet
