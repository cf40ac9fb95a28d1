#include "menus/outline.hpp"

#include "menus/outcomes.hpp"
#include "menus/wanted.hpp"
#include "values/text.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

std::string write_words(const phrase& text) {
    std::string words;
    for (const piece& part : text.pieces)
        words += part.filled ? '{' + std::string{name_of(*part.filled)} + '}' : part.words;
    return words;
}

bool is_fuller(const length& one, const length& other) {
    return one.used * other.most > other.used * one.most;
}

const std::string& longer(const std::string& one, const std::string& other) {
    return other.size() > one.size() ? other : one;
}

std::string write_action(const draft_target& leads) {
    if (!leads.tells.empty())
        return "tells " + leads.tells;
    return "does " + leads.does + (leads.language.empty() ? "" : ' ' + leads.language) +
           (leads.offer.empty() ? "" : ' ' + leads.offer) + (leads.stays ? ", stays" : "");
}

/// One language of the pack with an example of each placeholder.
struct spoken_longest {
    const spoken_language& speaks;
    longest_values longest;
};

class outliner {
  public:
    explicit outliner(const draft& pack)
        : pack_{pack}
        , served_{define(pack)} {
        for (std::size_t at = 0; at < pack.languages.size(); ++at)
            languages_.push_back(
                {served_.languages[at], find_longest(pack, pack.languages[at], served_.languages[at].forms)});
    }

    [[nodiscard]] outline make() const {
        outline made;
        made.pack = pack_.name;
        made.screen = pack_.screen;
        for (const draft_language& each : pack_.languages)
            made.languages.push_back(each.code);
        for (const draft_entry& code : pack_.codes)
            made.codes.push_back({code.typed, {}, follow(code.leads, channel::screen)});
        made.unknown_code = follow(pack_.unknown_code, channel::screen);
        for (const draft_screen& screen : pack_.screens)
            made.screens.push_back(look_at(screen));
        for (const draft_short_number& number : pack_.short_numbers)
            made.short_numbers.push_back(look_at(number));
        return made;
    }

  private:
    template <class Measure>
    [[nodiscard]] std::vector<fullness> in_each_language(Measure&& measure) const {
        std::vector<fullness> all;
        for (const spoken_longest& each : languages_)
            all.push_back({std::string{each.speaks.code.code()}, measure(each)});
        return all;
    }

    [[nodiscard]] length measure(std::string filled, channel way, const std::string& zero = {},
                                 std::uint8_t sms_parts = 1) const {
        if (!zero.empty())
            filled += '\n' + zero;
        return way == channel::screen ? measure_screen(filled, pack_.screen) : measure_sms(filled, sms_parts);
    }

    [[nodiscard]] std::string fill_text(const spoken_longest& in, std::string_view name) const {
        const auto at = served_.find_text(name);
        return at ? fill(in.speaks.texts[*at], longest_in(name, in.longest)) : std::string{};
    }

    [[nodiscard]] std::string first_words(const std::string& name) const {
        const auto at = served_.find_text(name);
        return at ? write_words(served_.languages.front().texts[*at]) : std::string{};
    }

    /// `prompt`: whose entry the action takes; it says what is wrong with one and asks again.
    [[nodiscard]] outline_target follow(const draft_target& leads, channel way,
                                        const draft_screen* prompt = nullptr) const {
        outline_target made;
        if (!leads.opens.empty()) {
            made.opens = index_of(leads.opens);
            return made;
        }
        made.does = write_action(leads);
        if (!leads.tells.empty())
            made.takes = measure_told(leads.tells, way);
        else
            made.takes = in_each_language([&](const spoken_longest& in) {
                return std::vector{measure_fullest(*find_action(leads.does), way, in, leads.stays, prompt)};
            });
        return made;
    }

    [[nodiscard]] screen_index index_of(const std::string& name) const {
        const auto found = std::ranges::find(pack_.screens, name, &draft_screen::name);
        return static_cast<screen_index>(found - pack_.screens.begin());
    }

    [[nodiscard]] std::vector<fullness> measure_told(const std::string& text, channel way) const {
        return in_each_language([&](const spoken_longest& in) {
            return std::vector{measure(fill_text(in, view(name_text(text, way))), way)};
        });
    }

