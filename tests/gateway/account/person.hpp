// A person with a browser before the pages of /account: keeps cookies, fills in forms, follows where he is
// led. Behind the pages are the real API and a real store.
#pragma once

#include "gateway/account/site.hpp"
#include "tests/gateway/door/portal.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::gateway::account::tests {

using namespace std::chrono_literals;
using door::answer;
using door::request;
using gateway::tests::anna;
using gateway::tests::boris;
using gateway::tests::run_until;

/// The portal with its pages, and a clock that a test sets.
class place : public door::tests::portal {
  public:
    explicit place(std::uint32_t visitor_numbers = 20);
    /// What a browser must not hold never was on any page, whatever the test did.
    ~place();

    answer open(request asked) { return open(std::move(asked), pages); }
    answer open(request asked, site& of);
    void keep_back(std::string_view text);
    /// As a word of its own: the names of sessions and forms are hex, and may hold any six digits by chance.
    [[nodiscard]] bool has_shown(std::string_view word) const;

    std::string shown;                  // all that was ever sent to a browser
    std::vector<std::string> kept_back; // the API's sessions and tickets, and passwords that were typed
    // what the API would say, by path, where a billing system elsewhere has its own word
    std::map<std::string, std::pair<unsigned, std::string>, std::less<>> elsewhere;
    steady_time now;
    site pages;
    site plain; // without TLS

  private:
    static constexpr std::size_t shortest_kept_back = 8; // a shorter guess may well be a word of the page's

    boost::asio::awaitable<answer> ask_door(request asked);
    house make_house(bool is_over_tls);
};

std::string encode(std::string_view text);
std::string_view between(std::string_view in, std::string_view before, std::string_view after);
std::string header_of(const answer& came, std::string_view name);

using typed = std::vector<std::pair<std::string, std::string>>;

class person {
  public:
    explicit person(place& before, std::string language = "ru");
    person(person&&) noexcept;
    ~person();

    /// The page at the end of the way.
    answer look(std::string from);
    /// Fills in the form that is open, and what of it a browser fills in itself.
    answer send(const std::string& to, typed fields);
    [[nodiscard]] request make_form(const std::string& to, typed fields) const;
    answer log_in(msisdn who, std::string password);
    /// What a person would answer to the question on the page, a while later.
    [[nodiscard]] std::string answer_question();
    [[nodiscard]] bool reads(std::string_view text) const;

    place& at;
    std::string speaks;
    std::map<std::string, std::string> cookies;
    std::string page;
    std::string path; // where he is
    pages site_pages;

    [[nodiscard]] request make(std::string method, std::string target) const;
    void keep_cookies(const answer& came);

  private:
    answer follow(answer came);
};

inline constexpr const char* chosen = "My-own-pass-1";

/// Anna, with the password she has chosen.
person log_in(place& at, std::string language = "ru");

} // namespace kabinet::gateway::account::tests
