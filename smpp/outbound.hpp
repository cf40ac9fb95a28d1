// PDUs on their way out of one connection: responses leave before requests, and all that is ready leaves in
// one write. Its two rows of buffers are swapped at each write and keep their memory.
#pragma once

#include "smpp/tlv.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace kabinet::smpp {

class outbound {
  public:
    /// Where the next response, or request, is written: at least `size` octets. `commit` says how many it
    /// took.
    [[nodiscard]] std::span<std::uint8_t> response_room(std::size_t size) {
        return waiting().responses.room(size);
    }
    [[nodiscard]] std::span<std::uint8_t> request_room(std::size_t size) {
        return waiting().requests.room(size);
    }
    void commit_response(std::size_t size) { waiting().responses.size += size; }
    void commit_request(std::size_t size) { waiting().requests.size += size; }

    /// What waits for the next write.
    [[nodiscard]] std::size_t size() const {
        return rows_[filling_].responses.size + rows_[filling_].requests.size;
    }
    [[nodiscard]] bool is_writing() const { return writing_; }

    /// Everything that waits, responses first. Stays untouched until `written`.
    [[nodiscard]] std::array<octets, 2> begin_write() {
        row& leaving = waiting();
        filling_ ^= 1U;
        writing_ = true;
        return {leaving.responses.view(), leaving.requests.view()};
    }
    void written() {
        row& left = rows_[filling_ ^ 1U];
        left.responses.size = left.requests.size = 0;
        writing_ = false;
    }
    void clear() {
        for (row& each : rows_)
            each.responses.size = each.requests.size = 0;
        writing_ = false;
    }

  private:
    struct buffer {
        std::vector<std::uint8_t> octets_;
        std::size_t size = 0;

        std::span<std::uint8_t> room(std::size_t wanted) {
            if (octets_.size() - size < wanted)
                octets_.resize(std::max(octets_.size() * 2, size + wanted));
            return std::span{octets_}.subspan(size);
        }
        [[nodiscard]] octets view() const { return octets{octets_}.first(size); }
    };
    struct row {
        buffer responses, requests;
    };
    row& waiting() { return rows_[filling_]; }

    std::array<row, 2> rows_;
    std::size_t filling_ = 0;
    bool writing_ = false;
};

} // namespace kabinet::smpp
