#include "gateway/make_effect.hpp"

#include "gateway/perform_words.hpp"
#include "gateway/sell.hpp"
#include "menus/entry.hpp"
#include "menus/password_rules.hpp"
#include "store/secrets.hpp"

namespace kabinet::gateway {

namespace asio = boost::asio;

namespace {

using made_effect = std::optional<store::effect>;

/// A way for each action that there is: the compiler asks for one of a new action.
class effect_maker {
  public:
    effect_maker(const wish& of, performed& into, const store::keys& keys)
        : of_{of}
        , into_{into}
        , keys_{keys} {}

    // Hashed before (below).
    made_effect operator()(const menus::issue_password&) { return std::nullopt; }
    made_effect operator()(const menus::choose_password&) { return std::nullopt; }

    made_effect operator()(const menus::tell& asked) {
        into_.word = store::name_of(store::verdict::told);
        into_.told = asked.text;
        return store::tell{std::string{view(asked.text)}};
    }
    made_effect operator()(const menus::set_language& asked) { return store::set_language{asked.chosen}; }
    made_effect operator()(const menus::close_portal&) { return store::close_portal{}; }
    made_effect operator()(const menus::ask_code&) {
        return store::set_switch{store::account_switch::two_step, true};
    }
    made_effect operator()(const menus::skip_code&) {
        return store::set_switch{store::account_switch::two_step, false};
    }
    made_effect operator()(const menus::top_up& asked) {
        const auto refused = menus::examine_voucher(asked.code, of_.pack->vouchers);
        if (refused != menus::refusal::none)
            return say_only(menus::name_of(refused), into_);
        return redeem(asked.code, keys_, *of_.pack);
    }
    made_effect operator()(const menus::take_promise& asked) { return lend(asked); }
    made_effect operator()(const menus::transfer& asked) { return give(asked, *of_.pack); }
    made_effect operator()(const menus::connect_service& asked) { return connect(asked.on); }
    made_effect operator()(const menus::disconnect_service& asked) { return disconnect(asked.name); }
    made_effect operator()(const menus::change_tariff& asked) { return change_to(asked.on); }
    made_effect operator()(const menus::buy_package& asked) { return buy(asked.on); }
    made_effect operator()(const menus::stop_package& asked) { return stop(asked.name); }
    made_effect operator()(const menus::block_number&) { return store::block_number{}; }
    made_effect operator()(const menus::call_back&) { return promise_call(*of_.pack, of_.now.utc); }

    // What was looked at is said; so is what came of another number.
    made_effect operator()(const menus::list_archive&) { return say(); }
    made_effect operator()(const menus::explain_login&) { return say(); }
    made_effect operator()(const menus::show_balance&) { return say(); }
    made_effect operator()(const menus::show_spending&) { return say(); }
    made_effect operator()(const menus::list_movements&) { return say(); }
    made_effect operator()(const menus::list_services&) { return say(); }
    made_effect operator()(const menus::show_tariff&) { return say(); }
    made_effect operator()(const menus::show_packages&) { return say(); }
    made_effect operator()(const menus::block_other&) { return say(); }
    made_effect operator()(const menus::unblock_other&) { return say(); }

  private:
    made_effect say() { return say_only(into_.word, into_); }

    const wish& of_;
    performed& into_;
    const store::keys& keys_;
};

asio::awaitable<made_effect> issue(const wish& of, performed& into, hash_pool& pool) {
    into.clear = store::generate_password();
    auto hash = co_await pool.run(hash_work::generated,
                                  [&clear = into.clear] { return store::hash_generated(clear); });
    if (!hash || !*hash)
        co_return std::nullopt;
    const menus::limits& allowed = of.pack->allowed;
    store::issue_password made{std::move(**hash), of.pack->passwords.life, allowed.passwords_per_hour,
                               allowed.passwords_per_day};
    co_return store::effect{std::move(made)};
}

asio::awaitable<made_effect> choose(const wish& of, const secret& chosen, performed& into, hash_pool& pool) {
    const auto refused = menus::examine_password(chosen, of.pack->passwords, of.by.who);
    if (refused != menus::refusal::none)
        co_return say_only(menus::name_of(refused), into);
    auto hash = co_await pool.run(hash_work::chosen, [&chosen] { return store::hash_chosen(chosen); });
    if (!hash || !*hash)
        co_return std::nullopt;
    const menus::limits& allowed = of.pack->allowed;
    store::choose_password made{std::move(**hash), allowed.passwords_per_hour, allowed.passwords_per_day};
    co_return store::effect{std::move(made)};
}

} // namespace

store::effect say_only(std::string_view word, performed& into) {
    into.word = word;
    into.told = menus::name_result(menus::name_of(into.asked), word);
    return store::tell{std::string{view(into.told)}, into.came.sums,  into.came.until,
                       into.came.movements,          into.came.about, into.came.holdings,
                       into.came.operations};
}

asio::awaitable<std::optional<store::effect>> make_effect(wish& of, performed& into, const store::keys& keys,
                                                          hash_pool& pool) {
    if (std::holds_alternative<menus::issue_password>(of.asked))
        co_return co_await issue(of, into, pool);
    if (const auto* asked = std::get_if<menus::choose_password>(&of.asked))
        co_return co_await choose(of, asked->chosen, into, pool);
    co_return std::visit(effect_maker{of, into, keys}, of.asked);
}

} // namespace kabinet::gateway
