// Who has the pages open: kept here, the browser holds nothing but a random name. In memory, bounded; a
// restart ends them all. Used on one thread.
//
// Whoever logs in gets another session, and the one before stays a stranger's: a name that somebody else knew
// or planted never becomes worth anything.
#pragma once

#include "gateway/account/question.hpp"
#include "store/keys.hpp"
#include "values/instant.hpp"
#include "values/secret.hpp"

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kabinet::gateway::account {

/// Somebody who logged in, as the API said it.
struct guest {
    std::string number; // digits with the country code
    std::string regime; // `one-time` or `static`
    std::string level;  // `view`, `own` or `all`
    std::uint64_t failures = 0;
    bool must_change = false;
    secret login;                           // what the API gave, to ask more with
    steady_time until = steady_time::max(); // that is over then, and the session with it
};

struct session {
    std::string id;         // in the browser's cookie and nowhere else
    std::string form_token; // in every form: another site doesn't know it
    steady_time started;
    steady_time used;
    std::optional<guest> who;

    // For the next page. Never a password or a code.
    std::string number;                                   // as typed
    std::string problem, problem_more;                    // names of words
    std::string problem_at;                               // the field
    std::string notice;                                   // name of words
    std::map<std::string, std::string, std::less<>> said; // what is put into those words

    std::optional<question> asked; // answered or not, it is good for one form
    steady_time asked_at;
    unsigned wrong_answers = 0;
    steady_time questions_from{}; // none before
    std::string person_of;        // the form that was a person's: sent twice it is one

    secret ticket; // of the code that was sent
    std::string ticket_number;
    enum class code_for : std::uint8_t { nothing, password, regime, login };
    code_for ticket_for = code_for::nothing;
    steady_time ticket_until{}; // of a login's
    steady_time code_again{};   // from then on another one can be sent

    std::string offer; // of a promised payment: chosen, not taken
    std::string ware;  // of what is sold, the same

    std::string transfer_to, transfer_amount; // as typed
    bool is_transfer_read = false;            // both can be what they should; agreed to they are later

    std::string done;       // the form that was done last: sent twice it is done once
    std::string done_leads; // to this page
};

class sessions {
  public:
    static constexpr std::chrono::minutes idle{10};
    static constexpr std::chrono::minutes longest{60};
    static constexpr std::size_t most_of_number = 5;

    /// `keys` outlive it. At most `most` strangers and as many guests.
    explicit sessions(const store::keys& keys, std::size_t most = 10'000)
        : keys_{keys}
        , most_{most} {}

    /// Of somebody who has not logged in. Where there are too many, who was silent longest has to begin anew.
    [[nodiscard]] std::shared_ptr<session> open(steady_time now);
    /// Under a new name. Where his number has too many, the one that was silent longest ends.
    [[nodiscard]] std::shared_ptr<session> let_in(guest, steady_time now);

    /// Null when there is none of that name or it is over. It counts as use.
    [[nodiscard]] std::shared_ptr<session> find(std::string_view id, steady_time now);
    /// Whether a form is of a page of that session's.
    [[nodiscard]] bool is_own(const session&, std::string_view form_token) const;

    void end(const session&);
    /// Whoever is logged in with that number, but for `kept`: it has another password now.
    void end_all_of(std::string_view number, const session& kept);

    [[nodiscard]] std::size_t size() const { return places_.size(); }

  private:
    using row = std::list<std::shared_ptr<session>>; // who was silent longest first
    struct place {
        row* in;
        row::iterator at;
    };

    /// By its mark a table tells nothing of a name by the time it takes.
    [[nodiscard]] store::fingerprint mark(std::string_view id) const { return keys_.mark("account", id); }
    [[nodiscard]] std::shared_ptr<session> add(row& to, steady_time now);
    void drop_over(row& from, steady_time now);
    void erase(row& from, row::iterator);

    const store::keys& keys_;
    std::size_t most_;
    row strangers_;
    row guests_;
    boost::unordered_flat_map<store::fingerprint, place, boost::hash<store::fingerprint>> places_;
};

/// 32 random hex digits.
[[nodiscard]] std::string draw_name();

} // namespace kabinet::gateway::account
