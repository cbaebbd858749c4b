// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_tokens.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace synthv1 {

namespace {

using enum WordRole;

constexpr std::array<std::pair<char32_t, WordRole>, 35> kMarks = {{
    {U',', comma},         {U'，', comma},         {U'、', comma},   {U';', comma},    {U'；', comma},
    {U'&', comma},         {U'-', dash},           {U'–', dash},     {U'—', dash},     {U'~', dash},
    {U'～', dash},         {U'〜', dash},          {U'.', point},    {U'．', point},   {U'/', slash},
    {U'(', bracket},       {U')', bracket},        {U'（', bracket}, {U'）', bracket}, {U'"', quote},
    {U'“', quote},         {U'”', quote},          {U'\'', quote},   {U'‘', quote},    {U'’', quote},
    {U'$', currency},      {U'€', currency},       {U'£', currency}, {U'¥', currency}, {U'￥', currency},
    {U'?', question_mark}, {U'？', question_mark}, {U'。', stop},    {U'!', stop},     {U'！', stop},
}};

constexpr std::string_view kNumerals = "零一二三四五六七八九";

/// A digit, half or full width, or -1.
int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}

/// The value of a Chinese numeral character up to ten, or -1.
int numeral_of(std::string_view character) {
  if (character == "〇") return 0;
  if (character == "十") return 10;
  if (character == "两") return 2;
  const std::size_t at = character.size() == 3 ? kNumerals.find(character) : std::string_view::npos;
  return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3);
}

struct Numeral {
  unsigned value = 0;
  std::uint8_t digits = 0;
  std::size_t length = 0;
};

