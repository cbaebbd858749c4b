// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_loose.h"

#include "synthv1/base/json_parse.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace synthv1::json {
namespace {

bool is_empty_container(const Value& value) {
  if (const Value::Array* elements = value.as_array()) return elements->empty();
  const Value::Object* members = value.as_object();
  return members && members->empty();
}

bool is_container(const Value& value) { return value.is_array() || value.is_object(); }

/// Space that JSON does not know: no-break, typographic, ideographic and zero-width.
bool is_special_space(char32_t c) {
  if (c >= 0x2000 && c <= 0x200D) return true;
  return c == 0xA0 || c == 0x1680 || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF || c == 0x0B || c == 0x0C;
}

constexpr char32_t kEllipsis = 0x2026;

}  // namespace

LooseParser::LooseParser(std::string_view text, std::size_t begin, std::size_t max_repairs)
    : text_(text), pos_(begin), end_(text.size()), max_repairs_(max_repairs) {
  out_.begin = begin;
}

bool LooseParser::opens() const {
  const std::size_t at = past_space(pos_ + 1);
  if (at >= end_) return false;
  if (stands_at(at, "\\\"") || stands_at(at, "//") || stands_at(at, "/*")) return true;
  const char c = text_[at];
  const bool quote = quote_at(at).size > 0 && c != '`';  // "[`code`](link)" is Markdown
  if (text_[pos_] == '{') return quote || c == '}' || fit_of_member(at) == Fit::yes;
  if (quote || c == ']' || c == '[' || c == '{') return true;
  const std::size_t number = at + (c == '-' || c == '+' || c == '.' ? 1 : 0);
  if (const std::size_t end = digits_end(number); end > number) {
    return std::string_view(",].eE").contains(peek(end)) ||
           std::string_view(",]0123456789").contains(peek(past_space(end)));
  }
  static constexpr std::string_view kLiterals[] = {"true", "false", "null", "True", "False", "None", "NaN"};
  return std::ranges::any_of(kLiterals, [&](std::string_view literal) { return stands_at(at, literal); });
}

LooseDocument LooseParser::document() {
  out_.value = text_[pos_] == '[' ? array() : object();
  out_.stop = std::min(pos_, end_);
  if (cut_ && out_.end == LooseDocument::End::whole) {
    out_.end = LooseDocument::End::cut;
    out_.repairs.push_back(make_repair(Fix::truncated, out_.stop));
  }
  return std::move(out_);
}

Value LooseParser::array() {
  ++pos_;
  ++arrays_open_;
  out_.depth = std::max(out_.depth, arrays_open_ + objects_open_);
  Value::Array elements;
  Last last = Last::bracket;
  while (!cut_) {
    skip_space();
    if (at_end()) {
      cut_ = settled_ = true;
      break;
    }
    if (take_close(']', objects_open_, last)) break;
    element(elements, last);
  }
  --arrays_open_;
  return Value::array(std::move(elements));
}

/// Where the text is cut, the innermost array that is open drops its last element, which is incomplete; what
/// lies around it is closed.
void LooseParser::element(Value::Array& elements, Last& last) {
  if (peek() == ',') return take_comma(last);
  if (!starts_value()) return drop_stray();
  before_item(last, pos_);
  std::optional<Value> element = value(Place::element);
  if (cut_ && (!std::exchange(settled_, true) || (element && is_empty_container(*element)))) return;
  if (element) elements.push_back(std::move(*element));
}

Value LooseParser::object() {
  const std::size_t begin = pos_++;
  ++objects_open_;
  out_.depth = std::max(out_.depth, arrays_open_ + objects_open_);
  Value::Object members;
  Last last = Last::bracket;
  while (!cut_) {
    skip_space();
    if (at_end()) {
      cut_ = true;
      break;
    }
    if (take_close('}', arrays_open_, last)) break;
    member(members, last);
  }
  --objects_open_;
  if (find_duplicate_key(members)) fold_duplicate_keys(members, begin);
  return Value::object(std::move(members));
}

