// The operator's subscriber feed as a CSV file: columns, words and times to rows and back. Knows neither
// where the lines come from nor what is done with the rows.
#pragma once

#include "store/feed.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

struct feed_line {
    store::subscriber row; // without its code word
    secret code_word;      // in clear: to be hashed
};

/// Why a line can't be taken. Names the column, never what stands in it.
struct bad_line {
    std::string why;
};

class feed_reader {
  public:
    /// `numbers` outlives it. A change after `latest` is refused: all that come before it would be no news.
    explicit feed_reader(const numbering_plan& numbers, utc_time latest = utc_time::max())
        : numbers_{numbers}
        , latest_{latest} {}

    /// The columns and their order. Broken when it names one twice, one that there is not, or no msisdn.
    [[nodiscard]] boost::system::result<void, bad_line> read_header(std::string_view line);
    /// A line of those columns.
    [[nodiscard]] boost::system::result<feed_line, bad_line> read(std::string_view line);

    [[nodiscard]] bool is_zone(std::string_view);
    [[nodiscard]] const numbering_plan& numbers() const { return numbers_; }
    [[nodiscard]] utc_time latest() const { return latest_; }

  private:
    const numbering_plan& numbers_;
    utc_time latest_;
    std::vector<std::size_t> columns_;         // of the table, in the order of the file
    std::set<std::string, std::less<>> zones_; // found to be some: a look costs ICU a file
};

/// The header of an export and its lines: every column but the code word.
[[nodiscard]] std::string write_feed_header();
[[nodiscard]] std::string write_feed_line(const store::subscriber&);

} // namespace kabinet::gateway
