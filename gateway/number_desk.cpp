#include "gateway/number_desk.hpp"

#include "gateway/at_store.hpp"

namespace kabinet::gateway {

namespace asio = boost::asio;

namespace {

visitor visitor_of(msisdn phone) {
    visitor made{};
    std::uint64_t digits = phone.digits();
    for (std::size_t at = 0; at < sizeof digits; ++at, digits >>= 8U)
        made.at(at) = static_cast<std::uint8_t>(digits & 0xFFU);
    return made;
}

} // namespace

asio::awaitable<boost::system::result<store::outcome>> number_desk::fulfil(store::request wish) {
    auto start = [&](store::completion<store::outcome> done) {
        with_.network.fulfil(std::move(wish), std::move(done));
    };
    co_return co_await await_completion<store::outcome>(start);
}

asio::awaitable<std::optional<store::word_proof>>
number_desk::prove(msisdn whose, const secret& word, hash_pool& pool, const menus::limits& allowed) {
    store::word_proof proof;
    proof.most_wrong = allowed.wrong_passwords;
    if (with_.check == nullptr || !pool.has_room(hash_work::code_words))
        co_return std::nullopt;
    auto look = [whose, most = proof.most_wrong, now = read_clocks().utc](store::backend& rows) {
        return rows.look_before_word(whose, most, now);
    };
    const boost::system::result<store::word_facts> facts = co_await at_store(with_.store, look);
    if (!facts)
        co_return std::nullopt;
    if (!facts->is_closed) {
        auto work = [check = with_.check, &word, &found = *facts] { return check->is_right(word, found); };
        const auto is_right = co_await pool.run(hash_work::code_words, work);
        if (!is_right || !*is_right)
            co_return std::nullopt;
        proof.is_right = **is_right;
    }
    proof.held_against = facts->sealed;
    co_return proof;
}

std::optional<utc_time> number_desk::admit(msisdn phone, msisdn whose, instant now) {
    const auto again = phones_.admit(visitor_of(phone), whose, now.steady);
    if (!again)
        return std::nullopt;
    return now.utc + std::chrono::ceil<std::chrono::seconds>(*again - now.steady);
}

void number_desk::forgive(msisdn phone, msisdn whose) {
    phones_.forgive(visitor_of(phone), whose);
}

} // namespace kabinet::gateway
