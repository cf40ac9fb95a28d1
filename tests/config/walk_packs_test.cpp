// A full walk of each shipped pack: from every code, every item on every page, right and wrong entries at
// every prompt, every outcome of what is asked for. No way ends but where it says so, and nothing that is
// shown is more than its channel carries, with all that is filled in at its longest.
#include "config/pack_toml.hpp"
#include "menus/fit.hpp"
#include "menus/make_action.hpp"
#include "menus/outcomes.hpp"
#include "menus/page.hpp"
#include "shipped.hpp"
#include "values/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <string>
#include <tuple>

namespace walk_packs_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

constexpr msisdn walker = msisdn::from_digits(79999999999);
constexpr msisdn other = msisdn::from_digits(79888888888);

class no_fingers final : public fingerprinter {
  public:
    [[nodiscard]] fingerprint take(const secret& entry) const override {
        fingerprint made{};
        for (std::size_t at = 0; at < entry.reveal().size(); ++at)
            made.at(at % made.size()) =
                static_cast<std::uint8_t>(made.at(at % made.size()) * 31 + entry.reveal()[at]);
        return made;
    }
};

/// Where one stands, as far as the way on depends on it.
using spot = std::tuple<std::uint16_t, std::array<std::uint8_t, 8>, std::uint8_t, std::uint8_t, stage>;

spot spot_of(const place& at) {
    return {at.code, at.keys, at.depth, at.page, at.standing};
}

class walk {
  public:
    /// What is known of the walker. Nothing: every item is there.
    explicit walk(const definition& pack, language reads, const knowledge& of = {{}, {}, sources::all()})
        : pack_{pack}
        , reads_{reads}
        , of_{of} {}

    void go_everywhere() {
        for (const service_code& code : pack_.codes) {
            std::string dialled;
            for (const std::string& part : code.parts)
                dialled += '*' + part;
            follow(dial(pack_, dialled + '#', reads_, of_));
        }
        follow(dial(pack_, "*99999#", reads_, of_));
        while (!ahead_.empty()) {
            const place at = ahead_.front();
            ahead_.pop_front();
            leave(at);
        }
    }

    [[nodiscard]] std::size_t places() const { return seen_.size(); }
    [[nodiscard]] const std::set<std::string>& performed() const { return performed_; }
    [[nodiscard]] std::size_t screens_never_met() const {
        std::size_t never = 0;
        for (const screen& each : pack_.screens)
            never += met_.contains(each.name) ? 0U : 1U;
        return never;
    }

  private:
    /// Everything that can be typed there.
    void leave(const place& at) {
        const screen& here = *find_screen(pack_, at);
        std::vector<std::string> typed{"0", "7", "no such entry at all"};
        if (here.kind != screen_kind::prompt)
            typed = {"0", "00", "9", "1", "2", "3", "4", "5", "6", "7", "8", "99", ""};
        else if (here.rule == entry_rule::password)
            typed = {"0", "short", "Wobble-4071-kx", "Wobble-4071-ky"};
        else if (here.rule == entry_rule::voucher)
            typed = {"0", "12", std::string(pack_.vouchers.max_digits, '7')};
        else if (here.rule == entry_rule::number)
            typed = {"0", "12", other.text(), walker.text()};
        else
            typed = {"0", "0.001", std::to_string(pack_.transfers.max.minor() / minor_of_major)};
        bool goes_back = false;
        for (const std::string& each : typed) {
            CAPTURE(each);
            const step taken = enter(pack_, at, each, walker, no_fingers{});
            const auto* shown = std::get_if<show>(&taken);
            goes_back = goes_back || each == "0";
            if (each == "0" && shown != nullptr) // never where one stands: no circle without a way out
                CHECK(spot_of(shown->at) != spot_of(at));
            follow(taken);
        }
        CHECK(goes_back);
    }

    void follow(const step& taken) {
        if (const auto* shown = std::get_if<show>(&taken))
            return see(shown->at);
        if (const auto* ended = std::get_if<end>(&taken))
            return check_screen(render(pack_, *ended), "the end");
        const auto& asked = std::get<perform>(taken);
        const action_kind kind = kind_of(asked.asked);
        performed_.emplace(name_of(kind));
        if (kind == action_kind::tell)
            return check_text(name_text(view(std::get<tell>(asked.asked).text), channel::screen), {});
        for (const outcome_row& row : all_outcomes())
            if (row.of == kind && !row.of_reply && (!row.of_idle || pack_.accounts.idle_after))
                check_text(name_text(name_of(kind), row.outcome, channel::screen), asked.back);
        if (asked.back)
            see(*asked.back);
    }

    void see(place at) {
        learn(pack_, at, of_);
        const screen* here = find_screen(pack_, at);
        REQUIRE(here != nullptr);
        met_.insert(here->name);
        check_items(*here, at);
        for (const bool is_told_what : {true, false}) { // billing answers, or doesn't
            fields known = fields_of(pack_, at, now_);
            if (is_told_what) {
                known.balance = -most_money;
                known.points = 99'999'999'999;
            }
            const offer* const about = find_offer(pack_, at);
            if (known.amount && (about == nullptr || about->kind == offer_kind::promise))
                known.amount = most_money;
            check_screen(render(pack_, at, known), here->name);
            for (const holding_state has : {holding_state::held, holding_state::paused}) {
                known.has = has;
                check_screen(render(pack_, at, known), here->name);
            }
        }
        place unwronged = at;
        unwronged.wrong = 0;
        if (seen_.insert(spot_of(at)).second)
            ahead_.push_back(unwronged);
    }

