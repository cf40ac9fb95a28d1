#include "store/secrets.hpp"

#include "values/text.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace kabinet::store {
namespace {

using boost::system::result;

constexpr std::size_t id_size = 2;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

class category_of_secrets final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "kabinet.secret"; }
    std::string message(int value) const override {
        switch (static_cast<secret_error>(value)) {
        case secret_error::no_memory:
            return "no memory for the password hash";
        case secret_error::unknown_key:
            return "sealed with a key that is not in the key file";
        case secret_error::broken_seal:
            return "the seal is broken";
        case secret_error::too_long:
            return "too long for a password";
        }
        return "unknown";
    }
};

secret lower_case(const secret& mixed) {
    std::array<char, secret::capacity> letters{};
    const auto clear = mixed.reveal();
    std::transform(clear.begin(), clear.end(), letters.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    secret made{std::string_view{letters.data(), clear.size()}};
    wipe(letters.data(), letters.size());
    return made;
}

char32_t fold(char32_t letter) {
    if (letter >= U'A' && letter <= U'Z')
        return letter - U'A' + U'a';
    if (letter >= U'А' && letter <= U'Я')
        return letter - U'А' + U'а';
    return letter == U'Ё' || letter == U'ё' ? U'е' : letter;
}

/// A code word in the one form that is hashed.
secret fold(const secret& mixed) {
    std::string_view clear = mixed.reveal();
    const auto first = clear.find_first_not_of(' ');
    clear = first == std::string_view::npos ? std::string_view{}
                                            : clear.substr(first, clear.find_last_not_of(' ') - first + 1);
    short_text letters;
    for (code_point next = next_code_point(clear); next.size != 0; next = next_code_point(clear)) {
        append_code_point(letters, fold(next.value));
        clear.remove_prefix(next.size);
    }
    secret made{view(letters)};
    wipe(letters.data(), letters.size());
    return made;
}

result<password_hash> hash(const secret& clear, hash_cost cost) {
    if (clear.is_truncated())
        return secret_error::too_long;
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    const auto text = clear.reveal();
    if (crypto_pwhash_str_alg(encoded.data(), text.data(), text.size(), cost.passes, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return secret_error::no_memory;
    return password_hash{encoded.data()};
}

/// What a seal is bound to, as octets of one fixed layout.
class binding_octets {
  public:
    binding_octets(seal_purpose purpose, std::int64_t first, std::int64_t second, std::int64_t third) {
        octets_[0] = static_cast<std::uint8_t>(purpose);
        put(1, first);
        put(9, second);
        put(17, third);
    }
    [[nodiscard]] const std::uint8_t* data() const { return octets_.data(); }
    [[nodiscard]] std::size_t size() const { return octets_.size(); }

  private:
    void put(std::size_t at, std::int64_t value) {
        for (std::size_t octet = 0; octet < 8; ++octet)
            octets_[at + octet] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * octet));
    }
    std::array<std::uint8_t, 25> octets_{};
};

binding_octets octets_of(const account_binding& bound) {
    return {seal_purpose::account, bound.account, static_cast<std::int64_t>(bound.kind), bound.version};
}

/// Of the accounts' key too; no account_binding has a kind of 0.
binding_octets octets_of(const code_word_binding& bound) {
    return {seal_purpose::account, static_cast<std::int64_t>(bound.who.digits()), 0, 0};
}

binding_octets octets_of(const outbox_binding& bound) {
    return {seal_purpose::outbox, static_cast<std::int64_t>(bound.row),
            static_cast<std::int64_t>(bound.who.digits()), bound.expires.time_since_epoch().count()};
}

sealed_secret seal_octets(const keys::sealing_key& key, std::string_view clear, const binding_octets& bound) {
    sealed_secret made(id_size + nonce_size + clear.size() + tag_size);
    made[0] = static_cast<std::uint8_t>(key.id >> 8U);
    made[1] = static_cast<std::uint8_t>(key.id);
    auto* nonce = made.data() + id_size;
    randombytes_buf(nonce, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        nonce + nonce_size, nullptr, reinterpret_cast<const unsigned char*>(clear.data()), clear.size(),
        bound.data(), bound.size(), nullptr, nonce, key.with.octets().data());
    return made;
}

result<secret> open_octets(const keys& with, seal_purpose purpose, std::span<const std::uint8_t> sealed,
                           const binding_octets& bound) {
    if (sealed.size() < id_size + nonce_size + tag_size)
        return secret_error::broken_seal;
    const auto* key = with.find(static_cast<std::uint16_t>(sealed[0] << 8U | sealed[1]), purpose);
    if (key == nullptr)
        return secret_error::unknown_key;
    const auto body = sealed.subspan(id_size + nonce_size);
    if (body.size() - tag_size > secret::capacity)
        return secret_error::too_long;
    std::array<char, secret::capacity> clear{};
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(clear.data()), nullptr, nullptr, body.data(), body.size(),
        bound.data(), bound.size(), sealed.data() + id_size, key->octets().data());
    if (refused != 0)
        return secret_error::broken_seal;
    secret opened{std::string_view{clear.data(), body.size() - tag_size}};
    wipe(clear.data(), clear.size());
    return opened;
}

} // namespace

