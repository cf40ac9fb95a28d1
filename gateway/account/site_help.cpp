// Whom to ask, for anybody.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

namespace kabinet::gateway::account {

namespace asio = boost::asio;
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
    page_values values{{"in_language", of.seen->text("language")}};
    if (!rows["contacts"].empty())
        values["has_rows"] = "yes";
    if (of.by->who && !of.by->who->must_change && of.seen->is_on("calls_back"))
        values["calls_back"] = "yes";
    if (rows["contacts"].empty() && values.count("calls_back") == 0)
        return go_to("/account");
    return show(of, "help", std::move(values), rows);
}

asio::awaitable<answer> site::ask_for_call(visit& of) {
    std::string body = write_guest_body(of, {});
    const told came = co_await ask(of, "/v1/call", std::move(body));
    const pen writes{*of.pack, *of.speaks};
    of.by->said = {{"until", writes.write_time(came.said, "until")}};
    if (came.is_verdict("ok"))
        co_return finish(of, "/account/help", "call.done");
    if (came.is_verdict("logged_out"))
        co_return put_out(of, "session.ended");
    if (came.is_verdict("refused") && came.text("reason") == "call_awaited")
        co_return finish(of, "/account/help", "call.awaited");
    if (came.is_verdict("refused"))
        co_return finish(of, "/account/help", came.text("reason") == "limit" ? "call.limit" : "call.none");
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain(of, {}, "form.over");
}

} // namespace kabinet::gateway::account
