#include "config/check.hpp"

#include "shipped.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include <unistd.h>

namespace check_test {

using namespace kabinet;
using namespace kabinet::config;

namespace {

/// A copy of the shipped configuration to break.
class copied_configuration {
  public:
    copied_configuration()
        : folder_{std::filesystem::temp_directory_path() /
                  ("kabinet_check_test." + std::to_string(::getpid()))} {
        std::filesystem::remove_all(folder_);
        std::filesystem::copy(shipped_folder(), folder_, std::filesystem::copy_options::recursive);
    }
    ~copied_configuration() { std::filesystem::remove_all(folder_); }
    copied_configuration(const copied_configuration&) = delete;
    copied_configuration& operator=(const copied_configuration&) = delete;

    void append(const char* file, std::string_view text) const {
        std::ofstream{folder_ / file, std::ios::app} << text;
    }
    /// Into kabinet.toml, after `where`.
    void insert(std::string_view where, std::string_view text) const {
        std::string all;
        std::getline(std::ifstream{main()}, all, '\0');
        all.insert(all.find(where) + where.size(), text);
        std::ofstream{main()} << all;
    }
    /// It serves that pack.
    void choose_pack(const std::string& name) const {
        std::string text;
        std::getline(std::ifstream{main()}, text, '\0');
        const std::string was = "operators/megafon";
        text.replace(text.find(was), was.size(), "operators/" + name);
        std::ofstream{main()} << text;
    }
    [[nodiscard]] std::filesystem::path main() const { return folder_ / "kabinet.toml"; }

  private:
    std::filesystem::path folder_;
};

} // namespace

TEST_CASE("the shipped configuration passes") {
    for (const finding& one : check(shipped_folder() / "kabinet.toml"))
        FAIL_CHECK(describe(one));
    const configuration made = load(shipped_folder() / "kabinet.toml");
    CHECK(made.pack.name == "megafon");
    CHECK(made.settings.links.size() == 1);
}

TEST_CASE("the shipped configuration passes with each shipped pack") {
    const std::vector<std::string> packs = shipped_packs();
    CHECK(packs == std::vector<std::string>{"megafon", "mts", "tele2"});
    for (const std::string& name : packs) {
        CAPTURE(name);
        const copied_configuration copy;
        copy.choose_pack(name);
        for (const finding& one : check(copy.main()))
            FAIL_CHECK(describe(one));
        CHECK(load(copy.main()).pack.name == name);
    }
}

TEST_CASE("mistakes in every file come at once") {
    const copied_configuration copy;
    copy.append("kabinet.toml", "colour = 1\n");
    copy.append("dialects/standard.toml", "colour = 1\n");
    copy.append("operators/megafon/menus.toml", "X = { opens = \"nowhere\" }\n");
    copy.append("operators/megafon/texts/ru.toml", "[nobody]\nsays = \"this\"\n");
    CHECK(check(copy.main()).size() == 4);
}

TEST_CASE("a pilot pack is checked and loaded with its numbers, beside the pack in force") {
    const copied_configuration copy;
    std::filesystem::copy(shipped_folder() / "operators/tele2", copy.main().parent_path() / "operators/next",
                          std::filesystem::copy_options::recursive);
    copy.insert("[menus]\n", "pilot_pack = \"operators/next\"\npilot_numbers_file = \"pilot.txt\"\n");
    CHECK(check(copy.main()).size() == 1); // the file isn't there
    copy.append("pilot.txt", "79261112233\n8 926 222 33 44\n");
    for (const finding& one : check(copy.main()))
        FAIL_CHECK(describe(one));
    const configuration made = load(copy.main());
    CHECK(made.pack.name == "megafon");
    REQUIRE(made.pilot);
    CHECK(made.pilot->name == "tele2");
    CHECK(made.pilot_numbers.size() == 2);
    copy.append("pilot.txt", "nobody\n");
    copy.append("operators/next/menus.toml", "X = { opens = \"nowhere\" }\n");
    CHECK(check(copy.main()).size() == 2);
    CHECK_THROWS_AS((void)load(copy.main()), broken_configuration);
}

TEST_CASE("a broken configuration is one exception with all of it") {
    const copied_configuration copy;
    copy.append("kabinet.toml", "colour = 1\nshape = 2\n");
    try {
        (void)load(copy.main());
        FAIL("it was loaded");
    } catch (const broken_configuration& broken) {
        CHECK(broken.findings().size() == 2);
        const std::string all = broken.what();
        CHECK(all.find("kabinet.toml:") != std::string::npos);
        CHECK(all.find("there is no setting colour here\n") != std::string::npos);
        CHECK(all.find("there is no setting shape here") != std::string::npos);
    }
}

TEST_CASE("a configuration that isn't there is a finding") {
    const std::vector<finding> findings = check("/nowhere/kabinet.toml");
    REQUIRE(findings.size() == 1);
    CHECK(describe(findings.front()) == "/nowhere/kabinet.toml: can't be read: No such file or directory");
    CHECK_THROWS_AS((void)load("/nowhere/kabinet.toml"), broken_configuration);
}

TEST_CASE("a pack that isn't where kabinet.toml says is told of that file and key") {
    const copied_configuration copy;
    copy.choose_pack("megafn");
    const std::vector<finding> findings = check(copy.main());
    REQUIRE(findings.size() == 1);
    const auto folder = copy.main().parent_path();
    CHECK(describe(findings.front()) == copy.main().string() + ": [menus] pack: there is no " +
                                            (folder / "operators/megafn/menus.toml").string());
}

TEST_CASE("findings are summed up by the first that refuses, and how many more do") {
    const finding warning{{"a.toml", 7}, "is odd", finding::weight::warning};
    const finding gap{{"b.toml", 8}, "there is no setting x here", finding::weight::gap};
    const finding refusal{{"c.toml", 9}, "y is missing"};
    CHECK(summarise({warning, gap, refusal, warning, refusal}) ==
          "b.toml:8: there is no setting x here; and 2 more");
    CHECK(summarise({refusal}) == "c.toml:9: y is missing");
    CHECK(summarise({warning}) == "nothing is wrong");
}

TEST_CASE("a finding is told with file and line and its weight") {
    CHECK(describe({{"a.toml", 7}, "x is missing"}) == "a.toml:7: x is missing");
    CHECK(describe({{"a.toml", 0}, "can't be read"}) == "a.toml: can't be read");
    CHECK(describe({{"a.toml", 7}, "is odd", finding::weight::warning}) == "a.toml:7: warning: is odd");
}

} // namespace check_test
