#include "gateway/fixed_words.hpp"
#include "gateway/reception.hpp"

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;

asio::awaitable<portal_answer> reception::show_help(help_wish asked) {
    const auto pack = packs_().usual();
    const std::optional<language> reads =
        asked.language ? language::from(*asked.language) : pack->languages.front().code;
    portal_answer told;
    if (!reads ||
        std::ranges::find(pack->languages, *reads, &menus::spoken_language::code) == pack->languages.end()) {
        told.is = portal_verdict::refused;
        told.reason = "language";
    } else {
        told.is = portal_verdict::ok;
        told.speaks = *reads;
        told.calls_back = pack->leads_to(menus::action_kind::call_back);
        for (const menus::contact& each : pack->contacts)
            told.contacts.push_back({each, fixed_words(*pack, *reads, menus::title_of_contact(each.name)),
                                     fixed_words(*pack, *reads, menus::hours_of_contact(each.name))});
    }
    ++told_[static_cast<std::size_t>(wish_kind::help)][static_cast<std::size_t>(told.is)];
    co_return told;
}

} // namespace kabinet::gateway
