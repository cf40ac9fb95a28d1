#include "store/password_check.hpp"

#include <stdexcept>

namespace kabinet::store {
namespace {

password_hash made(const boost::system::result<password_hash>& hash) {
    if (!hash)
        throw std::runtime_error("no memory for a password hash");
    return *hash;
}

} // namespace

password_check::password_check(const keys& with, hash_cost generated, hash_cost chosen)
    : keys_{with} {
    const secret nobodys = generate_password();
    generated_.bound.kind = secret_kind::generated;
    generated_.hash = made(hash_generated(nobodys, generated));
    generated_.sealed = seal(keys_, generated_.hash, generated_.bound);
    chosen_.bound.kind = secret_kind::chosen;
    chosen_.hash = made(hash_chosen(nobodys, chosen));
    chosen_.sealed = seal(keys_, chosen_.hash, chosen_.bound);
    word_ = made(hash_code_word(nobodys));
    sealed_word_ = seal(keys_, word_, code_word_binding{});
    const auto began = std::chrono::steady_clock::now();
    static_cast<void>(is_right(nobodys, login_facts{}));
    usual_time_ = std::chrono::steady_clock::now() - began;
}

boost::system::result<bool> password_check::is_right(const secret& typed, const login_facts& facts) const {
    const bool is_there = !facts.sealed.empty();
    const stand_in& other = facts.kind == secret_kind::generated ? generated_ : chosen_;
    const auto opened = is_there ? open(keys_, facts.sealed, {facts.account, facts.kind, facts.version})
                                 : open(keys_, other.sealed, other.bound);
    const bool is_own = is_there && opened.has_value();
    const bool is_generated = is_own && facts.kind == secret_kind::generated;
    const bool is_chosen = is_own && facts.kind == secret_kind::chosen;
    // both, whichever counts: the time must not tell which there is, or that there is none
    const auto fits_generated =
        try_verify(typed, is_generated ? *opened : generated_.hash, secret_kind::generated);
    const auto fits_chosen = try_verify(typed, is_chosen ? *opened : chosen_.hash, secret_kind::chosen);
    if (!fits_generated || !fits_chosen)
        return secret_error::no_memory;
    return (is_generated && *fits_generated) || (is_chosen && *fits_chosen);
}

boost::system::result<bool> password_check::is_right(const secret& typed, const word_facts& facts) const {
    const bool is_there = !facts.sealed.empty();
    const auto opened = is_there ? open(keys_, facts.sealed, code_word_binding{facts.who})
                                 : open(keys_, sealed_word_, code_word_binding{});
    const bool is_own = is_there && opened.has_value();
    const auto fits = try_verify_code_word(typed, is_own ? *opened : word_);
    if (!fits)
        return secret_error::no_memory;
    return is_own && *fits;
}

} // namespace kabinet::store
