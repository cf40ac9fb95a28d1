#include "gateway/door/fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kabinet::gateway::door {

/// Takes what the library's parser finds, and stops it where it finds what we don't take.
class reader final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit reader(fields& into)
        : into_{into} {}

    bool null() override { return refuse("a field is null: leave it out instead"); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t) override { return refuse("a field is a number"); }
    bool number_unsigned(number_unsigned_t) override { return refuse("a field is a number"); }
    bool number_float(number_float_t, const string_t&) override { return refuse("a field is a number"); }
    bool binary(binary_t&) override { return refuse("a field is binary"); }
    bool string(string_t& value) override {
        secret kept{value};
        wipe(value.data(), value.size());
        if (kept.is_truncated())
            return refuse("a text is too long");
        return put(std::move(kept));
    }
    bool start_object(std::size_t) override {
        return ++objects_ == 1 || refuse("a field is an object: one flat object is taken");
    }
    bool key(string_t& name) override {
        if (into_.find(name) != nullptr)
            return refuse("a field comes twice");
        if (into_.all_.size() == fields::most || name.size() > longest_name)
            return refuse("there are too many fields, or a name is too long");
        name_ = name;
        return true;
    }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return refuse("one flat object is taken, no arrays"); }
    bool end_array() override { return true; }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
        // the library's own words repeat what it read
        return refuse("not JSON in UTF-8, from octet " + std::to_string(at) + " on");
    }

  private:
    static constexpr std::size_t longest_name = 64;

    template <class Value>
    bool put(Value value) {
        if (objects_ == 0)
            return refuse("one flat object is taken");
        into_.all_.push_back({name_, std::move(value)});
        return true;
    }
    bool refuse(std::string why) {
        if (into_.complaint_.empty())
            into_.complaint_ = std::move(why);
        return false;
    }

    fields& into_;
    std::string name_;
    int objects_ = 0;
};

bool fields::read(std::string_view text) {
    reader taking{*this};
    return nlohmann::json::sax_parse(text.begin(), text.end(), &taking);
}

fields::field* fields::find(std::string_view name) {
    const auto found = std::ranges::find(all_, name, &field::name);
    return found == all_.end() ? nullptr : &*found;
}

const secret* fields::take_text(std::string_view name) {
    field* found = find(name);
    if (found == nullptr || !std::holds_alternative<secret>(found->is))
        return nullptr;
    found->is_taken = true;
    return &std::get<secret>(found->is);
}

const bool* fields::take_switch(std::string_view name) {
    field* found = find(name);
    if (found == nullptr || !std::holds_alternative<bool>(found->is))
        return nullptr;
    found->is_taken = true;
    return &std::get<bool>(found->is);
}

std::string_view fields::untaken() const {
    const auto left = std::ranges::find(all_, false, &field::is_taken);
    return left == all_.end() ? std::string_view{} : left->name;
}

} // namespace kabinet::gateway::door
