// A server of HTTP that says what the test says: raw octets, whenever the test likes. By itself it only cuts
// what it is asked into requests, and shakes hands where it speaks TLS.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <netinet/tcp.h>

#include <array>
#include <charconv>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::gateway::upstream::tests {

/// An answer with that body.
inline std::string answer_of(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

/// One accepted connection.
class scripted_session : public std::enable_shared_from_this<scripted_session> {
  public:
    scripted_session(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls)
        : socket_{std::move(socket)} {
        if (tls != nullptr)
            secured_.emplace(socket_, *tls);
    }

    void begins() {
        if (!secured_)
            return reads();
        secured_->async_handshake(boost::asio::ssl::stream_base::server,
                                  [self = shared_from_this()](auto failed) {
                                      self->gone = bool{failed};
                                      if (!failed)
                                          self->reads();
                                  });
    }
    /// At once and whole, whether the other side still listens or not. Over TLS a record.
    void says(std::string_view octets) {
        boost::system::error_code ignored;
        if (secured_)
            boost::asio::write(*secured_, boost::asio::buffer(octets), ignored);
        else
            boost::asio::write(socket_, boost::asio::buffer(octets), ignored);
    }
    /// In one segment, over TLS a record each.
    void says_together(std::initializer_list<std::string> parts) {
        using cork = boost::asio::detail::socket_option::boolean<IPPROTO_TCP, TCP_CORK>;
        socket_.set_option(cork{true});
        for (const std::string& each : parts)
            says(each);
        socket_.set_option(cork{false});
    }
    void hangs_up() {
        boost::system::error_code ignored;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
    }

    std::vector<std::string> asked; // whole requests, as they came
    bool gone = false;              // the other side hung up

  private:
    void reads() {
        auto came = [self = shared_from_this()](auto failed, std::size_t size) {
            if (failed) {
                self->gone = true;
                return;
            }
            self->rest_.append(self->place_.data(), size);
            self->cuts();
            self->reads();
        };
        if (secured_)
            secured_->async_read_some(boost::asio::buffer(place_), std::move(came));
        else
            socket_.async_read_some(boost::asio::buffer(place_), std::move(came));
    }
    void cuts() {
        constexpr std::string_view length_field = "Content-Length: ", end = "\r\n\r\n";
        while (true) {
            const std::size_t head = rest_.find(end);
            if (head == std::string::npos)
                return;
            std::size_t whole = head + end.size(), body = 0;
            if (const std::size_t at = rest_.find(length_field); at < head)
                std::from_chars(rest_.data() + at + length_field.size(), rest_.data() + head, body);
            whole += body;
            if (rest_.size() < whole)
                return;
            asked.push_back(rest_.substr(0, whole));
            rest_.erase(0, whole);
        }
    }

    boost::asio::ip::tcp::socket socket_;
    std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> secured_;
    std::array<char, 16'384> place_{};
    std::string rest_;
};

class scripted_server {
  public:
    /// Over TLS with a context, which outlives it.
    scripted_server(boost::asio::io_context& loop, const boost::asio::ip::address& at,
                    boost::asio::ssl::context* tls)
        : acceptor_{loop, {at, 0}}
        , tls_{tls} {
        accepts();
    }

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    std::vector<std::shared_ptr<scripted_session>> sessions;

  private:
    void accepts() {
        acceptor_.async_accept([this](auto failed, boost::asio::ip::tcp::socket socket) {
            if (failed)
                return;
            socket.set_option(boost::asio::ip::tcp::no_delay{true});
            sessions.push_back(std::make_shared<scripted_session>(std::move(socket), tls_));
            sessions.back()->begins();
            accepts();
        });
    }

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ssl::context* tls_;
};

} // namespace kabinet::gateway::upstream::tests
