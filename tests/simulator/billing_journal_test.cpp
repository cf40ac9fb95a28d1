#include "simulator/billing_journal.hpp"

#include "tests/simulator/billing_samples.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>

namespace kabinet::simulator::billing_journal_test {

namespace {

using namespace std::chrono_literals;

std::string read_whole_file(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream{file, std::ios::binary}.rdbuf();
    return content.str();
}

void write_whole_file(const std::filesystem::path& file, const std::string& content) {
    std::ofstream{file, std::ios::binary} << content;
}

struct journalled_books {
    explicit journalled_books(const std::filesystem::path& file)
        : journal{keep_in(file.string(), books)} {}

    billing_books books{sample_books()};
    std::unique_ptr<billing_journal> journal;
};

std::string complaint(const std::filesystem::path& file) {
    try {
        const journalled_books books{file};
    } catch (const std::runtime_error& wrong) {
        return wrong.what();
    }
    return "none";
}

/// No file of this process grows beyond that while it lives: a disk that is full, without one.
class full_disk {
  public:
    explicit full_disk(std::size_t octets) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        was_ = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit tight{octets, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &tight);
    }
    ~full_disk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, was_);
    }
    full_disk(const full_disk&) = delete;
    full_disk& operator=(const full_disk&) = delete;

  private:
    rlimit before_{};
    void (*was_)(int) = SIG_DFL;
};

} // namespace

TEST_CASE("books are found again as they were left, what was open and what was lent too") {
    const tests::memory_folder in;
    const auto file = in.path() / "books";
    {
        journalled_books first{file};
        CHECK(first.books.order(name(1), use_voucher("1000000001"), noon)->state == operation_state::done);
        CHECK(first.books.order(name(2), give(50, anna, boris), noon)->state == operation_state::done);
        CHECK(first.books.order(name(3), lend(boris), noon)->state == operation_state::done);
        CHECK(first.books.cancel(name(4), noon).state == operation_state::cancelled);
        CHECK(first.books.begin(name(5), give(30), noon + 1h, noon)->state == operation_state::open);
        CHECK(first.books.order(name(6), use_voucher("4929175307183316"), noon)->reason ==
              order_refusal::wrong_voucher);
    } // nothing is said to the journal at an end: this is a kill
    journalled_books second{file};
    CHECK(second.journal->octets_cut() == 0);
    CHECK(second.books.read_purse(anna, noon)->balance == roubles(145));
    CHECK(second.books.read_purse(boris, noon)->promise->due == noon + 72h);
    CHECK(second.books.order(name(7), use_voucher("1000000001", boris), noon)->reason ==
          order_refusal::used_voucher);
    CHECK(second.books.order(name(2), give(50, anna, boris), noon)->balance == roubles(145));
    CHECK(second.books.order(name(2), give(51, anna, boris), noon).error() == books_error::conflict);
    CHECK(second.books.order(name(4), give(50), noon)->state == operation_state::cancelled);
    CHECK(second.books.ask_after(name(6), noon)->reason == order_refusal::wrong_voucher);
    CHECK(second.books.ask_after(name(5), noon + 1h)->balance == roubles(110));
    CHECK(second.books.read_purse(boris, noon + 72h)->balance == roubles(160));
    CHECK(second.books.figures().done == 4);
    CHECK(second.books.sum() == money{});
}

TEST_CASE("a line that was torn is cut off wherever it was, and the books go on from the ones before it") {
    const tests::memory_folder in;
    const auto file = in.path() / "books";
    {
        journalled_books first{file};
        CHECK(first.books.order(name(1), use_voucher("1000000001"), noon)->state == operation_state::done);
    }
    const std::string before = read_whole_file(file);
    {
        journalled_books first{file};
        CHECK(first.books.order(name(2), give(50), noon)->state == operation_state::done);
    }
    const std::string after = read_whole_file(file);
    const std::size_t whole_opening = after.find('\n', before.size()) + 1; // of the other's account
    for (std::size_t size = before.size(); size < after.size(); ++size) {
        CAPTURE(size);
        write_whole_file(file, after.substr(0, size));
        journalled_books torn{file};
        const std::size_t kept = size < whole_opening ? before.size() : whole_opening;
        CHECK(torn.journal->octets_cut() == size - kept);
        CHECK(read_whole_file(file) == after.substr(0, kept));
        CHECK_FALSE(torn.books.ask_after(name(2), noon));
        CHECK(torn.books.cancel(name(2), noon).state == operation_state::cancelled);
        CHECK(torn.books.read_purse(anna, noon)->balance == roubles(200));
    }
    journalled_books last{file};
    CHECK(last.journal->octets_cut() == 0);
    CHECK(last.books.ask_after(name(2), noon)->state == operation_state::cancelled);
}

TEST_CASE("what isn't a journal of these books is refused with its line, and left as it is") {
    const tests::memory_folder in;
    const auto file = in.path() / "books";
    const std::string cancelled =
        R"({"is":"cancelled","at":"2026-11-21T12:40:00Z","id":"00000000000000000000000000000001"})";
    write_whole_file(file, cancelled + "\nnonsense\n" + cancelled);
    CHECK(complaint(file) == file.string() + ":2: no line of a billing journal");
    write_whole_file(file, cancelled + "\n" + cancelled + "\n");
    CHECK(complaint(file) ==
          file.string() + ":2: 00000000000000000000000000000001: it is known and can't be cancelled");
    CHECK(read_whole_file(file) == cancelled + "\n" + cancelled + "\n");
    CHECK(complaint(in.path() / "absent" / "books").ends_with("/absent/books: No such file or directory"));
    write_whole_file(file, cancelled + "\n");
    const journalled_books one{file};
    CHECK(complaint(file) == file.string() + ": another process keeps its books there");
}

TEST_CASE("a line that the disk has no room for is taken back, and nothing of it is done") {
    const tests::memory_folder in;
    const auto file = in.path() / "books";
    journalled_books kept{file};
    CHECK(kept.books.order(name(1), use_voucher("1000000001"), noon)->state == operation_state::done);
    const std::string before = read_whole_file(file);
    {
        const full_disk no_more{before.size() + 40}; // half a line fits
        CHECK_THROWS_AS((void)kept.books.order(name(2), use_voucher("1000000002"), noon), std::runtime_error);
        CHECK(read_whole_file(file) == before);
    }
    CHECK_FALSE(kept.books.ask_after(name(2), noon));
    CHECK(kept.books.order(name(2), use_voucher("1000000002"), noon)->state == operation_state::done);
    kept.journal.reset();
    kept.books.keep_with({});
    journalled_books again{file};
    CHECK(again.books.read_purse(anna, noon)->balance == roubles(450));
}

} // namespace kabinet::simulator::billing_journal_test
