#include "values/secret.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <new>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace secret_test {

using namespace kabinet;

namespace {

constexpr std::string_view fake = "fake-password-1";

/// Memory a secret is built in, so that it can be looked at when the secret is gone.
class watched_memory {
  public:
    template <class... Arguments>
    secret* make(Arguments&&... arguments) {
        return new (memory_.data()) secret(std::forward<Arguments>(arguments)...);
    }

    [[nodiscard]] bool holds(std::string_view clear) const {
        // Copied octet by octet through volatile: what the destructor wrote must not be assumed.
        std::string seen;
        for (const volatile std::byte& octet : memory_)
            seen.push_back(static_cast<char>(octet));
        return seen.find(clear) != std::string::npos;
    }

  private:
    alignas(secret) std::array<std::byte, sizeof(secret)> memory_{};
};

static_assert(!std::is_copy_constructible_v<secret>);
static_assert(!std::is_copy_assignable_v<secret>);
static_assert(!std::is_convertible_v<std::string_view, secret>);
static_assert(std::is_nothrow_move_constructible_v<secret>);
static_assert(std::is_nothrow_move_assignable_v<secret>);

} // namespace

TEST_CASE("a secret reveals what it was given only when asked by name") {
    const secret password{fake};
    CHECK(password.reveal() == fake);
    CHECK_FALSE(password.empty());
    CHECK_FALSE(password.is_truncated());
    CHECK(secret{}.empty());
    CHECK(secret{""}.empty());
}

TEST_CASE("a secret prints as three stars however it is printed") {
    const secret password{fake};
    CHECK(fmt::format("{}", password) == "***");
    CHECK(fmt::format("[{:>6}]", password) == "[   ***]");
    std::ostringstream stream;
    stream << password;
    CHECK(stream.str() == "***");
    CHECK(fmt::format("{}", secret{}) == "***");
}

TEST_CASE("a secret keeps octets with NUL among them") {
    const std::string_view clear{"fake\0password", 13};
    CHECK(secret{clear}.reveal() == clear);
}

TEST_CASE("memory is wiped when a secret goes") {
    watched_memory memory;
    secret* password = memory.make(fake);
    CHECK(memory.holds(fake));
    password->~secret();
    CHECK_FALSE(memory.holds("fake"));
    CHECK_FALSE(memory.holds("password"));
}

TEST_CASE("the secret that was moved from is wiped") {
    watched_memory memory;
    secret* source = memory.make(fake);
    const secret taken{std::move(*source)};
    CHECK(taken.reveal() == fake);
    CHECK(source->empty());
    CHECK_FALSE(memory.holds("fake"));
    source->~secret();
}

TEST_CASE("the secret that was assigned from is wiped and the target forgets its own") {
    watched_memory from;
    watched_memory to;
    secret* source = from.make("fake-2");
    secret* target = to.make(fake);
    *target = std::move(*source);
    CHECK(target->reveal() == "fake-2");
    CHECK(source->empty());
    CHECK_FALSE(from.holds("fake"));
    CHECK_FALSE(to.holds("password"));
    source->~secret();
    target->~secret();
}

TEST_CASE("a secret moved to itself is kept") {
    secret password{fake};
    secret& itself = password;
    password = std::move(itself);
    CHECK(password.reveal() == fake);
}

TEST_CASE("a wiped secret is empty and may be used again") {
    watched_memory memory;
    secret* password = memory.make(fake);
    password->wipe();
    CHECK(password->empty());
    CHECK_FALSE(memory.holds("fake"));
    *password = secret{"fake-2"};
    CHECK(password->reveal() == "fake-2");
    password->~secret();
}

TEST_CASE("a clone is a second secret that outlives the first") {
    secret first{fake};
    const secret second = first.clone();
    first.wipe();
    CHECK(second.reveal() == fake);
}

TEST_CASE("a secret longer than its place says that it was cut") {
    const std::string longest(secret::capacity, 'x');
    const secret whole{longest};
    CHECK(whole.reveal() == longest);
    CHECK_FALSE(whole.is_truncated());

    secret cut{longest + "y"};
    CHECK(cut.reveal() == longest);
    CHECK(cut.is_truncated());
    CHECK(cut.clone().is_truncated());

    const secret taken{std::move(cut)};
    CHECK(taken.is_truncated());
    CHECK(secret{std::string(1000, 'x')}.reveal().size() == secret::capacity);
}

TEST_CASE("memory that is wiped is zero and its neighbours are not") {
    std::array<unsigned char, 6> memory{1, 2, 3, 4, 5, 6};
    wipe(memory.data() + 1, 4);
    CHECK(memory == std::array<unsigned char, 6>{1, 0, 0, 0, 0, 6});
    wipe(memory.data(), 0);
    CHECK(memory[0] == 1);
}

} // namespace secret_test
