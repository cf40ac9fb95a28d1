#include "config/kabinet_toml.hpp"

#include "config/dialect_toml.hpp"
#include "config/door_toml.hpp"
#include "config/section.hpp"
#include "config/upstream_toml.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace kabinet::config {
namespace {

namespace fs = std::filesystem;

/// Reads one kabinet.toml. Beside the text it needs the folder that relative paths start from.
class settings_reader {
  public:
    settings_reader(fs::path folder, std::vector<finding>& findings)
        : folder_{std::move(folder)}
        , findings_{findings} {}

    gateway::settings read(section& file) {
        gateway::settings made;
        file.require("store");
        if (std::optional<section> from = file.open("store"))
            read_store(*from, made.store);
        if (std::optional<section> from = file.open("accounts"))
            read_accounts(*from, made);
        file.require("menus");
        if (std::optional<section> from = file.open("menus"))
            read_menus(*from, made);
        file.require("smsc");
        for (section& from : file.open_all("smsc"))
            read_link(from, made.links);
        if (std::optional<section> from = file.open("limits"))
            read_limits(*from, made.limits);
        if (std::optional<section> from = file.open("numbers"))
            read_numbers(*from, made.numbers);
        if (std::optional<section> from = file.open("http"))
            made.door = read_door(*from, folder_, findings_);
        if (std::optional<section> from = file.open("billing"))
            made.billing = read_billing(*from, folder_, findings_);
        if (std::optional<section> from = file.open("network"))
            made.network = read_upstream(*from, folder_, findings_);
        if (std::optional<section> from = file.open("cdr"))
            read_cdr(*from, made);
        if (std::optional<section> from = file.open("log"))
            read_log(*from, made.log);
        file.refuse_unknown();
        return made;
    }

  private:
    [[nodiscard]] fs::path whole(const std::string& path) const {
        return path.empty() ? fs::path{} : (folder_ / path).lexically_normal();
    }

    bool read_path(section& from, std::string_view key, fs::path& into) {
        std::string path;
        if (!from.read(key, path))
            return false;
        if (path.empty())
            from.refuse(key, "is empty");
        into = whole(path);
        return true;
    }

    void read_store(section& from, store::settings& made) {
        constexpr std::string_view scheme = "sqlite:";
        std::string url;
        from.require("url");
        if (from.read("url", url)) {
            if (!url.starts_with(scheme) || url.size() == scheme.size())
                from.refuse("url", "is \"" + url + "\", not sqlite: and a file");
            else
                made.database = whole(url.substr(scheme.size()));
        }
        from.require("key_file");
        read_path(from, "key_file", made.key_file);
        from.refuse_unknown();
    }

    static void read_accounts(section& from, gateway::settings& made) {
        from.read_choice("known", made.known,
                         {{"first-dial", gateway::accounts_known::first_dial},
                          {"imported", gateway::accounts_known::imported}});
        from.refuse_unknown();
    }

    void read_menus(section& from, gateway::settings& made) {
        from.require("pack");
        read_path(from, "pack", made.pack);
        read_path(from, "pilot_pack", made.pilot_pack);
        read_path(from, "pilot_numbers_file", made.pilot_numbers);
        if (from.has("pilot_pack") != from.has("pilot_numbers_file"))
            from.refuse("pilot_pack and pilot_numbers_file stand together: one of them is missing");
        if (from.read("resume_within", made.resume_within) && made.resume_within > std::chrono::hours{1})
            from.refuse("resume_within", "is more than an hour");
        from.refuse_unknown();
    }

    void read_link(section& from, std::vector<smpp::link_settings>& links) {
        smpp::link_settings link;
        from.require("name");
        from.read("name", link.name);
        if (std::ranges::find(links, link.name, &smpp::link_settings::name) != links.end())
            from.refuse("name", "is \"" + link.name + "\", which another link has");
        read_peer(from, link);
        read_password(from, link);
        read_traffic(from, link);
        read_timers(from, link);
        from.refuse_unknown();
        links.push_back(std::move(link));
    }

    void read_peer(section& from, smpp::link_settings& link) {
        from.require("host");
        from.read("host", link.host);
        from.read_number("port", link.port, 1);
        from.require("system_id");
        read_octets(from, "system_id", 15, link.system_id);
        read_octets(from, "system_type", 12, link.system_type);
        read_octets(from, "address_range", 40, link.address_range);
        from.read_choice("bind", link.bind,
                         {{"transceiver", smpp::bind_mode::transceiver},
                          {"transmitter+receiver", smpp::bind_mode::transmitter_and_receiver}});
        std::string dialect = "standard";
        from.read("dialect", dialect);
        link.speaks = load_dialect(folder_ / "dialects", dialect, from.where("dialect"), findings_);
        link.group = link.name;
        from.read("group", link.group);
    }

    /// SMPP 3.4 4.1.1: what a bind PDU has room for.
    static void read_octets(section& from, std::string_view key, std::size_t most, std::string& into) {
        if (from.read(key, into) && into.size() > most)
            from.refuse(key, "has more than " + std::to_string(most) + " characters");
    }

