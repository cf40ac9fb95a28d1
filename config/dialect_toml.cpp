#include "config/dialect_toml.hpp"

#include "config/section.hpp"

#include <set>

namespace kabinet::config {
namespace {

void read_session(section from, smpp::dialect& made) {
    using enum smpp::session_id_kind;
    from.read_choice("kept_in", made.session,
                     {{"none", none},
                      {"its_session_info", its_session_info},
                      {"user_message_reference", user_message_reference},
                      {"vendor_tlv", vendor_tlv}});
    from.read_number("tag", made.session_tag, 1);
    from.read_number("key_mask", made.session_key_mask, 1);
    from.read("end_bit", made.end_bit);
    if (made.session == vendor_tlv && made.session_tag == 0)
        from.refuse("kept_in = \"vendor_tlv\" needs the tag of that TLV");
    if (made.end_bit && made.session != its_session_info)
        from.refuse("end_bit is the lowest bit of its_session_info and stands only with it");
    from.refuse_unknown();
}

void read_ops(section from, smpp::ussd_ops& ops) {
    from.read_number("one_shot", ops.one_shot);
    from.read_number("begin", ops.begin);
    from.read_number("ask", ops.ask);
    from.read_number("one_shot_answer", ops.one_shot_answer);
    from.read_number("answer", ops.answer);
    from.read_number("input", ops.input);
    from.read_number("shown", ops.shown);
    if (std::uint8_t op = 0; from.read_number("abort_request", op))
        ops.abort_request = op;
    std::multiset<std::uint8_t> comes{ops.one_shot, ops.begin, ops.input,
                                      ops.shown,    ops.abort, ops.last_input};
    std::multiset<std::uint8_t> sent{ops.ask, ops.one_shot_answer, ops.answer};
    if (ops.abort_request)
        sent.insert(*ops.abort_request);
    for (const auto& each : {comes, sent})
        if (std::set<std::uint8_t>{each.begin(), each.end()}.size() < each.size())
            from.refuse("two operations of one direction have the same number");
    from.read_number("abort", ops.abort);
    from.read_number("last_input", ops.last_input);
    from.refuse_unknown();
}

void read_text(section from, smpp::dialect& made) {
    using enum alphabet;
    from.read_number("gsm_data_coding", made.gsm_data_coding);
    from.read_number("ucs2_data_coding", made.ucs2_data_coding);
    from.read_choice("default_alphabet", made.default_alphabet,
                     {{"gsm7", gsm7}, {"ucs2", ucs2}, {"latin1", latin1}, {"cyrillic", cyrillic}});
    from.read("packed_ussd", made.packed_ussd);
    from.refuse_unknown();
}

void read_timers(section from, smpp::dialect& made) {
    from.read("response_timeout", made.response_timeout);
    from.read("answer_deadline", made.answer_deadline);
    from.read("idle_timeout", made.idle_timeout);
    from.read("total_timeout", made.total_timeout);
    for (std::chrono::milliseconds one :
         {made.response_timeout, made.answer_deadline, made.idle_timeout, made.total_timeout})
        if (one < std::chrono::milliseconds{100})
            return from.refuse("a timer must be 100ms at least");
    if (made.total_timeout < made.idle_timeout)
        from.refuse("total_timeout", "must not be shorter than idle_timeout");
    from.refuse_unknown();
}

void read_source(section from, smpp::dialect& made) {
    std::uint8_t ton = 0;
    std::uint8_t npi = 0;
    if (from.read_number("ton", ton, 0, 7))
        made.source_ton = ton;
    if (from.read_number("npi", npi, 0, 18))
        made.source_npi = npi;
    from.refuse_unknown();
}

} // namespace

smpp::dialect read_dialect(std::string_view text, const std::string& file, std::vector<finding>& findings) {
    smpp::dialect made;
    made.name = std::filesystem::path{file}.stem().string();
    const std::optional<toml_table> table = parse_toml(text, file, findings);
    if (!table)
        return made;
    section top{*table, {file, 1}, findings};
    top.read("ussd_service_type", made.ussd_service_type);
    if (made.ussd_service_type.size() > 5)
        top.refuse("ussd_service_type", "has more than 5 characters (SMPP 3.4 5.2.11)");
    top.read("dialled_in_destination", made.dialled_in_destination);
    top.read_choice("respond", made.respond,
                    {{"before_submit", smpp::response_order::before_submit},
                     {"after_submit", smpp::response_order::after_submit}});
    top.read_number("temporary_status", made.temporary_status, 1, 0xFFFFFFFF);
    if (std::optional<section> from = top.open("session"))
        read_session(*from, made);
    if (std::optional<section> from = top.open("ops"))
        read_ops(*from, made.ops);
    if (std::optional<section> from = top.open("text"))
        read_text(*from, made);
    if (std::optional<section> from = top.open("source"))
        read_source(*from, made);
    if (std::optional<section> from = top.open("timers"))
        read_timers(*from, made);
    top.refuse_unknown();
    return made;
}

smpp::dialect load_dialect(const std::filesystem::path& folder, const std::string& name, const mark& asked_by,
                           std::vector<finding>& findings) {
    const std::filesystem::path path = folder / (name + ".toml");
    if (name.find('/') != std::string::npos || !std::filesystem::exists(path)) {
        findings.emplace_back(asked_by, "there is no dialect " + name + ": " + path.string() + " is missing");
        return {};
    }
    const std::optional<std::string> text = read_file(path, findings);
    return text ? read_dialect(*text, path.string(), findings) : smpp::dialect{};
}

} // namespace kabinet::config