/// The Chinese number up to 99, or written digit by digit (二〇二四), that `text` begins with.
std::optional<Numeral> read_numeral(std::string_view text) {
  Numeral read;
  bool tens = false;
  while (text.size() >= read.length + 3 && read.digits < 8) {
    const int digit = numeral_of(text.substr(read.length, 3));
    if (digit < 0) break;
    if (digit == 10) {
      read.value = read.digits == 0 ? 10 : read.value * 10;
      tens = true;
    } else {
      read.value =
          tens ? read.value + static_cast<unsigned>(digit) : read.value * 10 + static_cast<unsigned>(digit);
    }
    ++read.digits;
    read.length += 3;
  }
  if (read.digits == 0) return std::nullopt;
  return read;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const Lexicon& words) : text_(text), words_(words) { tokens_.reserve(48); }

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      if (const std::size_t space = space_here()) {
        spaced_ = true;
        at_ += space;
      } else {
        next();
      }
    }
    return std::move(tokens_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  /// Bytes of the space here: ASCII, no-break or ideographic; 0 for other characters.
  std::size_t space_here() const {
    const char c = text_[at_];
    if (is_space(c)) return 1;
    if (c == '\xC2' && rest().starts_with("\u00a0")) return 2;
    return c == '\xE3' && rest().starts_with("\u3000") ? 3 : 0;
  }

  void next() {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (is_latin(text_[at_])) {
      if (!read_calendar_letter()) read_word();
    } else if (byte >= 0xE4 && byte <= 0xE9) {  // a Chinese character
      if (!read_date_mark() && !read_chinese_number()) read_word();
    } else if (!read_digits() && !read_mark() && !read_chinese_number()) {
      read_word();
    }
  }

  void add(Token token, std::size_t length) {
    token.glued = !spaced_ && !tokens_.empty();
    token.offset = static_cast<std::uint32_t>(at_);
    token.length = static_cast<std::uint32_t>(length);
    tokens_.push_back(token);
    at_ += length;
    spaced_ = false;
  }

  /// 年, 月 and 日 behind a number, also where another word could begin with them: 8日期间, 9月光是.
  bool read_date_mark() {
    if (tokens_.empty() || spaced_ || tokens_.back().role != number) return false;
    const WordRole mark = rest().starts_with("年")   ? year_word
                          : rest().starts_with("月") ? month_mark
                                                     : day_mark;
    if (mark == day_mark && !rest().starts_with("日")) return false;
    if (mark != day_mark) {
      const Lexicon::Match longer = words_.find(rest(), first_unit(rest()));
      if (longer.entry != nullptr && (longer.entry->role == mark || longer.entry->role == part)) return false;
    }
    add({.role = mark}, 3);
    return true;
  }

  bool read_digits() {
    std::uint32_t value = 0;
    std::uint8_t digits = 0;
    std::size_t size = 0;
    while (size < rest().size()) {
      const CodePoint point = first_code_point(rest().substr(size));
      const int digit = digit_of(point.value);
      if (digit < 0) break;
      value = std::min<std::uint32_t>(value * 10 + static_cast<std::uint32_t>(digit), 65535);
      digits = static_cast<std::uint8_t>(std::min(digits + 1, 255));
      size += point.size;
    }
    if (digits == 0) return false;
    Token token{.role = number, .digits = digits, .value = static_cast<std::uint16_t>(value)};
    size += ordinal_suffix(rest().substr(size), token);
    add(token, size);
    return true;
  }

  std::size_t ordinal_suffix(std::string_view behind, Token& token) const {
    if (behind.empty() || !is_latin(behind[0])) return 0;
    for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
      if (!equal_ignoring_case(behind.substr(0, 2), suffix)) continue;
      if (behind.size() > 2 && is_latin(behind[2])) continue;
      token.role = ordinal;
      return 2;
    }
    return 0;
  }

  bool read_mark() {
    const CodePoint point = first_code_point(rest());
    if (point.value == U':' || point.value == U'：') return add({.role = stop}, point.size), true;
    for (const auto& [mark, role] : kMarks) {
      if (mark != point.value) continue;
      const std::string_view behind = rest().substr(1);
      const bool ends = mark == U'.' && (behind.empty() || is_space(behind[0]));
      add({.role = ends ? stop : role}, point.size);
      return true;
    }
    return false;
  }

  /// "Q1", "H2"
  bool read_calendar_letter() {
    const std::string_view text = rest();
    const char letter = text[0];
    const bool is_quarter = letter == 'Q' || letter == 'q';
    if (!is_quarter && letter != 'H' && letter != 'h') return false;
    if (text.size() < 2 || text[1] < '1' || text[1] > (is_quarter ? '4' : '2')) return false;
    if (text.size() > 2 && (is_digit(text[2]) || is_latin(text[2]))) return false;
    add({.role = is_quarter ? quarter : half, .value = static_cast<std::uint16_t>(text[1] - '0')}, 2);
    return true;
  }

  /// 十二月, 第一季度, 二〇二四年; and amounts such as 四十五块, whose number is none of the question's.
  bool read_chinese_number() {
    const auto read = read_numeral(rest());
    if (!read) return false;
    const std::string_view behind = rest().substr(read->length);
    const bool year = behind.starts_with("年") && read->digits == 4;
    const bool calendar = starts_with_any(behind, {"月", "日", "号", "季", "到", "至"});
    const bool amount = read->value != 1 && starts_with_any(behind, {"元", "块", "百", "千", "万", "毛"});
    const bool after_date = !tokens_.empty() && !spaced_ && starts_with_any(behind, {"日", "号"}) &&
                            tokens_.back().role == month_mark;
    if (!after_date && words_.find(rest(), first_unit(rest())).entry != nullptr) return false;
    if (!year && !calendar && !amount) return false;
    add({.role = number,
         .digits = read->digits,
         .value = static_cast<std::uint16_t>(std::min(read->value, 65535u))},
        read->length);
    return true;
  }

  void read_word() {
    const TextUnit unit = first_unit(rest());
    const Lexicon::Match best = words_.find(rest(), unit);
    if (best.entry != nullptr) {
      add({.role = best.entry->role, .value = best.entry->value, .features = best.entry->features},
          best.length);
      return;
    }
    const bool grows = !tokens_.empty() && !spaced_ && tokens_.back().role == word &&
                       tokens_.back().features == 0 && !is_latin(text_[at_]) && !is_latin(text_[at_ - 1]);
    if (!grows) return add({}, unit.length);
    tokens_.back().length += static_cast<std::uint32_t>(unit.length);
    at_ += unit.length;
  }

  std::string_view text_;
  const Lexicon& words_;
  std::size_t at_ = 0;
  bool spaced_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, const Lexicon& words) {
  return Tokenizer(text, words).run();
}

}  // namespace synthv1
