// A copy of the database beside those who use it.
#pragma once

#include "store/sqlite_connection.hpp"

#include <boost/system/result.hpp>

#include <filesystem>

namespace kabinet::store::sqlite {

/// See backend::back_up. Throws sqlite::failure for what isn't the file system's.
[[nodiscard]] boost::system::result<void> back_up(connection& of, const std::filesystem::path& to);

} // namespace kabinet::store::sqlite
