// billing_rounds [SECONDS [SEED]]: subscribers want something of their money all the while their operator's
// billing system is late, lies, dies and comes back, and the gateway is killed now and then. Asks at the end
// what was charged and what each was told. Prints its figures; ends with 1 at the first broken promise and
// says which.
#include "tests/end_to_end/billing_rounds/load.hpp"
#include "tests/end_to_end/billing_rounds/others.hpp"
#include "tests/end_to_end/billing_rounds/reckoning.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/billing_process.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <thread>

namespace kabinet::tests {
namespace {

using namespace std::chrono;

constexpr milliseconds deadline = 1s;           // of the gateway's, for an answer of the billing system
constexpr milliseconds may_lose = deadline / 4; // the others' slowest percent, while it is unwell
constexpr milliseconds shortest_phase = 1500ms;
constexpr milliseconds longest_phase = 10s;
constexpr auto orders_end_within = 90s; // they are asked after every 30 s at least
constexpr auto told_within = 30s;
constexpr std::size_t gateway_kills_a_cycle = 2;

struct phase {
    std::string_view name;
    std::vector<std::string> faults;
    bool is_dead = false;
};

/// The first is health; what follows leaves some requests unharmed, so that the gateway goes on asking.
const std::vector<phase>& all_phases() {
    static const std::vector<phase> made{
        {"healthy", {}},
        {"late", {"--late-share", "0.5", "--late-for", "1500ms", "--read-late-share", "0.5"}},
        {"failing", {"--fail-share", "0.5", "--read-fail-share", "0.5"}},
        {"mute", {"--mute-share", "0.5", "--read-mute-share", "0.3"}},
        {"swallowing", {"--swallow-share", "0.5"}},
        {"afterwards", {"--afterwards-share", "0.5", "--afterwards-for", "3s"}},
        {"open", {"--open-share", "0.5", "--open-for", "3s"}},
        {"rubbish", {"--rubbish-share", "0.5", "--read-rubbish-share", "0.5"}},
        {"turning away", {"--turn-away-share", "0.5"}},
        {"dead", {}, true},
        {"all at once",
         {"--late-share",       "0.2",  "--late-for",        "1500ms", "--fail-share",         "0.05",
          "--mute-share",       "0.1",  "--rubbish-share",   "0.05",   "--swallow-share",      "0.05",
          "--afterwards-share", "0.1",  "--afterwards-for",  "3s",     "--open-share",         "0.1",
          "--open-for",         "3s",   "--turn-away-share", "0.05",   "--read-late-share",    "0.1",
          "--read-fail-share",  "0.05", "--read-mute-share", "0.05",   "--read-rubbish-share", "0.1"}},
    };
    return made;
}

class rounds {
  public:
    rounds(seconds load, std::uint64_t seed)
        : random_{seed}
        , load_{load}
        , phase_{std::clamp<milliseconds>(load / all_phases().size(), shortest_phase, longest_phase)}
        , vouchers_{random_()}
        , billing_{vouchers_.file(), {"--opening", write_money(money_load::opening)}} {}

    void play() {
        billing_.start();
        gateway_.emplace(std::vector<gateway_link>{{smsc_.port()}}, settings());
        write_whole(gateway_->folder() / "billing.token", std::string{billing_process::token} + '\n');
        std::filesystem::permissions(gateway_->folder() / "billing.token", std::filesystem::perms{0600});
        start_gateway();
        {
            money_load wanted{smsc_, course_, vouchers_, random_()};
            others_load beside{smsc_, course_, random_()};
            const auto end_load = [&] {
                course_.end();
                wanted.join();
                beside.join();
            };
            try {
                misbehave();
            } catch (...) {
                end_load();
                throw;
            }
            end_load();
            course_.insist_unbroken();
            balances_ = wanted.balances();
            wishes_ = std::move(wanted.wishes());
            keep_times(beside);
        }
        recover();
        reckon();
        check_house();
        check_others();
    }

    void print() const {
        fmt::print(
            "{} phases, billing killed {} times, the gateway {}: {} wishes, {} acknowledged; orders: {} "
            "done, {} refused, {} cancelled, {} never seen; {} told by SMS alone, {} twice, {} not at "
            "all and not acknowledged; {} balances; all ended {:.1f} s after the load; every promise "
            "held\n",
            phases_played_, billing_kills_, gateway_kills_, wishes_.size(), counted_.acknowledged,
            counted_.done, counted_.refused, counted_.cancelled, counted_.unseen, counted_.told_late,
            counted_.told_twice, counted_.untold, balances_, duration<double>(took_to_end_).count());
        print_times("menu steps", others_load::kind::menu);
        print_times("passwords", others_load::kind::password);
    }

