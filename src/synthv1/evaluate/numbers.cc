// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/numbers.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/phrases.h"

#include <array>
#include <utility>

namespace synthv1 {

namespace {

constexpr std::size_t kChineseSize = 3;  ///< bytes of a Chinese character

char32_t character_at(std::string_view text, std::size_t at) {
  return at < text.size() ? first_code_point(text.substr(at)).value : U'\0';
}

bool digit_at(std::string_view text, std::size_t at) { return at < text.size() && is_digit(text[at]); }

/// The power of ten of a Chinese unit, or 0.
int chinese_unit(std::string_view text, std::size_t at) {
  switch (character_at(text, at)) {
    case U'十':
    case U'拾':
      return 1;
    case U'百':
    case U'佰':
      return 2;
    case U'千':
    case U'仟':
      return 3;
    case U'万':
      return 4;
    case U'亿':
      return 8;
    default:
      return 0;
  }
}

/// Digits with their marks, in the plain style or the European.
class DigitReader {
 public:
  DigitReader(std::string_view text, std::size_t at, DigitStyle style)
      : text_(text),
        at_(at),
        group_(style == DigitStyle::plain ? ',' : '.'),
        point_(style == DigitStyle::plain ? '.' : ',') {}

  Decimal read() {
    read_whole();
    if (mark_before_digit(point_)) {
      ++at_;
      number_.decimals = true;
      while (digit_at(text_, at_)) number_.append_decimal(text_[at_++] - '0');
    }
    if (mark_before_digit(',') || mark_before_digit('.') || exponent()) skip_rest();
    number_.end = at_;
    return number_;
  }

 private:
  bool mark_before_digit(char mark) const {
    return at_ < text_.size() && text_[at_] == mark && digit_at(text_, at_ + 1);
  }

  /// Whether a mark and exactly three digits come next.
  bool group_follows(char mark) const {
    return mark_before_digit(mark) && digit_at(text_, at_ + 2) && digit_at(text_, at_ + 3) &&
           !digit_at(text_, at_ + 4);
  }

  void read_whole() {
    std::size_t count = 0;
    for (; digit_at(text_, at_); ++count) number_.append(text_[at_++] - '0');
    const char mark = group_follows('\'') ? '\'' : group_;
    if (count == 0 || count > 3) return;
    while (group_follows(mark)) {
      ++at_;
      for (int i = 0; i < 3; ++i) number_.append(text_[at_++] - '0');
    }
  }

  bool exponent() const {
    if (at_ >= text_.size() || lower_ascii(text_[at_]) != 'e') return false;
    if (digit_at(text_, at_ + 1)) return true;
    const bool sign = at_ + 1 < text_.size() && (text_[at_ + 1] == '-' || text_[at_ + 1] == '+');
    return sign && digit_at(text_, at_ + 2);
  }

