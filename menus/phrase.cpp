#include "menus/phrase.hpp"

#include "values/nearest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::menus {
namespace {

constexpr std::array<std::pair<std::string_view, placeholder>, 28> placeholder_names{{
    {"until", placeholder::until},
    {"at", placeholder::at},
    {"login", placeholder::login},
    {"password", placeholder::password},
    {"count", placeholder::count},
    {"code", placeholder::code},
    {"operations", placeholder::operations},
    {"what", placeholder::what},
    {"by", placeholder::by},
    {"balance", placeholder::balance},
    {"points", placeholder::points},
    {"amount", placeholder::amount},
    {"fee", placeholder::fee},
    {"term", placeholder::term},
    {"party", placeholder::party},
    {"income", placeholder::income},
    {"spent", placeholder::spent},
    {"totals", placeholder::totals},
    {"movements", placeholder::movements},
    {"day", placeholder::day},
    {"title", placeholder::title},
    {"other", placeholder::other},
    {"price", placeholder::price},
    {"period", placeholder::period},
    {"minutes", placeholder::minutes},
    {"sms", placeholder::sms},
    {"megabytes", placeholder::megabytes},
    {"holdings", placeholder::holdings},
}};

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(at, from), text.size());
        parts.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

class phrase_builder {
  public:
    explicit phrase_builder(const pack_words& words)
        : words_{words} {}

    void take_words(std::string_view words) {
        std::vector<piece>& pieces = parsed_.made.pieces;
        if (pieces.empty() || pieces.back().filled)
            pieces.emplace_back();
        pieces.back().words += words;
    }

    void take_braces(std::string_view inside) {
        std::vector<std::string> parts = split(inside, '|');
        const std::string name = std::move(parts.front());
        parts.erase(parts.begin());
        if (const auto word = words_.find(name); word != words_.end() && parts.empty())
            return take_words(word->second);
        const std::optional<placeholder> filled = find_placeholder(name);
        if (!filled)
            return take_fault("{" + std::string{inside} +
                                  "} is neither a placeholder nor a word of the pack" +
                                  guess(name, known_names(), "{", "}"),
                              name);
        if (!parts.empty() && *filled != placeholder::count)
            return take_fault("{" + name + "} has no forms: only {count|...} has");
        parsed_.made.pieces.push_back({{}, filled, std::move(parts)});
    }

    void take_fault(std::string sentence, std::string name = {}) {
        parsed_.faults.push_back({std::move(sentence), std::move(name)});
    }

    [[nodiscard]] parsed_phrase finish() && { return std::move(parsed_); }

  private:
    [[nodiscard]] std::vector<std::string> known_names() const {
        std::vector<std::string> known;
        for (const auto& [name, which] : placeholder_names)
            known.emplace_back(name);
        for (const auto& [name, word] : words_)
            known.push_back(name);
        return known;
    }

    const pack_words& words_;
    parsed_phrase parsed_;
};

} // namespace

std::optional<placeholder> find_placeholder(std::string_view name) {
    const auto found =
        std::ranges::find(placeholder_names, name, &std::pair<std::string_view, placeholder>::first);
    return found == placeholder_names.end() ? std::nullopt : std::optional{found->second};
}

std::string_view name_of(placeholder which) {
    return placeholder_names.at(static_cast<std::size_t>(which)).first;
}

bool phrase::holds(placeholder which) const {
    return std::ranges::any_of(pieces, [which](const piece& one) { return one.filled == which; });
}

bool phrase::is_fixed() const {
    return pieces.size() == 1 && !pieces.front().filled;
}

parsed_phrase parse_phrase(std::string_view text, const pack_words& words) {
    phrase_builder building{words};
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find_first_of("{}"), text.size());
        if (plain > 0) {
            building.take_words(text.substr(0, plain));
            text.remove_prefix(plain);
            continue;
        }
        if (text.size() > 1 && text[1] == text[0]) {
            building.take_words(text.substr(0, 1));
            text.remove_prefix(2);
            continue;
        }
        const std::size_t close = text.find('}');
        if (text.front() == '}' || close == std::string_view::npos) {
            building.take_fault(text.front() == '}' ? "a } without its {" : "a { without its }");
            return std::move(building).finish();
        }
        building.take_braces(text.substr(1, close - 1));
        text.remove_prefix(close + 1);
    }
    return std::move(building).finish();
}

} // namespace kabinet::menus
