#include "menus/page.hpp"

#include "menus/fit.hpp"
#include "menus/outcomes.hpp"
#include "menus/page_writer.hpp"

#include <algorithm>
#include <limits>

namespace kabinet::menus {
namespace {

class page_category_type final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "kabinet.page"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<page_error>(code)) {
        case page_error::no_text:
            return "the pack has no such text";
        case page_error::no_field:
            return "the text names something that was not given";
        case page_error::no_place:
            return "the place is not of this pack";
        case page_error::too_long:
            return "the text is too long";
        }
        return "unknown page error";
    }
};

struct stood_at {
    const screen& is;
    const laid_out_screen& laid_out;
    const spoken_language& speaks;
};

std::optional<stood_at> look_up(const definition& pack, const place& at) {
    const screen* here = find_screen(pack, at);
    if (here == nullptr)
        return std::nullopt;
    const spoken_language& speaks = pack.speak(at.reads);
    const auto index = static_cast<std::size_t>(here - pack.screens.data());
    return stood_at{*here, speaks.screens[index], speaks};
}

std::string_view zero_line(const stood_at& here, const place& at) {
    if (at.page == 0 && !here.laid_out.own_zero.empty())
        return here.laid_out.own_zero;
    if (here.is.kind == screen_kind::prompt)
        return here.speaks.cancel;
    return at.page == 0 && at.depth == 0 ? here.speaks.exit : here.speaks.back;
}

/// What a prompt says instead of its question after an entry that was refused.
std::optional<std::size_t> find_refusal(const definition& pack, const screen& prompt, refusal why) {
    if (why == refusal::bad_entry)
        return pack.find_text("prompt." + prompt.name + ".wrong");
    if (why == refusal::mismatch)
        return pack.find_text("prompt." + prompt.name + ".mismatch");
    return pack.find_text(view(name_text(name_of(prompt.enters.what), name_of(why), channel::screen)));
}

/// The page without the items that are away.
written write_lines(const definition& pack, const stood_at& here, const place& at, const phrase* head,
                    const fields& known, page_writer<short_text>& writer) {
    bool is_first = true;
    for (const menu_line& line : here.laid_out.pages[at.page].lines) {
        if (line.key != 0 && !is_there(pack, here.is, at, line.key))
            continue;
        const phrase& words = line.key == 0 && head != nullptr ? *head : line.words;
        if (words.pieces.empty())
            continue;
        if (const written next = writer.write(is_first ? "" : "\n"); !next)
            return next;
        if (const written next = writer.write(words, known); !next)
            return next;
        is_first = false;
    }
    if (!find_next_page(pack, at))
        return {};
    if (const written next = writer.write("\n"); !next)
        return next;
    return writer.write(here.speaks.more);
}

written write_body(const definition& pack, const stood_at& here, const place& at, const fields& known,
                   page_writer<short_text>& writer) {
    if (here.is.kind == screen_kind::prompt && at.refused != refusal::none) {
        const std::optional<std::size_t> text = find_refusal(pack, here.is, at.refused);
        return text ? writer.write(here.speaks.texts[*text], known) : written{page_error::no_text};
    }
    const std::size_t page = at.standing == stage::again ? 1U : at.page;
    if (page >= here.laid_out.pages.size())
        return page_error::no_place;
    const headed* other = nullptr;
    if (page == 0 && here.is.shows_purse && !known.balance)
        other = &here.laid_out.plain;
    else if (page == 0 && here.is.shows_holding && known.has != holding_state::none)
        other = known.has == holding_state::held ? &here.laid_out.held : &here.laid_out.paused;
    if (here.is.hides_items)
        return write_lines(pack, here, at, other == nullptr ? nullptr : &other->head, known, writer);
    return writer.write(other == nullptr ? here.laid_out.pages[page].body : other->body, known);
}

/// Puts the line about the wrong key over the screen, where the screen still fits.
void put_above(const definition& pack, std::string_view line, short_text& text) {
    short_text both{line.data(), line.size()};
    if (both.size() + 1 + text.size() > both.max_size())
        return;
    both += '\n';
    both += text;
    if (measure_screen(view(both), pack.screen).fits())
        text = both;
}

/// A text with a last line under it.
template <class Text = short_text>
boost::system::result<Text> write_whole(const phrase& text, const fields& known, std::string_view last_line,
                                        const definition& pack, const spoken_language& speaks) {
    boost::system::result<Text> whole{Text{}};
    page_writer writer{pack, speaks, *whole};
    if (const written done = writer.write(text, known); !done)
        return done.error();
    if (!last_line.empty() && (!writer.write("\n") || !writer.write(last_line)))
        return page_error::too_long;
    return whole;
}

template <class Item>
void keep_first(std::span<const Item>& list, std::size_t most) {
    list = list.first(std::min(list.size(), most));
}

/// At most so many of what the text lists. How many there are then; nothing where it lists nothing.
std::optional<std::size_t> keep_first(const phrase& text, fields& known, std::size_t most) {
    if (text.holds(placeholder::holdings)) {
        keep_first(known.holdings, most);
        return known.holdings.size();
    }
    if (text.holds(placeholder::totals)) {
        keep_first(known.totals, most);
        return known.totals.size();
    }
    if (text.holds(placeholder::movements)) {
        keep_first(known.movements, std::min(most, most_movements));
        return known.count.emplace(known.movements.size());
    }
    if (text.holds(placeholder::operations)) {
        keep_first(known.operations, std::min(most, most_operations));
        return known.count.emplace(known.operations.size());
    }
    return std::nullopt;
}

