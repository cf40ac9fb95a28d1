// Where numbers are blocked and unblocked, whoever asks for it: the network hears of it, and a code word is
// held against the one that was given at registration, at one cost for any number.
#pragma once

#include "gateway/hash_pool.hpp"
#include "gateway/visitors.hpp"
#include "menus/definition.hpp"
#include "store/keys.hpp"
#include "store/network.hpp"
#include "store/password_check.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace kabinet::gateway {

class number_desk {
  public:
    /// All outlive it. Without a check no word is looked at.
    struct colleagues {
        store::store& store;
        store::network& network;
        const store::password_check* check = nullptr;
    };
    /// Other people's numbers that one phone may try a word on, in an hour.
    static constexpr std::uint32_t numbers_of_a_phone = 5;

    explicit number_desk(const colleagues& with)
        : with_{with} {}

    /// See network::fulfil.
    [[nodiscard]] boost::asio::awaitable<boost::system::result<store::outcome>> fulfil(store::request);

    /// What is right about a word; nothing where none can be looked at now.
    [[nodiscard]] boost::asio::awaitable<std::optional<store::word_proof>>
    prove(msisdn whose, const secret& word, hash_pool&, const menus::limits&);

    /// When that phone may try a word on that number; nothing when it is now.
    [[nodiscard]] std::optional<utc_time> admit(msisdn phone, msisdn whose, instant now);
    /// The word was right: the number was his to try.
    void forgive(msisdn phone, msisdn whose);

  private:
    colleagues with_;
    visitors phones_{numbers_of_a_phone};
};

} // namespace kabinet::gateway
