#include "store/sqlite_backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace kabinet::store::sqlite {
namespace {

using boost::system::result;

boost::system::error_code last_error() {
    return {errno, boost::system::generic_category()};
}

/// The copy, until it is whole: a part of one would be taken for a backup some day.
class unfinished_file {
  public:
    explicit unfinished_file(const std::filesystem::path& path)
        : path_{path}
        , descriptor_{::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)} {}
    ~unfinished_file() {
        if (descriptor_ < 0)
            return;
        ::close(descriptor_);
        if (!is_whole_)
            ::unlink(path_.c_str());
    }
    unfinished_file(const unfinished_file&) = delete;
    unfinished_file& operator=(const unfinished_file&) = delete;

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    /// Brings it to the disk with its name. VACUUM INTO doesn't.
    [[nodiscard]] bool finish() {
        const auto parent = path_.parent_path();
        const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        is_whole_ = folder >= 0 && ::fsync(descriptor_) == 0 && ::fsync(folder) == 0;
        const int why = errno;
        if (folder >= 0)
            ::close(folder);
        errno = why;
        return is_whole_;
    }

  private:
    std::filesystem::path path_;
    int descriptor_;
    bool is_whole_ = false;
};

} // namespace

result<void> back_up(connection& of, const std::filesystem::path& to) {
    unfinished_file copy{to};
    if (!copy.is_open())
        return last_error();
    statement{of, "VACUUM INTO ?"}.run(std::string_view{to.native()});
    if (!copy.finish())
        return last_error();
    return {};
}

} // namespace kabinet::store::sqlite