const boost::system::error_category& secret_category() {
    static const category_of_secrets category;
    return category;
}

boost::system::error_code make_error_code(secret_error error) {
    return {static_cast<int>(error), secret_category()};
}

std::uint32_t draw_from_system(std::uint32_t bound) {
    return randombytes_uniform(bound);
}

secret generate_code(const draw& next) {
    std::array<char, 6> digits{};
    for (char& digit : digits)
        digit = static_cast<char>('0' + next(10));
    secret made{std::string_view{digits.data(), digits.size()}};
    wipe(digits.data(), digits.size());
    return made;
}

secret generate_reply(const draw& next) {
    std::array<char, reply_length> digits{};
    for (char& digit : digits)
        digit = static_cast<char>(&digit == &digits.front() ? '1' + next(9) : '0' + next(10));
    secret made{std::string_view{digits.data(), digits.size()}};
    wipe(digits.data(), digits.size());
    return made;
}

secret generate_password(const draw& next) {
    std::array<char, generated_length> letters{};
    for (char& letter : letters)
        letter = password_letters[next(static_cast<std::uint32_t>(password_letters.size()))];
    secret made{std::string_view{letters.data(), letters.size()}};
    wipe(letters.data(), letters.size());
    return made;
}

result<password_hash> hash_generated(const secret& clear, hash_cost cost) {
    if (clear.is_truncated())
        return secret_error::too_long;
    return hash(lower_case(clear), cost);
}

result<password_hash> hash_chosen(const secret& clear, hash_cost cost) {
    return hash(clear, cost);
}

result<password_hash> hash_code_word(const secret& clear, hash_cost cost) {
    if (clear.is_truncated())
        return secret_error::too_long;
    return hash(fold(clear), cost);
}

result<bool> try_verify_code_word(const secret& typed, const password_hash& stored) {
    if (typed.is_truncated())
        return false;
    return try_verify(fold(typed), stored, secret_kind::chosen);
}

bool verify_code_word(const secret& typed, const password_hash& stored) {
    const auto is_right = try_verify_code_word(typed, stored);
    return is_right && *is_right;
}

result<bool> try_verify(const secret& typed, const password_hash& stored, secret_kind kind) {
    if (typed.is_truncated())
        return false;
    const secret compared = kind == secret_kind::generated ? lower_case(typed) : typed.clone();
    const auto text = compared.reveal();
    errno = 0;
    if (crypto_pwhash_str_verify(stored.encoded.c_str(), text.data(), text.size()) == 0)
        return true;
    if (errno == ENOMEM)
        return secret_error::no_memory;
    return false;
}

