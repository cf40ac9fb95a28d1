#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace broken_start_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

struct told {
    std::optional<int> code;
    std::string words;
};

told run(const gateway_process& of, const std::string& command) {
    const auto output = of.folder() / (command + ".output");
    process running{{KABINET_PROGRAM, command, "--config", (of.folder() / "kabinet.toml").string()}, output};
    const auto code = running.wait(10s);
    return {code, read_whole(output)};
}

std::size_t line_of(const std::string& what, const std::filesystem::path& file) {
    const std::string text = read_whole(file);
    return 1 + static_cast<std::size_t>(std::count(
                   text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(what)), '\n'));
}

} // namespace

TEST_CASE("check names file and line of each mistake and serve refuses with the same words") {
    gateway_process gateway{{{2775, "main", "windw = 5"}}};
    const auto& folder = gateway.folder();
    const auto main_file = folder / "kabinet.toml";
    const auto menus = folder / "operators/megafon/menus.toml";
    const auto texts = folder / "operators/megafon/texts/en.toml";
    change_in(main_file, "port = 2775", "port = 0");
    change_in(menus, "opens = \"own_password\"", "opens = \"nowhere\"");
    change_in(texts, "Password: {password}", "Passw\xc3\xb6rd \xe2\x80\x94 {pasword}");

    const told checked = run(gateway, "check");
    CHECK(checked.code == 2);
    const auto names = [&](const std::filesystem::path& file, const std::string& what) {
        return has(checked.words, fmt::format("{}:{}:", file.string(), line_of(what, file)));
    };
    CHECK_MESSAGE(names(main_file, "windw = 5"), checked.words);
    CHECK_MESSAGE(names(main_file, "port = 0"), checked.words);
    CHECK_MESSAGE(names(menus, "opens = \"nowhere\""), checked.words);
    CHECK_MESSAGE(names(texts, "{pasword}"), checked.words);

    const told served = run(gateway, "serve");
    CHECK(served.code == 2);
    CHECK(served.words == checked.words);
    CHECK_FALSE(std::filesystem::exists(folder / "kabinet.db"));
}

TEST_CASE("check of the shipped configuration says it is well") {
    gateway_process gateway{{{2775}}};
    const told checked = run(gateway, "check");
    CHECK(checked.code == 0);
    CHECK(has(checked.words, ": well"));
}

TEST_CASE("a key file that others may read is refused before anything is served") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    using std::filesystem::perms;
    const auto key = gateway.folder() / "kabinet.key";
    std::filesystem::permissions(key, perms::owner_read | perms::group_read);
    const told served = run(gateway, "serve");
    CHECK(served.code == 2);
    CHECK(has(served.words, "kabinet.key"));
    CHECK(std::count(served.words.begin(), served.words.end(), '\n') == 1);
    CHECK_FALSE(smsc.wait_bound(1, 0ms));

    std::filesystem::remove(key);
    CHECK(run(gateway, "serve").code == 2);
}

} // namespace broken_start_test
