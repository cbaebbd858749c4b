// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/find_byte.h"
#include "synthv1/base/json_loose.h"
#include "synthv1/base/json_write.h"

#include <algorithm>
#include <array>

namespace synthv1::json {
namespace {

/// How far a look ahead for "key": goes. Beyond it, anything may be a key.
constexpr std::size_t kKeyWindow = 128;

constexpr char32_t kReplacement = 0xFFFD;

/// How many bytes come before one that may begin a typographic or plain quote, or a backslash.
std::size_t untypographic_prefix(std::string_view text) {
  return find_byte(text, 0, [](Bytes bytes) {
    return (bytes == '"') | (bytes == '\'') | (bytes == '`') | (bytes == '\\') | (bytes == 0xC2) |
           (bytes == 0xE2) | (bytes == 0xEF);
  });
}

/// The value of four hexadecimal digits at `at`; nothing when they are not that.
std::optional<char32_t> hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(at, 4)) {
    const char low = lower_ascii(c);
    if (!is_digit(c) && (low < 'a' || low > 'f')) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : low - 'a' + 10);
  }
  return value;
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

/// “ ” „ ‟ and ＂ are double, ‘ ’ ‚ ‛ and ＇ single; so is the acute accent.
LooseParser::Quote LooseParser::typographic_quote_at(std::size_t at) const {
  const std::string_view two = text_.substr(at, std::min<std::size_t>(2, end_ - at));
  if (two == "\u00b4") return {2, false, true, 0};
  const auto third = static_cast<unsigned char>(at + 2 < end_ ? text_[at + 2] : 0);
  if (two == "\xE2\x80" && third >= 0x98 && third <= 0x9F) return {3, third >= 0x9C, true, 0};
  if (two == "\xEF\xBC" && (third == 0x82 || third == 0x87)) return {3, third == 0x82, true, 0};
  return {};
}

/// Whether the quote at `at`, if one stands there, is of the kind that ends a string begun by `open`.
bool LooseParser::closes(const Quote& open, std::size_t at) const {
  const Quote quote = quote_at(at);
  if (quote.size == 0 || quote.is_double != open.is_double) return false;
  if (open.typographic) return true;
  return quote.ascii == open.ascii;
}

/// The next quote before `limit` that could end the string; escaped ones are passed over. `limit` when none
/// is left.
std::size_t LooseParser::next_close(const Quote& open, std::size_t from, std::size_t limit) const {
  std::size_t at = from;
  while (at < limit) {
    const std::string_view rest = text_.substr(at, limit - at);
    at += open.typographic ? untypographic_prefix(rest) : unquoted_prefix(rest, open.ascii);
    if (at >= limit) break;
    if (text_[at] == '\\') {
      at += 2;
    } else if (closes(open, at)) {
      return at;
    } else {
      ++at;
    }
  }
  return limit;
}

/// A string, with those that are added to it by '+'.
std::optional<std::string> LooseParser::string(Place place) {
  std::optional<std::string> text = one_string(place);
  while (text && peek(past_space(pos_)) == '+') {
    const std::size_t next = past_space(past_space(pos_) + 1);
    if (quote_at(next).size == 0) break;
    note(Fix::string_concatenation, pos_);
    pos_ = next;
    const std::optional<std::string> more = one_string(place);
    if (!more) return std::nullopt;
    *text += *more;
  }
  return text;
}

std::optional<std::string> LooseParser::one_string(Place place) {
  const Quote open = quote_at(pos_);
  if (open.typographic || open.ascii == '`') note(Fix::smart_quotes, pos_);
  if (open.ascii == '\'') note(Fix::single_quotes, pos_);
  const std::size_t begin = pos_ + open.size;
  const std::optional<Close> close = find_close(open, begin, place);
  if (!close) {
    cut_ = true;
    pos_ = end_;
    return std::nullopt;
  }
  pos_ = close->after;
  return decoded(begin, close->content_end);
}

/// Where the string ends: at the first quote that surely ends it; else at the first that perhaps does. Quotes
/// before that are part of the text. Text is read again for at most as long as the whole of it.
std::optional<LooseParser::Close> LooseParser::find_close(const Quote& open, std::size_t from, Place place) {
  std::optional<std::size_t> perhaps;
  std::optional<std::size_t> inner;
  std::optional<Close> close;
  std::size_t at = next_close(open, from, end_);
  for (; at < end_ && !close; at = next_close(open, at, end_)) {
    const std::size_t after = at + quote_at(at).size;
    const Fit fit = fit_of_close(after, place);
    if (fit == Fit::yes || (fit == Fit::perhaps && rescanned_ > end_)) {
      close = Close{at, after};
      break;
    }
    if (fit == Fit::perhaps && !perhaps) perhaps = at;
    if (fit == Fit::no && place == Place::member) close = close_before_member(at, from);
    if (close) note(Fix::missing_quote, close->content_end);
    if (!inner && quote_at(at).typographic == open.typographic) inner = at;
    at = after;
  }
  if (!close && perhaps) {
    rescanned_ += end_ - *perhaps;
    close = Close{*perhaps, *perhaps + quote_at(*perhaps).size};
  }
  if (close && inner && *inner < close->content_end) note(Fix::unescaped_quote, *inner);
  return close;
}

