// Another phone, with the code word of a number that its subscriber can't use now.
#include "gateway/perform.hpp"
#include "gateway/perform_words.hpp"
#include "gateway/translate.hpp"

namespace kabinet::gateway {

using namespace outcome_words;

namespace asio = boost::asio;
using menus::action_kind;

namespace {

const menus::number_and_word& words_of(const menus::action& asked) {
    if (const auto* blocked = std::get_if<menus::block_other>(&asked))
        return *blocked;
    return std::get<menus::unblock_other>(asked);
}

/// The number hears of it itself, and of its word being closed.
store::result_sms notice_for(msisdn whose, const wish& of, bool blocks) {
    store::result_sms sms;
    sms.when_refused = store::result_sms::birth::never;
    sms.action = blocks ? "notice.number_blocked" : "notice.number_unblocked";
    sms.closing = "notice.code_word_closed";
    sms.is_notice = true;
    sms.from = sender_address(of.pack->sender);
    sms.to = subscriber_address(whose);
    sms.group = of.group;
    sms.life = sms_life;
    return sms;
}

/// What the number itself would hear isn't meant for whoever asked.
std::string_view word_of(store::verdict came) {
    const bool is_operators = came == store::verdict::barred ||
                              (came >= store::verdict::barred_debt && came <= store::verdict::barred_ended);
    return is_operators ? "party_barred" : store::name_of(came);
}

store::outgoing_sms take_notice(const store::result_sms& sms, const store::outcome& came, msisdn whose) {
    store::outgoing_sms row = store::begin_sms(whose, sms, came.at);
    store::finish_sms(row, came);
    if (came.is == store::verdict::locked_out)
        row.action = sms.closing;
    row.what.is = store::verdict::told; // by its name alone
    return row;
}

} // namespace

asio::awaitable<void> performer::use_word(const wish& of, performed& made) {
    const bool blocks = made.asked == action_kind::block_other;
    const menus::number_and_word& typed = words_of(of.asked);
    made.word = busy;
    if (numbers_ == nullptr || !co_await may_ask(of, made))
        co_return;
    made.came.sums.party = typed.whose;
    if (typed.whose == msisdn{} || typed.word.empty()) { // what was texted wasn't both
        made.word = store::name_of(store::verdict::wrong_word);
        co_return;
    }
    if (const auto again = numbers_->admit(of.by.who, typed.whose, of.now)) {
        made.word = store::name_of(store::verdict::limit);
        made.came.until = again;
        co_return;
    }
    made.is_done = false;
    auto proof = co_await numbers_->prove(typed.whose, typed.word, pool_, of.pack->allowed);
    if (!proof) {
        numbers_->forgive(of.by.who, typed.whose); // nothing was looked at
        co_return;
    }
    store::request asked = ask_of_number(typed.whose, of, blocks);
    asked.proof = std::move(*proof);
    co_await make_true_of_another(std::move(asked), of, made);
    if (made.is_done && !made.is_refused)
        numbers_->forgive(of.by.who, typed.whose);
}

asio::awaitable<performed> performer::change_number(wish of, bool blocks) {
    performed made;
    made.asked = blocks ? action_kind::block_other : action_kind::unblock_other;
    made.word = busy;
    if (numbers_ == nullptr)
        co_return made;
    store::request asked = ask_of_number(of.by.who, of, blocks);
    co_await make_true_of_another(std::move(asked), of, made);
    co_return made;
}

asio::awaitable<void> performer::make_true_of_another(store::request asked, const wish& of, performed& made) {
    const msisdn whose = asked.by.who;
    const store::result_sms notice =
        notice_for(whose, of, std::holds_alternative<store::block_number>(asked.what));
    const auto came = co_await numbers_->fulfil(std::move(asked));
    if (!came) {
        made.is_hopeless = came.error() != store::store_error::busy;
        co_return;
    }
    made.is_done = true;
    made.word = word_of(came->is);
    made.is_refused = store::is_refusal(came->is);
    made.came.until = came->until;
    made.other.emplace();
    made.other->whose = whose;
    made.other->overtaken = came->overtaken;
    const bool is_told = !store::is_refusal(came->is) || came->is == store::verdict::locked_out;
    if (came->sms && is_told)
        made.other->notice = take_notice(notice, *came, whose);
}

store::request performer::ask_of_number(msisdn whose, const wish& of, bool blocks) const {
    store::request asked;
    const std::string_view id{reinterpret_cast<const char*>(of.id.data()), of.id.size()};
    asked.id = keys_.name_request({"of a number", id}); // beside the answer to whoever asks
    asked.repeats_within = of.repeats_within;
    asked.by = of.by;
    asked.by.who = whose;
    asked.by.speaks = of.pack->languages.front().code;
    asked.by.may_register = false;
    asked.what = blocks ? store::effect{store::block_number{}} : store::effect{store::unblock_number{}};
    asked.sms = notice_for(whose, of, blocks);
    asked.idle_after = of.pack->accounts.idle_after;
    asked.now = of.now;
    return asked;
}

} // namespace kabinet::gateway
