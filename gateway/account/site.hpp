// The pages at /account, for an operator without a portal and for a demo: a portal like any other. It asks
// the door's API with a portal's token and knows nothing that the API doesn't say. Knows no socket and no
// store.
#pragma once

#include "gateway/account/form.hpp"
#include "gateway/account/pages.hpp"
#include "gateway/account/sessions.hpp"
#include "gateway/door/http.hpp"
#include "menus/definition.hpp"

#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kabinet::gateway::account {

/// Whether a path is one of these pages'.
[[nodiscard]] bool is_here(std::string_view path);

/// What the pages work with.
struct house {
    std::function<boost::asio::awaitable<door::answer>(door::request)> ask; // the API
    std::function<boost::asio::awaitable<std::shared_ptr<const menus::definition>>()> pack;
    std::function<steady_time()> now;
    secret token; // one of the portal's
    bool is_over_tls = true;
};

class site {
  public:
    /// `keys` outlive it.
    site(house, const store::keys& keys);

    /// What no page of ours asks, before its body is read.
    [[nodiscard]] std::optional<door::answer> refuse_early(const door::request& without_body) const;

    /// From the door's thread, and answers there. Never throws.
    [[nodiscard]] boost::asio::awaitable<door::answer> respond(door::request);

    [[nodiscard]] const sessions& visitors() const { return sessions_; }

    static constexpr std::chrono::seconds quickest_answer{2};
    static constexpr unsigned most_wrong_answers = 5;
    static constexpr std::chrono::minutes questions_pause{10};

  private:
    using answering = boost::asio::awaitable<door::answer>;

    /// What the API said.
    struct told;

    /// One request on its way through.
    struct visit {
        explicit visit(door::request from)
            : asked{std::move(from)} {}

        door::request asked;
        form entered;
        steady_time now;
        std::shared_ptr<const menus::definition> pack;
        const words* speaks = nullptr;
        std::shared_ptr<session> by; // whose cookie came
        std::shared_ptr<told> seen;  // what the API said for the page to show
        std::shared_ptr<told> purse; // and what of the money
        page_values sells;           // of which kinds something is sold to him
    };

    enum class whom : std::uint8_t { anyone, strangers, guests };
    struct route {
        std::string_view path;
        whom lets_in;
        door::answer (site::*show)(visit&) const;
        answering (site::*take)(visit&);             // null: nothing is sent there
        std::string_view looks{};                    // what the API is asked before a guest is shown it
        bool has_purse = false;                      // and about his money too
        std::string (*body)(const visit&) = nullptr; // of what it is asked; null: which guest asks, no more
        bool leads_to_wares = false;                 // and what is sold to him
    };
    static std::span<const route> routes();
    [[nodiscard]] static const route* find_route(std::string_view path);

    [[nodiscard]] std::shared_ptr<session> recognise(const visit&);
    [[nodiscard]] answering guide(visit&);
    [[nodiscard]] answering take(const route&, visit&);
    [[nodiscard]] std::optional<door::answer> send_elsewhere(const route&, visit&);

    [[nodiscard]] static std::optional<door::answer> keep_to_level(const route&, const guest&);

    // The pages, by what is shown.
    door::answer show_entrance(visit&) const;
    door::answer show_home(visit&) const;
    door::answer show_archive(visit&) const;
    door::answer show_statement(visit&) const;
    door::answer show_top_up(visit&) const;
    door::answer show_promise(visit&) const;
    door::answer show_terms(visit&) const;
    door::answer show_wares(visit&) const;
    door::answer show_ware(visit&) const;
    door::answer show_transfer(visit&) const;
    door::answer show_transfer_terms(visit&) const;
    door::answer show_code(visit&) const;
    door::answer show_word(visit&) const;
    door::answer show_word_closed(visit&) const;
    door::answer show_sms(visit&) const;
    door::answer show_sent(visit&) const;
    door::answer show_forgot(visit&) const;
    door::answer show_new(visit&) const;
    door::answer show_change(visit&) const;
    door::answer show_regime(visit&) const;
    door::answer show_regime_code(visit&) const;
    door::answer show_blocked(visit&) const;
    door::answer show_block(visit&) const;
    door::answer show_unblock(visit&) const;
    door::answer show_lost(visit&) const;
    door::answer show_found(visit&) const;
    door::answer show_help(visit&) const;
    door::answer leave(visit&) const;