  private:
    std::uint64_t below(std::uint64_t limit) {
        return std::uniform_int_distribution<std::uint64_t>{0, limit - 1}(random_);
    }

    [[nodiscard]] std::string settings() const {
        return fmt::format("{}[billing]\nurl = \"http://127.0.0.1:{}\"\ntoken_file = \"billing.token\"\n"
                           "deadline = \"{}ms\"\n",
                           hashes_however_many, billing_.port(), deadline.count());
    }

    void start_gateway() {
        gateway_->start();
        const bool binds = smsc_.wait_bound(1, 20s);
        insist(binds, "a gateway that was killed binds again: " + last_lines(gateway_->log()));
        course_.begin_life();
    }

    void kill_gateway() {
        course_.end_life();
        gateway_->kill();
        ++gateway_kills_;
        insist(smsc_.wait_unbound(10s), "the centre sees that the link is gone");
        pass(milliseconds{below(500)});
        start_gateway();
    }

    /// Under load, unless a promise is broken meanwhile or the gateway ends by itself.
    void pass(milliseconds time) {
        const bool goes_on = !wait_until(
            [this] {
                const bool is_dead = course_.serving() && !gateway_->running().is_running();
                return is_dead || course_.is_over();
            },
            time);
        course_.insist_unbroken();
        insist(goes_on, "the gateway lives on: " + last_lines(gateway_->log()));
    }

    static std::string last_lines(const std::string& of) {
        constexpr std::size_t enough = 500;
        return of.substr(of.size() - std::min(of.size(), enough));
    }

    void misbehave() {
        const auto end = steady_clock::now() + load_;
        std::vector<phase> order = all_phases();
        while (steady_clock::now() < end) {
            std::shuffle(order.begin() + 1, order.end(), random_); // each cycle begins in health
            std::set<std::size_t> with_kill;
            while (with_kill.size() < gateway_kills_a_cycle)
                with_kill.insert(below(order.size()));
            for (std::size_t each = 0; each < order.size() && steady_clock::now() < end; ++each)
                play_phase(order[each], with_kill.contains(each));
        }
    }

    void play_phase(const phase& one, bool kills_gateway) {
        course_.behave(one.faults.empty() && !one.is_dead);
        billing_.kill(); // in the middle of its work
        ++billing_kills_;
        ++phases_played_;
        if (!one.is_dead)
            start_billing(one.faults);
        const auto end = steady_clock::now() + phase_;
        if (kills_gateway) {
            pass(milliseconds{below(static_cast<std::uint64_t>(phase_.count()))});
            kill_gateway();
        }
        pass(duration_cast<milliseconds>(end - steady_clock::now()));
    }

    void start_billing(std::vector<std::string> faults) {
        faults.insert(faults.end(), {"--seed", std::to_string(random_() >> 1U)});
        billing_.start(faults);
    }

    void recover() {
        const auto began = steady_clock::now();
        billing_.kill();
        billing_.start();
        command_answer status;
        const bool all_end = wait_until(
            [&] {
                std::this_thread::sleep_for(250ms); // each question is a process
                status = gateway_->command({"status"});
                return status.code == 0 && !has(status.text, "orders without an end");
            },
            orders_end_within);
        took_to_end_ = duration_cast<milliseconds>(steady_clock::now() - began);
        insist(all_end, "every order ends once the billing system is well again: " + status.text);
        for (const money_wish& each : wishes_)
            inboxes_[each.who];
        for (std::uint64_t each = 0; each < money_load::friends; ++each)
            inboxes_[money_load::first_friend + each];
        (void)wait_until(
            [this] {
                read_inboxes();
                return std::ranges::all_of(wishes_, [this](money_wish& each) { return is_answered(each); });
            },
            told_within); // who isn't is named by the reckoning
        end_gateway();
        read_inboxes();
    }

    /// SIGTERM, and again where SMS were left for the next run.
    void end_gateway() {
        constexpr int runs = 3;
        for (int each = 0; each < runs; ++each) {
            insist(gateway_->stop() == 0, "SIGTERM ends it with 0");
            insist(smsc_.wait_unbound(10s), "it unbinds");
            if (count_unfinished_sms(database()) == 0)
                return;
            start_gateway();
            std::this_thread::sleep_for(2s);
        }
        insist(false, "every SMS ends");
    }

    void read_inboxes() {
        for (auto& [who, texts] : inboxes_) {
            auto phone = smsc_.phone(who);
            while (auto text = next_sms(phone))
                texts.push_back(std::move(*text));
        }
    }

    static std::optional<seen_sms> next_sms(phone& of) {
        try {
            return of.sms(0ms);
        } catch (const std::runtime_error&) {
            return std::nullopt;
        }
    }

