// kill_rounds [ROUNDS [SEED]]: a gateway full of work is killed at a moment nobody chose, started again, and
// asked what became of it. Prints its figures; ends with 1 at the first broken promise and says which.
#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace kabinet::tests {
namespace {

constexpr std::uint64_t dials_a_round = 200;
constexpr std::uint64_t texts_a_round = 60;
constexpr std::uint64_t numbers_a_round = dials_a_round + texts_a_round;
constexpr std::uint64_t first_number = 79265000000;
constexpr auto reply_limit = 30s;

struct figures {
    std::size_t dials = 0;
    std::size_t texts = 0;
    std::size_t answered_before = 0; // of both, before the kill
    std::size_t redials = 0;
    std::size_t told_by_sms_alone = 0; // dials that were acknowledged and whose screen never came
    std::size_t sent_twice = 0;        // the same password by SMS again: SMPP can't tell
    std::size_t replaced = 0;          // passwords made for a dial whose answer the kill swallowed
};

void insist(bool is_so, const std::string& promise) {
    if (!is_so)
        throw std::runtime_error{promise};
}

/// Waits on the clock, not for anything.
void let_pass(std::chrono::milliseconds time) {
    (void)wait_until([] { return false; }, time);
}

class rounds {
  public:
    explicit rounds(std::uint64_t seed)
        : random_{seed} {}

    void play(std::uint64_t round) {
        first_ = first_number + round * numbers_a_round;
        wishes_.clear();
        const bool shows_both = round % 2 == 0;
        change_in(gateway_.folder() / "operators/megafon/menus.toml",
                  is_showing_both_ ? "show = \"both\"" : "show = \"screen\"",
                  shows_both ? "show = \"both\"" : "show = \"screen\"");
        is_showing_both_ = shows_both;
        const std::chrono::milliseconds delay{below(2) * 15};
        smsc_.ask([delay](simulator::centre& on) { on.faults().response_delay = delay; });

        start();
        const std::vector<std::uint64_t> order = ask_all();
        auto last_served = smsc_.phone(order[below(order.size())]);
        (void)wait_until([&] { return !last_served.told().empty(); }, reply_limit);
        let_pass(std::chrono::milliseconds{below(20)});
        gateway_.kill();
        insist(smsc_.wait_unbound(10s), "the centre sees that the link is gone");
        start();
        dial_again();
        wait_for_replies();
        end();
        check_house();
        check_subscribers();
    }

    [[nodiscard]] const figures& counted() const { return counted_; }

  private:
    std::uint64_t below(std::uint64_t limit) {
        return std::uniform_int_distribution<std::uint64_t>{0, limit - 1}(random_);
    }
    [[nodiscard]] bool dials(std::uint64_t digits) const { return digits - first_ < dials_a_round; }

    void start() {
        gateway_.start();
        insist(smsc_.wait_bound(1, 20s), "a gateway that was killed binds again");
    }

    /// The numbers in the order they asked.
    std::vector<std::uint64_t> ask_all() {
        std::vector<std::uint64_t> order;
        for (std::uint64_t each = 0; each < numbers_a_round; ++each)
            order.push_back(first_ + each);
        std::shuffle(order.begin(), order.end(), random_);
        smsc_.ask([&](simulator::centre& on) {
            for (const std::uint64_t each : order) {
                const auto who = msisdn::from_digits(each);
                if (dials(each))
                    on.dial(who, "*105*00#");
                else
                    on.text(who, "000110", "00");
                ++wishes_[each];
            }
        });
        counted_.dials += dials_a_round;
        counted_.texts += texts_a_round;
        return order;
    }

    /// Who dialled and had no answer dials again; the centre itself brings the SMS again.
    void dial_again() {
        for (std::uint64_t each = first_; each < first_ + numbers_a_round; ++each) {
            auto phone = smsc_.phone(each);
            const bool is_answered = phone.delivered(reply_limit) == smpp::status::ok;
            if (is_answered)
                ++counted_.answered_before;
            if (is_answered || !dials(each))
                continue;
            insist(phone.dial("*105*00#"), "a dial is taken");
            ++wishes_[each];
            ++counted_.redials;
        }
    }

    void wait_for_replies() {
        for (std::uint64_t each = first_; each < first_ + numbers_a_round; ++each) {
            auto phone = smsc_.phone(each);
            const bool has_reply = wait_until([&] { return !passwords_told(each).empty(); }, reply_limit);
            insist(has_reply, fmt::format("{} is answered by screen or SMS", each));
            if (wishes_[each] > 1)
                insist(phone.delivered(reply_limit) == smpp::status::ok, "a second dial is acknowledged");
        }
    }

