// Each key that the readers of a pack ask for stands in the tables of docs/packs.md. What they ask for is
// read from their sources, so that a new key can't be left out.
#include "shipped.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace documented_keys_test {

using namespace kabinet::config;

namespace {

std::string read(const std::filesystem::path& file) {
    std::ifstream stream{file};
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void add_all(const std::string& text, const std::regex& of, std::set<std::string>& to) {
    for (std::sregex_iterator each{text.begin(), text.end(), of}, last; each != last; ++each)
        to.insert((*each)[1].str());
}

/// Of `from.read("life", …)`, `read_amount(from, "fee", …)`, `file.open("words")` and the like.
std::set<std::string> keys_asked_for() {
    const std::regex call{R"re((?:read\w*|open\w*|require)\((?:\*?\w+, )?"(\w+)")re"};
    const std::regex listed{R"re(\{"(level_\w+)", &)re"};
    std::set<std::string> keys;
    for (const char* source : {"pack_toml.cpp", "pack_settings_toml.cpp", "pack_texts_toml.cpp"}) {
        const std::string text = read(shipped_folder() / source);
        add_all(text, call, keys);
        add_all(text, listed, keys);
    }
    return keys;
}

std::string tables() {
    const std::string text = read(shipped_folder().parent_path() / "docs/packs.md");
    const std::size_t from = text.find("## Everything that may stand in the files");
    const std::size_t to = text.find("\n## ", from + 1);
    REQUIRE(to != std::string::npos);
    return text.substr(from, to - from);
}

} // namespace

TEST_CASE("every key that a pack's reader knows stands in the documentation") {
    const std::set<std::string> keys = keys_asked_for();
    for (const char* known : {"name", "septets", "show", "level_pin", "idle_after", "fee", "kept_unpaid",
                              "unknown", "when", "resume", "rule", "keywords", "alphabet", "time", "minutes"})
        CHECK_MESSAGE(keys.contains(known),
                      known); // else the sources are written otherwise than they are read here
    CHECK(keys.size() > 60);
    const std::string documented = tables();
    for (const std::string& key : keys) {
        const bool is_there = documented.find('`' + key + '`') != std::string::npos ||
                              documented.find('[' + key + ']') != std::string::npos ||
                              documented.find('[' + key + ".NAME]") != std::string::npos;
        CHECK_MESSAGE(is_there, key);
    }
}

} // namespace documented_keys_test
