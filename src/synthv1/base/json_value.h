// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace synthv1::json {

enum class Kind { null, boolean, number, string, array, object };

/// "null", "a boolean", "a number", "text", "an array" or "an object": as messages say it.
std::string_view name_of(Kind kind);

/// A JSON value. Numbers keep their text, so that amounts are read exactly; members keep their order.
class Value {
 public:
  struct Member;
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;

  /// Null.
  Value() noexcept;
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  static Value boolean(bool value);
  /// `text` must be a JSON number: it is written back as it stands.
  static Value number(std::string text);
  static Value integer(std::int64_t value);
  /// `text` must be valid UTF-8.
  static Value string(std::string text);
  static Value array();
  static Value array(Array elements);
  static Value object();
  /// No two members may have the same key.
  static Value object(Object members);

  Kind kind() const noexcept { return static_cast<Kind>(data_.index()); }
  bool is_null() const noexcept { return kind() == Kind::null; }
  bool is_string() const noexcept { return kind() == Kind::string; }
  bool is_number() const noexcept { return kind() == Kind::number; }
  bool is_array() const noexcept { return kind() == Kind::array; }
  bool is_object() const noexcept { return kind() == Kind::object; }

  std::optional<bool> as_bool() const noexcept;
  /// The text of a string, decoded; a view into this value.
  std::optional<std::string_view> as_string() const noexcept;
  /// The text of a number as it stood, such as "45.50" or "1e3"; a view into this value.
  std::optional<std::string_view> as_number() const noexcept;
  /// The number when it is written as a whole one and fits ("12", not "12.0" or "1e3").
  std::optional<std::int64_t> as_int64() const noexcept;
  /// The elements, or nullptr unless this is an array.
  const Array* as_array() const noexcept;
  Array* as_array() noexcept;
  /// The members in order, or nullptr unless this is an object.
  const Object* as_object() const noexcept;
  Object* as_object() noexcept;

  /// The member of that name, or nullptr: also when this is no object. Linear in the members.
  const Value* find(std::string_view key) const noexcept;
  Value* find(std::string_view key) noexcept;

  /// Moves the text of a string out; empty unless this is a string.
  std::string take_string();

  /// Same kinds, texts and order; numbers are compared as they are written (1.0 is not 1).
  friend bool operator==(const Value& a, const Value& b);

 private:
  struct Number {
    std::string text;
    bool operator==(const Number&) const = default;
  };
  using Data = std::variant<std::monostate, bool, Number, std::string, Array, Object>;
  template <class T>
  explicit Value(std::in_place_type_t<T> type, T&& held) : data_(type, std::move(held)) {}

  Data data_;
};

struct Value::Member {
  std::string key;
  Value value;
  bool operator==(const Member&) const = default;
};

inline Value::Value() noexcept = default;
inline Value::Value(Value&& other) noexcept = default;
inline Value& Value::operator=(Value&& other) noexcept = default;
inline Value::~Value() = default;

inline Value Value::boolean(bool value) { return Value(std::in_place_type<bool>, std::move(value)); }
inline Value Value::number(std::string text) {
  return Value(std::in_place_type<Number>, Number{std::move(text)});
}
inline Value Value::string(std::string text) {
  return Value(std::in_place_type<std::string>, std::move(text));
}
inline Value Value::array(Array elements) { return Value(std::in_place_type<Array>, std::move(elements)); }
inline Value Value::object(Object members) { return Value(std::in_place_type<Object>, std::move(members)); }
inline Value Value::array() { return array(Array()); }
inline Value Value::object() { return object(Object()); }

/// A key that stands twice in `members`, or nullptr. O(n log n).
const std::string* find_duplicate_key(const Value::Object& members);

}  // namespace synthv1::json
