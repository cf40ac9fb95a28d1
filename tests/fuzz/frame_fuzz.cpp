// Any stream, cut into any reads: the PDUs are the same, each within its bounds, and what is left is
// unfinished.
#include "smpp/frame.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace kabinet::smpp;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

struct stream_end {
    std::vector<std::vector<std::uint8_t>> pdus;
    bool is_broken = false;

    friend bool operator==(const stream_end&, const stream_end&) = default;
};

/// Takes PDUs off the front for as long as they are whole.
stream_end take_all(octets received, std::size_t& taken) {
    stream_end end;
    for (;;) {
        const octets rest = received.subspan(taken);
        const cut next = cut_frame(rest);
        end.is_broken = next.state == cut_state::broken;
        if (next.state != cut_state::whole)
            return end;
        require(next.pdu.data() == rest.data());
        require(next.pdu.size() >= smallest_pdu && next.pdu.size() <= std::min(largest_pdu, rest.size()));
        end.pdus.emplace_back(next.pdu.begin(), next.pdu.end());
        taken += next.pdu.size();
    }
}

stream_end take_in_reads(octets stream, std::size_t read) {
    stream_end all;
    std::vector<std::uint8_t> received;
    while (!stream.empty() && !all.is_broken) {
        const octets now = stream.first(std::min(read, stream.size()));
        stream = stream.subspan(now.size());
        received.insert(received.end(), now.begin(), now.end());
        std::size_t taken = 0;
        const std::vector<std::uint8_t> exactly = received; // a read beyond it is seen by ASan
        const stream_end part = take_all(exactly, taken);
        all.pdus.insert(all.pdus.end(), part.pdus.begin(), part.pdus.end());
        all.is_broken = part.is_broken;
        received.erase(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(taken));
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    if (size == 0)
        return 0;
    const octets stream{input + 1, size - 1};
    std::size_t taken = 0;
    const stream_end whole = take_all(stream, taken);
    require(take_in_reads(stream, 1U + input[0] % 64U) == whole);
    return 0;
}
