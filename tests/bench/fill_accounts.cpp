// fill_accounts DATABASE KEY_FILE HOW_MANY [FIRST_MSISDN]: accounts with money on them, for measuring how a
// gateway fares with few and with many. Goes the way every payment goes; numbers that follow each other lie
// far apart in it, as they do where subscribers come one by one.
#include "store/keys.hpp"
#include "store/sqlite.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>

using namespace kabinet;

namespace {

constexpr std::uint64_t in_one_batch = 1'000;
constexpr std::uint64_t stride = 7'919; // has no divisor in common with a power of ten

void fill(store::backend& database, const store::keys& keys, std::uint64_t count, std::uint64_t first) {
    const instant now{
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()),
        std::chrono::steady_clock::now()};
    for (std::uint64_t at = 0; at < count;) {
        if (!database.begin())
            throw std::runtime_error{"no transaction can be begun"};
        for (std::uint64_t last = std::min(at + in_one_batch, count); at < last; ++at) {
            store::request paid;
            const std::uint64_t number = first + at * stride % count;
            paid.id = keys.name_request({"fill_accounts", std::to_string(number)});
            paid.by.who = msisdn::from_digits(number);
            paid.by.by = store::channel::feed;
            paid.by.speaks = *language::from("ru");
            paid.what = store::pay_in{money::from_minor(12'050), 35};
            paid.now = now;
            if (const auto came = database.fulfil(paid); !came)
                throw std::runtime_error{came.error().message()};
        }
        if (!database.commit())
            throw std::runtime_error{"a batch can't be committed"};
        if (at % 100'000 == 0)
            static_cast<void>(database.checkpoint());
    }
    static_cast<void>(database.truncate_log());
}

} // namespace

int main(int count, char** words) try {
    if (count < 4)
        throw std::runtime_error{"fill_accounts DATABASE KEY_FILE HOW_MANY [FIRST_MSISDN]"};
    const store::keys keys = store::keys::read(words[2]);
    store::sqlite_backend database{words[1], keys};
    fill(database, keys, std::strtoull(words[3], nullptr, 10),
         count > 4 ? std::strtoull(words[4], nullptr, 10) : 79'000'000'000);
    return 0;
} catch (const std::exception& wrong) {
    std::fprintf(stderr, "%s\n", wrong.what());
    return 2;
}