bool verify(const secret& typed, const password_hash& stored, secret_kind kind) {
    const auto is_right = try_verify(typed, stored, kind);
    return is_right && *is_right;
}

sealed_secret seal(const keys& with, const password_hash& hash, const account_binding& bound) {
    return seal_octets(with.current(seal_purpose::account), hash.encoded, octets_of(bound));
}

sealed_secret seal(const keys& with, const password_hash& hash, const code_word_binding& bound) {
    return seal_octets(with.current(seal_purpose::account), hash.encoded, octets_of(bound));
}

sealed_secret seal(const keys& with, const secret& clear, const outbox_binding& bound) {
    return seal_octets(with.current(seal_purpose::outbox), clear.reveal(), octets_of(bound));
}

namespace {

template <class Binding>
result<password_hash> open_hash(const keys& with, std::span<const std::uint8_t> sealed,
                                const Binding& bound) {
    auto opened = open_octets(with, seal_purpose::account, sealed, octets_of(bound));
    if (!opened)
        return opened.error();
    return password_hash{std::string{opened->reveal()}};
}

} // namespace

result<password_hash> open(const keys& with, std::span<const std::uint8_t> sealed,
                           const account_binding& bound) {
    return open_hash(with, sealed, bound);
}

result<password_hash> open(const keys& with, std::span<const std::uint8_t> sealed,
                           const code_word_binding& bound) {
    return open_hash(with, sealed, bound);
}

result<secret> open(const keys& with, std::span<const std::uint8_t> sealed, const outbox_binding& bound) {
    return open_octets(with, seal_purpose::outbox, sealed, octets_of(bound));
}

namespace {

constexpr int ticket_letters = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// A ticket is bound to nothing but its key.
const binding_octets unbound{seal_purpose::ticket, 0, 0, 0};

using ticket_octets = std::array<std::int64_t, 6>;

} // namespace

std::string write_ticket(const keys& with, const ticket& of) {
    const ticket_octets clear{static_cast<std::int64_t>(of.who.digits()),
                              static_cast<std::int64_t>(of.use),
                              of.expires.time_since_epoch().count(),
                              of.version,
                              of.born.time_since_epoch().count(),
                              static_cast<std::int64_t>(of.reaches) << 1 | (of.knew_password ? 1 : 0)};
    const sealed_secret sealed =
        seal_octets(with.current(seal_purpose::ticket),
                    {reinterpret_cast<const char*>(clear.data()), sizeof clear}, unbound);
    std::string text(sodium_base64_encoded_len(sealed.size(), ticket_letters), '\0');
    sodium_bin2base64(text.data(), text.size(), sealed.data(), sealed.size(), ticket_letters);
    text.pop_back(); // its NUL
    return text;
}

result<ticket> read_ticket(const keys& with, std::string_view text) {
    std::array<std::uint8_t, id_size + nonce_size + sizeof(ticket_octets) + tag_size> sealed{};
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(sealed.data(), sealed.size(), text.data(), text.size(), nullptr, &size, &end,
                          ticket_letters) != 0 ||
        end != text.data() + text.size() || size != sealed.size())
        return secret_error::broken_seal;
    const auto opened = open_octets(with, seal_purpose::ticket, sealed, unbound);
    if (!opened)
        return opened.error();
    ticket_octets clear{};
    std::memcpy(clear.data(), opened->reveal().data(), sizeof clear);
    ticket read{msisdn::from_digits(static_cast<std::uint64_t>(clear[0])), static_cast<ticket_use>(clear[1]),
                utc_time{std::chrono::microseconds{clear[2]}}};
    read.version = clear[3];
    read.born = utc_time{std::chrono::microseconds{clear[4]}};
    read.reaches = static_cast<access_level>(clear[5] >> 1);
    read.knew_password = (clear[5] & 1) != 0;
    return read;
}

} // namespace kabinet::store
