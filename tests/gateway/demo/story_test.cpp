#include "gateway/demo/story.hpp"

#include "store/secrets.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace kabinet::gateway::demo::story_test {

TEST_CASE("a made password is found among the words of a screen") {
    const secret made = store::generate_password();
    const std::string clear{made.reveal()};
    CHECK(find_password("Пароль: " + clear + "\nlk.megafon.ru, логин 9261112233") == clear);
    CHECK(find_password("Password: " + clear + ".") == clear);
    CHECK(find_password(clear) == clear);
}

TEST_CASE("what only resembles a password isn't taken for one") {
    CHECK(find_password("").empty());
    CHECK(find_password("Один вход, до 23.11 02:32").empty());
    CHECK(find_password("password 12345678 bcdfghjkm bcdfghj").empty());
}

TEST_CASE("after the story a password is had as the pack has it, and the voucher is shown with its way") {
    ways of;
    CHECK(propose(of, std::nullopt).empty());
    of.new_password_by_sms = {"611", "PASSWORD"};
    CHECK(propose(of, std::nullopt) == "For a password to log in with, text: sms 611 PASSWORD.\n");
    of.new_password = "*111*1#";
    CHECK(propose(of, std::nullopt) == "For a password to log in with, dial *111*1#.\n");

    const std::optional<voucher> lent{voucher{secret{"4071826395"}, money::from_minor(500'00), "RUB"}};
    const std::string shown = "A voucher of 500.00 RUB to top up with: 4071826395";
    CHECK(propose({}, lent) == shown + '\n');
    of.top_up_by_sms = {"611", "VOUCHER 4071826395"};
    CHECK(propose(of, lent) ==
          "For a password to log in with, dial *111*1#.\n" + shown + " (text: sms 611 VOUCHER 4071826395)\n");
    of.top_up = "*100*4071826395#";
    CHECK(propose(of, lent).ends_with(shown + " (dial *100*4071826395#)\n"));
}

TEST_CASE("a verdict is read from a whole answer and from nothing else") {
    CHECK(read_verdict("HTTP/1.1 200 OK\r\nX: y\r\n\r\n{\"verdict\":\"denied\"}\n") == "denied");
    CHECK(read_verdict("").empty());
    CHECK(read_verdict("HTTP/1.1 200 OK\r\n").empty());
    CHECK(read_verdict("HTTP/1.1 401 Unauthorized\r\n\r\n{\"title\":\"A token is wanted\"}").empty());
    CHECK(read_verdict("HTTP/1.1 200 OK\r\n\r\n{\"verdict\":7}").empty());
    CHECK(read_verdict("HTTP/1.1 200 OK\r\n\r\n[").empty());
}

TEST_CASE("a door that nobody holds open gives no answer") {
    boost::asio::io_context io;
    std::uint16_t was_free = 0;
    {
        const boost::asio::ip::tcp::acceptor taken{io, {boost::asio::ip::address_v4::loopback(), 0}};
        was_free = taken.local_endpoint().port();
    }
    const secret token{"fake-token"};
    CHECK(portal{was_free, token}.log_in(msisdn::from_digits(79261112233), "fakeword") == "no answer");
}

} // namespace kabinet::gateway::demo::story_test
