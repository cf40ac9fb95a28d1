// What docs/billing.yaml says of each path and method, on the books: a plain request in, a plain answer out.
// Knows neither sockets nor HTTP's own words, and misbehaves never.
#pragma once

#include "simulator/billing_books.hpp"
#include "simulator/billing_faults.hpp"
#include "values/secret.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace kabinet::simulator {

struct billing_request {
    std::string method;
    std::string target; // path and query, as they came
    std::string bearer;
    std::string content_type;
    std::string body;
};

struct billing_answer {
    unsigned status = 200;
    std::string body; // JSON of a 200, else a line for eyes, or nothing
    std::string allow = {};
};

class billing_desk {
  public:
    /// The books outlive it.
    billing_desk(billing_books&, std::shared_ptr<const secret> token);

    /// Why a request isn't looked at; nothing where it is.
    [[nodiscard]] std::optional<billing_answer> refuse(const billing_request&) const;

    /// Of a request that isn't refused.
    [[nodiscard]] static billing_matter matter_of(const billing_request&);

    /// Where the books can't be kept it is 500, and nothing was done.
    [[nodiscard]] billing_answer answer(const billing_request&, utc_time now);
    /// The same of an order that takes so long.
    [[nodiscard]] billing_answer begin(const billing_request&, std::chrono::milliseconds takes, utc_time now);

  private:
    struct place;
    [[nodiscard]] static place find_place(const billing_request&);
    [[nodiscard]] billing_answer respond(const billing_request&, const place&,
                                         std::chrono::milliseconds takes, utc_time now);
    [[nodiscard]] billing_answer order(const billing_request&, const place&, std::chrono::milliseconds takes,
                                       utc_time now);
    [[nodiscard]] billing_answer list_movements(const place&, utc_time now);

    billing_books& books_;
    std::shared_ptr<const secret> token_;
};

/// An answer that no client may take for one, whatever it asked: no JSON, another shape, or too much of it.
/// There are some of them; `which` may be any number.
[[nodiscard]] billing_answer make_rubbish(std::uint32_t which);

} // namespace kabinet::simulator
