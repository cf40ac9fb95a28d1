#include "simulator/billing_journal.hpp"

#include "simulator/billing_books.hpp"
#include "simulator/billing_line.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace kabinet::simulator {

namespace {

std::runtime_error trouble(const std::string& path, int why) {
    return std::runtime_error{fmt::format("{}: {}", path, std::generic_category().message(why))};
}

} // namespace

billing_journal::billing_journal(const std::string& path,
                                 const std::function<void(std::string_view line)>& take)
    : path_{path}
    , file_{::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)} {
    if (file_ < 0)
        throw trouble(path, errno);
    try {
        if (::flock(file_, LOCK_EX | LOCK_NB) != 0)
            throw errno == EWOULDBLOCK ? std::runtime_error{path + ": another process keeps its books there"}
                                       : trouble(path, errno);
        read_lines(take);
    } catch (...) {
        ::close(file_);
        throw;
    }
}

billing_journal::~billing_journal() {
    ::close(file_);
}

void billing_journal::read_lines(const std::function<void(std::string_view line)>& take) {
    std::string rest; // a line that isn't whole yet
    std::array<char, 65'536> piece;
    ssize_t got = 0;
    while ((got = ::read(file_, piece.data(), piece.size())) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw trouble(path_, errno);
        rest.append(piece.data(), static_cast<std::size_t>(got));
        std::size_t from = 0;
        for (std::size_t end = 0; (end = rest.find('\n', from)) != std::string::npos; from = end + 1)
            take(std::string_view{rest}.substr(from, end - from));
        size_ += from;
        rest.erase(0, from);
    }
    octets_cut_ = rest.size();
    if (octets_cut_ != 0 && ::ftruncate(file_, static_cast<off_t>(size_)) != 0)
        throw trouble(path_, errno);
}

void billing_journal::append(std::string_view line) {
    if (is_broken_)
        throw std::runtime_error{path_ + ": it ends in half a line that can't be taken back"};
    const std::string whole = std::string{line} + '\n';
    for (std::string_view rest = whole; !rest.empty();) {
        const ssize_t written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            take_back(errno);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ += whole.size();
}

/// What of a line came into the file before there was no room for more.
void billing_journal::take_back(int why) {
    is_broken_ = ::ftruncate(file_, static_cast<off_t>(size_)) != 0;
    throw trouble(path_, why);
}

std::unique_ptr<billing_journal> keep_in(const std::string& path, billing_books& books) {
    std::size_t number = 0;
    auto journal = std::make_unique<billing_journal>(path, [&](std::string_view line) {
        ++number;
        const auto read = read_line(line);
        if (!read)
            throw std::runtime_error{fmt::format("{}:{}: no line of a billing journal", path, number)};
        try {
            books.enter(*read);
        } catch (const std::logic_error& wrong) {
            throw std::runtime_error{fmt::format("{}:{}: {}", path, number, wrong.what())};
        }
    });
    books.keep_with([to = journal.get()](const billing_change& made) { to->append(write_line(made)); });
    return journal;
}

} // namespace kabinet::simulator
