// The files around a SQLite database: whose it is, and whether its log may be its own. Knows no SQL.
#pragma once

#include <filesystem>

namespace kabinet::store::sqlite {

/// Holds `<database>.lock` for one gateway; the file stays, the lock goes with the descriptor.
class file_lock {
  public:
    /// Throws std::runtime_error when another one holds it, here or in another process.
    explicit file_lock(const std::filesystem::path& database);
    ~file_lock();
    file_lock(const file_lock&) = delete;
    file_lock& operator=(const file_lock&) = delete;

  private:
    int descriptor_;
};

/// Makes the database's file where there is none, readable by its owner only; one that is there, and its log,
/// become so. SQLite gives the files it makes beside it the same mode. Throws std::runtime_error.
void own_files(const std::filesystem::path& database);

/// Throws std::runtime_error when `<database>-wal` holds something that is no write-ahead log, or when it
/// stands beside no database: SQLite would throw it away without a word.
/// Returns whether there is a log with something in it.
bool inspect_log(const std::filesystem::path& database);

} // namespace kabinet::store::sqlite
