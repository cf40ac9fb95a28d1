// Any octets for a form of the pages at /account: whatever is read is what was written, in clean lines within
// the limits, and it reads the same when a browser writes it again.
#include "gateway/account/form.hpp"
#include "values/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

using namespace kabinet;
using gateway::account::form;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// Told in the plainest way, of text that was let through.
std::string decode(std::string_view written) {
    std::string made;
    for (std::size_t at = 0; at < written.size(); ++at)
        if (written[at] == '+') {
            made += ' ';
        } else if (written[at] == '%') {
            require(at + 2 < written.size());
            made += static_cast<char>(std::stoi(std::string{written.substr(at + 1, 2)}, nullptr, 16));
            at += 2;
        } else {
            made += written[at];
        }
    return made;
}

std::string encode(std::string_view text) {
    std::string made;
    for (const char each : text)
        made += fmt::format("%{:02x}", static_cast<unsigned char>(each));
    return made;
}

void require_line(std::string_view text) {
    require(text.size() <= secret::capacity);
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        require(next.size != 0 && next.value >= 0x20 && !(next.value >= 0x7f && next.value < 0xa0));
        text.remove_prefix(next.size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    const std::string_view body{reinterpret_cast<const char*>(input), size};
    form sent;
    if (!sent.read(body))
        return 0;
    std::set<std::string> names;
    std::string again;
    for (std::size_t from = 0; from < body.size();) {
        const auto end = std::min(body.find('&', from), body.size());
        const std::string_view pair = body.substr(from, end - from);
        const auto sign = pair.find('=');
        require(sign != std::string_view::npos && sign != 0);
        const std::string name{pair.substr(0, sign)};
        require(names.insert(name).second);
        require(sent.reveal(name) == decode(pair.substr(sign + 1)));
        require_line(sent.reveal(name));
        again += fmt::format("{}{}={}", again.empty() ? "" : "&", name, encode(sent.reveal(name)));
        from = end + 1;
    }
    require(names.size() <= form::most);
    form same;
    require(same.read(again));
    for (const std::string& name : names)
        require(same.reveal(name) == sent.reveal(name));
    return 0;
}