    [[nodiscard]] length measure_fullest(action_kind of, channel way, const spoken_longest& in, bool stays,
                                         const draft_screen* prompt) const {
        length fullest{0, 1, true};
        for (const outcome_row& row : all_outcomes()) {
            if (row.of != of || (row.of_idle && !pack_.accounts.idle_after))
                continue;
            std::string zero;
            if (way == channel::screen && stays)
                zero = in.speaks.back;
            else if (way == channel::screen && row.refuses_entry && prompt != nullptr)
                zero = zero_of(*prompt, in);
            const std::string text = fill_text(in, view(name_text(name_of(of), row.outcome, way)));
            const length is = measure(text, way, zero, row.sms_parts);
            if (is_fuller(is, fullest))
                fullest = is;
        }
        return fullest;
    }

    [[nodiscard]] const laid_out_screen& laid_out(const draft_screen& screen,
                                                  const spoken_longest& in) const {
        return in.speaks.screens[index_of(screen.name)];
    }

    /// Of a prompt.
    [[nodiscard]] const std::string& zero_of(const draft_screen& prompt, const spoken_longest& in) const {
        const std::string& own = laid_out(prompt, in).own_zero;
        return own.empty() ? in.speaks.cancel : own;
    }

    [[nodiscard]] outline_screen look_at(const draft_screen& screen) const {
        outline_screen made;
        made.kind = screen.kind;
        made.name = screen.name;
        made.resume = screen.resume;
        if (screen.kind == screen_kind::prompt) {
            made.retries = screen.retries;
            const bool keeps_entry = !screen.items.empty();
            made.enters =
                follow(keeps_entry ? screen.items.front().leads : screen.enters, channel::screen, &screen);
            made.texts.push_back(look_at_question(screen, "ask"));
            if (keeps_entry)
                made.texts.push_back(look_at_question(screen, "wrong"));
            if (screen.twice)
                for (const char* part : {"again", "mismatch"})
                    made.texts.push_back(look_at_question(screen, part));
            return made;
        }
        const std::string prefix = text_prefix(screen) + '.';
        made.texts.push_back({"head", first_words(prefix + "head"), measure_pages(screen)});
        for (const draft_item& item : screen.items)
            made.keys.push_back({item.key, first_words(prefix + item.key),
                                 follow(item.leads, channel::screen), item.leads.when});
        std::ranges::sort(made.keys, {}, &outline_key::typed);
        return made;
    }

    [[nodiscard]] outline_text look_at_question(const draft_screen& prompt, const std::string& part) const {
        const std::string name = text_prefix(prompt) + '.' + part;
        return {part, first_words(name), in_each_language([&](const spoken_longest& in) {
                    return std::vector{measure(fill_text(in, name), channel::screen, zero_of(prompt, in))};
                })};
    }

    [[nodiscard]] std::vector<fullness> measure_pages(const draft_screen& screen) const {
        return in_each_language([&](const spoken_longest& in) {
            const laid_out_screen& is = laid_out(screen, in);
            const longest_values longest = longest_on(pack_, screen, in.longest);
            std::vector<length> pages;
            for (const page& each : is.pages) {
                const bool is_first = pages.empty();
                const std::string& first =
                    is.own_zero.empty() ? longer(in.speaks.back, in.speaks.exit) : is.own_zero;
                pages.push_back(
                    measure(fill(each.body, longest), channel::screen, is_first ? first : in.speaks.back));
            }
            return pages;
        });
    }

    [[nodiscard]] outline_number look_at(const draft_short_number& number) const {
        outline_number made;
        for (const marked_text& one : number.numbers)
            made.numbers.push_back(one.text);
        if (number.empty)
            made.empty = follow(*number.empty, channel::sms);
        for (const draft_entry& one : number.keywords)
            made.keywords.push_back({one.typed, {}, follow(one.leads, channel::sms)});
        made.help = {{}, "tells " + number.help.text, measure_told(number.help.text, channel::sms)};
        return made;
    }

    const draft& pack_;
    definition served_;
    std::vector<spoken_longest> languages_;
};

} // namespace

outline outline_of(const draft& pack) {
    return outliner{pack}.make();
}

} // namespace kabinet::menus
