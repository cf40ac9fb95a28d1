// The reader's thread: what has queued is read together, of one moment, beside the writer. Changes nothing.
#pragma once

#include "store/backend.hpp"
#include "store/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace kabinet::store {

class reading_lane {
  public:
    /// Completions run on `loop`. More than `most` waiting are answered `busy`.
    reading_lane(reading_backend&, boost::asio::any_io_executor loop, std::size_t most);
    ~reading_lane();
    reading_lane(const reading_lane&) = delete;
    reading_lane& operator=(const reading_lane&) = delete;

    /// See store::read.
    void read(store::look work, completion<void> done);

    /// Finishes what has queued; what comes later is answered `busy`.
    void stop();

  private:
    struct item {
        store::look work;
        completion<void> done;
        boost::system::result<void> answer = store_error::busy;
    };

    void run();
    void read_all(std::vector<item>&);
    void hand_back(std::vector<item>);

    reading_backend& backend_;
    boost::asio::any_io_executor loop_;
    std::size_t most_;
    std::mutex gate_;
    std::condition_variable wakes_;
    std::deque<item> waiting_;
    bool is_stopping_ = false;
    std::thread thread_;
};

} // namespace kabinet::store
