#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace hot_path_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("a menu that leaves items out allocates nothing either") {
    draft drawn = sample_draft();
    put_text(drawn, 0, "nav.hidden", "Нет: {code}");
    put_text(drawn, 1, "nav.hidden", "No: {code}");
    drawn.screens[0].items[1].leads.when = "not promise";
    drawn.screens[0].items[6].leads.when = "level own and points";
    const auto service = std::ranges::find(drawn.screens, "service", &draft_screen::name);
    service->items[0].leads.when = "not connected";
    service->items[1].leads.when = "connected";
    const definition pack = define(drawn);
    const summing_fingerprinter fingers;
    const std::size_t before = allocations;

    step first = dial(pack, "*105#", russian);
    place at = std::get<show>(first).at;
    const bool asks = !wanted_at(pack, at).empty();
    learn(pack, at, {fact_set::of(0), sources::all(), sources::all()});
    const bool is_first_shown = render(pack, at).has_value();
    const step second = enter(pack, at, "9", subscriber, fingers);
    const bool is_second_shown = render(pack, std::get<show>(second).at).has_value();
    const step wrong = enter(pack, at, "2", subscriber, fingers);
    const bool is_wrong_shown = render(pack, std::get<show>(wrong).at).has_value();
    place about = std::get<show>(dial(pack, "*105*12*1#", russian)).at;
    learn(pack, about, {{}, sources::all(), sources::all()});
    const bool is_sold = render(pack, about, fields_of(pack, about, {})).has_value();
    const bool is_hidden = std::get<show>(enter(pack, about, "2", subscriber, fingers)).at.wrong == 1;

    CHECK(allocations == before);
    CHECK((is_sold && is_hidden));
    CHECK((asks && is_first_shown && is_second_shown && is_wrong_shown));
}

TEST_CASE("a step of a menu and its screen allocate nothing") {
    const definition& pack = sample_pack();
    const summing_fingerprinter fingers;
    const std::size_t before = allocations;

    const step first = dial(pack, "*105#", russian);
    const bool is_first_shown = render(pack, std::get<show>(first).at).has_value();
    const step second = enter(pack, std::get<show>(first).at, "9", subscriber, fingers);
    const bool is_second_shown = render(pack, std::get<show>(second).at).has_value();
    const step wrong = enter(pack, std::get<show>(second).at, "5", subscriber, fingers);
    const bool is_wrong_shown = render(pack, std::get<show>(wrong).at).has_value();
    const step asked = enter(pack, std::get<show>(wrong).at, "7", subscriber, fingers);
    const bool is_asked_shown = render(pack, std::get<show>(asked).at).has_value();

    CHECK(allocations == before);
    CHECK(is_first_shown);
    CHECK(is_second_shown);
    CHECK(is_wrong_shown);
    CHECK(is_asked_shown);
}

} // namespace hot_path_test
