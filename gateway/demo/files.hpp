// The files of the phone's page, compiled in from phone.html, phone.css, phone.js and phone.svg.
#pragma once

#include <span>
#include <string_view>

namespace kabinet::gateway::demo {

struct page_file {
    std::string_view path; // as a browser asks for it
    std::string_view content_type;
    std::string_view body;
};

[[nodiscard]] std::span<const page_file> page_files();

} // namespace kabinet::gateway::demo