/// Where the text is cut, a value that is incomplete goes with its key, but for arrays and objects that hold
/// something whole.
void LooseParser::member(Value::Object& members, Last& last) {
  if (peek() == ',') return take_comma(last);
  if (members.empty() && stands_at(pos_, "\\\"")) return stop(LooseDocument::End::escaped);
  const std::size_t begin = pos_;
  std::optional<std::string> key = member_key();
  if (!key) return;
  before_item(last, begin);
  std::optional<Value> value = take_colon() ? member_value() : std::nullopt;
  if (!value) return;
  if (cut_ && (!is_container(*value) || is_empty_container(*value))) return;
  members.push_back({std::move(*key), std::move(*value)});
}

std::optional<std::string> LooseParser::member_key() {
  if (quote_at(pos_).size > 0) return string(Place::key);
  if (word_end(pos_) > pos_) return unquoted_key();
  drop_stray();
  return std::nullopt;
}

std::optional<std::string> LooseParser::unquoted_key() {
  const std::size_t begin = pos_;
  const std::size_t end = word_end(pos_);
  if (peek(past_space(end)) != ':') {
    drop_stray_to(end);
    return std::nullopt;
  }
  note(Fix::unquoted_key, begin);
  pos_ = end;
  return valid_text(std::string(text_.substr(begin, end - begin)), begin);
}

/// Steps over what divides a key from its value; false when no value follows.
bool LooseParser::take_colon() {
  skip_space();
  if (cut_ || at_end()) {
    cut_ = true;
    return false;
  }
  const char c = peek();
  if (c == ':') {
    take_punctuation();
    return true;
  }
  if (c == ',' || c == '}' || c == ']') {
    note(Fix::missing_value, pos_);
    return false;
  }
  note(Fix::missing_colon, pos_);
  if (c == '=') pos_ += stands_at(pos_, "=>") ? 2 : 1;
  return true;
}

std::optional<Value> LooseParser::member_value() {
  skip_space();
  while (!at_end() && !starts_value()) {
    const char c = peek();
    if (c == ',' || c == '}' || c == ']') {
      note(Fix::missing_value, pos_);
      return std::nullopt;
    }
    drop_stray();
    skip_space();
  }
  if (!at_end()) return value(Place::member);
  cut_ = true;
  return std::nullopt;
}

std::optional<Value> LooseParser::value(Place place) {
  const char c = text_[pos_];
  if (c == '{' || c == '[') {
    if (arrays_open_ + objects_open_ < kMaxDepth) return c == '{' ? object() : array();
    stop(LooseDocument::End::too_deep);
    return std::nullopt;
  }
  if (quote_at(pos_).size == 0) return word(place);
  std::optional<std::string> text = string(place);
  if (!text) return std::nullopt;
  return Value::string(std::move(*text));
}

void LooseParser::take_comma(Last& last) {
  if (last == Last::item) {
    last = Last::comma;
  } else {
    note(Fix::extra_comma, pos_);
  }
  take_punctuation();
}

/// Whether the innermost array or object ends here: with its own bracket, or with that of one around it.
bool LooseParser::take_close(char own, std::size_t others_open, Last last) {
  const char c = text_[pos_];
  if (c == own) {
    if (last == Last::comma) note(Fix::trailing_comma, pos_);
    ++pos_;
    return true;
  }
  if ((c != ']' && c != '}') || others_open == 0) return false;
  note(Fix::missing_bracket, pos_);
  return true;
}

void LooseParser::before_item(Last& last, std::size_t offset) {
  if (last == Last::item) note(Fix::missing_comma, offset);
  last = Last::item;
}

bool LooseParser::starts_value() const {
  const char c = text_[pos_];
  if (c == '{' || c == '[' || quote_at(pos_).size > 0) return true;
  const char next = peek(pos_ + 1);
  if (c == '.') return is_digit(next);
  if (c == '+') return is_digit(next) || next == '.' || next == 'I';
  return word_end(pos_) > pos_;
}

/// Where the ellipsis that stands here ends; here, when none does.
std::size_t LooseParser::ellipsis_end() const {
  std::size_t end = pos_;
  while (peek(end) == '.') ++end;
  if (end - pos_ >= 2) return end;
  return code_point_at(pos_).value == kEllipsis ? pos_ + 3 : pos_;
}

