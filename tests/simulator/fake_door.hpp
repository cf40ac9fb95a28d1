// A door that takes one connection, keeps what is asked there, answers with the same octets whatever it is,
// and hangs up. Its io_context is the test's.
#pragma once

#include "simulator/portal.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <optional>
#include <string>

namespace kabinet::simulator {

class fake_door {
  public:
    fake_door(boost::asio::io_context& io, std::string answers)
        : acceptor_{io, {boost::asio::ip::address_v4::loopback(), 0}}
        , answers_{std::move(answers)} {
        acceptor_.async_accept([this](boost::system::error_code gone, boost::asio::ip::tcp::socket peer) {
            if (gone) // and so is this
                return;
            peer_.emplace(std::move(peer));
            boost::asio::async_read_until(*peer_, boost::asio::dynamic_buffer(asked), "}",
                                          [this](boost::system::error_code lost, std::size_t) {
                                              if (lost)
                                                  return;
                                              boost::asio::write(*peer_, boost::asio::buffer(answers_));
                                              peer_.reset();
                                          });
        });
    }

    [[nodiscard]] portal_settings settings() const {
        portal_settings made;
        made.host = "127.0.0.1";
        made.port = acceptor_.local_endpoint().port();
        made.token = std::make_shared<const secret>("fake-portal-token");
        made.operator_token = std::make_shared<const secret>("fake-operator-token");
        return made;
    }

    std::string asked;

  private:
    boost::asio::ip::tcp::acceptor acceptor_;
    std::string answers_;
    std::optional<boost::asio::ip::tcp::socket> peer_;
};

} // namespace kabinet::simulator
