// Durable effects a second: the lane against raw SQLite writing four rows an effect in groups of 64, in one
// run on one disk. `store_bench [folder] [accounts] [effects]`; the folder's disk is what is measured.
#include "store/keys.hpp"
#include "store/lane.hpp"
#include "store/secrets.hpp"
#include "store/sqlite.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace kabinet;
using namespace kabinet::store;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

constexpr std::size_t group = 64;
constexpr std::uint64_t first_number = 79'000'000'000;

struct scale {
    std::filesystem::path folder;
    std::size_t accounts;
    std::size_t effects;
};

double per_second(std::size_t done, clock_type::time_point since) {
    return static_cast<double>(done) / std::chrono::duration<double>(clock_type::now() - since).count();
}

/// Checkpoints beside the writer, as the lane has them.
class checkpoints {
  public:
    explicit checkpoints(const std::string& file)
        : thread_{[this, file] {
            SQLite::Database database{file, SQLite::OPEN_READWRITE, 5'000};
            while (!is_over_) {
                std::this_thread::sleep_for(250ms);
                database.exec("PRAGMA wal_checkpoint(PASSIVE)");
            }
        }} {}
    ~checkpoints() {
        is_over_ = true;
        thread_.join();
    }

  private:
    std::atomic<bool> is_over_ = false;
    std::thread thread_;
};

/// The rows that nothing durable could do without: the wish, the secret, the SMS, the audit.
class raw_rows {
  public:
    raw_rows(SQLite::Database& on, std::size_t accounts)
        : inbox_{on, "INSERT INTO inbox VALUES (?, ?, ?, ?)"}
        , secret_{on, "UPDATE secrets SET version = version + 1, sealed = ?, expires = ? WHERE account = ?"}
        , outbox_{on, "INSERT INTO outbox VALUES (NULL, 3, ?, ?, ?, ?)"}
        , audit_{on, "INSERT INTO audit VALUES (NULL, ?, ?, 1, ?)"}
        , which_{1, static_cast<std::int64_t>(accounts)} {}

    void write_one() {
        const auto account = which_(random_);
        std::generate(request_.begin(), request_.end(), [&] { return static_cast<char>(random_()); });
        ++now_;
        run(inbox_, [&](auto& s) {
            s.bindNoCopy(1, request_.data(), static_cast<int>(request_.size()));
            s.bind(2, now_);
            s.bindNoCopy(3, mark_.data(), static_cast<int>(mark_.size()));
            s.bind(4, 2);
        });
        run(secret_, [&](auto& s) {
            s.bindNoCopy(1, hash_.data(), static_cast<int>(hash_.size()));
            s.bind(2, now_);
            s.bind(3, account);
        });
        run(outbox_, [&](auto& s) {
            s.bind(1, account);
            s.bindNoCopy(2, text_);
            s.bindNoCopy(3, clear_.data(), static_cast<int>(clear_.size()));
            s.bind(4, now_);
        });
        run(audit_, [&](auto& s) {
            s.bind(1, now_);
            s.bind(2, account);
            s.bindNoCopy(3, mark_.data(), static_cast<int>(mark_.size()));
        });
    }

  private:
    template <class Bind>
    static void run(SQLite::Statement& what, Bind bind) {
        bind(what);
        what.exec();
        what.reset();
    }

