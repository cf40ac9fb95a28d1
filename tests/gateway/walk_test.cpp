#include "gateway/walk.hpp"

#include "tests/menus/sample_pack.hpp"

#include <doctest/doctest.h>

namespace walk_test {

using namespace kabinet;
using namespace kabinet::gateway;
using menus::english;
using menus::russian;

namespace {

constexpr utc_time noon{std::chrono::sys_days{std::chrono::year{2025} / 11 / 21} + std::chrono::hours{9}};

/// Someone at the terminal.
class walker {
  public:
    explicit walker(menus::draft pack = menus::sample_draft(), language reads = english)
        : walk_{menus::define(pack), menus::subscriber, reads, noon} {}

    /// All that is answered, as one text.
    std::string types(std::string_view line) {
        std::string said;
        for (const std::string& one : walk_.take(line))
            said += one + '\n';
        return said;
    }

    [[nodiscard]] const walk& at() const { return walk_; }

  private:
    walk walk_;
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a dialled code shows its screen as a handset would, with what it takes and where it is") {
    walker one;
    CHECK(one.at().asks_for() == "dial");
    CHECK(one.types("*105*7#") == "  ┌\n"
                                  "  │ Password\n"
                                  "  │ 1 New\n"
                                  "  │ 2 Your own\n"
                                  "  │ 0 Back\n"
                                  "  └ 32/160  *105*7#\n");
    CHECK(one.at().asks_for() == "entry");
}

TEST_CASE("entries walk on, back and out, and then another code may be dialled") {
    walker one{menus::sample_draft(), russian};
    CHECK(has(one.types("*105#"), "9 Далее"));
    CHECK(has(one.types("9"), "8 Прочее"));
    CHECK(has(one.types("5"), "Нет такого пункта."));
    CHECK(has(one.types("7"), "*105*7#"));
    CHECK(has(one.types("00"), "*105#"));
    const std::string last = one.types("0");
    CHECK(has(last, "До свидания: *105#"));
    CHECK(has(last, "18/80  the end"));
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("*105*7#"), "1 Новый"));
}

TEST_CASE("nothing dialled is nothing, and an unknown code is told what the pack tells it") {
    walker one;
    CHECK(one.types("  ").empty());
    const std::string told = one.types("*999#");
    CHECK(has(told, "No such code."));
    CHECK(has(told, "the end"));
}

TEST_CASE("an action isn't done: its outcomes are listed and the chosen one is shown, by SMS too") {
    walker one;
    const std::string listed = one.types("*105*00#");
    CHECK(has(listed, "would do: issue_password\n"));
    CHECK(has(listed, "  1 issued  2 replaced  3 replaced_chosen"));
    CHECK(one.at().asks_for() == "outcome");
    const std::string shown = one.types(" 1 ");
    CHECK(has(shown, "  │ Password: examp1es\n  │ Login 9261112233, until 22 Nov 12:00\n"));
    CHECK(has(shown, "/160  the end\n"));
    CHECK(has(shown, "  ┌ SMS\n  │ Password: examp1es\n"));
    CHECK(one.at().asks_for() == "dial");
}

TEST_CASE("what is no number of an outcome chooses none") {
    walker one;
    static_cast<void>(one.types("*105*00#"));
    for (const char* wrong : {"", "00", "99", "issued", "1x", "-1", "99999999999999999999999"}) {
        CHECK(has(one.types(wrong), "a number from 1 to 12 chooses, 0 goes back"));
        CHECK(one.at().asks_for() == "outcome");
    }
    CHECK(has(one.types("2"), "Password: examp1es"));
}

TEST_CASE("whoever chose none of the outcomes, or saw the last screen, goes back to where it was asked") {
    walker one;
    static_cast<void>(one.types("*105*7#"));
    CHECK(has(one.types("1"), "what came of it? 0 goes back\n"));
    CHECK(has(one.types("0"), "  │ 1 New\n"));
    CHECK(one.at().asks_for() == "entry");
    static_cast<void>(one.types("1"));
    CHECK(has(one.types("1"), "the end; 0 goes back to where it was asked\n"));
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("0"), "  │ 1 New\n"));
    CHECK(has(one.types("0"), "*105#")); // on, as in any dialogue
    static_cast<void>(one.types("0"));
    CHECK(has(one.types("0"), "No such code.")); // that end was asked for
}

