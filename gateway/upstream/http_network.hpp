// The half of the network that tells the operator's own system (docs/network.yaml): what is to be told is in
// the store first, and is told again until it was heard. Runs on the loop.
#pragma once

#include "gateway/upstream/careful_client.hpp"
#include "store/network.hpp"
#include "store/number_news.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <vector>

namespace kabinet::gateway::upstream {

class http_network final : public store::network {
  public:
    /// Both outlive it. Throws as http_client does.
    http_network(boost::asio::io_context& loop, store::store&, const upstream_settings&);

    void fulfil(store::request, store::completion<store::outcome>) override;
    void work(instant) override;

    /// Begins nothing more; what is under way goes on.
    void stop() { is_stopping_ = true; }
    /// Hears nothing more. Before the loop goes.
    void end() { theirs_.end(); }
    [[nodiscard]] bool is_at_rest() const { return !is_telling_; }

    struct figures : careful_client::figures {
        store::news_figures news; // when it was looked last
    };
    [[nodiscard]] figures look() const;
    [[nodiscard]] const durations& times() const { return theirs_.times(); }

  private:
    enum class told { yes, refused, unknown, unasked };

    boost::asio::awaitable<void> tell_all();
    /// False where some of them are still to be told. Gives up where it is to be left alone.
    boost::asio::awaitable<bool> tell_each(std::vector<store::number_news>);
    boost::asio::awaitable<told> tell(store::number_news);

    boost::asio::io_context& loop_;
    store::store& store_;
    store::embedded_network own_;
    careful_client theirs_;
    steady_time next_{};
    std::int64_t told_up_to_ = 0; // where to begin next: one number that can't be told keeps no other waiting
    std::uint32_t tries_ = 0;     // in a row, that left something to be told
    bool is_telling_ = false;
    bool is_stopping_ = false;
    store::news_figures news_;
};

} // namespace kabinet::gateway::upstream
