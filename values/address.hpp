// An address as a link writes it: type of number, numbering plan, characters. Replies go to what came.
#pragma once

#include <boost/static_string/static_string.hpp>

#include <cstdint>

namespace kabinet {

/// SMPP 3.4 5.2.5, 5.2.6, 5.2.8. The longest that fits a submit_sm is 20 characters.
struct address {
    std::uint8_t ton = 0;
    std::uint8_t npi = 0;
    boost::static_string<20> characters;

    friend bool operator==(const address&, const address&) = default;
};

} // namespace kabinet
