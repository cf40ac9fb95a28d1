// What a login lets its guest see and change: the second step, the account's language, the archive. Nothing
// of it is kept here: each page asks the API anew, so a login that ended meanwhile ends here too.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;

asio::awaitable<std::optional<answer>> site::look(visit& of, std::string_view path, std::string body,
                                                  std::shared_ptr<told>& into) {
    told came = co_await ask(of, path, std::move(body));
    if (came.is_verdict("logged_out"))
        co_return put_out(of, "session.ended");
    if (came.is_verdict("ok")) {
        if (std::string level = came.text("level"); !level.empty()) // the feed may have changed it
            of.by->who->level = std::move(level);
        into = std::make_shared<told>(std::move(came));
    }
    co_return std::nullopt;
}

void site::add_settings(const visit& of, page_values& values, page_rows& rows) const {
    if (!of.seen)
        return;
    values["has_settings"] = "yes";
    if (of.seen->is_on("number_blocked"))
        values["is_number_blocked"] = "yes";
    else if (of.by->who->level != "view")
        values["may_block"] = "yes";
    if (of.seen->is_on("two_step"))
        values["is_two_step"] = "yes";
    const std::string now = of.seen->text("language");
    for (const auto& each : of.pack->languages) {
        const words* names = pages_.speak(each.code);
        page_values row{{"code", std::string{each.code.code()}}};
        row["name"] = names == nullptr ? row["code"] : std::string{names->say("all.name")};
        if (row["code"] == now) {
            row["is_now"] = "yes";
            values["language_now"] = row["name"];
        }
        rows["languages"].push_back(std::move(row));
    }
}

answer site::show_archive(visit& of) const {
    page_values values;
    page_rows rows;
    if (!of.seen)
        return show(of, "archive", {{"is_away", "yes"}});
    const auto say_word = [&](std::string name, const char* other) {
        return std::string{of.speaks->say(of.speaks->find(name) == nullptr ? other : name)};
    };
    const pen writes{*of.pack, *of.speaks};
    for (const nlohmann::json& each : list_of(of.seen->said, "operations"))
        rows["operations"].push_back(
            {{"at", writes.write_time(each, "at")},
             {"what", say_word("archive.what_" + text_of(each, "what"), "archive.what_other")},
             {"by", say_word("archive.by_" + text_of(each, "by"), "archive.by_other")}});
    if (rows["operations"].empty())
        values["is_empty"] = "yes";
    if (of.by->who->level != "view")
        values["may_change"] = "yes";
    return show(of, "archive", std::move(values), rows);
}

asio::awaitable<answer> site::set_two_step(visit& of) {
    const std::string_view wanted = of.entered.reveal("on");
    if (wanted != "yes" && wanted != "no")
        co_return complain(of, {}, "form.over");
    const bool is_on = wanted == "yes";
    std::string body = write_guest_body(of, {}, is_on ? ",\"on\":true" : ",\"on\":false");
    const told came = co_await ask(of, "/v1/two-step/set", std::move(body));
    co_return tell_setting(of, came, {}, is_on ? "settings.two_step_set" : "settings.two_step_unset");
}

asio::awaitable<answer> site::set_language(visit& of) {
    if (auto back = find_empty(of, {{"language", "settings.language_refused"}}))
        co_return std::move(*back);
    std::string body = write_guest_body(of, {{"language", of.entered.reveal("language")}});
    const told came = co_await ask(of, "/v1/language/set", std::move(body));
    co_return tell_setting(of, came, "language", "settings.language_set");
}

answer site::tell_setting(visit& of, const told& came, std::string_view field, std::string_view done) {
    if (came.is_verdict("ok"))
        return finish(of, "/account", done);
    if (came.is_verdict("logged_out"))
        return put_out(of, "session.ended");
    if (came.is_verdict("refused")) {
        const std::string reason = came.text("reason");
        if (reason == "level")
            return complain(of, {}, "settings.level");
        if (reason == "barred_by_owner")
            return complain(of, {}, "settings.refused_by_owner");
        if (reason == "barred_debt")
            return complain(of, {}, "settings.refused_debt");
        return complain(of, field, reason == "language" ? "settings.language_refused" : "settings.refused");
    }
    if (auto trouble = find_trouble(of, came))
        return std::move(*trouble);
    return complain(of, {}, came.status == 409 ? "form.over" : "settings.refused");
}

} // namespace kabinet::gateway::account