    /// Whoever stands at a menu of items finds one.
    void check_items(const screen& here, const place& at) {
        CAPTURE(here.name);
        const bool has_any =
            std::ranges::any_of(here.items, [](const target& each) { return each.index() != 0; });
        bool is_any_there = false;
        for (std::uint8_t key = 1; key <= most_items; ++key)
            is_any_there = is_any_there || is_there(pack_, here, at, key);
        if (here.kind == screen_kind::menu && has_any)
            CHECK(is_any_there);
    }

    [[nodiscard]] money highest_fee() const {
        money fee = pack_.transfers.fee;
        for (const offer& each : pack_.offers)
            fee = std::max(fee, each.fee);
        return fee;
    }

    /// Of a list of packages or of services.
    [[nodiscard]] static std::string_view line_of(const text_name& name) {
        return view(name).starts_with("show_packages") ? "minutes" : "paid";
    }

    [[nodiscard]] title_name longest_title() const {
        title_name longest;
        std::size_t length = 0;
        for (const offer& each : pack_.offers) {
            const title_name title = title_of(each.kind, view(each.name));
            const auto text = pack_.find_text(view(title));
            const std::size_t own =
                text ? count_utf16(pack_.speak(reads_).texts[*text].pieces.front().words).value_or(0) : 0;
            if (own > length) {
                longest = title;
                length = own;
            }
        }
        return longest;
    }

    void check_text(const text_name& name, const std::optional<place>& back) {
        const secret password{"mmmmmmmm"};
        const std::array<operation, 2> done{operation{now_, "other", "staff"},
                                            operation{now_, "other", "staff"}};
        fields known;
        known.until = known.at = now_;
        known.login = known.party = walker;
        known.password = &password;
        known.balance = -most_money;
        known.points = 99'999'999'999;
        known.amount = known.income = known.spent = money::from_minor(99'999'999);
        known.fee = highest_fee();
        known.operations = done;
        const std::array<movement, 2> totals{movement{now_, "other", -most_money},
                                             movement{now_, "other", most_money}};
        known.totals = totals;
        known.title = known.other = longest_title();
        known.price = highest_fee();
        known.period = std::chrono::days{30};
        known.minutes = known.sms = known.megabytes = 9'999'999;
        known.count = 999'999;
        const std::vector<holding> held(
            9, holding{line_of(name), longest_title(), highest_fee(), 9'999'999, now_});
        known.holdings = held;
        check_screen(back ? render_outcome(pack_, view(name), *back, known)
                          : render(pack_, view(name), reads_, known),
                     view(name));
    }

    void check_screen(const boost::system::result<short_text>& text, std::string_view of) {
        CAPTURE(of);
        REQUIRE_MESSAGE(text.has_value(), (text ? "" : text.error().message()));
        const length is = measure_screen(view(*text), pack_.screen);
        CHECK_MESSAGE(is.fits(), is.used << " of " << is.most << ": " << view(*text));
    }

    const definition& pack_;
    language reads_;
    knowledge of_;
    utc_time now_{std::chrono::seconds{1'769'120'520}}; // 2026-01-22 22:22 UTC: two digits everywhere
    std::deque<place> ahead_;
    std::set<spot> seen_;
    std::set<std::string> met_;
    std::set<std::string> performed_;
};

} // namespace

TEST_CASE("every item on every page of every shipped pack leads on, and everything fits, in each language") {
    REQUIRE(config::shipped_packs().size() >= 2);
    for (const std::string& name : config::shipped_packs()) {
        CAPTURE(name);
        std::vector<finding> findings;
        const auto pack = config::load_pack(config::shipped_folder() / "operators" / name, {}, findings);
        REQUIRE(pack);
        for (const spoken_language& spoken : pack->languages) {
            CAPTURE(std::string{spoken.code.code()});
            walk everywhere{*pack, spoken.code};
            everywhere.go_everywhere();
            CHECK(everywhere.places() > 20);
            CHECK(everywhere.screens_never_met() == 0);
            CHECK(everywhere.performed().contains("take_promise"));
            CHECK(everywhere.performed().contains("transfer"));
        }
    }
}

TEST_CASE("whatever holds of a subscriber, what is left of every shipped pack leads on and fits") {
    for (const std::string& name : config::shipped_packs()) {
        CAPTURE(name);
        std::vector<finding> findings;
        const auto pack = config::load_pack(config::shipped_folder() / "operators" / name, {}, findings);
        REQUIRE(pack);
        REQUIRE_FALSE(pack->facts.empty());
        for (std::size_t holding = 0; holding <= pack->facts.size();
             ++holding) { // none, one more each time, all
            CAPTURE(holding);
            knowledge of{{}, sources::all(), sources::all()};
            for (std::size_t at = 0; at < holding; ++at)
                of.facts = of.facts | fact_set::of(at);
            for (const spoken_language& spoken : pack->languages) {
                walk everywhere{*pack, spoken.code, of};
                everywhere.go_everywhere();
                CHECK(everywhere.places() > 15);
                if (holding == 0)
                    CHECK_FALSE(everywhere.performed().contains("transfer")); // a level that nobody gave
            }
        }
    }
}

} // namespace walk_packs_test
