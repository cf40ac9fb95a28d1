// What is true about accounts, behind business verbs. Knows no SMPP, no menus, no words.
#pragma once

#include "store/outbox.hpp"
#include "store/outcome.hpp"
#include "store/request.hpp"

#include <boost/system/result.hpp>

#include <functional>
#include <vector>

namespace kabinet::store {

enum class store_error {
    busy = 1,  // the queue is full or the disk is: try later, nothing was done
    conflict,  // the same request_id with another content
    under_way, // another long errand is: one at a time
    rejected,  // the database's own checks refuse this one wish: nothing was done, and never will be
};
const boost::system::error_category& store_category();
boost::system::error_code make_error_code(store_error);

template <class T>
using completion = std::function<void(boost::system::result<T>)>;

class backend;
class reading_backend;

/// Called from the loop only. Completions run on the loop, all of a batch together, each exactly once,
/// and only after what they tell is durable. Order among requests of one caller is kept.
class store {
  public:
    virtual ~store() = default;

    /// Fulfils a wish once: a second delivery of the same id within `repeats_within` gets the first
    /// outcome back with `is_repeat`, as long as the secret it issued is still the live one.
    virtual void once(request, completion<outcome>) = 0;

    /// Rows to send that this run has not seen: those of earlier runs, and held ones released since.
    /// At most `most`; they are claimed when the completion runs.
    virtual void claim_outgoing(std::size_t most, instant now, completion<std::vector<outgoing_sms>>) = 0;

    virtual void settle(std::vector<settlement>, instant now, completion<std::size_t>) = 0;

    /// For the operator's commands: `work` runs on the writer's thread within a batch, and what it did is
    /// durable when the completion runs. It looks before it changes: an error it returns undoes nothing,
    /// unless it is the backend's own.
    using errand = std::function<boost::system::result<void>(backend&)>;
    virtual void run_errand(errand work, instant now, completion<void>) = 0;

    /// Reads beside the writer, without waiting for it: sees all that was completed before. `work` runs on
    /// the reader's thread.
    using look = std::function<boost::system::result<void>(reading_backend&)>;
    virtual void read(look work, completion<void>) = 0;

    /// For what takes long and changes no row: `work` runs on a thread of its own, and may call only what the
    /// backend allows from any thread. One at a time.
    virtual void run_aside(errand work, completion<void>) = 0;
};

} // namespace kabinet::store

template <>
struct boost::system::is_error_code_enum<kabinet::store::store_error> : std::true_type {};
