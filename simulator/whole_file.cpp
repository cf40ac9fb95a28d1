#include "simulator/whole_file.hpp"

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace kabinet::simulator {

void write_whole(const std::string& path, std::string_view content) {
    const std::string unfinished = path + ".new";
    std::ofstream to{unfinished};
    to << content;
    to.close();
    if (!to || std::rename(unfinished.c_str(), path.c_str()) != 0)
        throw std::runtime_error{path + ": can't be written"};
}

} // namespace kabinet::simulator