TEST_CASE("what a dialled code does leads back to no screen") {
    walker one;
    static_cast<void>(one.types("*105*7#"));
    static_cast<void>(one.types("00"));
    static_cast<void>(one.types("0"));
    static_cast<void>(one.types("*105*00#"));
    CHECK(has(one.types("0"), "nothing came of it"));
    CHECK(one.at().asks_for() == "dial");
    static_cast<void>(one.types("*105*00#"));
    CHECK_FALSE(has(one.types("1"), "goes back"));
}

TEST_CASE("what isn't on a screen is told with the reason") {
    menus::draft pack = menus::sample_draft();
    for (std::size_t in : {0U, 1U})
        menus::put_text(pack, in, "nav.hidden", "{code}");
    pack.screens[0].items[1].leads.when = "promise and not language ru";
    walker one{pack};
    CHECK_FALSE(has(one.types("*105#"), "isn't there"));
    static_cast<void>(one.types("0"));
    static_cast<void>(one.types("facts not promise"));
    CHECK(has(one.types("*105#"), "  2 isn't there: it wants promise and not language ru\n"));
}

TEST_CASE("of an offer that isn't sold any more that is told") {
    menus::draft pack = menus::sample_draft();
    std::ranges::find(pack.wares, "beep", &menus::draft_ware::name)->is_sold = false;
    walker one{pack};
    CHECK(has(one.types("*105*12*1#"),
              "  beep isn't sold any more: whoever has it keeps it, and may let it go here\n"));
    walker sold;
    CHECK_FALSE(has(sold.types("*105*12*1#"), "isn't sold"));
}

TEST_CASE("the dialogue goes on after an outcome where the pack has it stay, in the language just chosen") {
    walker one{menus::sample_draft(), russian};
    static_cast<void>(one.types("*105#"));
    CHECK(has(one.types("6"), "would do: set_language en\n"));
    CHECK(has(one.types("1"), "  │ Language: English\n  │ 0 Back\n"));
    CHECK(has(one.types("0"), "Balance 120.50 RUB"));
    static_cast<void>(one.types("0"));
    CHECK(has(one.types("*105*7#"), "Your own"));
}

TEST_CASE("a language that could not be set is not spoken") {
    walker one{menus::sample_draft(), russian};
    static_cast<void>(one.types("*105*6#"));
    CHECK(has(one.types("5"), "Позже."));
    CHECK(has(one.types("0"), "Баланс"));
}

TEST_CASE("a password that is typed is never among the answers") {
    walker one;
    const std::string asked = one.types("*105*01#");
    CHECK(has(asked, "New password:"));
    CHECK(one.at().awaits_secret());
    std::string all = one.types("Kx7!wobble");
    CHECK(has(all, "Once more:"));
    CHECK(one.at().awaits_secret());
    all += one.types("Kx7!wobbl");
    CHECK(has(all, "They differ."));
    all += one.types("Kx7!wobble") + one.types("Kx7!wobble");
    CHECK_FALSE(one.at().awaits_secret());
    CHECK(has(all, "would do: choose_password\n"));
    CHECK_FALSE(has(all, "too_short")); // the prompt itself says that
    all += one.types("1");
    CHECK(has(all, "It is set."));
    CHECK_FALSE(has(all, "wobb"));
}

TEST_CASE("a password that breaks a rule is answered as the pack has it, asked for or dialled") {
    walker asked;
    static_cast<void>(asked.types("*105*01#"));
    CHECK(has(asked.types("abc"), "Under 8."));
    CHECK(asked.at().awaits_secret());

    menus::draft pack = menus::sample_draft();
    pack.passwords.may_be_dialled = true;
    walker dialled{pack};
    const std::string told = dialled.types("*105*01*abc#");
    CHECK(has(told, "Under 8."));
    CHECK(has(told, "the end"));
    CHECK(has(dialled.types("*105*01*longenough7#"), "would do: choose_password"));
}

TEST_CASE("the archive is shown with examples of operations") {
    walker one;
    static_cast<void>(one.types("*105*8#"));
    const std::string shown = one.types("1");
    CHECK(has(shown, "21 Nov 11:00 password issued, USSD"));
    CHECK(has(shown, "the end"));
}

TEST_CASE("whoever begins is told the pack, the language and the number") {
    const walker one;
    REQUIRE(one.at().begin().size() == 1);
    CHECK(has(one.at().begin().front(), "sample, in en, as 79261112233"));
}

