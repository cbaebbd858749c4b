// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_loose.h"

#include <algorithm>
#include <array>
#include <utility>

namespace synthv1::json {
namespace {

/// Exponents of more digits are beyond what readers of JSON accept.
constexpr std::size_t kMaxExponentDigits = 9;

bool is_letter(char c) { return lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z'; }

/// Characters beyond ASCII that end a word: space, quotes, an ellipsis, and full-width ',' and ':'.
bool ends_word(char32_t c) {
  if (c >= 0x2000 && c <= 0x206F) return true;
  return c == 0xA0 || c == 0xB4 || c == 0x1680 || c == 0x3000 || c == 0xFEFF || c == 0xFF02 || c == 0xFF07 ||
         c == 0xFF0C || c == 0xFF1A;
}

struct Literal {
  std::string_view name;   ///< in small letters
  std::string_view exact;  ///< as JSON spells it
  std::optional<Fix> fix;  ///< when JSON has no such literal
};

constexpr std::array kLiterals = {
    Literal{"true", "true", std::nullopt},     Literal{"false", "false", std::nullopt},
    Literal{"null", "null", std::nullopt},     Literal{"none", "null", std::nullopt},
    Literal{"nan", "null", Fix::not_a_number}, Literal{"infinity", "null", Fix::not_a_number},
    Literal{"inf", "null", Fix::not_a_number}, Literal{"undefined", "null", Fix::not_a_number},
};

Value literal_value(std::string_view exact) {
  return exact == "null" ? Value() : Value::boolean(exact == "true");
}

}  // namespace

std::optional<Value> LooseParser::word(Place place) {
  if (std::optional<Value> value = number(place)) return value;
  if (cut_) return std::nullopt;
  if (std::optional<Value> value = literal()) return value;
  return unquoted_string();
}

std::size_t LooseParser::digits_end(std::size_t at) const {
  while (at < end_ && is_digit(text_[at])) ++at;
  return at;
}

/// The end of what follows the digits of a number in groups of three (",234,567"); `at` where nothing does.
std::size_t LooseParser::thousands_end(std::size_t at) const {
  while (at < end_ && text_[at] == ',' && digits_end(at + 1) == at + 4) at += 4;
  return at;
}

/// The parts of the number that stands here, also one written "+5", ".5", "5.", "007" or, as the value of a
/// member, "1,234.50"; nothing when none does.
std::optional<LooseParser::Number> LooseParser::number_at(Place place) const {
  Number number;
  const char sign = text_[pos_];
  number.whole = pos_ + (sign == '-' || sign == '+' ? 1 : 0);
  const std::size_t plain_end = digits_end(number.whole);
  const bool may_group = place == Place::member && plain_end > number.whole && plain_end <= number.whole + 3;
  number.whole_end = may_group ? thousands_end(plain_end) : plain_end;
  number.grouped = number.whole_end > plain_end;
  const bool point = peek(number.whole_end) == '.' && peek(number.whole_end + 1) != '.';
  number.fraction_end = point ? digits_end(number.whole_end + 1) : number.whole_end;
  const bool has_digits = number.whole_end > number.whole || number.fraction_end > number.whole_end + 1;
  if (!has_digits) return std::nullopt;
  number.power = number.end = number.fraction_end;
  if (lower_ascii(peek(number.end)) != 'e') return number;
  const char power_sign = peek(number.end + 1);
  number.power = number.end + (power_sign == '+' || power_sign == '-' ? 2 : 1);
  number.end = digits_end(number.power);
  if (number.end == number.power && number.end < end_) return std::nullopt;
  return number;
}

/// The number that stands here; nothing, and nothing read, when none does. The text is cut where it ends with
/// one, for more digits may have followed.
std::optional<Value> LooseParser::number(Place place) {
  const std::optional<Number> number = number_at(place);
  if (!number) return std::nullopt;
  if (number->end >= end_) {
    cut_ = true;
    pos_ = end_;
    return std::nullopt;
  }
  if (!ends_scalar(number->end)) return std::nullopt;
  const std::size_t begin = std::exchange(pos_, number->end);
  if (number->end - number->power <= kMaxExponentDigits) return Value::number(number_text(begin, *number));
  note(Fix::number_range, begin);
  return Value();
}

/// The number as JSON writes it.
std::string LooseParser::number_text(std::size_t begin, const Number& number) {
  const bool negative = text_[begin] == '-';
  const bool fraction = number.fraction_end > number.whole_end + 1;
  const bool bare_point =
      number.whole_end == number.whole || (!fraction && number.fraction_end > number.whole_end);
  if (bare_point || text_[begin] == '+') note(Fix::number_form, begin);
  if (number.grouped) note(Fix::thousands_comma, begin);
  std::string whole(text_.substr(number.whole, number.whole_end - number.whole));
  std::erase(whole, ',');
  if (whole.size() > 1 && whole[0] == '0') {
    note(Fix::leading_zeros, begin);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  }
  std::string out = negative ? "-" : "";
  out += whole.empty() ? "0" : whole;
  if (fraction) out += text_.substr(number.whole_end, number.fraction_end - number.whole_end);
  out += text_.substr(number.fraction_end, number.end - number.fraction_end);
  return out;
}

std::optional<Value> LooseParser::literal() {
  const std::size_t begin = pos_;
  const std::size_t name = pos_ + (text_[pos_] == '-' || text_[pos_] == '+' ? 1 : 0);
  std::size_t end = name;
  while (is_letter(peek(end)) && end < name + 10) ++end;
  if (end == name || !ends_scalar(end)) return std::nullopt;
  const std::string_view spelled = text_.substr(begin, end - begin);
  const std::string lower = lower_ascii(text_.substr(name, end - name));
  const auto* literal = std::ranges::find(kLiterals, lower, &Literal::name);
  const bool known = literal != kLiterals.end() && (name == begin || lower.starts_with("inf"));
  if (!known) return std::nullopt;
  pos_ = end;
  if (spelled != literal->exact) note(literal->fix.value_or(Fix::python_literal), begin);
  return literal_value(literal->exact);
}

/// A string without quotes: up to a comma, a closing bracket or the end of the line.
std::optional<Value> LooseParser::unquoted_string() {
  const std::size_t begin = pos_;
  pos_ = std::min(end_, text_.find_first_of(",}]\n", pos_));
  if (at_end()) {
    cut_ = true;
    return std::nullopt;
  }
  note(Fix::unquoted_string, begin);
  std::string_view text = trim(text_.substr(begin, pos_ - begin));
  if (text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
  return Value::string(valid_text(std::string(text), begin));
}

/// The end of the key or word that stands at `at`; `at` where none does.
std::size_t LooseParser::word_end(std::size_t at) const {
  while (at < end_) {
    const char c = text_[at];
    const CodePoint point = code_point_at(at);
    const bool ascii = is_letter(c) || is_digit(c) || c == '_' || c == '$' || c == '-';
    const bool dot = c == '.' && peek(at + 1) != '.';
    const bool other = point.value >= 0x80 && !ends_word(point.value);
    if (!ascii && !dot && !other) break;
    at += point.size;
  }
  return at;
}

/// Whether a number or literal may end at `at`: before punctuation, or before space that no further word
/// follows on the line, but for the key of the next member.
bool LooseParser::ends_scalar(std::size_t at) const {
  if (at >= end_ || quote_at(at).size > 0) return true;
  for (const std::string_view next : {"//", "/*", ".."}) {
    if (stands_at(at, next)) return true;
  }
  const char c = peek(at);
  if (std::string_view(",:;}]#").contains(c)) return true;
  if (!is_space(c)) return c < 0 && word_end(at) == at;
  std::size_t next = at;
  while (peek(next) == ' ' || peek(next) == '\t') ++next;
  if (is_digit(peek(next)) || peek(next) == '-' || word_end(next) == next) return true;
  return peek(past_space(word_end(next))) == ':';
}

}  // namespace synthv1::json
