// The file that a billing system's books are kept in: lines added at its end, each in the file before anybody
// is told what it says. Survives the death of the process, not that of the machine: nothing waits for a disk.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kabinet::simulator {

class billing_books;

class billing_journal {
  public:
    /// Makes the file where there is none, gives each line that is in it to `take`, and cuts off a last one
    /// that was torn. Throws std::runtime_error with one line where the file can't be had, or is had by
    /// another process.
    billing_journal(const std::string& path, const std::function<void(std::string_view line)>& take);
    ~billing_journal();
    billing_journal(const billing_journal&) = delete;
    billing_journal& operator=(const billing_journal&) = delete;

    /// Throws std::runtime_error where it can't be added whole; nothing of it is in the file then.
    void append(std::string_view line);

    /// Of a torn line, at the start.
    [[nodiscard]] std::size_t octets_cut() const { return octets_cut_; }

  private:
    void read_lines(const std::function<void(std::string_view line)>& take);
    void take_back(int why);

    std::string path_;
    int file_ = -1;
    std::size_t size_ = 0;
    std::size_t octets_cut_ = 0;
    bool is_broken_ = false;
};

/// Enters what the journal says and keeps in it from then on. Throws std::runtime_error with file and line
/// where a line is none, or can't follow the ones before it.
std::unique_ptr<billing_journal> keep_in(const std::string& path, billing_books&);

} // namespace kabinet::simulator
