// Any octets as the operator's network's answer, with any status: it is heard only where it says so, of that
// number and state.
#include "gateway/upstream/network_words.hpp"

#include <array>
#include <cstdlib>
#include <string>

using namespace kabinet;
using namespace kabinet::gateway::upstream;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    constexpr std::array<unsigned, 8> statuses{200, 202, 204, 400, 404, 409, 422, 500};
    if (size == 0)
        return 0;
    store::number_news said;
    said.version = 12;
    said.who = msisdn::from_digits(79261112233);
    said.is_blocked = true;
    const http_answer came{statuses[input[0] % statuses.size()],
                           std::string{reinterpret_cast<const char*>(input) + 1, size - 1}};
    const auto read = read_blocking(came, said);
    if (read && read->is_done != (came.status == 200))
        std::abort();
    if (read && !read->is_done && came.status < 400)
        std::abort();
    return 0;
}
