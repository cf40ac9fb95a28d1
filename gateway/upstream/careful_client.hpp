// Questions to another system of the operator's: asked through http_client, not asked at all for a while
// after failures, counted and timed. Knows no contract; runs on the loop.
#pragma once

#include "gateway/upstream/breaker.hpp"
#include "gateway/upstream/http_client.hpp"
#include "values/durations.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace kabinet::gateway::upstream {

class careful_client {
  public:
    /// `whom` is how the log calls that system, `contract` the file that says what it answers. Throws as
    /// http_client does.
    careful_client(const upstream_settings&, boost::asio::any_io_executor loop, std::string whom,
                   std::string contract);

    template <class Read>
    using made_of = typename std::invoke_result_t<Read, const http_answer&>::value_type;

    /// `read` makes of the answer what it is, or nothing where it is of no use. `not_sent` for certain, or
    /// `no_answer`.
    template <class Read>
    boost::asio::awaitable<boost::system::result<made_of<Read>>> ask(question what, Read read) {
        const auto began = begin();
        if (!began)
            co_return make_error_code(ask_error::not_sent);
        const bool is_look = what.method == "GET";
        const boost::system::result<http_answer> came = co_await send(std::move(what));
        auto made = came ? read(*came) : std::nullopt;
        // what can't be read of one account says nothing of all the others
        const bool is_there = made || (is_look && came && came->status < 300);
        note(came, made.has_value(), is_there, *began);
        if (made)
            co_return std::move(*made);
        co_return came ? make_error_code(ask_error::no_answer) : came.error();
    }

    /// Whatever is asked now isn't sent.
    [[nodiscard]] bool rests() const;

    /// Hears nothing more. Before the loop goes.
    void end() { client_.end(); }

    struct figures {
        bool is_left_alone = false; // after failures
        std::uint64_t asked = 0;
        std::uint64_t failed = 0; // of those: no answer, or none that is of use
        std::uint64_t spared = 0; // not asked while it is left alone
    };
    [[nodiscard]] figures look() const;
    [[nodiscard]] const durations& times() const { return times_; }

  private:
    /// Nothing while it is left alone.
    [[nodiscard]] std::optional<steady_time> begin();
    boost::asio::awaitable<boost::system::result<http_answer>> send(question);
    void note(const boost::system::result<http_answer>&, bool is_of_use, bool is_there, steady_time began);

    http_client client_;
    breaker breaker_;
    std::string whom_;
    std::string contract_;
    figures counted_;
    durations times_;
};

} // namespace kabinet::gateway::upstream