    bool is_answered(money_wish& of) {
        if (of.by == store::channel::sms && !of.is_acknowledged)
            of.is_acknowledged = was_acknowledged_later(of.who);
        if (of.by == store::channel::ussd && of.screen.empty())
            of.screen = screen_later(of.who);
        return !of.is_acknowledged || !of.screen.empty() || !inboxes_.at(of.who).empty();
    }

    /// Of a text that the centre had to bring again.
    bool was_acknowledged_later(std::uint64_t who) {
        try {
            return smsc_.phone(who).delivered(0ms) == smpp::status::ok;
        } catch (const std::runtime_error&) {
            return false;
        }
    }

    /// Nobody looked any more at what a gateway showed in its last moment. Whoever saw no outcome wished no
    /// more, so it is of that wish.
    std::string screen_later(std::uint64_t who) {
        try {
            while (true)
                if (auto shown = smsc_.phone(who).screen(0ms); !is_put_off(shown.text))
                    return std::move(shown.text);
        } catch (const std::runtime_error&) {
            return {};
        }
    }

    void reckon() {
        const std::string said = billing_.end();
        const auto journal = billing_.journal();
        const auto orders = read_orders(database());
        reckoning all{journal, orders, inboxes_};
        all.check_books();
        all.check_orders();
        all.check_wishes(wishes_);
        counted_ = all.counted();
        const std::string names = fmt::format("names: {} done, {} refused, {} cancelled, 0 open;",
                                              counted_.done, counted_.refused, counted_.cancelled);
        insist(said.starts_with(names), fmt::format("the books have {} They say: {}", names, said));
        insist(has(said, " 0 of another content)"), "a name is of one order: " + said);
    }

    void check_house() {
        const command_answer verified = gateway_->command({"audit", "verify"});
        insist(verified.code == 0, "the audit verifies: " + verified.text);
        insist(!has(gateway_->everything(), vouchers_.begins), "no code of a voucher lies anywhere in clear");
    }

    void keep_times(const others_load& of) {
        for (const auto kind : {others_load::kind::menu, others_load::kind::password})
            for (const bool is_well : {false, true})
                times_[{kind, is_well}] = of.times(kind, is_well);
    }

    void check_others() const {
        for (const auto kind : {others_load::kind::menu, others_load::kind::password}) {
            const auto& well = times_.at({kind, true});
            const auto& unwell = times_.at({kind, false});
            insist(well.count != 0 && unwell.count != 0, "others dial in good times and in bad");
            insist(unwell.p99 <= well.p99 + may_lose,
                   fmt::format("others don't wait for the billing system: {} µs of its bad times, {} of good",
                               unwell.p99.count(), well.p99.count()));
        }
    }

    void print_times(std::string_view what, others_load::kind of) const {
        const auto write = [&](bool is_well) {
            const auto& seen = times_.at({of, is_well});
            const auto ms = [](microseconds time) { return duration<double, std::milli>(time).count(); };
            return fmt::format("{:.2f} / {:.2f} / {:.1f} ms ({})", ms(seen.p50), ms(seen.p99),
                               ms(seen.longest), seen.count);
        };
        fmt::print("{} of others beside it, p50 / p99 / max: billing well {}, unwell {}\n", what, write(true),
                   write(false));
    }

    [[nodiscard]] std::filesystem::path database() const { return gateway_->folder() / "kabinet.db"; }

    std::mt19937_64 random_;
    milliseconds load_;
    milliseconds phase_;
    course course_;
    voucher_stock vouchers_;
    billing_process billing_;
    centre_thread smsc_;
    std::optional<gateway_process> gateway_;
    std::vector<money_wish> wishes_;
    inboxes inboxes_;
    std::map<std::pair<others_load::kind, bool>, others_load::figures> times_;
    reckoned counted_;
    milliseconds took_to_end_{0};
    std::size_t balances_ = 0;
    std::size_t phases_played_ = 0;
    std::size_t billing_kills_ = 0;
    std::size_t gateway_kills_ = 0;
};

} // namespace
} // namespace kabinet::tests

int main(int count, char** words) {
    using namespace kabinet::tests;
    const std::chrono::seconds load{count > 1 ? std::stoul(words[1]) : 17};
    const std::uint64_t seed = count > 2 ? std::stoull(words[2]) : std::random_device{}();
    fmt::print("{} s of load, seed {}\n", load.count(), seed);
    std::fflush(stdout);
    try {
        rounds all{load, seed};
        all.play();
        all.print();
        return 0;
    } catch (const std::exception& broken) {
        fmt::print(stderr, "seed {}: not so: {}\n", seed, broken.what());
        return 1;
    }
}
