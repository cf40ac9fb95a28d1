// One file of the subscriber feed on its way into the store: line by line, in batches, with the bad lines
// named. A full file begins with a line `#full` and ends with `#end`; any other is a delta.
#pragma once

#include "gateway/changes.hpp"
#include "gateway/counter.hpp"
#include "gateway/feed_file.hpp"
#include "gateway/hash_pool.hpp"
#include "store/store.hpp"

namespace kabinet::gateway {

class feed_import {
  public:
    /// `listener`, null where no gateway runs, hears of numbers whose SIM or owner is another one. All of
    /// these outlive it.
    feed_import(store::store&, hash_pool&, const numbering_plan&, counter&, store::feed_terms,
                change_listener* listener);

    /// Returns the command's exit code: 1 when a line was bad, 2 when the header was and nothing was done.
    [[nodiscard]] boost::asio::awaitable<int> run();

  private:
    [[nodiscard]] boost::asio::awaitable<std::optional<std::string>> next_line();
    [[nodiscard]] boost::asio::awaitable<bool> read_start();
    /// False when the store took nothing: then it is over.
    [[nodiscard]] boost::asio::awaitable<bool> take_batch();
    [[nodiscard]] boost::asio::awaitable<void> hash_code_words();
    void keep_code_word(feed_line&, boost::system::result<store::password_hash>);
    [[nodiscard]] boost::asio::awaitable<bool> drop_missing();
    [[nodiscard]] boost::asio::awaitable<int> finish();
    void refuse(const bad_line&);

    store::store& store_;
    hash_pool& pool_;
    counter& at_;
    change_listener* listener_;
    feed_reader reader_;
    store::feed_terms terms_;
    std::vector<feed_line> batch_;
    std::size_t line_ = 0;
    std::size_t taken_ = 0; // up to this line
    bool is_full_ = false;
    bool has_end_ = false;
    std::size_t added_ = 0;
    std::size_t changed_ = 0;
    std::size_t recycled_ = 0;
    std::size_t ended_ = 0;
    std::size_t bad_ = 0;
};

} // namespace kabinet::gateway
