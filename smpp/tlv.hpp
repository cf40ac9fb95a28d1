// Optional parameters (SMPP 3.4 3.2.4): a view over those of a received PDU, and a writer for ours.
#pragma once

#include "smpp/command.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace kabinet::smpp {

using octets = std::span<const std::uint8_t>;

struct tlv {
    smpp::tag tag{};
    octets value;
};

/// The optional part of one PDU, in place. Only the codec makes one that isn't empty, after it saw that
/// every length ends within the PDU; so iterating needs no checks.
class tlv_list {
  public:
    class iterator {
      public:
        explicit iterator(octets rest)
            : rest_{rest} {}
        tlv operator*() const { return {static_cast<smpp::tag>(word(0)), rest_.subspan(4, word(2))}; }
        iterator& operator++() {
            rest_ = rest_.subspan(4U + word(2));
            return *this;
        }
        bool operator==(const iterator& other) const { return rest_.size() == other.rest_.size(); }

      private:
        [[nodiscard]] std::uint16_t word(std::size_t at) const {
            return static_cast<std::uint16_t>(rest_[at] << 8U | rest_[at + 1]);
        }
        octets rest_;
    };

    tlv_list() = default;
    /// Nothing when a parameter runs past the end of `raw`.
    [[nodiscard]] static std::optional<tlv_list> over(octets raw);

    [[nodiscard]] iterator begin() const { return iterator{raw_}; }
    [[nodiscard]] iterator end() const { return iterator{raw_.subspan(raw_.size())}; }
    [[nodiscard]] bool empty() const { return raw_.empty(); }
    [[nodiscard]] octets raw() const { return raw_; }

    /// The first one of that tag: a doubled parameter doesn't override what came before it.
    [[nodiscard]] std::optional<octets> find(smpp::tag) const;
    /// As above, for parameters of fixed size; one of another size counts as absent (peers pad and cut).
    [[nodiscard]] std::optional<std::uint8_t> find_u8(smpp::tag) const;
    [[nodiscard]] std::optional<std::uint16_t> find_u16(smpp::tag) const;

  private:
    friend class tlv_writer;
    explicit tlv_list(octets raw)
        : raw_{raw} {}
    octets raw_;
};

/// Optional parameters of one PDU we send, written into a place the caller gives. What doesn't fit is not
/// written at all and makes `is_whole()` false.
class tlv_writer {
  public:
    explicit tlv_writer(std::span<std::uint8_t> place)
        : place_{place} {}

    void add(smpp::tag, octets value);
    void add_u8(smpp::tag, std::uint8_t value);
    void add_u16(smpp::tag, std::uint16_t value);

    [[nodiscard]] bool is_whole() const { return whole_; }
    /// Lives as long as the place does.
    [[nodiscard]] tlv_list list() const { return tlv_list{place_.first(size_)}; }

  private:
    std::span<std::uint8_t> place_;
    std::size_t size_ = 0;
    bool whole_ = true;
};

} // namespace kabinet::smpp
