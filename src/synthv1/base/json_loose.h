// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_repair.h"
#include "synthv1/base/json_value.h"
#include "synthv1/base/text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1::json {

/// The repairs, in the order of repair_kinds().
enum class Fix : std::uint8_t {
  byte_order_mark,
  think_block,
  code_fence,
  prose,
  repeated_document,
  double_encoded,
  escaped_document,
  special_space,
  full_width_punctuation,
  comment,
  trailing_comma,
  single_quotes,
  smart_quotes,
  unquoted_key,
  python_literal,
  raw_control_character,
  needless_escape,
  number_form,
  truncated,
  several_documents,
  joined_documents,
  missing_comma,
  missing_colon,
  missing_value,
  missing_bracket,
  missing_quote,
  unescaped_quote,
  unquoted_string,
  extra_comma,
  extra_bracket,
  stray_text,
  ellipsis,
  string_concatenation,
  thousands_comma,
  leading_zeros,
  number_range,
  not_a_number,
  invalid_escape,
  lone_surrogate,
  invalid_utf8,
  duplicate_key,
};

Repair make_repair(Fix fix, std::size_t offset);

/// A value read out of a text by rules looser than JSON's.
struct LooseDocument {
  enum class End {
    whole,     ///< its last bracket was found
    cut,       ///< the text, or a Markdown fence, ended first
    escaped,   ///< its quotes are escaped ({\"a\": 1}): unescape the text and begin again
    too_deep,  ///< more than kMaxDepth levels
    too_many,  ///< more repairs than allowed
  };
  Value value;
  End end = End::whole;
  std::size_t begin = 0;  ///< of its first bracket
  std::size_t stop = 0;   ///< after its last byte
  std::size_t depth = 0;  ///< levels of brackets
  std::vector<Repair> repairs;
};

/// Whether the bracket at `at` looks like the beginning of a document and not like part of a sentence.
bool opens_document(std::string_view text, std::size_t at);

/// Reads the array or object that begins at `begin`. Linear in what it reads, but for a bounded look ahead.
LooseDocument parse_loosely(std::string_view text, std::size_t begin, std::size_t max_repairs);

/// The parser behind parse_loosely(): structure here (json_loose.cc), strings in json_loose_string.cc,
/// numbers and words in json_loose_word.cc.
class LooseParser {
 public:
  LooseParser(std::string_view text, std::size_t begin, std::size_t max_repairs);
  /// See opens_document().
  bool opens() const;
  LooseDocument document();

 private:
  /// Where a value stands.
  enum class Place { key, member, element };

  /// What was read last in an array or object.
  enum class Last { bracket, item, comma };

  struct Quote {
    std::size_t size = 0;  ///< in bytes; 0 is no quote
    bool is_double = false;
    bool typographic = false;
    char ascii = 0;  ///< the quote itself unless typographic
  };

  /// How well the text after a quote fits the end of a string.
  enum class Fit { no, perhaps, yes };

  struct Close {
    std::size_t content_end = 0;
    std::size_t after = 0;
  };

  /// Where the parts of a number stand, whose sign stands before `whole`.
  struct Number {
    std::size_t whole = 0;
    std::size_t whole_end = 0;
    std::size_t fraction_end = 0;  ///< the fraction begins with its point, at `whole_end`
    std::size_t power = 0;         ///< the digits of the exponent; `end` when there is none
    std::size_t end = 0;
    bool grouped = false;  ///< with commas between thousands
  };

  // Structure.
  Value array();
  Value object();
  void element(Value::Array& elements, Last& last);
  void member(Value::Object& members, Last& last);
  std::optional<std::string> member_key();
  std::optional<std::string> unquoted_key();
  bool take_colon();
  std::optional<Value> member_value();
  std::optional<Value> value(Place place);
  void take_comma(Last& last);
  bool take_close(char own, std::size_t others_open, Last last);
  void before_item(Last& last, std::size_t offset);
  bool starts_value() const;
  void drop_stray();
  void drop_stray_to(std::size_t end);
  std::size_t ellipsis_end() const;
  void fold_duplicate_keys(Value::Object& members, std::size_t offset);
  void skip_space();
  bool skip_special_space();
  bool skip_comment();

  // Strings.
  Quote quote_at(std::size_t at) const {
    const char c = at < end_ ? text_[at] : 0;
    if (c == '"' || c == '\'' || c == '`') return {1, c == '"', false, c};
    return c == '\xC2' || c == '\xE2' || c == '\xEF' ? typographic_quote_at(at) : Quote{};
  }
  Quote typographic_quote_at(std::size_t at) const;
  bool closes(const Quote& open, std::size_t at) const;
  std::size_t next_close(const Quote& open, std::size_t from, std::size_t limit) const;
  std::optional<std::string> string(Place place);
  std::optional<std::string> one_string(Place place);
  std::optional<Close> find_close(const Quote& open, std::size_t from, Place place);
  Fit fit_of_close(std::size_t after, Place place) const;
  Fit fit_after_comma(std::size_t at, Place place) const;
  Fit fit_of_element(std::size_t at) const;
  Fit fit_of_member(std::size_t at) const;
  std::optional<Close> close_before_member(std::size_t quote, std::size_t from) const;
  std::string decoded(std::size_t from, std::size_t to);
  std::size_t decode_escape(std::size_t at, std::size_t to, std::string& out);
  std::size_t decode_unicode(std::size_t at, std::size_t to, std::string& out);
  std::string valid_text(std::string text, std::size_t offset);

  // Numbers and words.
  std::optional<Value> word(Place place);
  std::optional<Number> number_at(Place place) const;
  std::optional<Value> number(Place place);
  std::string number_text(std::size_t begin, const Number& number);
  std::optional<Value> literal();
  std::optional<Value> unquoted_string();
  std::size_t thousands_end(std::size_t at) const;
  std::size_t digits_end(std::size_t at) const;
  std::size_t word_end(std::size_t at) const;
  bool ends_scalar(std::size_t at) const;

  // The text.
  bool at_end() const { return pos_ >= end_; }
  /// The byte at `at`, full-width ',' and ':' as the plain ones; 0 at the end.
  char peek(std::size_t at) const {
    if (at >= end_) return 0;
    return text_[at] == '\xEF' ? peek_full_width(at) : text_[at];
  }
  char peek_full_width(std::size_t at) const;
  char peek() const { return peek(pos_); }
  /// Steps over the ',' or ':' that peek() saw.
  void take_punctuation();
  bool stands_at(std::size_t at, std::string_view what) const;
  std::size_t past_space(std::size_t at) const {
    while (at < end_ && (text_[at] == ' ' || text_[at] == '\n' || text_[at] == '\t' || text_[at] == '\r'))
      ++at;
    return at;
  }
  std::size_t past_punctuation(std::size_t at) const;
  CodePoint code_point_at(std::size_t at) const;
  void note(Fix fix, std::size_t offset);
  void stop(LooseDocument::End end);

  std::string_view text_;
  std::size_t pos_;
  std::size_t end_;
  std::size_t max_repairs_;
  LooseDocument out_;
  std::size_t arrays_open_ = 0;
  std::size_t objects_open_ = 0;
  std::size_t rescanned_ = 0;  ///< bytes read again because a string had no sure end
  std::size_t stray_end_ = 0;  ///< where the last stray text ended
  bool settled_ = false;       ///< once cut: the incomplete last element has been dropped
  bool cut_ = false;
};

}  // namespace synthv1::json
