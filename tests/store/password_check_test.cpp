#include "store/password_check.hpp"

#include "tests/store/bed.hpp"

namespace password_check_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

const keys with = keys::parse(key_lines, "test.key");
const password_check check{with, cheap, cheap};

/// A live password of account 5, the third of it.
login_facts facts_of(secret_kind kind, std::string_view clear) {
    const secret known{clear};
    const auto hash =
        kind == secret_kind::generated ? hash_generated(known, cheap) : hash_chosen(known, cheap);
    login_facts facts;
    facts.version = 3;
    facts.kind = kind;
    facts.account = 5;
    facts.sealed = seal(with, *hash, {facts.account, kind, facts.version});
    return facts;
}

} // namespace

TEST_CASE("the right password of either kind is right and any other is not") {
    CHECK(*check.is_right(secret{"k7mp9xw3"}, facts_of(secret_kind::generated, "k7mp9xw3")));
    CHECK(*check.is_right(secret{"K7MP9XW3"}, facts_of(secret_kind::generated, "k7mp9xw3")));
    CHECK_FALSE(*check.is_right(secret{"k7mp9xw4"}, facts_of(secret_kind::generated, "k7mp9xw3")));
    CHECK(*check.is_right(secret{"My-own-1"}, facts_of(secret_kind::chosen, "My-own-1")));
    CHECK_FALSE(*check.is_right(secret{"my-own-1"}, facts_of(secret_kind::chosen, "My-own-1")));
    CHECK_FALSE(*check.is_right(secret{""}, facts_of(secret_kind::chosen, "My-own-1")));
}

TEST_CASE("nothing is right where there is no password") {
    CHECK_FALSE(*check.is_right(secret{"k7mp9xw3"}, login_facts{}));
    CHECK_FALSE(*check.is_right(secret{""}, login_facts{}));
}

TEST_CASE("a hash moved to another account, version or kind is no password") {
    login_facts moved = facts_of(secret_kind::generated, "k7mp9xw3");
    moved.account = 6;
    CHECK_FALSE(*check.is_right(secret{"k7mp9xw3"}, moved));
    login_facts replayed = facts_of(secret_kind::generated, "k7mp9xw3");
    replayed.version = 4;
    CHECK_FALSE(*check.is_right(secret{"k7mp9xw3"}, replayed));
    login_facts other = facts_of(secret_kind::generated, "k7mp9xw3");
    other.kind = secret_kind::chosen;
    CHECK_FALSE(*check.is_right(secret{"k7mp9xw3"}, other));
}

TEST_CASE("a hash sealed with a key that is gone is no password") {
    const keys others = keys::parse("2 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n", "other.key");
    const password_check elsewhere{others, cheap, cheap};
    CHECK_FALSE(*elsewhere.is_right(secret{"k7mp9xw3"}, facts_of(secret_kind::generated, "k7mp9xw3")));
}

} // namespace password_check_test
