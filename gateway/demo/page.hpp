// The phone's page: a server of its own on loopback that gives a browser the phone, takes its keys and tells
// what happens to it. Knows no centre.
#pragma once

#include "gateway/demo/events.hpp"
#include "gateway/demo/ways.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace kabinet::gateway::demo {

/// What the page presses, on the page's thread; none of it may wait.
struct phone_keys {
    std::function<void(std::string text)> key_in; // a code, or the answer to a screen that awaits one
    std::function<void(std::string to, std::string text)> send_sms;
    std::function<void()> hang_up;
};

class page {
  public:
    /// Listens when this returns, on any port that is free. The page proposes these ways, as `/tries`. A
    /// browser that asks for news waits for some at most `longest_poll`, which is shorter than a server's
    /// patience.
    page(msisdn owner, const ways&, phone_keys,
         std::chrono::milliseconds longest_poll = std::chrono::seconds{8});
    ~page();
    page(const page&) = delete;
    page& operator=(const page&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// From any thread.
    void tell(phone_event);

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::gateway::demo
