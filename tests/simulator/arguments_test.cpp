#include "simulator/arguments.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace kabinet::simulator::arguments_test {

namespace {

using namespace std::chrono_literals;

struct folder : kabinet::tests::temporary_folder {
    [[nodiscard]] std::string write(const std::string& name, std::string_view content) const {
        const std::string file = path() / name;
        std::ofstream{file, std::ios::binary} << content;
        return file;
    }
};

template <class Reading>
std::string complaint(Reading reading) {
    try {
        reading();
    } catch (const broken_arguments& broken) {
        return broken.what();
    }
    return "none";
}

} // namespace

TEST_CASE("where to listen is an address and a port") {
    arguments given;
    CHECK(read_links(given).host == "127.0.0.1");
    CHECK(read_links(given).port == 2775);
    given.listen = "::1:0";
    CHECK(read_links(given).host == "::1");
    CHECK(read_links(given).port == 0);
    for (const char* wrong :
         {"", "2775", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:1x"}) {
        given.listen = wrong;
        CAPTURE(wrong);
        CHECK(complaint([&] { (void)read_links(given); }).starts_with("--listen: '"));
    }
}

TEST_CASE("a password file is read without the newline it ends with") {
    const folder in;
    arguments given;
    CHECK(read_links(given).password == nullptr);
    given.password_file = in.write("smsc.password", "fakeword\n");
    CHECK(read_links(given).password->reveal() == "fakeword");
    given.password_file = in.path() / "absent";
    CHECK(complaint([&] { (void)read_links(given); }).starts_with(given.password_file));
}

TEST_CASE("a script and a dialect are refused with their file and line") {
    const folder in;
    arguments given;
    std::string file;
    file = in.write("m1.txt", "subscriber nobody\ndial\n");
    CHECK(complaint([&] { (void)read_script(given, file); }) ==
          file + ":1: 'nobody' is not a subscriber's number\n" + file + ":2: what is dialled? 'dial *105#'");
    file = in.write("m2.txt", "subscriber 79261112233\ndial *105#\n");
    CHECK(read_script(given, file).steps.size() == 1);
    file = in.path() / "absent.txt";
    CHECK(complaint([&] { (void)read_script(given, file); }).starts_with(file));

    CHECK(read_dialect(given) == smpp::dialect{});
    given.dialect_file = in.write("x.toml", "no_such_key = 1\n");
    CHECK(complaint([&] { (void)read_dialect(given); }).starts_with(given.dialect_file + ":1: "));
}

TEST_CASE("a script that asks at the door is refused where the arguments lack the door or a token") {
    const folder in;
    arguments given;
    std::string file;
    file = in.write("m9.txt", "subscriber 79261112233\nportal login\noperator change\nsays ok\n");
    const auto why = [&] { return complaint([&] { (void)read_script(given, file); }); };
    CHECK(why() == file + ":2: a request needs a door: --portal ADDRESS:PORT\n" + file +
                       ":3: a request needs a door: --portal ADDRESS:PORT");
    CHECK_FALSE(read_portal(given));
    given.portal = "127.0.0.1:8080";
    given.operator_token_file = in.write("operator.token", "fake-operator-token\nthe-next-one\n");
    CHECK(why() == file + ":2: the portal needs its token: --portal-token-file FILE");
    given.portal_token_file = in.write("portal.token", "fake-portal-token");
    std::swap(given.operator_token_file, given.portal_token_file);
    given.operator_token_file.clear();
    CHECK(why() == file + ":3: the operator needs his token: --operator-token-file FILE");
    given.operator_token_file = given.portal_token_file;
    CHECK(read_script(given, file).steps.size() == 3);
    CHECK(read_portal(given)->host == "127.0.0.1");
    CHECK(read_portal(given)->port == 8080);
    CHECK(read_portal(given)->operator_token->reveal() == "fake-operator-token");
}

TEST_CASE("a script that lets time pass is refused without a clock to move") {
    const folder in;
    arguments given;
    std::string file;
    file = in.write("m13.txt", "subscriber 79261112233\ndial *105#\nlater 25h\n");
    CHECK(complaint([&] { (void)read_script(given, file); }) ==
          file + ":3: time passes for a gateway that --clock-file FILE moves");
    given.clock_file = in.path() / "clock";
    CHECK(read_script(given, file).steps.size() == 2);
    given.script_files = {file, file};
    CHECK(complaint([&] { (void)read_script(given, file); }) ==
          file + ":3: where time passes, a script is played by itself");
}

TEST_CASE("a door is asked on loopback alone") {
    arguments given;
    const auto why = [&] { return complaint([&] { (void)read_portal(given); }); };
    given.portal = "::1:8080";
    CHECK(why() == "none");
    given.portal = "8080";
    CHECK(why() == "--portal: '8080' is not ADDRESS:PORT");
    for (const char* wrong : {"192.0.2.10:8080", "localhost:8080"}) {
        given.portal = wrong;
        CHECK(why().ends_with("is no address of loopback"));
    }
    given.portal = "127.0.0.1:8080";
    given.portal_token_file = "no/such.token";
    CHECK(why().starts_with("no/such.token"));
}

TEST_CASE("a load takes its numbers from the arguments") {
    arguments given;
    given.code = "*105#";
    given.answers = {"1", "0"};
    CHECK(read_load(given).expected.empty());
    given.expected = "Password: ";
    given.dialogues = 7;
    given.window = 300;
    given.from = "8 926 000-00-05";
    const load_settings read = read_load(given);
    CHECK(read.code == "*105#");
    CHECK(read.answers.size() == 2);
    CHECK(read.expected == "Password: ");
    CHECK(read.dialogues == 7);
    CHECK(read.window == 300);
    CHECK(read.subscribers == 0);
    given.subscribers = 300;
    CHECK(complaint([&] { (void)read_load(given); }).starts_with("--subscribers: more than the window"));
    given.subscribers = 301;
    CHECK(read_load(given).subscribers == 301);
    CHECK(read.from == msisdn::from_digits(79260000005));
    CHECK(read_links(given).window == 300);
    given.from = "000105";
    CHECK(complaint([&] { (void)read_load(given); }).starts_with("--from: '000105' is "));
    given.subscriber = "nobody";
    CHECK(complaint([&] { (void)read_subscriber(given); }).starts_with("--subscriber: 'nobody' is "));
}

TEST_CASE("how long a gateway may take is a time") {
    arguments given;
    CHECK(read_bind_wait(given) == 30s);
    given.bind_wait = "soon";
    CHECK(complaint([&] { (void)read_bind_wait(given); }).starts_with("--bind-wait: 'soon'"));
}

TEST_CASE("the port file is whole or absent") {
    const folder in;
    arguments given;
    write_port_file(given, 1);
    given.port_file = in.path() / "port";
    write_port_file(given, 34567);
    std::ifstream file{given.port_file};
    std::string line;
    CHECK(std::getline(file, line));
    CHECK(line == "34567");
    given.port_file = in.path() / "no" / "folder";
    CHECK_THROWS_WITH(write_port_file(given, 1), (given.port_file + ": can't be written").c_str());
}

} // namespace kabinet::simulator::arguments_test