    SQLite::Statement inbox_, secret_, outbox_, audit_;
    std::mt19937_64 random_{1};
    std::uniform_int_distribution<std::int64_t> which_;
    std::array<char, 16> request_{}, mark_{};
    std::array<char, 134> hash_{};
    std::array<char, 50> clear_{};
    std::string text_ = "issue_password 79261112233 000110";
    std::int64_t now_ = 1'700'000'000'000'000;
};

double measure_raw(const scale& of) {
    const auto file = (of.folder / "raw.db").string();
    SQLite::Database database{file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5'000};
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                  "PRAGMA cache_size = -65536;"
                  "CREATE TABLE inbox (request BLOB PRIMARY KEY, at, mark, verdict) WITHOUT ROWID;"
                  "CREATE TABLE secrets (account INTEGER PRIMARY KEY, version, sealed BLOB, expires);"
                  "CREATE TABLE outbox (id INTEGER PRIMARY KEY, state, account, text, sealed, at);"
                  "CREATE TABLE audit (seq INTEGER PRIMARY KEY, at, token, verdict, link)");
    database.exec(
        fmt::format("WITH RECURSIVE n (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < {})"
                    " INSERT INTO secrets SELECT id, 1, zeroblob(134), 0 FROM n",
                    of.accounts)
            .c_str());
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    raw_rows rows{database, of.accounts};
    const checkpoints beside{file};
    const auto begun = clock_type::now();
    for (std::size_t done = 0; done < of.effects; done += group) {
        database.exec("BEGIN IMMEDIATE");
        for (std::size_t one = 0; one < group; ++one)
            rows.write_one();
        database.exec("COMMIT");
    }
    return per_second(of.effects, begun);
}

class load {
  public:
    explicit load(const scale& of)
        : of_{of}
        , keys_{keys::parse("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "bench.key")}
        , which_{0, of.accounts - 1} {
        settings how;
        lane_ = std::make_unique<lane>(std::make_unique<sqlite_backend>(of.folder / "lane.db", keys_),
                                       loop_.get_executor(), how);
    }

    /// One issue for each account, its SMS sent.
    void populate() {
        run(of_.accounts, 1'024, [](std::size_t at) { return first_number + at; });
        bool is_settled = false;
        lane_->settle(std::exchange(rows_, {}), {}, [&](auto) { is_settled = true; });
        while (!is_settled)
            loop_.run_one();
    }
    double measure(std::size_t effects, std::size_t outstanding) {
        const auto begun = clock_type::now();
        run(effects, outstanding, [this](std::size_t) { return first_number + which_(random_); });
        return per_second(effects, begun);
    }

  private:
    template <class Pick>
    void run(std::size_t effects, std::size_t outstanding, Pick pick) {
        std::size_t asked = 0;
        std::size_t done = 0;
        std::function<void()> ask = [&] {
            lane_->once(make(pick(asked++)), [&](boost::system::result<outcome> came) {
                if (!came || is_refusal(came->is))
                    throw std::runtime_error("an effect failed");
                rows_.push_back({*came->sms, settling::sent});
                ++done;
                if (asked < effects)
                    ask();
            });
        };
        while (asked < std::min(effects, outstanding))
            ask();
        while (done < effects)
            loop_.run_one();
    }

    request make(std::uint64_t number) {
        request wish;
        const auto nonce = ++count_;
        wish.id = keys_.name_request({"bench", {reinterpret_cast<const char*>(&nonce), sizeof nonce}});
        wish.repeats_within = 1min;
        wish.by.who = msisdn::from_digits(number);
        wish.what = issue_password{hash_, 24h, 0, 0};
        auto& sms = wish.sms.emplace();
        sms.action = "issue_password";
        sms.from.characters = "000110";
        sms.to.characters = "79261112233";
        sms.group = "main";
        sms.clear = secret{"k7mp9xw3"};
        wish.now.utc = utc_time{std::chrono::microseconds{1'700'000'000'000'000 + count_}};
        return wish;
    }

    scale of_;
    keys keys_;
    password_hash hash_{std::string(97, 'h')};
    boost::asio::io_context loop_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_ = make_work_guard(loop_);
    std::unique_ptr<lane> lane_;
    std::mt19937_64 random_{2};
    std::uniform_int_distribution<std::uint64_t> which_;
    std::int64_t count_ = 0;
    std::vector<settlement> rows_;
};

} // namespace

int main(int count, char** words) {

    scale of{std::filesystem::temp_directory_path() / "kabinet-store-bench", 100'000, 200'000};
    if (count > 1)
        of.folder = words[1];
    if (count > 2)
        of.accounts = std::stoul(words[2]);
    if (count > 3)
        of.effects = std::stoul(words[3]);
    std::filesystem::remove_all(of.folder);
    std::filesystem::create_directories(of.folder);

    double kept = 0;
    {
        load onto{of};
        onto.populate();
        kept = onto.measure(of.effects, 2 * group);
        fmt::print("lane, {} outstanding: {:.0f} effects/s\n", 2 * group, kept);
        fmt::print("lane, one at a time: {:.0f} us an effect\n", 1e6 / onto.measure(2'000, 1));
    }
    const double raw = measure_raw(of);
    fmt::print("raw, four rows an effect, groups of {}: {:.0f} effects/s; the lane reaches {:.0f} %\n", group,
               raw, 100 * kept / raw);
    std::filesystem::remove_all(of.folder);
}
