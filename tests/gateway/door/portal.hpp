// The portal's side of the door without a socket: a reception over a real store, and requests in one line.
#pragma once

#include "gateway/door/api.hpp"
#include "gateway/perform.hpp"
#include "store/lane.hpp"
#include "tests/gateway/in_store.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/io_context.hpp>
#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::gateway::door::tests {

using namespace std::chrono_literals;
using gateway::tests::anna;
using gateway::tests::boris;
using gateway::tests::run_until;

inline constexpr std::string_view token = "fake-token-of-the-portal-0123456789";
inline constexpr std::string_view operator_token = "fake-token-of-the-operator-012345";

/// Hears of changes and remembers them.
class change_ear final : public change_listener {
  public:
    void end_access(store::ended_access of) override;
    void forget(msisdn who) override;

    std::vector<store::ended_access> ended;
    std::vector<msisdn> forgotten;
};

class portal {
  public:
    explicit portal(std::uint32_t visitor_numbers = 20, std::uint32_t sms_per_minute = 300);
    ~portal();
    portal(const portal&) = delete;
    portal& operator=(const portal&) = delete;

    store::outcome once(store::request asked);
    /// The SIM has that done.
    store::outcome fulfil(msisdn who, store::effect what);
    /// The operator's feed says so.
    void feed(const store::subscriber& row);
    /// The operator's people do so.
    void change(msisdn who, store::account_change what);
    void give_word(msisdn who, std::string_view word);
    /// The SIM asks for a password; it is `clear`.
    void give_password(msisdn who, std::string_view clear, bool is_chosen = false);
    /// What `work` makes of the rows.
    template <class Work>
    [[nodiscard]] auto in_store(Work work) {
        return gateway::tests::in_store(loop, lane, std::move(work));
    }

    answer ask(request asked);
    /// Without waiting for the answer.
    void ask_beside(request asked, std::function<void(answer)> told);
    answer ask(std::string path, const nlohmann::json& body, std::string key = {});
    [[nodiscard]] static request post(std::string path, std::string body, std::string key = {});
    [[nodiscard]] static request get(std::string path);
    answer log_in(msisdn who, std::string password, std::string key = {}, std::string visitor = {});
    std::string verdict(msisdn who, std::string password);
    /// What was to go out since the last look.
    std::vector<store::outgoing_sms> sms();

    store::tests::folder place;
    store::keys keys;
    boost::asio::io_context loop;
    store::lane lane;
    store::embedded_billing money;
    store::password_check check;
    hash_pool pool;
    lines no_links;
    std::shared_ptr<menus::definition> pack;
    sender sends; // keeps nothing: `sms` reads what it gives back
    recent lately;
    closed_actions closed;
    store::embedded_network network;
    number_desk blocking;
    reception desk;
    bool is_ready = true;
    int turned_away = 0;
    numbering_plan numbers;
    std::vector<secret> known;
    std::vector<secret> operators;
    change_ear changes;
    std::vector<std::pair<msisdn, language>> heard;
    api at_door;

  private:
    [[nodiscard]] house make_house();
};

} // namespace kabinet::gateway::door::tests
