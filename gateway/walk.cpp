#include "gateway/walk.hpp"

#include "gateway/perform_words.hpp"
#include "gateway/walk_absences.hpp"
#include "menus/commands.hpp"
#include "menus/entry.hpp"
#include "menus/fit.hpp"
#include "menus/password_rules.hpp"
#include "menus/typed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

namespace kabinet::gateway {

using menus::action_kind;
using menus::channel;
using menus::outcome_row;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t columns = 100;
constexpr std::string_view facts_word = "facts";
constexpr std::string_view sms_word = "sms ";
constexpr std::string_view back_key = "0"; // as on a screen

/// Tells two entries apart; neither leaves this process.
class plain_fingerprinter final : public menus::fingerprinter {
  public:
    [[nodiscard]] menus::fingerprint take(const secret& entry) const override {
        std::size_t hash = std::hash<std::string_view>{}(entry.reveal());
        menus::fingerprint taken{};
        for (std::size_t at = 0; at < sizeof hash; ++at, hash >>= 8U)
            taken.at(at) = static_cast<std::uint8_t>(hash & 0xFFU);
        return taken;
    }
};

void add_lines(std::string_view text, walk::lines& to) {
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        to.push_back("  │ " + std::string{text.substr(from, end - from)});
        from = end + 1;
    }
}

std::string describe(const menus::length& is) {
    return fmt::format("{}/{}", is.used, is.most);
}

/// A screen or an SMS, framed; under it what it takes and `remark`.
template <class Text>
walk::lines frame(std::string_view heading, const boost::system::result<Text>& text,
                  const std::function<menus::length(std::string_view)>& measure, std::string_view remark) {
    if (!text)
        return {fmt::format("  it can't be written: {}", text.error().message())};
    walk::lines framed{fmt::format("  ┌{}{}", heading.empty() ? "" : " ", heading)};
    add_lines(view(*text), framed);
    framed.push_back(
        fmt::format("  └ {}{}{}", describe(measure(view(*text))), remark.empty() ? "" : "  ", remark));
    return framed;
}

walk::lines join(walk::lines first, walk::lines second) {
    std::ranges::move(second, std::back_inserter(first));
    return first;
}

/// `1 issued  2 replaced`, as many as a line of the terminal takes.
walk::lines list(const std::vector<const outcome_row*>& rows) {
    walk::lines listed;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const std::string item = fmt::format("  {} {}", at + 1, rows[at]->outcome);
        if (listed.empty() || listed.back().size() + item.size() > columns)
            listed.emplace_back();
        listed.back() += item;
    }
    return listed;
}

std::string describe(const menus::action& asked) {
    const auto* set = std::get_if<menus::set_language>(&asked);
    return fmt::format("{}{}{}", menus::name_of(asked), set == nullptr ? "" : " ",
                       set == nullptr ? "" : set->chosen.code());
}

} // namespace

walk::walk(menus::definition pack, msisdn who, language reads, utc_time now)
    : pack_{std::move(pack)}
    , who_{who}
    , reads_{reads}
    , examples_{who, now}
    , assumed_{{}, {}, menus::sources::all()} {}

walk::lines walk::begin() const {
    return {fmt::format("{}, in {}, as {}. Nothing is done. Dial a code, or text: sms NUMBER WORDS. End of "
                        "input (Ctrl-D) leaves.",
                        pack_.name, reads_.code(), who_.text())};
}

std::string_view walk::asks_for() const {
    if (std::holds_alternative<undialled>(stands_))
        return "dial";
    return std::holds_alternative<menus::place>(stands_) ? "entry" : "outcome";
}

bool walk::awaits_secret() const {
    const auto* at = std::get_if<menus::place>(&stands_);
    const menus::screen* here = at == nullptr ? nullptr : menus::find_screen(pack_, *at);
    return here != nullptr && here->kind == menus::screen_kind::prompt;
}

walk::lines walk::take(std::string_view typed) {
    if (std::holds_alternative<outcome_awaited>(stands_))
        return choose(typed);
    if (const auto* at = std::get_if<menus::place>(&stands_))
        return follow(menus::enter(pack_, *at, typed, who_, plain_fingerprinter{}));
    const std::string_view dialled = menus::trim(typed);
    if (dialled.empty())
        return {};
    if (const auto before = std::get<undialled>(stands_).before; before && dialled == back_key)
        return show(*before);
    seen_.reset();
    if (dialled.starts_with(facts_word))
        return assume(menus::trim(dialled.substr(facts_word.size())));
    if (dialled.starts_with(sms_word))
        return send(menus::trim(dialled.substr(sms_word.size())));
    return follow(menus::dial(pack_, dialled, reads_, assumed_));
}

