// A billing system on a thread of its own, for tests of whoever asks it: its books, its faults, and its
// absence.
#pragma once

#include "simulator/billing_server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

namespace kabinet::tests {

class billing_thread {
    template <class Action>
    auto do_there(Action action) {
        std::packaged_task<decltype(action())()> task{std::move(action)};
        auto answer = task.get_future();
        // moved: the thread may still be inside the task when the answer is taken
        boost::asio::post(io_, std::move(task));
        return answer.get();
    }

  public:
    static constexpr std::string_view token = "fake-billing-token";

    explicit billing_thread(simulator::books_settings books = {}, simulator::billing_settings settings = {})
        : books_{std::move(books)}
        , settings_{std::move(settings)} {
        settings_.token = std::make_shared<const secret>(token);
        server_ = std::make_unique<simulator::billing_server>(io_, settings_, books_);
        settings_.port = server_->port();
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~billing_thread() {
        io_.stop();
        thread_.join();
    }
    billing_thread(const billing_thread&) = delete;
    billing_thread& operator=(const billing_thread&) = delete;

    [[nodiscard]] std::uint16_t port() const { return settings_.port; }

    /// Does something with it on its own thread; returns what that returns. Not while it is away.
    template <class Question>
    auto ask(Question question) {
        return do_there([&] { return question(*server_); });
    }
    void misbehave(const simulator::billing_faults& how) {
        ask([&](simulator::billing_server& at) { at.faults() = how; });
    }
    [[nodiscard]] simulator::billing_figures figures() {
        return ask([](simulator::billing_server& at) { return at.figures(); });
    }

    /// Nobody listens at its port until it is back, with the same books.
    void go_away() {
        do_there([this] { server_.reset(); });
    }
    void come_back() {
        do_there([this] { server_ = std::make_unique<simulator::billing_server>(io_, settings_, books_); });
    }

  private:
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    simulator::billing_books books_;
    simulator::billing_settings settings_;
    std::unique_ptr<simulator::billing_server> server_;
    std::thread thread_;
};

} // namespace kabinet::tests
