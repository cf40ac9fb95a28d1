#include "store/sqlite_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace kabinet::store::sqlite {
namespace {

std::filesystem::path with_suffix(const std::filesystem::path& database, const char* suffix) {
    auto path = database;
    path += suffix;
    return path;
}

} // namespace

file_lock::file_lock(const std::filesystem::path& database) {
    const auto path = with_suffix(database, ".lock");
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        throw std::runtime_error(fmt::format("{}: the lock file can't be opened: {}", path.string(),
                                             std::generic_category().message(errno)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0)
        return;
    const int error = errno;
    ::close(descriptor_);
    if (error == EWOULDBLOCK)
        throw std::runtime_error(
            fmt::format("{}: another gateway has this database open", database.string()));
    throw std::runtime_error(fmt::format("{}: the lock file can't be locked: {}", path.string(),
                                         std::generic_category().message(error)));
}

file_lock::~file_lock() {
    ::close(descriptor_);
}

void own_files(const std::filesystem::path& database) {
    const int made = ::open(database.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made < 0)
        throw std::runtime_error(fmt::format("{}: can't be opened: {}", database.string(),
                                             std::generic_category().message(errno)));
    ::close(made);
    for (const char* suffix : {"", "-wal", "-shm"})
        if (const auto path = with_suffix(database, suffix);
            ::chmod(path.c_str(), 0600) != 0 && errno != ENOENT)
            throw std::runtime_error(fmt::format("{}: can't be kept from others: {}", path.string(),
                                                 std::generic_category().message(errno)));
}

bool inspect_log(const std::filesystem::path& database) {
    const auto log = with_suffix(database, "-wal");
    std::error_code none;
    const auto size = std::filesystem::file_size(log, none);
    if (none || size == 0)
        return false;
    // https://www.sqlite.org/fileformat2.html#walformat
    std::array<unsigned char, 4> magic{};
    std::ifstream{log, std::ios::binary}.read(reinterpret_cast<char*>(magic.data()), magic.size());
    const bool is_log =
        magic[0] == 0x37 && magic[1] == 0x7F && magic[2] == 0x06 && (magic[3] == 0x82 || magic[3] == 0x83);
    if (!is_log)
        throw std::runtime_error(fmt::format(
            "{}: no write-ahead log of a database; move it away and look at what wrote it", log.string()));
    if (!std::filesystem::exists(database) || std::filesystem::file_size(database) == 0)
        throw std::runtime_error(fmt::format("{}: a write-ahead log without its database", log.string()));
    return true;
}

} // namespace kabinet::store::sqlite