/// Without any nothing is known again.
walk::lines walk::assume(std::string_view typed) {
    menus::knowledge made{{}, {}, menus::sources::all()};
    if (typed.empty()) {
        assumed_ = made;
        return {"  nothing is known of who walks: every item is there"};
    }
    const menus::fact_keys keys = menus::keys_of(pack_);
    const auto written = menus::parse_condition(typed);
    for (const menus::fact_words& each : written.value_or(std::vector<menus::fact_words>{})) {
        const auto found = menus::find_fact(each, keys);
        if (!found)
            return {fmt::format("  there are these facts: {}", menus::list_fact_words())};
        const menus::fact_set asked = bits_of(*found);
        if (asked.empty())
            return {
                fmt::format("  no item asks about {}{}{}", each.word, each.key.empty() ? "" : " ", each.key)};
        if (each.holds)
            made.facts = made.facts | asked;
    }
    if (!written)
        return {"  facts are written as in a condition: two_step and level own"};
    made.known = menus::sources::all();
    assumed_ = made;
    return {"  that is so from now on, and nothing else"};
}

/// The words may be none: an empty SMS.
walk::lines walk::send(std::string_view number_and_words) {
    const menus::split_text typed = menus::split(number_and_words);
    auto read = menus::read_command(pack_, typed.first, typed.rest);
    if (!read) {
        lines said{fmt::format("  no SMS to {} is the pack's; these are:", typed.first)};
        for (const menus::short_number& each : pack_.short_numbers)
            said.back() += ' ' + each.number;
        return said;
    }
    if (read->asks_first)
        return ask_first(read->asked);
    if (asked_ && view(read->reply) == examples_.reply().reveal())
        read->asked = action_of(*asked_);
    menus::perform asked{std::move(read->asked), {}, {}};
    asked.from.reads = reads_;
    if (const auto* told = std::get_if<menus::tell>(&asked.asked))
        return frame_sms(view(menus::name_text(view(told->text), channel::sms)), {}, 1);
    return perform(std::move(asked), true);
}

walk::lines walk::ask_first(const menus::action& asked) {
    asked_ = proposal_of(asked);
    const outcome_row& row = *menus::find_outcome(menus::kind_of(asked), outcome_words::terms);
    menus::fields known = examples_.at(pack_, {}, {});
    known.password = &examples_.reply();
    if (const auto* given = std::get_if<menus::transfer>(&asked)) {
        known.amount = given->amount;
        known.fee = given->fee;
        known.party = given->to;
    }
    return frame_sms(view(menus::name_text(menus::name_of(asked), row.outcome, channel::sms)), known,
                     row.sms_parts);
}

/// Of `connected` whatever a menu may ask about.
menus::fact_set walk::bits_of(const menus::fact& named) const {
    menus::fact_set bits;
    if (named.kind == menus::fact_kind::connected)
        for (const menus::fact_set& each : pack_.facts_of_offers)
            bits = bits | each;
    for (std::size_t at = 0; at < pack_.facts.size(); ++at)
        if (pack_.facts[at] == named)
            bits = bits | menus::fact_set::of(at);
    return bits;
}

walk::lines walk::follow(menus::step taken) {
    if (const auto* shown = std::get_if<menus::show>(&taken))
        return show(shown->at);
    if (const auto* ended = std::get_if<menus::end>(&taken))
        return end(*ended);
    return perform(std::get<menus::perform>(std::move(taken)));
}

walk::lines walk::show(const menus::place& shown) {
    menus::place at = shown;
    menus::learn(pack_, at, assumed_);
    stands_ = at;
    seen_ = at;
    const auto code = menus::write_code(pack_, at);
    return join(frame(
                    {}, menus::render(pack_, at, examples_.at(pack_, at, view(code))),
                    [this](std::string_view text) { return menus::measure_screen(text, pack_.screen); },
                    view(code)),
                tell_absences(pack_, at));
}

