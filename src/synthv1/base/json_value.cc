// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_value.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace synthv1::json {

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, 6> kNames = {"null", "a boolean", "a number",
                                                             "text", "an array",  "an object"};
  return kNames[static_cast<std::size_t>(kind)];
}

Value::Value(const Value& other) = default;
Value& Value::operator=(const Value& other) = default;

Value Value::integer(std::int64_t value) { return number(std::to_string(value)); }

std::optional<bool> Value::as_bool() const noexcept {
  const bool* value = std::get_if<bool>(&data_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::string_view> Value::as_string() const noexcept {
  const std::string* text = std::get_if<std::string>(&data_);
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<std::string_view> Value::as_number() const noexcept {
  const Number* number = std::get_if<Number>(&data_);
  return number ? std::optional<std::string_view>(number->text) : std::nullopt;
}

std::optional<std::int64_t> Value::as_int64() const noexcept {
  const Number* number = std::get_if<Number>(&data_);
  if (!number) return std::nullopt;
  std::int64_t value = 0;
  const char* end = number->text.data() + number->text.size();
  const auto [stop, fault] = std::from_chars(number->text.data(), end, value);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return value;
}

const Value::Array* Value::as_array() const noexcept { return std::get_if<Array>(&data_); }
Value::Array* Value::as_array() noexcept { return std::get_if<Array>(&data_); }
const Value::Object* Value::as_object() const noexcept { return std::get_if<Object>(&data_); }
Value::Object* Value::as_object() noexcept { return std::get_if<Object>(&data_); }

const Value* Value::find(std::string_view key) const noexcept {
  const Object* members = as_object();
  if (!members) return nullptr;
  const auto found = std::ranges::find(*members, key, &Member::key);
  return found == members->end() ? nullptr : &found->value;
}

Value* Value::find(std::string_view key) noexcept {
  return const_cast<Value*>(std::as_const(*this).find(key));
}

std::string Value::take_string() {
  std::string* text = std::get_if<std::string>(&data_);
  return text ? std::move(*text) : std::string();
}

bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

namespace {

/// Objects of so few members are searched pair by pair, without memory.
constexpr std::size_t kFewMembers = 8;

const std::string* find_duplicate_among_few(const Value::Object& members) {
  for (std::size_t i = 1; i < members.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (members[i].key == members[j].key) return &members[i].key;
    }
  }
  return nullptr;
}

}  // namespace

const std::string* find_duplicate_key(const Value::Object& members) {
  if (members.size() <= kFewMembers) return find_duplicate_among_few(members);
  std::vector<const std::string*> keys;
  keys.reserve(members.size());
  for (const Value::Member& member : members) keys.push_back(&member.key);
  const auto text = [](const std::string* key) -> const std::string& { return *key; };
  std::ranges::sort(keys, {}, text);
  const auto twice = std::ranges::adjacent_find(keys, {}, text);
  return twice == keys.end() ? nullptr : *twice;
}

}  // namespace synthv1::json