    void end() {
        insist(gateway_.stop() == 0, "SIGTERM ends it with 0");
        insist(smsc_.wait_unbound(10s), "it unbinds");
        if (count_unfinished_sms(database()) == 0)
            return;
        start(); // what the drain left is sent by the next run
        let_pass(2s);
        insist(gateway_.stop() == 0, "SIGTERM ends it with 0");
    }

    void check_house() {
        insist(count_unfinished_sms(database()) == 0, "every SMS ends");
        for (const outbox_row& each : read_outbox(database())) {
            insist(each.state != store::row_state::failed, "no SMS fails at a centre without fault");
            insist(!each.holds_secret, "an SMS that ended holds no secret");
        }
        process verify{
            {KABINET_PROGRAM, "audit", "verify", "--config", (gateway_.folder() / "kabinet.toml").string()},
            gateway_.folder() / "audit.output"};
        insist(verify.wait(60s) == 0,
               "the audit verifies: " + read_whole(gateway_.folder() / "audit.output"));
    }

    void check_subscribers() {
        std::map<std::uint64_t, account_row> accounts;
        for (account_row& each : read_accounts(database(), gateway_.folder() / "kabinet.key")) {
            const std::uint64_t digits = each.who.digits();
            insist(accounts.emplace(digits, std::move(each)).second, "one account a number");
        }
        const std::string left_behind = gateway_.everything();
        for (std::uint64_t each = first_; each < first_ + numbers_a_round; ++each) {
            const auto account = accounts.find(each);
            insist(account != accounts.end(), fmt::format("{} has an account", each));
            check_subscriber(each, account->second, left_behind);
        }
    }

    void check_subscriber(std::uint64_t digits, const account_row& account, const std::string& left_behind) {
        const std::vector<std::string> told = passwords_told(digits);
        const std::set<std::string> different{told.begin(), told.end()};
        insist(is_password(account, told.back()),
               fmt::format("the last password {} was told is the right one", digits));
        insist(account.passwords <= wishes_[digits], fmt::format("{} wished {} times and has {} passwords",
                                                                 digits, wishes_[digits], account.passwords));
        insist(different.size() <= account.passwords, fmt::format("{} was told only its own", digits));
        for (const std::string& each : different)
            insist(!has(left_behind, each), fmt::format("a password of {} lies nowhere in clear", digits));
        count_subscriber(digits, account);
    }

    void count_subscriber(std::uint64_t digits, const account_row& account) {
        auto phone = smsc_.phone(digits);
        std::vector<std::string> by_sms;
        while (const auto text = next_sms(phone))
            by_sms.push_back(*text);
        const std::set<std::string> different{by_sms.begin(), by_sms.end()};
        counted_.sent_twice += by_sms.size() - different.size();
        counted_.replaced += account.passwords - 1;
        if (dials(digits) && phone.told().size() == by_sms.size())
            ++counted_.told_by_sms_alone;
    }

    static std::optional<std::string> next_sms(phone& of) {
        try {
            return of.sms(0ms).text;
        } catch (const std::runtime_error&) {
            return std::nullopt;
        }
    }

    std::vector<std::string> passwords_told(std::uint64_t digits) {
        std::vector<std::string> passwords;
        for (const std::string& each : smsc_.phone(digits).told())
            if (has(each, "Пароль: "))
                passwords.push_back(password_in(each));
        return passwords;
    }

    [[nodiscard]] std::filesystem::path database() const { return gateway_.folder() / "kabinet.db"; }

    std::mt19937_64 random_;
    centre_thread smsc_;
    gateway_process gateway_{{{smsc_.port()}}, hashes_however_many};
    bool is_showing_both_ = true; // as shipped
    std::uint64_t first_ = 0;
    std::map<std::uint64_t, std::size_t> wishes_; // of this round, by number
    figures counted_;
};

void print(const figures& of, std::uint64_t rounds_played) {
    fmt::print("{} kills: {} dials and {} SMS, {} of them answered before the kill; {} dialled again, {} "
               "told by SMS "
               "alone, {} SMS twice, {} passwords replaced; every promise held\n",
               rounds_played, of.dials, of.texts, of.answered_before, of.redials, of.told_by_sms_alone,
               of.sent_twice, of.replaced);
}

} // namespace
} // namespace kabinet::tests

int main(int count, char** words) {
    using namespace kabinet::tests;
    const std::uint64_t wanted = count > 1 ? std::stoull(words[1]) : 5;
    const std::uint64_t seed = count > 2 ? std::stoull(words[2]) : std::random_device{}();
    fmt::print("{} rounds, seed {}\n", wanted, seed);
    std::uint64_t round = 0;
    try {
        rounds all{seed};
        for (; round < wanted; ++round)
            all.play(round);
        print(all.counted(), wanted);
        return 0;
    } catch (const std::exception& broken) {
        fmt::print(stderr, "round {} of seed {}: not so: {}\n", round + 1, seed, broken.what());
        return 1;
    }
}
