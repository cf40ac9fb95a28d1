// What is shown at each path, and how a page is made of a session.
#include "gateway/account/browser.hpp"
#include "gateway/account/site.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <utility>

namespace kabinet::gateway::account {

using door::answer;
using code_for = session::code_for;

namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr auto soon = std::chrono::seconds{15};

} // namespace

answer site::show_entrance(visit& of) const {
    return of.by->who ? show_home(of) : show(of, "login");
}

answer site::show_code(visit& of) const {
    if (of.by->ticket_for != code_for::login)
        return go_to("/account");
    page_values values;
    if (of.now < of.by->code_again)
        values["is_soon"] = "yes";
    return show(of, "login_code", std::move(values));
}

answer site::show_home(visit& of) const {
    const guest& who = *of.by->who;
    page_values values{{"own_number", write_number(who.number)},
                       {"regime_said", std::string{of.speaks->say("home.regime_" + who.regime)}},
                       {"level_said", std::string{of.speaks->say("home.level_" + who.level)}}};
    if (who.level != "view")
        values["may_change"] = "yes";
    if (who.regime == "static")
        values["is_static"] = "yes";
    if (who.failures > 0) {
        const auto& forms = of.pack->speak(of.speaks->code()).forms;
        values["failures"] = pages::fill(of.speaks->say("home.failures", forms.choose_form(who.failures)),
                                         {{"count", std::to_string(who.failures)}}, {});
    }
    values.insert(of.sells.begin(), of.sells.end());
    if (who.level != "view" || !of.sells.empty())
        values["has_ways"] = "yes";
    page_rows rows;
    add_settings(of, values, rows);
    add_purse(of, values, rows);
    return show(of, "home", std::move(values), rows);
}

answer site::show_sms(visit& of) const {
    return show_asking(of, "sms");
}

answer site::show_forgot(visit& of) const {
    return show_asking(of, "forgot");
}

answer site::show_word(visit& of) const {
    return show_asking(of, "word");
}

answer site::show_word_closed(visit& of) const {
    return show(of, "word_closed");
}

answer site::show_asking(visit& of, std::string_view body) const {
    session& by = *of.by;
    if (of.now < by.questions_from) {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(by.questions_from - of.now);
        answer later = tell_trouble(of, 429, "questions", say_when(of, wait));
        later.retry_after = wait;
        return later;
    }
    by.asked = draw_question(store::keys::draw_request_id());
    by.asked_at = of.now;
    return show(of, body, {{"question", say(*by.asked, *of.speaks)}});
}

answer site::show_sent(visit& of) const {
    return show(of, "sent");
}

answer site::show_blocked(visit& of) const {
    return show(of, "blocked");
}

answer site::show_new(visit& of) const {
    if (of.by->ticket_for != code_for::password)
        return go_to(of.by->who ? "/account/change" : "/account/forgot");
    return show(of, "new");
}

answer site::show_change(visit& of) const {
    return show(of, "change");
}

answer site::show_regime(visit& of) const {
    return show(of, "regime");
}

answer site::show_regime_code(visit& of) const {
    if (of.by->ticket_for != code_for::regime)
        return go_to("/account/regime");
    return show(of, "regime_code");
}

answer site::leave(visit&) const {
    return go_to("/account");
}

page_values site::values_for(const visit& of, std::string_view body) const {
    page_values made;
    made["lang"] = of.speaks->code().code();
    const auto all = pages_.languages();
    const auto next = static_cast<std::size_t>(of.speaks - all.data() + 1) % all.size();
    made["other_lang"] = all[next].code().code();
    made["other_name"] = all[next].say("all.name");
    made["here"] = find_route(of.asked.path) != nullptr ? of.asked.path : "/account";
    made["title"] = of.speaks->say(fmt::format("{}.title", body));
    for (const auto& [name, file] : pages_.assets())
        made[name] = file.path;
    const bool is_guest = of.by && of.by->who;
    if (!of.pack->contacts.empty() || (is_guest && of.pack->leads_to(menus::action_kind::call_back)))
        made["has_help"] = "yes";
    if (const auto code = of.pack->words.find("new_password"); code != of.pack->words.end())
        made["new_password_link"] = write_dialled(code->second);
    return made;
}

answer site::show(visit& of, std::string_view body, page_values more, const page_rows& rows) const {
    session& by = *of.by;
    page_values values = values_for(of, body);
    values.merge(more);
    values["form_token"] = by.form_token;
    values["once"] = draw_name();
    values.try_emplace("number", by.number);
    if (by.who)
        values["is_guest"] = "yes";
    if (by.who && by.who->must_change)
        values["must_change"] = "yes";
    page_values in_words = by.said;
    in_words.insert(values.begin(), values.end());
    const auto fill = [&](const std::string& name) {
        return pages::fill(of.speaks->say(name), in_words, of.pack->words);
    };
    if (!by.problem.empty()) {
        values["error"] = fill(by.problem);
        values["error_more"] = fill(by.problem_more);
        values["error_at"] = by.problem_at;
        values["error_" + by.problem_at] = "yes";
    }
    if (!by.notice.empty())
        values["notice"] = fill(by.notice);
    answer made{200, std::string{html}, pages_.render(body, *of.speaks, values, of.pack->words, rows)};
    for (std::string* over : {&by.problem, &by.problem_more, &by.problem_at, &by.notice})
        over->clear();
    by.said.clear();
    return made;
}

answer site::tell_trouble(const visit& of, unsigned status, std::string_view kind, std::string when) const {
    const std::string name = fmt::format("trouble.{}", kind);
    page_values values = values_for(of, name);
    values["trouble"] = of.speaks->say(name);
    values["when"] = std::move(when);
    if (status != 404)
        values["offers_dial"] = "yes";
    return {status, std::string{html}, pages_.render("trouble", *of.speaks, values, of.pack->words)};
}

std::string site::say_when(const visit& of, std::chrono::seconds wait) const {
    if (wait <= soon)
        return std::string{of.speaks->say("trouble.soon")};
    const auto minutes = static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::minutes>(wait).count());
    const std::size_t form = of.pack->speak(of.speaks->code()).forms.choose_form(minutes);
    return pages::fill(of.speaks->say("trouble.minutes", form), {{"count", std::to_string(minutes)}}, {});
}

std::string site::say_until(const visit& of, const std::string& iso) const {
    const auto until = read_iso(iso);
    if (!until)
        return {};
    const std::string at = of.pack->speak(of.speaks->code()).forms.write_time(*until);
    return pages::fill(of.speaks->say("trouble.until"), {{"until", at}}, {});
}

} // namespace kabinet::gateway::account