/// How well what follows a quote fits the end of a string at such a place.
LooseParser::Fit LooseParser::fit_of_close(std::size_t after, Place place) const {
  if (place == Place::key) return Fit::yes;
  const std::size_t at = past_space(after);
  if (at >= end_ || stands_at(at, "```")) return Fit::yes;
  switch (peek(at)) {
    case '}':
      return objects_open_ > 0 ? Fit::yes : Fit::no;
    case ']':
      return arrays_open_ > 0 ? Fit::yes : Fit::no;
    case ',':
      return fit_after_comma(past_space(past_punctuation(at)), place);
    case '/':
      return stands_at(at, "//") || stands_at(at, "/*") ? Fit::yes : Fit::no;
    case '#':
      return Fit::perhaps;
    case '+':
      return quote_at(past_space(at + 1)).size > 0 ? Fit::yes : Fit::no;
    default:
      break;
  }
  if (at == after) return Fit::no;
  if (place == Place::member) return fit_of_member(at) == Fit::yes ? Fit::yes : Fit::no;
  return fit_of_element(at);
}

LooseParser::Fit LooseParser::fit_after_comma(std::size_t at, Place place) const {
  if (at >= end_) return Fit::yes;
  const char c = peek(at);
  if (c == '}' || c == ']' || c == '/' || c == '#') return Fit::yes;
  if (place == Place::member) return fit_of_member(at) == Fit::no ? Fit::perhaps : Fit::yes;
  if (quote_at(at).size > 0 || c == '{' || c == '[' || c == '-' || is_digit(c)) return Fit::yes;
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (stands_at(at, literal)) return Fit::yes;
  }
  return Fit::perhaps;
}

/// Whether a short string stands at `at`, and the end of an element after it.
LooseParser::Fit LooseParser::fit_of_element(std::size_t at) const {
  const Quote open = quote_at(at);
  if (open.size == 0) return Fit::no;
  const std::size_t limit = std::min(end_, at + kKeyWindow);
  const std::size_t close = next_close(open, at + open.size, limit);
  if (close >= limit) return Fit::perhaps;
  const char next = peek(past_space(close + quote_at(close).size));
  return next == ',' || next == ']' ? Fit::yes : Fit::perhaps;
}

/// Whether a key and a colon stand at `at`; perhaps, when a quote opens there and none follows near by.
LooseParser::Fit LooseParser::fit_of_member(std::size_t at) const {
  const Quote open = quote_at(at);
  if (open.size == 0) {
    const std::size_t end = word_end(at);
    return end > at && peek(past_space(end)) == ':' ? Fit::yes : Fit::no;
  }
  const std::size_t limit = std::min(end_, at + kKeyWindow);
  const std::size_t close = next_close(open, at + open.size, limit);
  if (close >= limit) return Fit::perhaps;
  return peek(past_space(close + quote_at(close).size)) == ':' ? Fit::yes : Fit::no;
}

/// The end of a string that lacks its closing quote, when the quote found opens the key of the next member:
/// after a comma or on a new line.
std::optional<LooseParser::Close> LooseParser::close_before_member(std::size_t quote,
                                                                   std::size_t from) const {
  if (fit_of_member(quote) != Fit::yes) return std::nullopt;
  std::size_t end = quote;
  bool on_new_line = false;
  while (end > from && is_space(text_[end - 1])) on_new_line |= text_[--end] == '\n';
  const bool comma = end > from && text_[end - 1] == ',';
  if (!comma && !on_new_line) return std::nullopt;
  if (comma) --end;
  return Close{end, end};
}

/// The text between two quotes, its escapes decoded.
std::string LooseParser::decoded(std::size_t from, std::size_t to) {
  std::string out;
  out.reserve(to - from);
  bool control = false;
  for (std::size_t at = from; at < to;) {
    const std::size_t plain = plain_prefix(text_.substr(at, to - at));
    out.append(text_, at, plain);
    at += plain;
    if (at == to) break;
    if (text_[at] == '\\') {
      at = decode_escape(at, to, out);
      continue;
    }
    if (text_[at] != '"' && !std::exchange(control, true)) note(Fix::raw_control_character, at);
    out += text_[at++];
  }
  return valid_text(std::move(out), from);
}

/// Decodes the escape at `at` and returns where it ends. A backslash that begins none is kept as text.
std::size_t LooseParser::decode_escape(std::size_t at, std::size_t to, std::string& out) {
  static constexpr std::string_view kLetters = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char letter = at + 1 < to ? text_[at + 1] : '\0';
  if (letter == 'u') return decode_unicode(at, to, out);
  if (letter == '\'') {
    note(Fix::needless_escape, at);
    out += letter;
    return at + 2;
  }
  const std::size_t known = kLetters.find(letter);
  if (known != std::string_view::npos) {
    out += kMeanings[known];
    return at + 2;
  }
  note(Fix::invalid_escape, at);
  out += '\\';
  return at + 1;
}

std::size_t LooseParser::decode_unicode(std::size_t at, std::size_t to, std::string& out) {
  const std::string_view text = text_.substr(0, to);
  const std::optional<char32_t> unit = hex4(text, at + 2);
  if (!unit) {
    note(Fix::invalid_escape, at);
    out += '\\';
    return at + 1;
  }
  if (!is_high_surrogate(*unit) && !is_low_surrogate(*unit)) {
    append_utf8(out, *unit);
    return at + 6;
  }
  const std::optional<char32_t> low =
      text.substr(at + 6).starts_with("\\u") ? hex4(text, at + 8) : std::nullopt;
  if (is_high_surrogate(*unit) && low && is_low_surrogate(*low)) {
    append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    return at + 12;
  }
  note(Fix::lone_surrogate, at);
  append_utf8(out, kReplacement);
  return at + 6;
}

std::string LooseParser::valid_text(std::string text, std::size_t offset) {
  const std::size_t valid = valid_utf8_prefix(text);
  if (valid == text.size()) return text;
  note(Fix::invalid_utf8, offset);
  return replace_invalid_utf8(text);
}

}  // namespace synthv1::json