void LooseParser::drop_stray() {
  if (const std::size_t end = ellipsis_end(); end > pos_) {
    note(Fix::ellipsis, pos_);
    pos_ = end;
    return;
  }
  const char c = text_[pos_];
  if (c == ']' || c == '}') {
    note(Fix::extra_bracket, pos_++);
    return;
  }
  drop_stray_to(pos_ + code_point_at(pos_).size);
}

/// Stray words with nothing but space between them are one repair.
void LooseParser::drop_stray_to(std::size_t end) {
  if (pos_ != stray_end_) note(Fix::stray_text, pos_);
  pos_ = stray_end_ = end;
}

/// The last of equal keys wins, as it does with most readers of JSON.
void LooseParser::fold_duplicate_keys(Value::Object& members, std::size_t offset) {
  note(Fix::duplicate_key, offset);
  std::unordered_map<std::string, std::size_t> places;
  Value::Object folded;
  for (Value::Member& member : members) {
    const auto [place, first] = places.emplace(member.key, folded.size());
    if (first) {
      folded.push_back(std::move(member));
    } else {
      folded[place->second].value = std::move(member.value);
    }
  }
  members = std::move(folded);
}

/// Steps over space and comments. A Markdown fence ends the text.
void LooseParser::skip_space() {
  const bool after_stray = pos_ == stray_end_;
  while (true) {
    pos_ = past_space(pos_);
    const char c = peek();
    if (c == '`' && stands_at(pos_, "```")) end_ = pos_;
    if (c > ' ' && c != '/' && c != '#') break;
    if (!skip_comment() && !skip_special_space()) break;
  }
  if (after_stray) stray_end_ = pos_;
}

bool LooseParser::skip_special_space() {
  const std::size_t begin = pos_;
  while (is_special_space(code_point_at(pos_).value)) pos_ += code_point_at(pos_).size;
  if (pos_ == begin) return false;
  note(Fix::special_space, begin);
  return true;
}

bool LooseParser::skip_comment() {
  const bool block = stands_at(pos_, "/*");
  if (!block && !stands_at(pos_, "//") && !stands_at(pos_, "#")) return false;
  note(Fix::comment, pos_);
  const std::size_t end = block ? text_.find("*/", pos_ + 2) : text_.find('\n', pos_);
  pos_ = end == std::string_view::npos ? end_ : std::min(end_, block ? end + 2 : end);
  return true;
}

char LooseParser::peek_full_width(std::size_t at) const {
  if (stands_at(at, "，")) return ',';
  return stands_at(at, "：") ? ':' : text_[at];
}

void LooseParser::take_punctuation() {
  const std::size_t begin = pos_;
  pos_ = past_punctuation(pos_);
  if (pos_ - begin > 1) note(Fix::full_width_punctuation, begin);
}

std::size_t LooseParser::past_punctuation(std::size_t at) const { return at + (text_[at] == '\xEF' ? 3 : 1); }

bool LooseParser::stands_at(std::size_t at, std::string_view what) const {
  return at + what.size() <= end_ && text_.compare(at, what.size(), what) == 0;
}

CodePoint LooseParser::code_point_at(std::size_t at) const {
  if (at >= end_) return {};
  const auto byte = static_cast<unsigned char>(text_[at]);
  return byte < 0x80 ? CodePoint{byte, 1}
                     : first_code_point(text_.substr(at, std::min<std::size_t>(4, end_ - at)));
}

void LooseParser::note(Fix fix, std::size_t offset) {
  if (out_.repairs.size() >= max_repairs_) return stop(LooseDocument::End::too_many);
  out_.repairs.push_back(make_repair(fix, offset));
}

void LooseParser::stop(LooseDocument::End end) {
  out_.end = end;
  end_ = std::min(pos_, end_);
  cut_ = true;
}

bool opens_document(std::string_view text, std::size_t at) { return LooseParser(text, at, 0).opens(); }

LooseDocument parse_loosely(std::string_view text, std::size_t begin, std::size_t max_repairs) {
  return LooseParser(text, begin, max_repairs).document();
}

}  // namespace synthv1::json
