#include "config/pack_texts_toml.hpp"

#include "config/pack_settings_toml.hpp"

#include <algorithm>

namespace kabinet::config {
namespace {

/// `[issue_password.issued]` with `sms = "…"` is the text issue_password.issued.sms.
void flatten(const toml_entry& entry, const std::string& prefix, std::vector<menus::draft_text>& texts,
             std::vector<finding>& findings) {
    const std::string name = prefix.empty() ? entry.key : prefix + '.' + entry.key;
    if (const std::string* words = std::get_if<std::string>(&entry.value.is)) {
        texts.push_back({name, *words, entry.value.where});
    } else if (const toml_table* table = std::get_if<toml_table>(&entry.value.is)) {
        for (const toml_entry& inner : *table)
            flatten(inner, name, texts, findings);
    } else {
        texts.push_back({name, {}, entry.value.where, false});
        findings.emplace_back(entry.value.where, name + " must be a text in quotes", finding::weight::gap);
    }
}

} // namespace

menus::draft_language read_texts(section file, const std::string& code, std::vector<finding>& findings) {
    menus::draft_language made;
    made.code = code;
    made.where = file.where();
    file.require("alphabet");
    file.read_choice("alphabet", made.is_gsm, {{"gsm7", true}, {"ucs2", false}});
    made.time_pattern.where = file.where();
    if (std::optional<section> forms = file.open("forms")) {
        made.time_pattern = read_marked(*forms, "time");
        forms->read("day", made.day_pattern);
        forms->refuse_unknown();
        made.is_whole = forms->is_understood();
    }
    made.is_whole = made.is_whole && file.is_understood();
    for (const toml_entry* entry : file.untaken())
        flatten(*entry, {}, made.texts, findings);
    std::ranges::sort(made.texts, {}, &menus::draft_text::name);
    return made;
}

} // namespace kabinet::config
