// What the store is told at start.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace kabinet::store {

struct settings {
    std::filesystem::path database; // from url = "sqlite:…"
    std::filesystem::path key_file;
    std::uint32_t batch = 64; // items in one transaction
    std::uint32_t batch_when_behind = 256;
    std::uint32_t behind = 1'000; // that many waiting is "behind"
    std::uint32_t queue = 20'000; // more waiting are refused
    std::chrono::milliseconds checkpoint_every{250};
    std::uint64_t wal_cap = 64ULL << 20; // octets; from there on a TRUNCATE checkpoint is queued
};

} // namespace kabinet::store