/// With as much of what it lists as `fits` lets.
template <class Text, class Fits>
boost::system::result<Text> write_what_fits(const definition& pack, std::string_view name, language reads,
                                            fields known, std::string_view last_line, Fits fits) {
    const std::optional<std::size_t> found = pack.find_text(name);
    if (!found)
        return page_error::no_text;
    const spoken_language& speaks = pack.speak(reads);
    const phrase& text = speaks.texts[*found];
    auto listed = keep_first(text, known, std::numeric_limits<std::size_t>::max());
    while (true) {
        auto whole = write_whole<Text>(text, known, last_line, pack, speaks);
        if (listed.value_or(0) == 0 || (whole && fits(view(*whole))))
            return whole;
        listed = keep_first(text, known, *listed - 1);
    }
}

boost::system::result<short_text> write_text(const definition& pack, std::string_view name, language reads,
                                             const fields& known, std::string_view last_line) {
    return write_what_fits<short_text>(pack, name, reads, known, last_line, [&](std::string_view whole) {
        return measure_screen(whole, pack.screen).fits();
    });
}

/// Whether to go on where the last dialogue broke.
boost::system::result<short_text> render_question(const definition& pack, const place& at) {
    auto text = write_text(pack, "nav.resume", at.reads, {}, pack.speak(at.reads).exit);
    if (text && at.wrong > 0)
        put_above(pack, pack.speak(at.reads).wrong_key, *text);
    return text;
}

} // namespace

const boost::system::error_category& page_category() {
    static const page_category_type category;
    return category;
}

boost::system::error_code make_error_code(page_error error) {
    return {static_cast<int>(error), page_category()};
}

fields fields_of(const definition& pack, const place& at, utc_time now) {
    fields known;
    if (const offer* about = find_offer(pack, at)) {
        const bool is_lent = about->kind == offer_kind::promise;
        known.amount = is_lent ? about->amount : about->at_once();
        known.fee = about->fee;
        known.term = about->term;
        known.until = now + about->term;
        known.price = about->price();
        known.period = about->term;
        known.title = title_of(about->kind, view(about->name));
        known.minutes = about->minutes;
        known.sms = about->sms;
        known.megabytes = about->megabytes;
    }
    if (at.number != 0)
        known.party = msisdn::from_digits(at.number);
    if (at.amount != 0) {
        known.amount = money::from_minor(at.amount);
        known.fee = pack.transfers.fee;
    }
    return known;
}

boost::system::result<short_text> render(const definition& pack, const place& at, const fields& known) {
    const std::optional<stood_at> here = look_up(pack, at);
    if (!here)
        return page_error::no_place;
    if (at.standing == stage::back)
        return render_question(pack, at);
    boost::system::result<short_text> text{short_text{}};
    page_writer writer{pack, here->speaks, *text};
    if (const written body = write_body(pack, *here, at, known, writer); !body)
        return body.error();
    if (!writer.write("\n") || !writer.write(zero_line(*here, at)))
        return page_error::too_long;
    if (at.wrong > 0 && here->is.kind != screen_kind::prompt)
        put_above(pack, here->speaks.wrong_key, *text);
    return text;
}

boost::system::result<short_text> render(const definition& pack, const end& last) {
    const auto code = write_code(pack, last.from);
    fields known;
    known.code = view(code);
    return render(pack, view(last.text), last.from.reads, known);
}

boost::system::result<short_text> render(const definition& pack, std::string_view name, language reads,
                                         const fields& known) {
    return write_text(pack, name, reads, known, {});
}

boost::system::result<long_text> render_sms(const definition& pack, std::string_view name, language reads,
                                            const fields& known) {
    return write_what_fits<long_text>(pack, name, reads, known, {}, [](std::string_view whole) {
        return measure_sms(whole, most_sms_parts).fits();
    });
}

bool shows_all(const definition& pack, std::string_view name, language reads, const fields& known) {
    const std::optional<std::size_t> found = pack.find_text(name);
    if (!found)
        return false;
    const spoken_language& speaks = pack.speak(reads);
    const auto whole = write_whole(speaks.texts[*found], known, speaks.back, pack, speaks);
    return whole && measure_screen(view(*whole), pack.screen).fits();
}

boost::system::result<short_text> render_outcome(const definition& pack, std::string_view name,
                                                 const place& back, const fields& known) {
    return write_text(pack, name, back.reads, known, pack.speak(back.reads).back);
}

boost::static_string<64> write_code(const definition& pack, const place& at) {
    boost::static_string<64> code;
    if (at.code >= pack.codes.size())
        return code;
    for (const std::string& part : pack.codes[at.code].parts)
        (code += '*').append(part.data(), part.size());
    place on_the_way = at;
    for (std::size_t depth = 0; depth < std::min<std::size_t>(at.depth, most_depth); ++depth) {
        on_the_way.depth = static_cast<std::uint8_t>(depth);
        const screen* here = find_screen(pack, on_the_way);
        if (here == nullptr || here->kind == screen_kind::prompt) // what is typed there is no key
            break;
        (code += '*') += static_cast<char>('0' + at.keys.at(depth));
    }
    return code += '#';
}

} // namespace kabinet::menus
