#include "simulator/voucher_file.hpp"

#include "values/csv.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kabinet::simulator {

namespace {

constexpr std::size_t shortest_code = 8;
constexpr std::size_t longest_code = 20;

class voucher_reader {
  public:
    voucher_reader(parsed_vouchers& into, const std::string& file)
        : into_{into}
        , file_{file} {}

    void read(std::string_view content) {
        if (content.starts_with(byte_order_mark))
            content.remove_prefix(byte_order_mark.size());
        while (!content.empty() || line_ == 0) {
            const auto end = content.find('\n');
            std::string_view line = content.substr(0, end);
            content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            ++line_;
            if (line_ == 1 && !take_header(line))
                return;
            if (line_ != 1 && !line.empty())
                take_line(line);
        }
    }

  private:
    bool complain(std::string why) {
        into_.findings.emplace_back(mark{file_, line_}, std::move(why));
        return false;
    }

    bool take_header(std::string_view line) {
        const auto names = read_csv_line(line);
        if (!names)
            return complain("a quote is out of place");
        columns_ = names->size();
        for (std::size_t at = 0; at < columns_; ++at) {
            const auto known = std::ranges::find(places_, (*names)[at], &place::name);
            if (known == places_.end()) // and may be a code, where the file has no header
                return complain(fmt::format("column {} is none of code, amount and expires", at + 1));
            if (known->column)
                return complain(fmt::format("the column {} stands there twice", known->name));
            known->column = at;
        }
        if (!code_.column || !amount_.column)
            return complain("the columns code and amount are wanted");
        return true;
    }

    bool take_line(std::string_view line) {
        const auto fields = read_csv_line(line);
        if (!fields || fields->size() != columns_)
            return complain(fields ? "not as many fields as the header has" : "a quote is out of place");
        std::string code = (*fields)[*code_.column];
        std::erase_if(code, [](char one) { return one == ' ' || one == '-'; });
        if (code.size() < shortest_code || code.size() > longest_code ||
            code.find_first_not_of("0123456789") != std::string::npos)
            return complain(fmt::format("code: not {} to {} digits", shortest_code, longest_code));
        voucher one;
        const auto worth = read_money((*fields)[*amount_.column]);
        if (!worth || !is_amount(*worth))
            return complain("amount: no sum of money, such as 100 or 99.90");
        one.worth = *worth;
        if (expires_.column && !(*fields)[*expires_.column].empty()) {
            one.expires = read_iso((*fields)[*expires_.column]);
            if (!one.expires)
                return complain("expires: no time, such as 2027-12-31T21:00:00Z");
        }
        return into_.vouchers.try_emplace(std::move(code), one).second || complain("code: it is there twice");
    }

    struct place {
        std::string_view name;
        std::optional<std::size_t> column;
    };

    parsed_vouchers& into_;
    const std::string& file_;
    std::uint32_t line_ = 0;
    std::size_t columns_ = 0;
    std::array<place, 3> places_{{{"code", {}}, {"amount", {}}, {"expires", {}}}};
    place& code_ = places_[0];
    place& amount_ = places_[1];
    place& expires_ = places_[2];
};

} // namespace

parsed_vouchers parse_vouchers(std::string_view content, const std::string& file) {
    parsed_vouchers parsed;
    voucher_reader{parsed, file}.read(content);
    return parsed;
}

} // namespace kabinet::simulator
