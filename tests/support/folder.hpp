// A folder of a test's own, gone with it.
#pragma once

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace kabinet::tests {

class temporary_folder {
  public:
    explicit temporary_folder(const std::filesystem::path& in = std::filesystem::temp_directory_path()) {
        std::string pattern = (in / "kabinet-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::system_error{errno, std::generic_category(), pattern};
        path_ = pattern;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// In memory where there is such a place: for tests of what isn't how long a disk takes.
class memory_folder : public temporary_folder {
  public:
    memory_folder()
        : temporary_folder{std::filesystem::exists("/dev/shm") ? std::filesystem::path{"/dev/shm"}
                                                               : std::filesystem::temp_directory_path()} {}
};

} // namespace kabinet::tests
