#include "gateway/errand.hpp"

#include "gateway/control_socket.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include <istream>

namespace kabinet::gateway {

namespace asio = boost::asio;

namespace {

class terminal final : public counter {
  public:
    explicit terminal(std::istream* file)
        : file_{file} {}
    asio::awaitable<std::optional<std::string>> read_line() override {
        std::string line;
        if (file_ == nullptr || !std::getline(*file_, line))
            co_return std::nullopt;
        co_return line;
    }
    void print(std::string_view line) override { fmt::print("{}\n", line); }
    void complain(std::string_view line) override { fmt::print(stderr, "{}\n", line); }
    asio::awaitable<void> flush() override { co_return; }

  private:
    std::istream* file_;
};

} // namespace

std::filesystem::path socket_path(const settings& of) {
    return of.store.database.parent_path() / "kabinet.sock";
}

int run_errand(const settings& configured, const std::function<read_packs()>& load,
               const std::vector<std::string>& words, std::istream* file) {
    if (const auto code = run_at_gateway(socket_path(configured), words, file))
        return *code;
    terminal at{file};
    const office::needs wanted = office::needs_of(words);
    if (wanted == office::needs::gateway) {
        at.complain(office::no_gateway);
        return errand_refused;
    }
    if (wanted == office::needs::database && !std::filesystem::exists(configured.store.database)) {
        at.complain(fmt::format("{}: there is no database yet", configured.store.database.string()));
        return errand_refused;
    }
    const pack_set packs{load()};
    const store::keys keys = store::keys::read(configured.store.key_file);
    asio::io_context loop{1};
    store::lane lane{std::make_unique<store::sqlite_backend>(configured.store.database, keys,
                                                             configured.network.has_value()),
                     loop.get_executor(), configured.store};
    hash_pool pool{1, configured.limits.hash_queue};
    store::embedded_billing money{lane};
    store::embedded_network network{lane};
    number_desk numbers{{lane, network}};
    performer performing{lane, money, keys, pool, nullptr, &numbers};
    store::billing* const asked = configured.billing ? nullptr : &money;
    office here{
        {lane, keys, performing, pool, asked, nullptr}, configured.numbers, [&packs] { return packs; }};
    int code = errand_broken;
    auto work = here.run(words, at);
    asio::co_spawn(loop, std::move(work), [&](std::exception_ptr broken, int came) {
        loop.stop();
        if (broken)
            std::rethrow_exception(broken);
        code = came;
    });
    loop.run();
    lane.stop();
    return code;
}

} // namespace kabinet::gateway
