// What the command line asks of the billing system that is played, as settings: files are read here, and what
// is wrong with them is told. Listens and answers nothing.
#pragma once

#include "simulator/argument_words.hpp"
#include "simulator/billing_faults.hpp"
#include "simulator/billing_server.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kabinet::simulator {

/// The words of the command line, as they came; the faults' shares are read as they stand.
struct billing_arguments {
    std::string listen = "127.0.0.1:8085";
    std::string token_file;
    std::string journal_file;
    std::string vouchers_file;
    std::string opening = "100.00";
    std::uint32_t points = 0;
    std::vector<std::string> strangers;

    billing_faults faults;
    std::string late_for = "2s";
    std::string afterwards_for = "10s";
    std::string begun_for = "5s";
    std::uint64_t seed = 1;
};

// All throw broken_arguments.
[[nodiscard]] billing_settings read_server(const billing_arguments&);
[[nodiscard]] books_settings read_books(const billing_arguments&);
[[nodiscard]] billing_faults read_faults(const billing_arguments&);

/// One line for whoever ended it.
[[nodiscard]] std::string describe(const books_figures&, const billing_figures&);

} // namespace kabinet::simulator
