// Whom to ask, for anybody.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

namespace kabinet::gateway::account {

using door::answer;

std::string site::write_language(const visit& of) {
    const language wanted = of.speaks->code();
    if (of.pack->speak(wanted).code != wanted) // the pack's first one then
        return write_body(of, {});
    return write_body(of, {{"language", wanted.code()}});
}

answer site::show_help(visit& of) const {
    if (!of.seen)
        return show(of, "help", {{"is_away", "yes"}});
    page_rows rows;
    for (const nlohmann::json& each : list_of(of.seen->said, "contacts")) {
        const std::string address = text_of(each, "address");
        rows["contacts"].push_back({{"what", text_of(each, "title")},
                                    {"address", address},
                                    {"link", write_link(address)},
                                    {"hours", text_of(each, "hours")}});
    }
    if (rows["contacts"].empty())
        return go_to("/account");
    return show(of, "help", {{"in_language", of.seen->text("language")}}, rows);
}

} // namespace kabinet::gateway::account
