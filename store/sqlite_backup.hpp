// A copy of the database beside those who use it.
#pragma once

#include <boost/system/result.hpp>

#include <filesystem>

namespace kabinet::store::sqlite {

/// See backend::back_up. Throws sqlite::failure for what isn't the file system's.
[[nodiscard]] boost::system::result<void> back_up(const std::filesystem::path& database,
                                                  const std::filesystem::path& to);

} // namespace kabinet::store::sqlite
