// The hot path of a menu: a step and its screen, without an effect. Target: well under a microsecond, and
// nothing allocated.
#include "config/pack_toml.hpp"
#include "menus/commands.hpp"
#include "menus/machine.hpp"
#include "menus/page.hpp"
#include "tests/config/shipped.hpp"

#include <benchmark/benchmark.h>

#include <stdexcept>

using namespace kabinet;

namespace {

const menus::definition& shipped() {
    static const menus::definition pack = [] {
        std::vector<finding> findings;
        auto made = config::load_pack(config::shipped_folder() / "operators/megafon", {}, findings);
        return made ? std::move(*made) : throw std::runtime_error{"the shipped pack is broken"};
    }();
    return pack;
}

class no_fingerprinter final : public menus::fingerprinter {
  public:
    [[nodiscard]] menus::fingerprint take(const secret&) const override { return {}; }
};

void dial_and_render(benchmark::State& state) {
    const menus::definition& pack = shipped();
    for (auto _ : state) {
        const menus::step taken = menus::dial(pack, "*105#", {});
        benchmark::DoNotOptimize(menus::render(pack, std::get<menus::show>(taken).at));
    }
}

void enter_and_render(benchmark::State& state) {
    const menus::definition& pack = shipped();
    const menus::step account = menus::dial(pack, "*105#", {});
    for (auto _ : state) {
        const menus::step taken =
            menus::enter(pack, std::get<menus::show>(account).at, "7", {}, no_fingerprinter{});
        benchmark::DoNotOptimize(menus::render(pack, std::get<menus::show>(taken).at));
    }
}

void read_command(benchmark::State& state) {
    const menus::definition& pack = shipped();
    for (auto _ : state)
        benchmark::DoNotOptimize(menus::read_command(pack, "000105", "PAS fake-Secret1"));
}

void render_outcome(benchmark::State& state) {
    const menus::definition& pack = shipped();
    const secret password{"k7mp9xw3"};
    menus::fields known;
    known.password = &password;
    known.until = utc_time{std::chrono::hours{500'000}};
    for (auto _ : state)
        benchmark::DoNotOptimize(menus::render(pack, "issue_password.replaced.screen", {}, known));
}

BENCHMARK(dial_and_render);
BENCHMARK(enter_and_render);
BENCHMARK(read_command);
BENCHMARK(render_outcome);

} // namespace

BENCHMARK_MAIN();
