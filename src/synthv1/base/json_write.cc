// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_write.h"

#include <array>
#include <charconv>
#include <cstring>

namespace synthv1::json {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// Whether some byte of `word` is below `limit` (at most 128); exact as a whole, not byte by byte.
constexpr std::uint64_t any_below(std::uint64_t word, std::uint64_t limit) {
  return (word - kOnes * limit) & ~word & kHighBits;
}

constexpr std::uint64_t any_equal(std::uint64_t word, char c) {
  return any_below(word ^ (kOnes * static_cast<unsigned char>(c)), 1);
}

/// Stops at a quote or a backslash; asked of eight bytes, and then of one.
struct AtQuote {
  char quote;
  std::uint64_t in(std::uint64_t word) const { return any_equal(word, quote) | any_equal(word, '\\'); }
  bool at(char c) const { return c == quote || c == '\\'; }
};

/// Stops at what JSON escapes in a string.
struct AtSpecial {
  std::uint64_t in(std::uint64_t word) const { return AtQuote{'"'}.in(word) | any_below(word, 0x20); }
  bool at(char c) const { return AtQuote{'"'}.at(c) || static_cast<unsigned char>(c) < 0x20; }
};

template <class Stop>
std::size_t prefix_before(std::string_view text, const Stop& stop) noexcept {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (stop.in(word)) break;
  }
  while (at < text.size() && !stop.at(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char c) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15];
}

}  // namespace

std::size_t plain_prefix(std::string_view text) noexcept { return prefix_before(text, AtSpecial{}); }

std::size_t unquoted_prefix(std::string_view text, char quote) noexcept {
  return prefix_before(text, AtQuote{quote});
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (true) {
    const std::size_t plain = plain_prefix(text);
    out.append(text.data(), plain);
    if (plain == text.size()) break;
    append_escape(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

void Writer::break_line() {
  if (style_ == Style::compact) return;
  out_ += '\n';
  out_.append(2 * depth_, ' ');
}

void Writer::begin_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += ',';
  first_ = false;
  break_line();
}

void Writer::begin(char bracket) {
  begin_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void Writer::end(char bracket) {
  --depth_;
  if (!first_) break_line();
  first_ = false;
  out_ += bracket;
}

Writer& Writer::begin_object() {
  begin('{');
  return *this;
}

Writer& Writer::end_object() {
  end('}');
  return *this;
}

Writer& Writer::begin_array() {
  begin('[');
  return *this;
}

Writer& Writer::end_array() {
  end(']');
  return *this;
}

Writer& Writer::key(std::string_view name) {
  begin_value();
  append_string(out_, name);
  out_ += style_ == Style::compact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  begin_value();
  append_string(out_, text);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  std::array<char, 24> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return raw(std::string_view(digits.data(), end));
}

Writer& Writer::number(std::string_view text) { return raw(text); }
Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view text) {
  begin_value();
  out_ += text;
  return *this;
}

Writer& Writer::value(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return null();
    case Kind::boolean:
      return boolean(*value.as_bool());
    case Kind::number:
      return number(*value.as_number());
    case Kind::string:
      return string(*value.as_string());
    case Kind::array:
      begin_array();
      for (const Value& element : *value.as_array()) this->value(element);
      return end_array();
    case Kind::object:
      break;
  }
  begin_object();
  for (const Value::Member& member : *value.as_object()) key(member.key).value(member.value);
  return end_object();
}

std::string write(const Value& value, Writer::Style style) {
  std::string out;
  Writer(out, style).value(value);
  return out;
}

}  // namespace synthv1::json