TEST_CASE("who walks says what is to hold of him, and items come and go with it") {
    menus::draft pack = menus::sample_draft();
    menus::put_text(pack, 0, "nav.hidden", "Нет: {code}");
    menus::put_text(pack, 1, "nav.hidden", "Not now: {code}");
    pack.screens[0].items[1].leads.when = "promise";
    walker one{pack};
    CHECK(has(one.types("*105#"), "2 Top up"));
    CHECK(has(one.types("0"), "the end"));
    CHECK(has(one.types("facts not promise"), "that is so from now on"));
    CHECK_FALSE(has(one.types("*105#"), "2 Top up"));
    CHECK(has(one.types("2"), "3 Promised payment")); // the menu again
    CHECK(has(one.types("0"), "the end"));
    CHECK(has(one.types("*105*2#"), "Not now: *105#"));
    CHECK(has(one.types("facts promise"), "that is so from now on"));
    CHECK(has(one.types("*105*2#"), "would do: issue_password"));
    CHECK(has(one.types("1"), "the end"));
    CHECK(has(one.types("facts two_step"), "no item asks about two_step"));
    CHECK(has(one.types("facts weather"), "there are these facts: language en, "));
    CHECK(has(one.types("facts promise or"), "there are these facts"));
    CHECK(has(one.types("facts promise and"), "facts are written as in a condition"));
    CHECK(has(one.types("facts"), "nothing is known"));
    CHECK(has(one.types("*105#"), "2 Top up"));
}

TEST_CASE("who walks says what he has of what is sold: of one offer, or of whatever a menu asks about") {
    menus::draft pack = menus::sample_draft();
    menus::put_text(pack, 0, "nav.hidden", "Нет: {code}");
    menus::put_text(pack, 1, "nav.hidden", "Not now: {code}");
    const auto service = std::ranges::find(pack.screens, "service", &menus::draft_screen::name);
    service->items[0].leads.when = "not connected";
    service->items[1].leads.when = "connected";
    walker one{pack};
    const auto leave = [&] {
        static_cast<void>(one.types("00"));
        CHECK(has(one.types("0"), "the end"));
    };
    CHECK(has(one.types("*105*12*1#"), "1 Connect"));
    leave();
    CHECK(has(one.types("facts has beep"), "that is so from now on"));
    const auto had = one.types("*105*12*1#");
    CHECK(has(had, "Ring-back is on, 50"));
    CHECK(has(had, "2 Disconnect"));
    CHECK_FALSE(has(had, "1 Connect"));
    CHECK(has(one.types("0"), "1 Ring-back"));
    const auto other = one.types("2");
    CHECK(has(other, "Silence: 0 and 0"));
    CHECK(has(other, "1 Connect"));
    CHECK_FALSE(has(other, "2 Disconnect"));
    leave();
    CHECK(has(one.types("*105*12*2*2#"), "Not now: *105*12*2#"));
    CHECK(has(one.types("facts connected"), "that is so from now on"));
    CHECK(has(one.types("*105*12*2*1#"), "Not now: *105*12*2#"));
    CHECK(has(one.types("facts has wide"), "no item asks about has wide"));
    CHECK(has(one.types("facts has small"), "there are these facts"));
}

TEST_CASE("an SMS is walked like a code: what would be done is said, and what came of it is an SMS") {
    walker one;
    CHECK(has(one.types("sms 000110 00"), "would do: issue_password"));
    CHECK(one.at().asks_for() == "outcome");
    const std::string told = one.types("1");
    CHECK(has(told, "┌ SMS"));
    CHECK(told.find("┌") == told.rfind("┌")); // no screen beside it
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("sms 000110"), "would do: issue_password")); // an empty one
    CHECK(has(one.types("0"), "nothing came of it"));
}

TEST_CASE("an SMS that isn't understood is answered with help, one that is only told with its text") {
    walker one;
    CHECK(has(one.types("sms 000110 what is this"), "│ Help: "));
    CHECK(has(one.types("sms 000105 S"), "│ Closed."));
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("sms 000105 PAS short"), "┌ SMS"));
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("sms 999 hello"), "no SMS to 999 is the pack's; these are: 000110 0001100 000105"));
}

TEST_CASE("what is agreed to by SMS is walked in two: the terms with a code, and the code") {
    walker one;
    CHECK(has(one.types("sms 000110 4172"), "│ Not that code."));
    CHECK(has(one.types("sms 000110 GIVE 9262223344 50"), "│ 50 to 9262223344, fee 5. Reply: 4172"));
    CHECK(one.at().asks_for() == "dial");
    CHECK(has(one.types("sms 000110 4172"), "would do: transfer"));
    CHECK(has(one.types("1"), "┌ SMS"));
    CHECK(has(one.types("sms 000110 GIVE 50"), "│ GIVE, number, amount"));
}

} // namespace walk_test