walk::lines walk::end(const menus::end& last) {
    stands_ = undialled{};
    return frame(
        {}, menus::render(pack_, last),
        [this](std::string_view text) { return menus::measure_screen(text, pack_.screen); }, "the end");
}

walk::lines walk::perform(menus::perform asked, bool by_sms) {
    const action_kind kind = menus::kind_of(asked.asked);
    menus::refusal refused = menus::refusal::none; // of what was dialled; a prompt asks again
    if (const auto* choose = std::get_if<menus::choose_password>(&asked.asked))
        refused = menus::examine_password(choose->chosen, pack_.passwords, who_);
    if (const auto* voucher = std::get_if<menus::top_up>(&asked.asked))
        refused = menus::examine_voucher(voucher->code, pack_.vouchers);
    outcome_awaited awaited{std::move(asked), by_sms, {}};
    if (refused != menus::refusal::none)
        return tell(awaited, *menus::find_outcome(kind, menus::name_of(refused)));
    for (const outcome_row& row : menus::all_outcomes())
        if (row.of == kind && !row.refuses_entry && !row.of_reply &&
            (!row.of_idle || pack_.accounts.idle_after))
            awaited.may_come.push_back(&row);
    lines said = join({"  would do: " + describe(awaited.asked.asked), "  what came of it? 0 goes back"},
                      list(awaited.may_come));
    stands_ = std::move(awaited);
    return said;
}

walk::lines walk::choose(std::string_view typed) {
    const auto& awaited = std::get<outcome_awaited>(stands_);
    typed = menus::trim(typed);
    if (typed == back_key)
        return go_back();
    std::size_t chosen = 0;
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), chosen);
    const bool is_number = read.ec == std::errc{} && read.ptr == typed.data() + typed.size();
    if (!is_number || chosen == 0 || chosen > awaited.may_come.size())
        return {fmt::format("  a number from 1 to {} chooses, 0 goes back", awaited.may_come.size())};
    const outcome_awaited taken = std::move(std::get<outcome_awaited>(stands_));
    return tell(taken, *taken.may_come[chosen - 1]);
}

/// To the screen that it was asked at, as if nothing had been; a code that was dialled has none.
walk::lines walk::go_back() {
    if (seen_)
        return show(*seen_);
    stands_ = undialled{};
    return {"  nothing came of it"};
}

walk::lines walk::tell(const outcome_awaited& of, const outcome_row& came) {
    const menus::perform& done = of.asked;
    const auto* set = std::get_if<menus::set_language>(&done.asked);
    if (set != nullptr && came.outcome == "set")
        reads_ = set->chosen;
    const auto code = menus::write_code(pack_, done.from);
    menus::fields known = examples_.at(pack_, done.from, view(code));
    const std::vector<menus::holding> holdings = examples_.listed_by(came.of, pack_);
    known.holdings = holdings;
    known.count = holdings.empty() ? known.count : holdings.size();
    lines said;
    if (of.by_sms)
        stands_ = undialled{};
    else
        said = tell_on_screen(done, came, known);
    if (!of.by_sms && !pack_.wants_sms(came.of, came.outcome))
        return said;
    const menus::text_name by_sms = menus::name_text(menus::name_of(came.of), came.outcome, channel::sms);
    return join(std::move(said), frame_sms(view(by_sms), known, came.sms_parts));
}

walk::lines walk::tell_on_screen(const menus::perform& done, const outcome_row& came,
                                 const menus::fields& known) {
    const auto measure = [this](std::string_view text) { return menus::measure_screen(text, pack_.screen); };
    const menus::text_name on_screen =
        menus::name_text(menus::name_of(came.of), came.outcome, channel::screen);
    if (!done.back) {
        stands_ = undialled{seen_};
        return frame({}, menus::render(pack_, view(on_screen), reads_, known), measure,
                     seen_ ? "the end; 0 goes back to where it was asked" : "the end");
    }
    menus::place back = *done.back;
    back.reads = reads_;
    stands_ = back;
    const auto code = menus::write_code(pack_, done.from);
    return frame({}, menus::render_outcome(pack_, view(on_screen), back, known), measure, view(code));
}

walk::lines walk::frame_sms(std::string_view text, const menus::fields& known, std::uint8_t parts) const {
    return frame("SMS", menus::render_sms(pack_, text, reads_, known),
                 [=](std::string_view words) { return menus::measure_sms(words, parts); }, {});
}

} // namespace kabinet::gateway