    // What is sent from them.
    answering log_in(visit&);
    answering finish_login(visit&);
    answering send_password(visit&);
    answering send_code(visit&);
    answering send_own_code(visit&);
    answering send_regime_code(visit&);
    answering set_password(visit&);
    answering set_regime(visit&);
    answering restore_password(visit&);
    answering set_two_step(visit&);
    answering set_language(visit&);
    answering top_up(visit&);
    answering choose_offer(visit&);
    answering take_promise(visit&);
    answering order_ware(visit&);
    answering read_transfer(visit&);
    answering make_transfer(visit&);
    answering ask_for_call(visit&);
    answering block_number(visit&);
    answering unblock_number(visit&);
    answering block_by_word(visit&);
    answering unblock_by_word(visit&);
    /// `way` begins the names of what is said.
    answering use_word(visit&, std::string_view path, std::string_view way);
    answering log_out(visit&);

    [[nodiscard]] static guest make_guest(told&, steady_time now);
    /// The password was right; the way goes on to the page for the code.
    [[nodiscard]] door::answer want_code(visit&, told&, std::string number, std::string_view notice = {});
    /// Another password has ended what the API gave for the one before.
    answering log_in_again(visit&);
    /// The guest is a stranger from here on, and is told why.
    [[nodiscard]] door::answer put_out(visit&, std::string_view problem, std::string_view notice = {});

    /// Asks what a page shows; an answer is instead of the page. Nothing comes where the API can't say it
    /// now.
    boost::asio::awaitable<std::optional<door::answer>> look(visit&, std::string_view path, std::string body,
                                                             std::shared_ptr<told>& into);
    /// Which kinds of what is sold have something for him.
    boost::asio::awaitable<std::optional<door::answer>> look_for_wares(visit&);
    /// In which language whom to ask is told.
    [[nodiscard]] static std::string write_language(const visit&);
    /// The month that the address names.
    [[nodiscard]] static std::string write_period(const visit&);
    /// What came of a setting; on the way back to the page that has them.
    [[nodiscard]] door::answer tell_setting(visit&, const told&, std::string_view field,
                                            std::string_view done);
    void add_settings(const visit&, page_values&, page_rows&) const;
    static void add_purse(const visit&, page_values&, page_rows&);
    /// Why no money came; `way` begins the names of the wish's own words, which are shown at the field `at`.
    [[nodiscard]] door::answer tell_of_money(visit&, const told&, std::string_view way, std::string_view at);
    [[nodiscard]] door::answer tell_of_transfer(visit&, const told&);

    /// A code for `number`; the way goes on to `next`.
    answering have_code_sent(visit&, std::string number, session::code_for, std::string_view next);
    void use_up_ticket(visit&);
    void end_all_with(const visit&, std::string_view number);
    /// Asks the API under a name that is this form's alone: sent twice it is one wish.
    boost::asio::awaitable<told> ask(const visit&, std::string_view path, std::string body);
    using texts = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    /// Of somebody at his address. `more` is JSON as it stands.
    [[nodiscard]] static std::string write_body(const visit&, texts, std::string_view more = {});
    /// Of a guest by his login, from wherever: his number is no guess, and no visitor's to count.
    [[nodiscard]] static std::string write_guest_body(const visit&, texts, std::string_view more = {});
    static constexpr std::string_view person_vouched = ",\"challenge_passed\":true";
    [[nodiscard]] std::string key_of(const visit&, std::string_view path) const;

    /// An answer sends the person back to the page; nothing lets the form on.
    [[nodiscard]] std::optional<door::answer> find_empty(visit&, texts) const;
    [[nodiscard]] std::optional<door::answer> examine_person(visit&) const;
    [[nodiscard]] std::optional<door::answer> find_trouble(const visit&, const told&) const;
    [[nodiscard]] door::answer tell_refusal(const visit&, const told&,
                                            std::string_view limit = "limit") const;
    [[nodiscard]] static door::answer complain_of_number(visit&, const told&);
    [[nodiscard]] static door::answer complain(visit&, std::string_view at, std::string_view why,
                                               std::string_view more = {});
    [[nodiscard]] static door::answer finish(visit&, std::string_view leads, std::string_view notice = {});

    /// A page of a session's, with what there is to tell on it.
    [[nodiscard]] door::answer show(visit&, std::string_view body, page_values values = {},
                                    const page_rows& rows = {}) const;
    [[nodiscard]] door::answer show_asking(visit&, std::string_view body) const;
    [[nodiscard]] door::answer tell_trouble(const visit&, unsigned status, std::string_view kind,
                                            std::string when = {}) const;
    [[nodiscard]] page_values values_for(const visit&, std::string_view body) const;
    [[nodiscard]] std::string say_when(const visit&, std::chrono::seconds) const;
    [[nodiscard]] std::string say_until(const visit&, const std::string& iso) const;

    [[nodiscard]] const words& choose_language(const visit&) const;
    [[nodiscard]] std::string cookie(std::string_view name, std::string_view value,
                                     std::string_view more = {}) const;

    house house_;
    const store::keys& keys_;
    pages pages_;
    sessions sessions_;
};

} // namespace kabinet::gateway::account
