// Items that aren't there for everybody: what is shown, what may be typed and dialled, and who is asked
// first.
#include "menus/machine.hpp"
#include "menus/page.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace hidden_items_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

draft hiding_draft(std::initializer_list<std::pair<const char*, const char*>> conditions) {
    draft pack = sample_draft();
    for (std::size_t at = 0; at < pack.languages.size(); ++at)
        put_text(pack, at, "nav.hidden", at == 0 ? "Нет у вас. Есть: {code}" : "Not for you: {code}");
    for (draft_item& item : pack.screens.front().items)
        for (const auto& [key, when] : conditions)
            if (item.key == key)
                item.leads.when = when;
    return pack;
}

definition hiding(std::initializer_list<std::pair<const char*, const char*>> conditions) {
    const draft pack = hiding_draft(conditions);
    REQUIRE(validate(pack).empty());
    return define(pack);
}

/// All were asked, and these facts hold.
knowledge knowing(const definition& pack, std::initializer_list<fact> holding) {
    knowledge made{{}, sources::all(), sources::all()};
    for (const fact& each : holding)
        made.facts =
            made.facts |
            fact_set::of(static_cast<std::size_t>(std::ranges::find(pack.facts, each) - pack.facts.begin()));
    return made;
}

constexpr fact promise{fact_kind::promise, 0};
constexpr fact points{fact_kind::points, 0};
constexpr fact own_level{fact_kind::level, static_cast<std::uint16_t>(access_level::own_number)};

place shown(const step& taken) {
    REQUIRE(std::holds_alternative<show>(taken));
    return std::get<show>(taken).at;
}

std::string text_of(const definition& pack, const place& at) {
    const auto text = render(pack, at);
    return text ? std::string{view(*text)} : text.error().message();
}

/// Connect where it isn't, disconnect where it is; of the tariff in the list, whether it is had.
const definition& selling() {
    static const definition made = [] {
        draft pack = hiding_draft({});
        const auto items = [&](std::string_view screen) -> std::vector<draft_item>& {
            return std::ranges::find(pack.screens, screen, &draft_screen::name)->items;
        };
        items("service")[0].leads.when = "not connected";
        items("service")[1].leads.when = "connected";
        items("services")[4].leads.when = "not connected"; // wide
        items("services")[2].leads.when = "has talk";
        REQUIRE(validate(pack).empty());
        return define(pack);
    }();
    return made;
}

/// Of the sample's offers, by their index.
constexpr fact beep{fact_kind::has, 1}, hush{fact_kind::has, 2}, wide{fact_kind::has, 4},
    talk{fact_kind::has, 5};

} // namespace

TEST_CASE("an item that is away leaves its number to nobody") {
    const definition pack = hiding({{"2", "not promise"}, {"3", "promise"}});
    place at = shown(dial(pack, "*105#", english));
    learn(pack, at, knowing(pack, {promise}));
    CHECK(text_of(pack, at) ==
          "Balance 120.50 RUB\n1 Balance, bonus\n3 Promised payment\n4 Spending\n6 Services, tariff\n"
          "7 Password, login\n8 More\n0 Exit");
    learn(pack, at, knowing(pack, {}));
    CHECK(text_of(pack, at).starts_with("Balance 120.50 RUB\n1 Balance, bonus\n2 Top up\n4 Spending\n"));
}

TEST_CASE("the number of an item that is away is a wrong choice") {
    const definition pack = hiding({{"2", "not promise"}, {"3", "promise"}});
    place at = shown(dial(pack, "*105#", english));
    learn(pack, at, knowing(pack, {promise}));
    const place wrong = shown(type(at, "2", pack));
    CHECK(wrong.wrong == 1);
    CHECK(text_of(pack, wrong).find("2 Top up") == std::string::npos);
    CHECK(seen(type(at, "3", pack), pack).starts_with("Order for 5 RUB?"));
}

TEST_CASE("where nobody was asked or nobody answered every item is there") {
    const definition pack = hiding({{"2", "not promise"}, {"3", "promise"}});
    place at = shown(dial(pack, "*105#", english));
    CHECK(text_of(pack, at).find("2 Top up\n3 Promised payment") != std::string::npos);
    learn(pack, at, {{}, {}, sources::all()});
    CHECK(text_of(pack, at).find("2 Top up\n3 Promised payment") != std::string::npos);
    CHECK(seen(type(at, "2", pack), pack) == "perform issue_password");
}