    void read_password(section& from, smpp::link_settings& link) {
        if (from.has("password") && from.has("password_file"))
            from.refuse("password and password_file are both given: take one out");
        else if (!from.has("password") && !from.has("password_file"))
            from.refuse("either password_file or password is wanted");
        std::string clear;
        fs::path file;
        from.read("password", clear);
        if (read_path(from, "password_file", file))
            clear = read_secret_file(file, from.where("password_file"));
        if (clear.size() > 8)
            warn(from.where(from.has("password") ? "password" : "password_file"),
                 "the password is longer than the 8 characters of SMPP 3.4");
        link.password = std::make_shared<const secret>(clear);
        wipe(clear.data(), clear.size());
    }

    std::string read_secret_file(const fs::path& path, const mark& asked_by) {
        if (!fs::exists(path)) {
            findings_.emplace_back(asked_by, path.string() + " is missing");
            return {};
        }
        std::string text = read_file(path, findings_).value_or("");
        if (text.ends_with('\n'))
            text.pop_back();
        constexpr fs::perms others = fs::perms::group_read | fs::perms::others_read;
        if ((fs::status(path).permissions() & others) != fs::perms::none)
            warn({path.string(), 0}, "others than its owner can read this secret: chmod 600");
        return text;
    }

    void warn(const mark& where, std::string what) {
        findings_.emplace_back(where, std::move(what), finding::weight::warning);
    }

    static void read_traffic(section& from, smpp::link_settings& link) {
        if (const auto carries = read_kinds(from, "carries"))
            std::tie(link.carries_ussd, link.carries_sms) = *carries;
        if (!link.carries_ussd && !link.carries_sms)
            from.refuse("carries", "names nothing: \"ussd\", \"sms\" or both are wanted");
        if (const auto trusts = read_kinds(from, "trusts_source"))
            std::tie(link.trusts_ussd_source, link.trusts_sms_source) = *trusts;
        from.read_number("window", link.window, 1, 10'000);
        from.read_number("max_tps", link.max_tps, 0, 1'000'000);
    }

    /// USSD, SMS.
    static std::optional<std::pair<bool, bool>> read_kinds(section& from, std::string_view key) {
        std::vector<std::string> kinds;
        if (!from.read(key, kinds))
            return std::nullopt;
        for (const std::string& kind : kinds)
            if (kind != "ussd" && kind != "sms")
                from.refuse(key, "names \"" + kind + "\", which is neither \"ussd\" nor \"sms\"");
        const auto has = [&](const char* kind) { return std::ranges::find(kinds, kind) != kinds.end(); };
        return std::pair{has("ussd"), has("sms")};
    }

    static void read_timers(section& from, smpp::link_settings& link) {
        for (auto [key, timer] : {std::pair{"bind_timeout", &link.bind_timeout},
                                  {"enquire_link_interval", &link.enquire_link_interval},
                                  {"enquire_link_timeout", &link.enquire_link_timeout},
                                  {"pdu_deadline", &link.pdu_deadline},
                                  {"unbind_timeout", &link.unbind_timeout}})
            if (from.read(key, *timer) && *timer < std::chrono::milliseconds{100})
                from.refuse(key, "must be 100ms at least");
    }

    static void read_limits(section& from, gateway::limits& made) {
        from.read_number("dialogues", made.dialogues, 1, 10'000'000);
        from.read_number("visitor_numbers_per_hour", made.visitor_numbers_per_hour);
        from.read_number("portal_sms_per_minute", made.portal_sms_per_minute, 1);
        std::int64_t queue = made.hash_queue.count();
        from.read_number("hash_queue_ms", queue, 1, 60'000);
        made.hash_queue = std::chrono::milliseconds{queue};
        from.refuse_unknown();
    }

    static void read_numbers(section& from, numbering_plan& plan) {
        from.read("country_code", plan.country_code);
        from.read("trunk_prefix", plan.trunk_prefix);
        from.read("international_prefixes", plan.international_prefixes);
        from.read("mobile_prefix", plan.mobile_prefix);
        from.read_number("national_length", plan.national_length, 4, 14);
        const auto is_digits = [](const std::string& text) {
            return text.find_first_not_of("0123456789") == std::string::npos;
        };
        if (plan.country_code.empty() || plan.country_code.size() + plan.national_length > 15)
            from.refuse("country_code",
                        "and national_length make 15 digits at most, 1 of them the code's at least");
        if (!is_digits(plan.country_code + plan.trunk_prefix + plan.mobile_prefix) ||
            !std::ranges::all_of(plan.international_prefixes, is_digits))
            from.refuse("prefixes of numbers are digits");
        from.refuse_unknown();
    }

    void read_cdr(section& from, gateway::settings& made) {
        from.require("file");
        read_path(from, "file", made.cdr);
        from.refuse_unknown();
    }

    static void read_log(section& from, gateway::log_settings& made) {
        using enum gateway::log_level;
        from.read_choice("format", made.format,
                         {{"text", gateway::log_format::text}, {"json", gateway::log_format::json}});
        from.read_choice(
            "level", made.level,
            {{"trace", trace}, {"debug", debug}, {"info", info}, {"warning", warning}, {"error", error}});
        from.refuse_unknown();
    }

    fs::path folder_;
    std::vector<finding>& findings_;
};

} // namespace

gateway::settings read_settings(std::string_view text, const fs::path& file, std::vector<finding>& findings) {
    const std::optional<toml_table> table = parse_toml(text, file.string(), findings);
    if (!table)
        return {};
    section top{*table, {file.string(), 1}, findings};
    return settings_reader{file.parent_path(), findings}.read(top);
}

} // namespace kabinet::config
