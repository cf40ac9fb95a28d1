#include "tests/menus/sample_pack.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <variant>

namespace kabinet::menus {
namespace {

/// Name, Russian, English.
using sample_text = std::tuple<std::string_view, std::string_view, std::string_view>;

constexpr std::array sample_texts{
    sample_text{"nav.back", "0 Назад", "0 Back"},
    sample_text{"nav.exit", "0 Выход", "0 Exit"},
    sample_text{"nav.cancel", "0 Отмена", "0 Cancel"},
    sample_text{"nav.more", "9 Далее", "9 More"},
    sample_text{"nav.bye", "До свидания: {code}", "Goodbye: {code}"},
    sample_text{"wrong.line", "Нет такого пункта.", "No such item."},
    sample_text{"wrong.end", "Прямой код: {code}", "Direct code: {code}"},
    sample_text{"menu.account.head", "Баланс 120,50 р.", "Balance 120.50 RUB"},
    sample_text{"menu.account.1", "Баланс, бонусы", "Balance, bonus"},
    sample_text{"menu.account.2", "Пополнить", "Top up"},
    sample_text{"menu.account.3", "Обещ. платеж", "Promised payment"},
    sample_text{"menu.account.4", "Расходы", "Spending"},
    sample_text{"menu.account.6", "Услуги и тариф", "Services, tariff"},
    sample_text{"menu.account.7", "Пароль и вход", "Password, login"},
    sample_text{"menu.account.8", "Прочее", "More"},
    sample_text{"menu.balance.head", "Справка: {support}", "Help: {support}"},
    sample_text{"contact.support.title", "Справка", "Help"},
    sample_text{"contact.support.hours", "круглосуточно", "day and night"},
    sample_text{"contact.site.title", "Сайт", "Site"},
    sample_text{"contact.site.hours", "по будням", "on workdays"},
    sample_text{"confirmation.order.head", "Заказать за 5 р.?", "Order for 5 RUB?"},
    sample_text{"confirmation.order.1", "Да", "Yes"},
    sample_text{"confirmation.order.0", "0 Нет", "0 No"},
    sample_text{"menu.password.head", "Пароль", "Password"},
    sample_text{"menu.password.1", "Новый", "New"},
    sample_text{"menu.password.2", "Свой", "Your own"},
    sample_text{"prompt.own.ask", "Новый пароль:", "New password:"},
    sample_text{"prompt.own.again", "Еще раз:", "Once more:"},
    sample_text{"prompt.own.mismatch", "Не совпали.", "They differ."},
    sample_text{"issue_password.issued", "Пароль: {password}\nЛогин {login}, до {until}",
                "Password: {password}\nLogin {login}, until {until}"},
    sample_text{"issue_password.replaced", "Пароль: {password}", "Password: {password}"},
    sample_text{"issue_password.replaced_chosen", "Пароль: {password}", "Password: {password}"},
    sample_text{"issue_password.restored", "Пароль: {password}", "Password: {password}"},
    sample_text{"issue_password.repeated", "Уже выдан {at}", "Issued {at}"},
    sample_text{"choose_password.chosen", "Установлен.", "It is set."},
    sample_text{"issue_password.restored_idle", "Пароль: {password}", "Password: {password}"},
    sample_text{"choose_password.restored_idle", "Установлен.", "It is set."},
    sample_text{"choose_password.restored", "Установлен.", "It is set."},
    sample_text{"choose_password.too_short", "Короче {min}.", "Under {min}."},
    sample_text{"choose_password.too_long", "Длиннее {max}.", "Over {max}."},
    sample_text{"choose_password.blanks", "Пробел.", "A blank."},
    sample_text{"choose_password.bad_characters", "Знаки.", "Characters."},
    sample_text{"choose_password.too_plain", "Просто.", "Plain."},
    sample_text{"choose_password.common", "Известный.", "Common."},
    sample_text{"choose_password.own_number", "Номер.", "Your number."},
    sample_text{"set_language.set", "Язык: русский", "Language: English"},
    sample_text{"list_archive.listed", "{operations}", "{operations}"},
    sample_text{"list_archive.empty", "Пусто.", "Nothing."},
    sample_text{"explain_login.unregistered", "Нет пароля.", "No password."},
    sample_text{"explain_login.blocked", "Закрыт.", "Closed."},
    sample_text{"explain_login.many_wrong", "Много неверных.", "Many were wrong."},
    sample_text{"explain_login.idle", "Давно не было.", "Unused."},
    sample_text{"explain_login.used", "Был.", "Used."},
    sample_text{"explain_login.expired", "Истек.", "Expired."},
    sample_text{"explain_login.one_time", "Годен до {until}", "Good until {until}"},
    sample_text{"explain_login.one_time.sms", "Годен.", "Good."},
    sample_text{"explain_login.static", "Постоянный.", "Static."},
    sample_text{"explain_login.debt", "Годен, но долг.", "Good, but there is a debt."},
    sample_text{"explain_login.limit.sms", "Позже.", "Later."},
    sample_text{"explain_login.cooldown.sms", "Позже.", "Later."},
    sample_text{"close_portal.closed", "Вход закрыт.", "Closed."},
    sample_text{"ask_code.switched_on", "С кодом.", "With a code."},
    sample_text{"skip_code.switched_off", "Без кода.", "Without one."},
    sample_text{"prompt.voucher.ask", "Код:", "Code:"},
    sample_text{"confirmation.loan.head", "Взять {amount} р. на {term} за {fee} р.?",
                "Take {amount} RUB for {term}, fee {fee} RUB, until {until}?"},
    sample_text{"confirmation.loan.1", "Да", "Yes"},
    sample_text{"prompt.whom.ask", "Кому?", "Whom to?"},
    sample_text{"prompt.whom.wrong", "Не номер.", "No number."},
    sample_text{"prompt.how_much.ask", "Сколько?", "How much?"},
    sample_text{"prompt.how_much.wrong", "Не сумма.", "No amount."},
    sample_text{"confirmation.give.head", "{amount} на {party}, {fee}?", "{amount} to {party}, {fee}?"},
    sample_text{"confirmation.give.1", "Да", "Yes"},
    sample_text{"show_spending.shown", "{income}, -{spent}\n{totals}", "{income}, -{spent}\n{totals}"},
    sample_text{"show_spending.empty", "Ничего.", "Nothing."},
    sample_text{"total.line", "{what} {amount}", "{what} {amount}"},
    sample_text{"list_movements.listed", "В SMS.", "By SMS."},
    sample_text{"list_movements.listed.sms", "{movements}", "{movements}"},
    sample_text{"list_movements.empty", "Пусто.", "Nothing."},
    sample_text{"movement.line", "{day} {amount} {what}", "{day} {amount} {what}"},
    sample_text{"movement.voucher", "карта", "voucher"},
    sample_text{"movement.payment", "платеж", "payment"},
    sample_text{"movement.promise", "обещ.", "promised"},
    sample_text{"movement.promise_fee", "комиссия", "fee"},
    sample_text{"movement.promise_return", "возврат", "back"},
    sample_text{"movement.transfer", "перевод", "transfer"},
    sample_text{"movement.transfer_fee", "комиссия", "fee"},
    sample_text{"movement.service", "услуга", "service"},
    sample_text{"movement.service_fee", "плата", "its fee"},
    sample_text{"movement.tariff", "тариф", "tariff"},
    sample_text{"movement.tariff_fee", "плата", "its fee"},
    sample_text{"movement.package", "пакет", "package"},
    sample_text{"service.beep", "Гудок", "Ring-back"},
    sample_text{"service.hush", "Тишина", "Silence"},
    sample_text{"tariff.plain", "Простой", "Plain"},
    sample_text{"tariff.wide", "Широкий", "Wide"},
    sample_text{"package.talk", "Разговор", "Talk"},
    sample_text{"menu.services.head", "Услуги", "Services"},
    sample_text{"menu.services.1", "Гудок", "Ring-back"},
    sample_text{"menu.services.2", "Тишина", "Silence"},
    sample_text{"menu.services.3", "Мои", "Mine"},
    sample_text{"menu.services.4", "Тариф", "Tariff"},
    sample_text{"menu.services.5", "Сменить", "Change"},
    sample_text{"menu.services.6", "Остатки", "What is left"},
    sample_text{"menu.services.7", "Пакет", "Package"},
    sample_text{"menu.service.head", "{title}: {price} и {fee} за {period}",
                "{title}: {price} and {fee} a {period}"},
    sample_text{"menu.service.held", "{title} есть, {fee}", "{title} is on, {fee}"},
    sample_text{"menu.service.paused", "{title} ждет {fee}", "{title} waits, {fee}"},
    sample_text{"menu.service.1", "Подключить", "Connect"},
    sample_text{"menu.service.2", "Отключить", "Disconnect"},
    sample_text{"confirmation.connect.head", "{title}: {amount}, далее {fee} за {period}?",
                "{title}: {amount}, then {fee} for {period}, from {until}?"},
    sample_text{"confirmation.connect.1", "Да", "Yes"},
    sample_text{"confirmation.disconnect.head", "Отключить {title}?", "Disconnect {title}?"},
    sample_text{"confirmation.disconnect.1", "Да", "Yes"},
    sample_text{"confirmation.tariff.head", "{title}: {amount}, далее {fee} за {period}?",
                "{title}: {amount}, then {fee} for {period}?"},
    sample_text{"confirmation.tariff.1", "Да", "Yes"},
    sample_text{"menu.package.head", "{title}: {price}, {minutes} мин", "{title}: {price}, {minutes} min"},
    sample_text{"menu.package.1", "Купить", "Buy"},
    sample_text{"menu.package.2", "Не продлевать", "Stop"},
    sample_text{"confirmation.buy.head", "{title} за {price} на {period}?", "{title} for {price}, {period}?"},
    sample_text{"confirmation.buy.1", "Да", "Yes"},
    sample_text{"confirmation.stop.head", "Не продлевать {title}?", "Stop {title}?"},
    sample_text{"confirmation.stop.1", "Да", "Yes"},
    sample_text{"holding.paid", "{title} {fee} {day}", "{title} {fee} {day}"},
    sample_text{"holding.free", "{title}", "{title}"},
    sample_text{"holding.paused", "{title} ждет", "{title} waits"},
    sample_text{"holding.minutes", "{count} мин {day}", "{count} min {day}"},
    sample_text{"holding.sms", "{count} SMS {day}", "{count} SMS {day}"},
    sample_text{"holding.megabytes", "{count} МБ {day}", "{count} MB {day}"},
    sample_text{"connect_service.connected", "{title}: {amount}, далее {fee} с {until}",
                "{title}: {amount}, then {fee} from {until}"},
    sample_text{"connect_service.connected_free", "{title} есть.", "{title} is on."},
    sample_text{"connect_service.already_connected", "{title} уже есть.", "{title} is on already."},
    sample_text{"connect_service.conflict", "{title} не с {other}", "{title} not with {other}"},
    sample_text{"any.short_of", "Нужно {amount}, есть {balance}", "It takes {amount}, you have {balance}"},
    sample_text{"disconnect_service.disconnected", "{title} отключен.", "{title} is off."},
    sample_text{"disconnect_service.not_connected", "{title} и так нет.", "{title} was off."},
    sample_text{"change_tariff.switched", "{title} до {until}", "{title} until {until}"},
    sample_text{"change_tariff.switched_free", "{title}.", "{title}."},
    sample_text{"change_tariff.already_connected", "{title} и так.", "{title} already."},
    sample_text{"buy_package.bought", "{title} до {until}", "{title} until {until}"},
    sample_text{"buy_package.extended", "{title} еще, до {until}", "{title} more, until {until}"},
    sample_text{"stop_package.stopped", "{title} только до {until}", "{title} until {until} only"},
    sample_text{"stop_package.not_connected", "{title} нет.", "No {title}."},
    sample_text{"list_services.listed", "{count}:\n{holdings}", "{count}:\n{holdings}"},
    sample_text{"list_services.sent", "В SMS.", "By SMS."},
    sample_text{"list_services.sent.sms", "{count}:\n{holdings}", "{count}:\n{holdings}"},
    sample_text{"list_services.empty", "Нет.", "None."},
    sample_text{"show_tariff.shown", "{title}, {fee} до {until}", "{title}, {fee} until {until}"},
    sample_text{"show_tariff.shown_free", "{title}", "{title}"},
    sample_text{"show_tariff.paused", "{title} ждет {fee}", "{title} waits for {fee}"},
    sample_text{"show_packages.listed", "{holdings}", "{holdings}"},
    sample_text{"show_packages.sent", "В SMS.", "By SMS."},
    sample_text{"show_packages.sent.sms", "{holdings}", "{holdings}"},
    sample_text{"show_packages.empty", "Нет.", "None."},
    sample_text{"transfer.transferred", "Ушло {amount}", "{amount} went to {party}"},
    sample_text{"transfer.terms", "{amount} на {party}, плата {fee}. Ответ: {password}",
                "{amount} to {party}, fee {fee}. Reply: {password}"},
    sample_text{"transfer.terms_again", "Еще раз {amount} на {party}, плата {fee}. Ответ: {password}",
                "Again {amount} to {party}, fee {fee}. Reply: {password}"},
    sample_text{"transfer.how", "GIVE, номер, сумма", "GIVE, number, amount"},
    sample_text{"block_number.terms", "Блок? Ответ: {password}", "Block? Reply: {password}"},
    sample_text{"gateway.no_such_reply", "Код не тот.", "Not that code."},
    sample_text{"transfer.short_of", "Мало.", "Not enough."},
    sample_text{"transfer.unknown_party", "Не наш.", "Not ours."},
    sample_text{"transfer.to_oneself", "Себе.", "To yourself."},
    sample_text{"transfer.promise_open", "Долг.", "You owe."},
    sample_text{"transfer.day_limit", "Снова {until}", "Again {until}"},
    sample_text{"show_balance.shown", "На счете {balance}", "You have {balance}"},
    sample_text{"show_balance.dated", "Было {balance} на {at}", "You had {balance} at {at}"},
    sample_text{"show_balance.owing", "Долг {amount} до {until}", "You owe {amount} until {until}"},
    sample_text{"top_up.topped_up", "Пополнен на {amount}", "Topped up by {amount}"},
    sample_text{"top_up.wrong_voucher", "Нет такого.", "No such code."},
    sample_text{"top_up.used_voucher", "Уже был.", "Used."},
    sample_text{"top_up.old_voucher", "Истек.", "Out of date."},
    sample_text{"top_up.vouchers_closed", "Снова {until}", "Again {until}"},
    sample_text{"top_up.bad_voucher", "Не код.", "No code."},
    sample_text{"take_promise.promised", "Ваши {amount}", "Yours: {amount}"},
    sample_text{"take_promise.promise_open", "Уже есть, до {until}", "You have one until {until}"},
    sample_text{"take_promise.promise_unpaid", "Долг: {balance}", "You owe: {balance}"},
    sample_text{"take_promise.below_floor", "Мало: {balance}", "Too low: {balance}"},
    sample_text{"prompt.lost_number.ask", "Какой закрыть?", "Which to block?"},
    sample_text{"prompt.lost_number.wrong", "Не номер.", "No number."},
    sample_text{"prompt.lost_word.ask", "Слово:", "Word:"},
    sample_text{"prompt.found_number.ask", "Какой открыть?", "Which to open?"},
    sample_text{"prompt.found_number.wrong", "Не номер.", "No number."},
    sample_text{"prompt.found_word.ask", "Слово:", "Word:"},
    sample_text{"any.number_blocked", "Закрыт.", "Blocked."},
    sample_text{"any.number_unblocked", "Открыт.", "Open."},
    sample_text{"any.still_barred", "Но не нами.", "But not by us."},
    sample_text{"any.party_barred", "Нами.", "By us."},
    sample_text{"any.not_blocked", "Не закрыт.", "Not blocked."},
    sample_text{"any.wrong_word", "Неверно.", "Wrong."},
    sample_text{"any.locked_out", "Не сегодня.", "Not today."},
    sample_text{"any.full_purse", "Слишком много.", "Too much."},
    sample_text{"any.level", "Нельзя.", "Not for you."},
    sample_text{"any.limit", "Снова {until}", "Again {until}"},
    sample_text{"any.cooldown", "С {until}", "From {until}"},
    sample_text{"any.barred", "Заблокирован.", "Barred."},
    sample_text{"any.unknown_number", "Не наш.", "Not ours."},
    sample_text{"any.untrusted", "Нельзя.", "Not from here."},
    sample_text{"any.busy", "Позже.", "Later."},
    sample_text{"archive.line", "{at} {what}, {by}", "{at} {what}, {by}"},
    sample_text{"archive.issue_password", "пароль выдан", "password issued"},
    sample_text{"archive.choose_password", "пароль изменен", "password changed"},
    sample_text{"archive.set_language", "язык", "language"},
    sample_text{"archive.close_portal", "закрыт", "closed"},
    sample_text{"archive.log_in", "вход", "login"},
    sample_text{"archive.set_switch", "способ входа", "way to log in"},
    sample_text{"archive.set_pin", "PIN", "PIN"},
    sample_text{"archive.top_up", "пополнение", "top-up"},
    sample_text{"archive.take_promise", "обещ. платеж", "promised payment"},
    sample_text{"archive.return_promise", "возврат", "paid back"},
    sample_text{"archive.pay_in", "платеж", "payment"},
    sample_text{"archive.transfer", "перевод", "transfer"},
    sample_text{"archive.receive_transfer", "перевод вам", "transfer to you"},
    sample_text{"archive.block_number", "номер закрыт", "number blocked"},
    sample_text{"archive.unblock_number", "номер открыт", "number unblocked"},
    sample_text{"archive.call_back", "звонок", "call asked for"},
    sample_text{"archive.make_call", "звонили", "called"},
    sample_text{"call_back.call_promised", "Ждите до {until}", "Wait until {until}"},
    sample_text{"call_back.call_awaited", "Ждите до {until}", "Wait until {until}"},
    sample_text{"call_back.limit", "Снова {until}", "Again {until}"},
    sample_text{"archive.access_blocked", "вход закрыт", "login closed"},
    sample_text{"archive.access_opened", "вход открыт", "login opened"},
    sample_text{"archive.connect_service", "услуга", "service on"},
    sample_text{"archive.disconnect_service", "услуга", "service off"},
    sample_text{"archive.change_tariff", "тариф", "tariff"},
    sample_text{"archive.buy_package", "пакет", "package"},
    sample_text{"archive.stop_package", "пакет", "package off"},
    sample_text{"archive.ware_paused", "ждет", "waits"},
    sample_text{"archive.ware_resumed", "снова", "again"},
    sample_text{"archive.ware_ended", "конец", "over"},
    sample_text{"archive.other", "другое", "other"},
    sample_text{"archive.by.ussd", "USSD", "USSD"},
    sample_text{"archive.by.sms", "SMS", "SMS"},
    sample_text{"archive.by.portal", "сайт", "portal"},
    sample_text{"archive.by.staff", "салон", "office"},
    sample_text{"archive.by.feed", "система", "system"},
    sample_text{"no_such_code", "Нет такого кода.", "No such code."},
    sample_text{"closed", "Закрыто.", "Closed."},
    sample_text{"help", "Справка: {site}", "Help: {site}"},
};

draft_language sample_language(std::string code, bool is_gsm, std::string time_pattern) {
    draft_language made;
    made.where = {code + ".toml", 1};
    made.is_gsm = is_gsm;
    made.time_pattern = {std::move(time_pattern), made.where};
    std::uint32_t line = 10;
    for (const auto& [name, in_russian, in_english] : sample_texts)
        made.texts.push_back(
            {std::string{name}, std::string{is_gsm ? in_english : in_russian}, {made.where.file, line++}});
    for (const house_text& text : house_texts())
        made.texts.push_back(
            {std::string{text.name},
             std::string{text.issues_secret ? (is_gsm ? "Code: {password}" : "Код: {password}")
                                            : (is_gsm ? "Later." : "Позже.")},
             {made.where.file, line++}});
    for (const ware_text& text : ware_texts())
        made.texts.push_back({std::string{text.name}, "{title}", {made.where.file, line++}});
    std::ranges::sort(made.texts, {}, &draft_text::name);
    made.code = std::move(code);
    return made;
}

std::vector<draft_ware> sample_wares() {
    const auto make = [](offer_kind kind, std::string name, std::int64_t price, std::int64_t fee) {
        draft_ware made;
        made.kind = kind;
        made.name = std::move(name);
        made.price = money::from_minor(price);
        made.fee = money::from_minor(fee);
        made.where = {"menus.toml", 11};
        return made;
    };
    std::vector<draft_ware> all{
        make(offer_kind::service, "beep", 1'000, 5'000), make(offer_kind::service, "hush", 0, 0),
        make(offer_kind::tariff, "plain", 0, 0), make(offer_kind::tariff, "wide", 10'000, 30'000),
        make(offer_kind::package, "talk", 0, 15'000)};
    all[0].conflicts = {"hush"};
    all[1].conflicts = {"beep"};
    all[2].is_default = true;
    all[4].minutes = 100;
    return all;
}

} // namespace

draft_target leads_to(std::string opens, std::uint32_t line, std::string offer) {
    draft_target made;
    made.opens = std::move(opens);
    made.offer = std::move(offer);
    made.where = {"menus.toml", line};
    return made;
}

draft_target acts(std::string does, std::string language, bool stays) {
    draft_target made;
    made.does = std::move(does);
    made.language = std::move(language);
    made.stays = stays;
    made.where = {"menus.toml", 1};
    return made;
}

draft_target says(std::string text) {
    draft_target made;
    made.tells = std::move(text);
    made.where = {"menus.toml", 1};
    return made;
}

draft_screen menu_of(std::string name, std::vector<draft_item> items, screen_kind kind) {
    draft_screen made;
    made.kind = kind;
    made.name = std::move(name);
    made.items = std::move(items);
    made.where = {"menus.toml", 1};
    return made;
}

draft sample_draft() {
    draft pack;
    pack.where = {"menus.toml", 1};
    pack.name = "sample";
    pack.zone = {"Europe/Moscow", {"menus.toml", 2}};
    pack.sender = {"Sample", {"menus.toml", 3}};
    pack.currency = {"RUB", {"menus.toml", 9}};
    pack.languages = {sample_language("ru", false, "dd.MM HH:mm"),
                      sample_language("en", true, "d MMM HH:mm")};
    pack.contacts = {{"support", {"0550", {"menus.toml", 4}}},
                     {"site", {"lk.example.ru", {"menus.toml", 11}}}};
    pack.passwords.blocklist = {"password1", "qwerty123"};
    pack.accounts.idle_after = std::chrono::days{180};
    pack.codes = {{"*105#", leads_to("account")},       {"*105*00#", acts("issue_password")},
                  {"*105*01#", leads_to("own")},        {"*105*02#", acts("explain_login")},
                  {"*105*03#", acts("close_portal")},   {"*105*04#", acts("ask_code")},
                  {"*105*05#", acts("skip_code")},      {"*105*06#", acts("show_balance")},
                  {"*105*07#", leads_to("voucher")},    {"*105*08#", leads_to("loan", 1, "small")},
                  {"*105*09#", leads_to("whom")},       {"*105*10#", acts("show_spending")},
                  {"*105*11#", acts("list_movements")}, {"*105*12#", leads_to("services")},
                  {"*105*13#", acts("block_number")},   {"*105*14#", leads_to("found_number")},
                  {"*105*15#", leads_to("lost_number")}};
    pack.promises = {{"small",
                      money::from_minor(10'000),
                      money::from_minor(1'050),
                      std::chrono::hours{72},
                      {"menus.toml", 10}}};
    pack.promise_floor = money::from_minor(-3'000);
    pack.wares = sample_wares();
    pack.unknown_code = says("no_such_code");
    pack.screens = {menu_of("account", {{"1", leads_to("balance")},
                                        {"2", acts("issue_password")},
                                        {"3", leads_to("order")},
                                        {"4", says("closed")},
                                        {"6", acts("set_language", "en", true)},
                                        {"7", leads_to("password")},
                                        {"8", acts("list_archive")}}),
                    menu_of("balance", {}),
                    menu_of("order", {{"1", acts("list_archive")}}, screen_kind::confirmation),
                    menu_of("password", {{"1", acts("issue_password")}, {"2", leads_to("own")}})};
    draft_screen own = menu_of("own", {}, screen_kind::prompt);
    own.enters = acts("choose_password");
    own.rule = {"password", own.where};
    own.twice = true;
    pack.screens.push_back(own);
    draft_screen voucher = menu_of("voucher", {}, screen_kind::prompt);
    voucher.enters = acts("top_up");
    voucher.rule = {"voucher", voucher.where};
    pack.screens.push_back(voucher);
    draft_screen whom = menu_of("whom", {{"1", leads_to("how_much")}}, screen_kind::prompt);
    whom.rule = {"number", whom.where};
    draft_screen how_much = menu_of("how_much", {{"1", leads_to("give")}}, screen_kind::prompt);
    how_much.rule = {"amount", how_much.where};
    draft_screen lost_number = menu_of("lost_number", {{"1", leads_to("lost_word")}}, screen_kind::prompt);
    lost_number.rule = {"number", lost_number.where};
    draft_screen lost_word = menu_of("lost_word", {}, screen_kind::prompt);
    lost_word.enters = acts("block_other");
    lost_word.rule = {"word", lost_word.where};
    draft_screen found_number = menu_of("found_number", {{"1", leads_to("found_word")}}, screen_kind::prompt);
    found_number.rule = {"number", found_number.where};
    draft_screen found_word = menu_of("found_word", {}, screen_kind::prompt);
    found_word.enters = acts("unblock_other");
    found_word.rule = {"word", found_word.where};
    for (const draft_screen& each : {lost_number, lost_word, found_number, found_word})
        pack.screens.push_back(each);
    pack.transfers.fee = money::from_minor(500);
    pack.screens.push_back(whom);
    pack.screens.push_back(how_much);
    pack.screens.push_back(menu_of("give", {{"1", acts("transfer")}}, screen_kind::confirmation));
    pack.screens.push_back(menu_of("services", {{"1", leads_to("service", 1, "beep")},
                                                {"2", leads_to("service", 1, "hush")},
                                                {"3", acts("list_services")},
                                                {"4", acts("show_tariff")},
                                                {"5", leads_to("tariff", 1, "wide")},
                                                {"6", acts("show_packages")},
                                                {"7", leads_to("package", 1, "talk")}}));
    pack.screens.push_back(menu_of("service", {{"1", leads_to("connect")}, {"2", leads_to("disconnect")}}));
    pack.screens.push_back(menu_of("connect", {{"1", acts("connect_service")}}, screen_kind::confirmation));
    pack.screens.push_back(
        menu_of("disconnect", {{"1", acts("disconnect_service")}}, screen_kind::confirmation));
    pack.screens.push_back(menu_of("tariff", {{"1", acts("change_tariff")}}, screen_kind::confirmation));
    pack.screens.push_back(menu_of("package", {{"1", leads_to("buy")}, {"2", leads_to("stop")}}));
    pack.screens.push_back(menu_of("buy", {{"1", acts("buy_package")}}, screen_kind::confirmation));
    pack.screens.push_back(menu_of("stop", {{"1", acts("stop_package")}}, screen_kind::confirmation));
    pack.screens.push_back(menu_of("loan", {{"1", acts("take_promise")}}, screen_kind::confirmation));

    draft_short_number passwords;
    passwords.numbers = {{"000110", {"menus.toml", 5}}, {"0001100", {"menus.toml", 5}}};
    passwords.keywords = {{"00", acts("issue_password")},
                          {"CALL", acts("call_back")},
                          {"GIVE", acts("transfer")},
                          {"LOST", acts("block_number")}};
    passwords.empty = acts("issue_password");
    passwords.help = {"help", {"menus.toml", 6}};
    draft_short_number own_passwords;
    own_passwords.numbers = {{"000105", {"menus.toml", 7}}};
    own_passwords.keywords = {{"PAS", acts("choose_password")}, {"S", says("closed")}};
    own_passwords.help = {"help", {"menus.toml", 8}};
    pack.short_numbers = {passwords, own_passwords};
    return pack;
}

const definition& sample_pack() {
    static const definition made = define(sample_draft());
    return made;
}

void put_text(draft& pack, std::size_t language_at, std::string name, std::string words) {
    std::vector<draft_text>& texts = pack.languages.at(language_at).texts;
    const auto found = std::ranges::find(texts, name, &draft_text::name);
    if (found != texts.end())
        found->words = std::move(words);
    else
        texts.push_back({std::move(name), std::move(words), {"text.toml", 7}});
    std::ranges::sort(texts, {}, &draft_text::name);
}

fingerprint summing_fingerprinter::take(const secret& entry) const {
    fingerprint sum{};
    for (std::size_t at = 0; at < entry.reveal().size(); ++at)
        sum.at(at % sum.size()) = static_cast<std::uint8_t>(sum.at(at % sum.size()) + entry.reveal()[at]);
    return sum;
}

step type(const place& at, std::string_view typed, const definition& pack) {
    return enter(pack, at, typed, subscriber, summing_fingerprinter{});
}

std::string seen(const step& taken, const definition& pack) {
    if (const auto* asked = std::get_if<perform>(&taken))
        return "perform " + std::string{name_of(asked->asked)};
    if (std::holds_alternative<inquire>(taken))
        return "inquire";
    const auto text = std::holds_alternative<show>(taken) ? render(pack, std::get<show>(taken).at)
                                                          : render(pack, std::get<end>(taken));
    return text ? std::string{view(*text)} : text.error().message();
}

} // namespace kabinet::menus
