#include "tests/support/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace kabinet::tests {

process::process(const std::vector<std::string>& command, const std::filesystem::path& output) {
    std::vector<char*> words;
    for (const std::string& each : command)
        words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    const int failed = posix_spawn(&id_, words[0], &files, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0)
        throw std::system_error{failed, std::generic_category(), command.front()};
}

process::~process() {
    if (is_running()) {
        send(SIGKILL);
        (void)wait(std::chrono::seconds{10});
    }
}

void process::send(int signal) {
    if (is_running())
        ::kill(id_, signal);
}

bool process::is_running() {
    return !wait(std::chrono::milliseconds{0});
}

std::optional<int> process::wait(std::chrono::milliseconds limit) {
    (void)wait_until(
        [this] {
            int status = 0;
            if (!ended_ && ::waitpid(id_, &status, WNOHANG) == id_)
                ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            return ended_.has_value();
        },
        limit);
    return ended_;
}

std::string read_whole(const std::filesystem::path& file) {
    std::ostringstream all;
    all << std::ifstream{file, std::ios::binary}.rdbuf();
    return all.str();
}

void write_whole(const std::filesystem::path& file, const std::string& text) {
    std::ofstream{file, std::ios::binary} << text;
}

void pause_between_looks() {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
}

} // namespace kabinet::tests
