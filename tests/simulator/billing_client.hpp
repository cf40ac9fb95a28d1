// One connection to a billing system: HTTP by the octet, with a limit on every wait. Keeps no rules.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace kabinet::simulator {

struct billing_reply {
    unsigned status = 0;
    std::string head;
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

class billing_client {
  public:
    billing_client(std::uint16_t port, std::string_view token)
        : token_{token} {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    void send_raw(std::string_view octets) {
        boost::asio::write(socket_, boost::asio::buffer(octets.data(), octets.size()));
    }

    void send(std::string_view method, std::string_view target, std::string_view body = {}) {
        const std::string json =
            body.empty()
                ? ""
                : fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
        send_raw(fmt::format("{} {} HTTP/1.1\r\nHost: billing\r\nAuthorization: Bearer {}\r\n{}\r\n{}",
                             method, target, token_, json, body));
    }

    /// Throws when none comes in time.
    billing_reply receive(std::chrono::milliseconds limit = std::chrono::seconds{5}) {
        constexpr std::string_view head_ends = "\r\n\r\n";
        std::size_t head = std::string::npos;
        while ((head = came_.find(head_ends)) == std::string::npos)
            if (!read_some(limit))
                throw std::runtime_error{"no answer"};
        billing_reply made;
        made.head = came_.substr(0, head + 2);
        came_.erase(0, head + head_ends.size());
        number_after(made.head, "HTTP/1.1 ", made.status);
        std::size_t size = 0;
        number_after(made.head, "Content-Length: ", size);
        while (came_.size() < size)
            if (!read_some(limit))
                throw std::runtime_error{"half an answer"};
        made.body = came_.substr(0, size);
        came_.erase(0, size);
        return made;
    }

    billing_reply ask(std::string_view method, std::string_view target, std::string_view body = {}) {
        send(method, target, body);
        return receive();
    }

    /// Nothing comes for so long, and the connection is open.
    [[nodiscard]] bool is_silent(std::chrono::milliseconds limit = std::chrono::milliseconds{50}) {
        return came_.empty() && !is_readable(limit);
    }
    /// The other side ends it, with nothing more to say, within the limit.
    [[nodiscard]] bool is_cut(std::chrono::milliseconds limit = std::chrono::seconds{5}) {
        return came_.empty() && is_readable(limit) && !read_some(limit);
    }

  private:
    bool is_readable(std::chrono::milliseconds limit) {
        pollfd one{socket_.native_handle(), POLLIN, 0};
        return ::poll(&one, 1, static_cast<int>(limit.count())) == 1;
    }

    bool read_some(std::chrono::milliseconds limit) {
        if (!is_readable(limit))
            return false;
        std::array<char, 4096> piece;
        const ssize_t got = ::recv(socket_.native_handle(), piece.data(), piece.size(), 0);
        if (got <= 0)
            return false;
        came_.append(piece.data(), static_cast<std::size_t>(got));
        return true;
    }

    template <class Number>
    static void number_after(std::string_view in, std::string_view words, Number& number) {
        const auto at = in.find(words);
        if (at == std::string_view::npos)
            return;
        const std::string_view rest = in.substr(at + words.size());
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
    }

    std::string token_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_{io_};
    std::string came_;
};

} // namespace kabinet::simulator
