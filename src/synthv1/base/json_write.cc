// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_write.h"

#include "synthv1/base/find_byte.h"

#include <array>
#include <charconv>

namespace synthv1::json {
namespace {

ByteMask specials(Bytes bytes) { return (bytes < 0x20) | (bytes == '"') | (bytes == '\\'); }

constexpr std::size_t kLongestEscape = 6;

using Digits = std::array<char, 24>;

std::string_view text_of(std::integral auto value, Digits& digits) {
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

/// Writes the escape of a quote, a backslash or a control character; returns the place behind it.
char* write_escape(char* out, char c) {
  static constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";  // a character and its letter
  static constexpr std::string_view kHex = "0123456789abcdef";
  *out++ = '\\';
  for (std::size_t i = 0; i < kShort.size(); i += 2) {
    if (kShort[i] != c) continue;
    *out++ = kShort[i + 1];
    return out;
  }
  for (const char digit : {'u', '0', '0', kHex[static_cast<unsigned char>(c) >> 4], kHex[c & 15]})
    *out++ = digit;
  return out;
}

/// Writes `text` as it stands in a JSON string; `out` has room for kLongestEscape bytes a byte of it, and for
/// sixteen more.
char* write_escaped(char* out, std::string_view text) {
  while (!text.empty()) {
    Bytes bytes;
    const std::size_t size = std::min(sizeof bytes, text.size());
    if (size == sizeof bytes) {
      std::memcpy(&bytes, text.data(), sizeof bytes);
    } else {
      bytes = load_short(text);
    }
    std::memcpy(out, &bytes, sizeof bytes);
    const std::size_t plain = std::min(first_lane(specials(bytes)), size);
    out += plain;
    text.remove_prefix(plain);
    if (plain == size) continue;
    out = write_escape(out, text.front());
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::size_t plain_prefix(std::string_view text) noexcept { return find_byte(text, 0, specials); }

std::size_t unquoted_prefix(std::string_view text, char quote) noexcept {
  const auto mark = static_cast<unsigned char>(quote);
  return find_byte(text, 0, [mark](Bytes bytes) { return (bytes == mark) | (bytes == '\\'); });
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::size_t kPiece = 256;  // what the room for the worst case is made for
  bool first = true;
  do {
    const std::string_view piece = text.substr(0, kPiece);
    text.remove_prefix(piece.size());
    const std::size_t before = out.size();
    out.resize_and_overwrite(before + kLongestEscape * piece.size() + sizeof(Bytes) + 2,
                             [&](char* start, std::size_t) {
                               char* at = start + before;
                               if (first) *at++ = '"';
                               at = write_escaped(at, piece);
                               if (text.empty()) *at++ = '"';
                               return static_cast<std::size_t>(at - start);
                             });
    first = false;
  } while (!text.empty());
}

void Writer::break_line() {
  if (style_ == Style::compact) return;
  out_ += '\n';
  out_.append(2 * depth_, ' ');
}

Writer& Writer::whole(std::int64_t value) {
  Digits digits;
  return raw(text_of(value, digits));
}

Writer& Writer::whole(std::uint64_t value) {
  Digits digits;
  return raw(text_of(value, digits));
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