TEST_CASE("only those are asked who know it, once, and again after something was done") {
    const definition pack = hiding({{"2", "not promise"}, {"3", "level own and promise"}});
    place at = shown(dial(pack, "*105#", russian));
    CHECK(wanted_at(pack, at) == (sources{fact_source::purse} | fact_source::account));
    learn(pack, at, {{}, fact_source::purse, fact_source::purse});
    CHECK(wanted_at(pack, at) == sources{fact_source::account});
    learn(pack, at, {{}, {}, fact_source::account}); // who doesn't answer isn't asked again
    CHECK(wanted_at(pack, at).empty());
    const place below = shown(type(at, "7", pack));
    CHECK(wanted_at(pack, below).empty());
    CHECK(wanted_at(pack, shown(type(below, "0", pack))).empty());
    const step done = type(at, "6", pack); // it stays
    const place told = std::get<perform>(done).back.value();
    CHECK(seen(type(told, "2", pack), pack) == "perform issue_password");
    CHECK(wanted_at(pack, shown(type(told, "0", pack))) ==
          (sources{fact_source::purse} | fact_source::account));
}

TEST_CASE("what is typed after an outcome is held against what the menu showed") {
    const definition pack = hiding({{"2", "promise"}});
    place at = shown(dial(pack, "*105#", russian));
    learn(pack, at, knowing(pack, {}));
    const place told = std::get<perform>(type(at, "6", pack)).back.value();
    const place wrong = shown(type(told, "2", pack));
    CHECK(wrong.wrong == 1);
    CHECK_FALSE(wanted_at(pack, wrong).empty());
}

TEST_CASE("a condition on the language needs nobody") {
    const definition pack = hiding({{"2", "language en"}, {"6", "not language en"}});
    const place at = shown(dial(pack, "*105#", english));
    CHECK(wanted_at(pack, at).empty());
    CHECK(text_of(pack, at).find("2 Top up") != std::string::npos);
    CHECK(text_of(pack, at).find("6 ") == std::string::npos);
    CHECK(text_of(pack, shown(dial(pack, "*105#", russian))).find("2 ") == std::string::npos);
    CHECK(seen(dial(pack, "*105*2#", russian), pack) == "Нет у вас. Есть: *105#");
    CHECK(seen(dial(pack, "*105*2#", english), pack) == "perform issue_password");
}

TEST_CASE("a page of which nothing is left is passed over, both ways") {
    // the Russian menu has 1 to 3 on its first page and 4 to 8 on its second
    const definition pack = hiding({{"4", "promise"}, {"6", "promise"}, {"7", "promise"}, {"8", "promise"}});
    place at = shown(dial(pack, "*105#", russian));
    learn(pack, at, knowing(pack, {}));
    CHECK(text_of(pack, at).ends_with("3 Обещ. платеж\n0 Выход"));
    CHECK(shown(type(at, "9", pack)).wrong == 1);
    learn(pack, at, knowing(pack, {promise}));
    CHECK(text_of(pack, at).ends_with("3 Обещ. платеж\n9 Далее\n0 Выход"));
    place second = shown(type(at, "9", pack));
    CHECK(second.page == 1);
    learn(pack, second, knowing(pack, {})); // it went away meanwhile
    CHECK(second.page == 0);
}

TEST_CASE("a first page without items keeps its head and leads on") {
    const definition pack = hiding({{"1", "points"}, {"2", "points"}, {"3", "points"}});
    place at = shown(dial(pack, "*105#", russian));
    learn(pack, at, knowing(pack, {}));
    CHECK(text_of(pack, at) == "Баланс 120,50 р.\n9 Далее\n0 Выход");
    const place second = shown(type(at, "9", pack));
    CHECK(text_of(pack, second).starts_with("4 Расходы\n"));
    CHECK(shown(type(second, "0", pack)).page == 0);
}

TEST_CASE("the other head stands over a menu whose items may be away, too") {
    draft drawn = hiding_draft({{"2", "points"}});
    put_text(drawn, 1, "menu.account.head", "Balance {balance} RUB");
    for (std::size_t at = 0; at < 2; ++at)
        put_text(drawn, at, "menu.account.plain", "Account");
    REQUIRE(validate(drawn).empty());
    const definition pack = define(drawn);
    place at = shown(dial(pack, "*105#", english));
    CHECK(wanted_at(pack, at) == sources{fact_source::purse});
    CHECK(text_of(pack, at).starts_with("Account\n1 Balance, bonus\n2 Top up\n"));
    learn(pack, at, knowing(pack, {}));
    CHECK(wanted_at(pack, at) == sources{fact_source::purse}); // the head is of this moment
    fields known;
    known.balance = money::from_minor(500);
    CHECK(
        view(*render(pack, at, known)).starts_with("Balance 5 RUB\n1 Balance, bonus\n3 Promised payment\n"));
}

TEST_CASE("a dialled path asks before it goes through an item that may be away") {
    const definition pack = hiding({{"7", "level own"}, {"2", "points"}});
    const step first = dial(pack, "*105*7*1#", russian);
    REQUIRE(std::holds_alternative<inquire>(first));
    CHECK(std::get<inquire>(first).of == sources{fact_source::account});
    CHECK(seen(dial(pack, "*105*7*1#", russian, knowing(pack, {own_level})), pack) ==
          "perform issue_password");
    CHECK(seen(dial(pack, "*105*7*1#", russian, knowing(pack, {})), pack) == "Нет у вас. Есть: *105#");
    CHECK(seen(dial(pack, "*105*7*1#", russian, {{}, {}, sources::all()}), pack) == "perform issue_password");
    CHECK(seen(dial(pack, "*105*2#", russian, knowing(pack, {points})), pack) == "perform issue_password");
    CHECK(seen(dial(pack, "*105*1#", russian), pack).starts_with("Справка")); // no condition of its own
}