  /// What goes on behind a number that is none: the rest of 1.2.3, 12,34 or 1e5.
  void skip_rest() {
    number_.readable = false;
    while (digit_at(text_, at_) || mark_before_digit(',') || mark_before_digit('.') || exponent()) ++at_;
    while (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-') && digit_at(text_, at_ + 1)) {
      ++at_;
      while (digit_at(text_, at_)) ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
  char group_, point_;
  Decimal number_;
};

/// English multipliers behind digits.
constexpr std::array<std::pair<std::string_view, int>, 10> kMultipliers = {{{"thousand", 3},
                                                                            {"million", 6},
                                                                            {"billion", 9},
                                                                            {"hundred", 2},
                                                                            {"grand", 3},
                                                                            {"bn", 9},
                                                                            {"mn", 6},
                                                                            {"k", 3},
                                                                            {"m", 6},
                                                                            {"w", 4}}};

/// A multiplier and the bytes that it takes behind a number.
struct Multiplier {
  int power = 0;
  std::size_t size = 0;
};

Multiplier multiplier_at(std::string_view text, std::size_t at) {
  const std::size_t space = at < text.size() && text[at] == ' ' ? 1 : 0;
  const std::string_view rest = text.substr(at + space);
  for (const auto& [word, power] : kMultipliers) {
    if (!equal_ignoring_case(rest.substr(0, word.size()), word)) continue;
    const bool longer =
        rest.size() > word.size() && (is_letter(rest[word.size()]) || is_digit(rest[word.size()]));
    if (!longer && (space == 0 || word.size() > 1)) return {.power = power, .size = space + word.size()};
  }
  return {};
}

/// A number of digits or Chinese numerals with Chinese units, read from left to right: coefficients times
/// units, in sections of 万 and 亿.
class MixedReader {
 public:
  MixedReader(std::string_view text, std::size_t at, DigitStyle style)
      : text_(text), at_(at), style_(style) {}

  ReadNumber read() {
    while (readable_ && (read_coefficient() || read_unit())) {
    }
    const bool something = close();
    return {.end = something ? at_ : 0,
            .minor = readable_ ? total_ + section_ : 0,
            .exact = exact_,
            .readable = readable_,
            .decimals = decimals_,
            .scaled = scaled_};
  }

 private:
  bool read_coefficient() {
    if (pending_) return false;
    const bool point = at_ < text_.size() && text_[at_] == '.' && digit_at(text_, at_ + 1);
    if (digit_at(text_, at_) || point) {
      pending_ = DigitReader(text_, at_, style_).read();
    } else if (chinese_digit(text_, at_) >= 0 || (scaled_ && decimal_follows(at_))) {
      pending_ = read_chinese_digits();
    } else {
      return false;
    }
    single_ = pending_->digits == 1 && !pending_->decimals;
    decimals_before_ = decimals_;
    decimals_ = decimals_ || pending_->decimals;
    readable_ = readable_ && pending_->readable;
    at_ = pending_->end;
    return true;
  }

  /// 点 and a digit.
  bool decimal_follows(std::size_t at) const {
    return character_at(text_, at) == U'点' && chinese_digit(text_, at + kChineseSize) >= 0;
  }

  Decimal read_chinese_digits() {
    Decimal number;
    std::size_t at = at_;
    for (int d = chinese_digit(text_, at); d >= 0; d = chinese_digit(text_, at += kChineseSize))
      number.append(d);
    if (decimal_follows(at)) {
      number.decimals = true;
      at += kChineseSize;
      for (int d = chinese_digit(text_, at); d >= 0; d = chinese_digit(text_, at += kChineseSize))
        number.append_decimal(d);
    }
    number.end = at;
    return number;
  }

  bool read_unit() {
    const int power = chinese_unit(text_, at_);
    if (power == 0) return false;
    if (power >= 4) return read_large_unit(power);
    if (power >= small_below_) return false;
    if (!pending_ && power != 1) return false;
    check_single();
    add(section_, pending_.value_or(Decimal::one()), power);
    small_below_ = power;
    take_unit(power);
    return true;
  }

  bool read_large_unit(int power) {
    if (power >= large_below_ || (!pending_ && section_ == 0)) return false;
    check_single();
    if (pending_) add(total_, *pending_, power);
    for (int i = 0; i < power && readable_; ++i) readable_ = !__builtin_mul_overflow(section_, 10, &section_);
    readable_ = readable_ && section_ <= kMostMinor - total_;
    if (readable_) total_ += section_;
    section_ = 0;
    small_below_ = 4;
    large_below_ = power;
    take_unit(power);
    return true;
  }

  /// 两三百 is a guess: several numerals before a unit are no number.
  void check_single() {
    const bool several = pending_ && pending_->significant > 1 && !pending_->decimals;
    if (several && !is_digit(text_[at_ - 1])) readable_ = false;
  }

  void take_unit(int power) {
    pending_.reset();
    last_ = power;
    scaled_ = true;
    at_ += kChineseSize;
  }

  /// A last coefficient: the 五 of 三千五 is 500, that of 三千零五 is 5.
  bool close() {
    if (!pending_) return scaled_;
    if (!scaled_) return close_plain();
    if (decimals_before_) readable_ = false;
    const bool next_unit = single_ && last_ >= 2;
    if (!next_unit && !pending_->below(last_)) readable_ = false;
    add(section_, *pending_, next_unit ? last_ - 1 : 0);
    return true;
  }

  bool close_plain() {
    const Multiplier multiplier = is_digit(text_[at_ - 1]) ? multiplier_at(text_, at_) : Multiplier{};
    add(section_, *pending_, multiplier.power);
    scaled_ = multiplier.power > 0;
    at_ += multiplier.size;
    return true;
  }

  void add(std::int64_t& sum, const Decimal& coefficient, int power) {
    const ShiftedDecimal shifted = coefficient.shifted(power);
    readable_ = readable_ && shifted.fits && shifted.minor <= kMostMinor - sum;
    exact_ = exact_ && shifted.exact;
    if (readable_) sum += shifted.minor;
  }

  std::string_view text_;
  std::size_t at_;
  DigitStyle style_;
  std::optional<Decimal> pending_;
  bool single_ = false, decimals_ = false, decimals_before_ = false, scaled_ = false, exact_ = true,
       readable_ = true;
  std::int64_t total_ = 0, section_ = 0;
  int small_below_ = 4, large_below_ = 9, last_ = 9;
};

}  // namespace

int chinese_digit(std::string_view text, std::size_t at) {
  if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0xE3) return -1;
  switch (character_at(text, at)) {
    case U'零':
    case U'〇':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'两':
    case U'贰':
      return 2;
    case U'三':
    case U'叁':
    case U'參':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
    case U'陸':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

ReadNumber read_number(std::string_view text, std::size_t at, DigitStyle style) {
  return MixedReader(text, at, style).read();
}

}  // namespace synthv1
