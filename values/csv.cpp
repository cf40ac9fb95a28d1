#include "values/csv.hpp"

namespace kabinet {
namespace {

/// Takes a field that begins with a quote off the front; false when it doesn't end as one should.
bool take_quoted(std::string_view& rest, std::string& field) {
    rest.remove_prefix(1);
    while (true) {
        const std::size_t quote = rest.find('"');
        if (quote == std::string_view::npos)
            return false;
        field.append(rest.substr(0, quote));
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"'))
            return rest.empty() || rest.front() == ',';
        field += '"';
        rest.remove_prefix(1);
    }
}

bool take_plain(std::string_view& rest, std::string& field) {
    const std::string_view found = rest.substr(0, rest.find(','));
    field = found;
    rest.remove_prefix(found.size());
    return found.find('"') == std::string_view::npos;
}

} // namespace

std::optional<std::vector<std::string>> read_csv_line(std::string_view line) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    std::vector<std::string> fields;
    while (true) {
        std::string& field = fields.emplace_back();
        const bool is_right = line.starts_with('"') ? take_quoted(line, field) : take_plain(line, field);
        if (!is_right)
            return std::nullopt;
        if (line.empty())
            return fields;
        line.remove_prefix(1); // the comma
    }
}

std::string write_csv_line(std::span<const std::string> fields) {
    std::string line;
    for (const std::string& field : fields) {
        if (&field != &fields.front())
            line += ',';
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            line += field;
            continue;
        }
        line += '"';
        for (const char each : field)
            line.append(each == '"' ? 2 : 1, each);
        line += '"';
    }
    return line;
}

} // namespace kabinet