TEST_CASE("what a dialled path was told stays known behind it") {
    const definition pack = hiding({{"7", "level own"}, {"2", "points"}});
    const knowledge told{knowing(pack, {own_level}).facts, fact_source::account, fact_source::account};
    const place at = shown(dial(pack, "*105*7#", russian, told));
    const place above = shown(type(at, "0", pack));
    CHECK(wanted_at(pack, above) == sources{fact_source::purse});
}

TEST_CASE(
    "one menu serves every service: it offers to connect the one that isn't, to disconnect the one that is") {
    const definition& pack = selling();
    place list = shown(dial(pack, "*105*12#", english));
    CHECK(wanted_at(pack, list) == sources{fact_source::holdings});
    learn(pack, list, knowing(pack, {beep}));
    const place had = shown(type(list, "1", pack));
    fields known = fields_of(pack, had, {});
    known.has = holding_state::held;
    CHECK(view(*render(pack, had, known)) == "Ring-back is on, 50\n2 Disconnect\n0 Back");
    CHECK(is_connected(pack, had) == true);
    CHECK(shown(type(had, "1", pack)).wrong == 1);
    CHECK(shown(type(had, "2", pack)).depth == 2);
    const place other = shown(type(shown(type(had, "0", pack)), "2", pack)); // nobody is asked anew
    CHECK(view(*render(pack, other, fields_of(pack, other, {}))) ==
          "Silence: 0 and 0 a 30 days\n1 Connect\n0 Back");
    CHECK(is_connected(pack, other) == false);
    CHECK(shown(type(other, "2", pack)).wrong == 1);
    CHECK(shown(type(other, "1", pack)).depth == 2);
}

TEST_CASE("where nobody can tell what an account has, both are there") {
    const definition& pack = selling();
    place at = shown(dial(pack, "*105*12*1#", english));
    learn(pack, at, {{}, {}, sources::all()});
    CHECK(view(*render(pack, at, fields_of(pack, at, {}))).ends_with("\n1 Connect\n2 Disconnect\n0 Back"));
    CHECK_FALSE(is_connected(pack, at));
}

TEST_CASE("an item asks about the offer that it names itself, or about any other by its name") {
    const definition& pack = selling();
    place list = shown(dial(pack, "*105*12#", english));
    learn(pack, list, knowing(pack, {wide}));
    const place wrong = shown(type(list, "5", pack));
    CHECK(wrong.wrong == 1);
    CHECK(shown(type(wrong, "3", pack)).wrong == 2);
    learn(pack, list, knowing(pack, {talk}));
    CHECK(seen(type(list, "3", pack), pack) == "perform list_services");
    CHECK(shown(type(list, "5", pack)).depth == 1);
}

TEST_CASE("a dialled path asks what the account has, and hears of an item that it has no use for") {
    const definition& pack = selling();
    const step first = dial(pack, "*105*12*1*2#", english);
    REQUIRE(std::holds_alternative<inquire>(first));
    CHECK(std::get<inquire>(first).of == sources{fact_source::holdings});
    CHECK(seen(dial(pack, "*105*12*1*2#", english, knowing(pack, {hush})), pack) ==
          "Not for you: *105*12*1#");
    CHECK(seen(dial(pack, "*105*12*1*1#", english, knowing(pack, {beep})), pack) ==
          "Not for you: *105*12*1#");
    CHECK(seen(dial(pack, "*105*12*5#", english, knowing(pack, {wide})), pack) == "Not for you: *105*12#");
    CHECK(shown(dial(pack, "*105*12*1*2#", english, knowing(pack, {beep}))).depth == 2);
    CHECK(shown(dial(pack, "*105*12*1*2#", english, {{}, {}, sources::all()})).depth == 2);
}

TEST_CASE("a menu in between hands on the offer that it was opened with") {
    draft drawn = hiding_draft({});
    drawn.codes.push_back({"*105*16#", leads_to("about", 1, "hush")});
    drawn.screens.push_back(menu_of("about", {{"1", leads_to("service")}, {"2", leads_to("connect")}}));
    const auto service = std::ranges::find(drawn.screens, "service", &draft_screen::name);
    service->items[0].leads.when = "not connected";
    service->items[1].leads.when = "connected";
    const definition pack = define(drawn);
    place at = shown(dial(pack, "*105*16*1#", english));
    learn(pack, at, knowing(pack, {hush}));
    CHECK(is_connected(pack, at) == true);
    CHECK(shown(type(at, "1", pack)).wrong == 1);
}

} // namespace hidden_items_test
