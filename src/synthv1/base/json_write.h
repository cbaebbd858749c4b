// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1::json {

/// How many bytes at the front of `text` stand in a JSON string as they are: up to a quote, a backslash or a
/// control character.
std::size_t plain_prefix(std::string_view text) noexcept;

/// How many bytes at the front of `text` come before the first `quote` or backslash.
std::size_t unquoted_prefix(std::string_view text, char quote) noexcept;

/// Appends `text` in quotes, escaped where JSON demands it and nowhere else. `text` must be valid UTF-8.
void append_string(std::string& out, std::string_view text);

/// Writes one JSON value into a string, piece by piece: commas, colons and line ends are its own affair.
///
///     json::Writer(out).begin_object().key("id").integer(7).key("tags").begin_array().end_array().end_object();
class Writer {
 public:
  enum class Style {
    compact,  ///< no space at all
    pretty,   ///< two spaces a level; empty arrays and objects stay on their line
  };

  /// Appends to `out`, which must outlive the writer.
  explicit Writer(std::string& out, Style style = Style::compact) : out_(out), style_(style) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  /// Inside an object, before each value. `name` must be valid UTF-8.
  Writer& key(std::string_view name);
  /// `text` must be valid UTF-8.
  Writer& string(std::string_view text);
  template <std::integral Whole>
  Writer& integer(Whole value) {
    if constexpr (std::signed_integral<Whole>) return whole(std::int64_t{value});
    return whole(static_cast<std::uint64_t>(value));
  }
  /// `text` must be a JSON number; it is written as it stands, so amounts stay exact ("45.50").
  Writer& number(std::string_view text);
  Writer& boolean(bool value);
  Writer& null();
  /// `text` must be a whole JSON value; it is written as it stands.
  Writer& raw(std::string_view text);
  Writer& value(const Value& value);

 private:
  Writer& whole(std::int64_t value);
  Writer& whole(std::uint64_t value);
  void begin_value();
  void begin(char bracket);
  void end(char bracket);
  void break_line();

  std::string& out_;
  Style style_;
  std::size_t depth_ = 0;
  bool first_ = true;  ///< nothing stands yet in the innermost array or object
  bool after_key_ = false;
};

/// The whole of `value` as text.
std::string write(const Value& value, Writer::Style style = Writer::Style::compact);

}  // namespace synthv1::json
