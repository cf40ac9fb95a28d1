#include "store/keys.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace kabinet::store {
namespace {

static_assert(key::size == crypto_kdf_KEYBYTES && key::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(std::tuple_size_v<request_id> == crypto_generichash_BYTES_MIN);

// Numbers of subkeys are for ever: what was sealed or marked with them is on disk.
enum subkey : std::uint64_t {
    wrap = 1,
    outbox_seal = 2,
    names = 3,
    marks = 4,
    tokens = 5,
    audit_chain = 6,
    tickets = 7,
    recognition = 8
};
constexpr char context[crypto_kdf_CONTEXTBYTES + 1] = "kabinet1";
constexpr std::size_t largest_file = 64U << 10U;

void start_sodium() {
    // Seeded from the system, in the process from there on: a nonce shouldn't cost a system call.
    static const int chosen = randombytes_set_implementation(&randombytes_internal_implementation);
    static_cast<void>(chosen);
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium does not start: no source of randomness");
}

key derive(const key& master, subkey which) {
    key made;
    crypto_kdf_derive_from_key(made.octets().data(), key::size, which, context, master.octets().data());
    return made;
}

/// Keyed BLAKE2b over parts that each carry their length.
class keyed_hash {
  public:
    explicit keyed_hash(const key& with) {
        crypto_generichash_init(&state_, with.octets().data(), key::size, std::tuple_size_v<fingerprint>);
    }
    ~keyed_hash() { wipe(&state_, sizeof state_); }
    keyed_hash(const keyed_hash&) = delete;
    keyed_hash& operator=(const keyed_hash&) = delete;

    void add(const void* octets, std::size_t size) {
        const std::uint64_t length = size;
        std::array<std::uint8_t, 8> prefix{};
        for (std::size_t at = 0; at < prefix.size(); ++at)
            prefix[at] = static_cast<std::uint8_t>(length >> (8 * at));
        crypto_generichash_update(&state_, prefix.data(), prefix.size());
        crypto_generichash_update(&state_, static_cast<const unsigned char*>(octets), size);
    }
    void add(std::string_view part) { add(part.data(), part.size()); }

    [[nodiscard]] fingerprint finish() {
        fingerprint made{};
        crypto_generichash_final(&state_, made.data(), made.size());
        return made;
    }

  private:
    crypto_generichash_state state_{};
};

/// An open file, closed when it goes.
class descriptor {
  public:
    explicit descriptor(int number)
        : number_{number} {}
    ~descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view what, int error) {
    throw std::runtime_error(
        fmt::format("{}: {}: {}", file.string(), what, std::generic_category().message(error)));
}

std::uint16_t parse_id(std::string_view word, std::string_view where) {
    unsigned id = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (error != std::errc{} || end != word.data() + word.size() || id == 0 || id > 0xFFFF)
        throw std::runtime_error(fmt::format("{}: a key's id is a number from 1 to 65535", where));
    return static_cast<std::uint16_t>(id);
}

key parse_master(std::string_view base64, std::string_view where) {
    key made;
    std::size_t size = 0;
    const char* end = nullptr;
    const int refused = sodium_base642bin(made.octets().data(), key::size, base64.data(), base64.size(),
                                          nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
    if (refused != 0 || size != key::size || end != base64.data() + base64.size())
        throw std::runtime_error(fmt::format("{}: a key is 32 octets in base64", where));
    return made;
}

std::string_view trim(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

template <class Number>
Number first_of(const fingerprint& hash) {
    Number first = 0;
    std::memcpy(&first, hash.data(), sizeof first);
    return first;
}

} // namespace

key::~key() {
    wipe(octets_.data(), octets_.size());
}

keys keys::read(const std::filesystem::path& file) {
    const descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (opened.number() < 0)
        fail(file, "the key file can't be opened", errno);
    struct stat status {};
    if (::fstat(opened.number(), &status) != 0)
        fail(file, "the key file can't be looked at", errno);
    if (!S_ISREG(status.st_mode))
        throw std::runtime_error(fmt::format("{}: the key file is no plain file", file.string()));
    if ((status.st_mode & 0077U) != 0)
        throw std::runtime_error(
            fmt::format("{}: the key file is open to others (mode {:04o}); chmod 600 it and ask who read it",
                        file.string(), status.st_mode & 07777U));

    std::array<char, largest_file> lines{};
    std::size_t size = 0;
    while (size < lines.size()) {
        const ssize_t got = ::read(opened.number(), lines.data() + size, lines.size() - size);
        if (got < 0 && errno != EINTR)
            fail(file, "the key file can't be read", errno);
        if (got == 0)
            break;
        size += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    struct wiper {
        std::array<char, largest_file>& what;
        ~wiper() { wipe(what.data(), what.size()); }
    } const wiped{lines};
    if (size == lines.size())
        throw std::runtime_error(fmt::format("{}: too large for a key file", file.string()));
    return parse({lines.data(), size}, file.string());
}

keys keys::parse(std::string_view lines, std::string_view name) {
    start_sodium();
    keys made;
    std::size_t number = 0;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto line = trim(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const auto where = fmt::format("{}:{}", name, ++number);
        if (line.empty() || line.front() == '#')
            continue;
        const auto blank = line.find_first_of(" \t");
        if (blank == std::string_view::npos)
            throw std::runtime_error(fmt::format("{}: a line is `id base64`", where));
        const auto id = parse_id(line.substr(0, blank), where);
        if (made.find(id, seal_purpose::account) != nullptr)
            throw std::runtime_error(fmt::format("{}: a second key {}", where, id));
        made.add(id, parse_master(trim(line.substr(blank)), where));
    }
    if (made.entries_.empty())
        throw std::runtime_error(fmt::format("{}: no key in it; `kabinet keygen` makes one", name));
    return made;
}

void keys::add(std::uint16_t id, const key& master) {
    if (entries_.empty()) {
        names_ = derive(master, subkey::names);
        marks_ = derive(master, subkey::marks);
        tokens_ = derive(master, subkey::tokens);
        chain_ = derive(master, subkey::audit_chain);
    }
    entries_.push_back({id, first_of<std::int64_t>(keyed_hash{derive(master, subkey::recognition)}.finish()),
                        derive(master, subkey::wrap), derive(master, subkey::outbox_seal),
                        derive(master, subkey::tickets)});
}

request_id keys::name_request(std::initializer_list<std::string_view> parts) const {
    keyed_hash hash{names_};
    for (const auto part : parts)
        hash.add(part);
    return hash.finish();
}

request_id keys::draw_request_id() {
    request_id drawn{};
    randombytes_buf(drawn.data(), drawn.size());
    return drawn;
}

fingerprint keys::mark(std::string_view purpose, std::string_view what) const {
    keyed_hash hash{marks_};
    hash.add(purpose);
    hash.add(what);
    return hash.finish();
}

fingerprint keys::mark_typed(std::string_view portal_key, std::initializer_list<const secret*> typed) const {
    keyed_hash hash{marks_};
    hash.add("typed");
    hash.add(portal_key);
    for (const secret* each : typed)
        hash.add(each->reveal());
    return hash.finish();
}

fingerprint keys::mark_code(msisdn who, code_purpose what_for, const secret& code) const {
    keyed_hash hash{marks_};
    hash.add("code");
    hash.add(who.text());
    hash.add(std::to_string(static_cast<int>(what_for)));
    hash.add(code.reveal());
    return hash.finish();
}

fingerprint keys::mark_voucher(const secret& code) const {
    keyed_hash hash{marks_};
    hash.add("voucher");
    hash.add(code.reveal());
    return hash.finish();
}

fingerprint keys::mark_pin(msisdn who, const secret& pin) const {
    keyed_hash hash{marks_};
    hash.add("pin");
    hash.add(who.text());
    hash.add(pin.reveal());
    return hash.finish();
}

std::int64_t keys::short_mark(std::string_view purpose, std::string_view what) const {
    return first_of<std::int64_t>(mark(purpose, what));
}

std::uint64_t keys::number_token(msisdn number) const {
    keyed_hash hash{tokens_};
    const std::uint64_t digits = number.digits();
    hash.add(&digits, sizeof digits);
    return first_of<std::uint64_t>(hash.finish());
}

std::string keys::token(msisdn number) const {
    return fmt::format("{:016x}", number_token(number));
}

fingerprint keys::chain(const fingerprint& last, std::span<const std::uint8_t> row) const {
    keyed_hash hash{chain_};
    hash.add(last.data(), last.size());
    hash.add(row.data(), row.size());
    return hash.finish();
}

keys::sealing_key keys::current(seal_purpose purpose) const {
    const auto& last = entries_.back();
    return {last.id, last.of(purpose)};
}

const keys::entry* keys::find(std::uint16_t id) const {
    const auto found = std::ranges::find(entries_, id, &entry::id);
    return found == entries_.end() ? nullptr : &*found;
}

const key* keys::find(std::uint16_t id, seal_purpose purpose) const {
    const entry* const found = find(id);
    return found == nullptr ? nullptr : &found->of(purpose);
}

std::optional<std::int64_t> keys::mark_of(std::uint16_t id) const {
    const entry* const found = find(id);
    return found == nullptr ? std::nullopt : std::optional{found->mark};
}

void generate_key_file(const std::filesystem::path& file) {
    start_sodium();
    key made;
    randombytes_buf(made.octets().data(), key::size);
    std::array<char, sodium_base64_ENCODED_LEN(key::size, sodium_base64_VARIANT_ORIGINAL)> base64{};
    sodium_bin2base64(base64.data(), base64.size(), made.octets().data(), key::size,
                      sodium_base64_VARIANT_ORIGINAL);
    const descriptor opened{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (opened.number() < 0)
        fail(file, "the key file can't be made", errno);
    std::string line = fmt::format("1 {}\n", base64.data());
    const bool is_written =
        ::write(opened.number(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(opened.number()) == 0;
    const int error = errno;
    wipe(line.data(), line.size());
    wipe(base64.data(), base64.size());
    if (!is_written) {
        ::unlink(file.c_str());
        fail(file, "the key file can't be written", error);
    }
}

} // namespace kabinet::store
