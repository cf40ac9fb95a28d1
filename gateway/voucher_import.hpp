// A CSV file of vouchers on its way into the store: line by line, in batches, with the bad lines named. The
// codes are marked before they reach it and stand nowhere else.
#pragma once

#include "gateway/counter.hpp"
#include "menus/definition.hpp"
#include "store/keys.hpp"
#include "store/store.hpp"
#include "store/voucher.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

/// The columns `code`, `amount` and, where there is one, `expires`, in any order.
class voucher_reader {
  public:
    voucher_reader(const store::keys&, const menus::voucher_policy&);

    /// Why the header or a line can't be taken; names the column, never what stands in it.
    using complaint = std::string;
    [[nodiscard]] boost::system::result<void, complaint> read_header(std::string_view line);
    [[nodiscard]] boost::system::result<store::voucher, complaint> read(std::string_view line) const;

  private:
    const store::keys& keys_;
    menus::voucher_policy rules_;
    std::size_t columns_ = 0;
    std::optional<std::size_t> code_, amount_, expires_;
};

class voucher_import {
  public:
    /// All of these outlive it.
    voucher_import(store::store&, const store::keys&, const menus::voucher_policy&, counter&);

    /// Returns the command's exit code: 1 when a line was bad, 2 when the header was and nothing was done.
    [[nodiscard]] boost::asio::awaitable<int> run();

  private:
    /// False when the store took nothing: then it is over.
    [[nodiscard]] boost::asio::awaitable<bool> take_batch();

    store::store& store_;
    counter& at_;
    voucher_reader reader_;
    std::vector<store::voucher> batch_;
    std::size_t line_ = 0;
    std::size_t taken_ = 0; // up to this line
    store::vouchers_added all_;
    std::size_t bad_ = 0;
    std::size_t old_ = 0; // not of those
    utc_time now_;
};

} // namespace kabinet::gateway
