// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/answer_text.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/phrases.h"

#include <algorithm>
#include <array>
#include <utility>

#include <utf8proc.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 4> kThoughts = {"think", "thinking", "thought", "reasoning"};

/// A tag of a thought at the front of `text`.
struct ThoughtTag {
  std::size_t size = 0;  ///< 0: none
  bool ends = false;
};

ThoughtTag thought_tag(std::string_view text) {
  const bool ends = text.starts_with("</");
  const std::string_view name = text.substr(ends ? 2 : 1);
  for (const std::string_view thought : kThoughts) {
    if (name.starts_with(thought) && name.substr(thought.size()).starts_with('>'))
      return {.size = thought.size() + (ends ? 3 : 2), .ends = ends};
  }
  return {};
}

/// LaTeX commands and what is left of them; those not named leave a space.
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kCommands = {{
    {"text", ""},     {"textbf", ""},  {"textit", ""},  {"textrm", ""},     {"mathrm", ""}, {"mathbf", ""},
    {"mathit", ""},   {"mathsf", ""},  {"mbox", ""},    {"boldsymbol", ""}, {"boxed", ""},  {"fbox", ""},
    {"left", ""},     {"right", ""},   {"rm", ""},      {"bf", ""},         {"yen", "¥"},   {"textyen", "¥"},
    {"euro", "€"},    {"pounds", "£"}, {"approx", "~"}, {"sim", "~"},       {"simeq", "~"}, {"pm", "~"},
    {"times", " * "}, {"cdot", " * "}, {"div", " / "},  {"frac", " # "},
}};

/// Characters that are written in several ways, beside the full-width forms of ASCII, and the one that is
/// read.
constexpr auto kSame = std::to_array<std::pair<char32_t, std::string_view>>({
    {0x00A5, "¥"},   {0x00B1, "~"},  {0x00D7, " * "}, {0x00F7, " / "}, {0x2010, "-"},  {0x2011, "-"},
    {0x2012, "-"},   {0x2013, "-"},  {0x2018, "'"},   {0x2019, "'"},   {0x201C, "\""}, {0x201D, "\""},
    {0x2026, "..."}, {0x2032, "'"},  {0x2044, "/"},   {0x20AC, "€"},   {0x2212, "-"},  {0x223C, "~"},
    {0x2243, "~"},   {0x2245, "~"},  {0x2248, "~"},   {0x3000, " "},   {0x3001, ", "}, {0x3002, ". "},
    {0x300A, "\""},  {0x300B, "\""}, {0x300C, "\""},  {0x300D, "\""},  {0x300E, "\""}, {0x300F, "\""},
    {0x3010, "["},   {0x3011, "]"},  {0x301C, "~"},   {0x4E07, "万"},  {0x500B, "个"}, {0x5104, "亿"},
    {0x5169, "两"},  {0x5713, "圆"}, {0x584A, "块"},  {0x6642, "时"},  {0x6C92, "没"}, {0x7121, "无"},
    {0x7B46, "笔"},  {0x7D04, "约"}, {0x7E3D, "总"},  {0x842C, "万"},  {0x865F, "号"}, {0x8A08, "计"},
    {0x8CA0, "负"},  {0x8CB3, "贰"}, {0x8CB7, "买"},  {0x8CBB, "费"},  {0x9322, "钱"}, {0x9EDE, "点"},
    {0xFE63, "-"},   {0xFF61, ". "}, {0xFFE0, "¢"},   {0xFFE1, "£"},   {0xFFE5, "¥"},  {0xFFE6, "₩"},
});

bool is_dropped(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xAD;
}

bool is_wide_space(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x1680;
}

/// Small, raised and circled digits: footnotes and list marks, no part of a number.
bool is_mark(char32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209F) ||
         (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) || (c >= 0x3200 && c <= 0x33FF);
}

bool is_fraction(char32_t c) {
  return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) || c == 0x2189;
}

/// Whether exactly three ASCII digits stand at the front.
bool three_digits(std::string_view text) {
  return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         (text.size() == 3 || !is_digit(text[3]));
}

class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text) { out_.reserve(text.size() + 8); }

  std::string fold() {
    while (at_ < text_.size()) {
      if (static_cast<unsigned char>(text_[at_]) < 0x80) {
        fold_ascii(text_[at_]);
      } else {
        fold_wide(first_code_point(rest()));
      }
    }
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  char next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }
  bool behind_digit() const { return !out_.empty() && is_digit(out_.back()); }

  void put(std::string_view folded, std::size_t taken) {
    out_ += folded;
    at_ += taken;
  }

  /// Leaves out what stands here, but lets no two digits meet.
  void leave_out(std::size_t taken) {
    at_ += taken;
    if (behind_digit() && at_ < text_.size() && is_digit(text_[at_])) out_ += ' ';
  }

  /// A narrow space: in a number before three digits it groups thousands.
  void put_thin_space(std::size_t taken) {
    const bool groups = behind_digit() && three_digits(text_.substr(at_ + taken));
    put(groups ? "," : " ", taken);
  }

  void fold_ascii(char c) {
    switch (c) {
      case '\\':
        return fold_command();
      case '{':
        if (behind_digit() && rest().starts_with("{,}")) return put(",", 3);
        return leave_out(1);
      case '}':
      case '`':
        return leave_out(1);
      case '_':
        if (!out_.empty() && (is_letter(out_.back()) || behind_digit()) &&
            (is_letter(next()) || is_digit(next())))
          return put("_", 1);
        return leave_out(1);
      case '*':
        return fold_star();
      case '<':
        return fold_tag();
      case '&':
        return fold_entity();
      default:
        out_ += c == '\n' ? '\n' : static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
        ++at_;
    }
  }

  /// A star alone between spaces, or between digits, multiplies; the others are markdown.
  void fold_star() {
    const bool alone = !out_.empty() && out_.back() == ' ' && next() == ' ';
    if (alone || (behind_digit() && is_digit(next()))) return put(" * ", 1);
    leave_out(1);
  }

  void fold_tag() {
    std::size_t size = 1;
    if (next() == '/') ++size;
    if (at_ + size >= text_.size() || !is_letter(text_[at_ + size])) return put("<", 1);
    constexpr std::size_t kLongest = 12;
    const std::size_t close = rest().substr(0, kLongest).find('>');
    if (close == std::string_view::npos) return put("<", 1);
    put(" ", close + 1);
  }

  void fold_entity() {
    for (const auto& [entity, folded] : {std::pair<std::string_view, std::string_view>{"&nbsp;", " "},
                                         {"&yen;", "¥"},
                                         {"&amp;", "&"},
                                         {"&quot;", "\""}}) {
      if (rest().starts_with(entity)) return put(folded, entity.size());
    }
    put("&", 1);
  }

  void fold_command() {
    const char c = next();
    if (c == ',' || c == ';' || c == '!' || c == ':') return put_thin_space(2);
    if (is_letter(c)) return fold_named_command();
    if (c == '$' || c == '%' || c == '#' || c == '&' || c == '"' || c == '\'') return put({&c, 1}, 2);
    put(" ", c == '\0' || static_cast<unsigned char>(c) >= 0x80 || is_digit(c) ? 1 : 2);
  }

  void fold_named_command() {
    constexpr std::size_t kLongest = 16;
    std::size_t size = 1;
    while (size < kLongest && at_ + size < text_.size() && is_letter(text_[at_ + size])) ++size;
    const std::string_view name = text_.substr(at_ + 1, size - 1);
    const auto found =
        std::ranges::find(kCommands, name, &std::pair<std::string_view, std::string_view>::first);
    if (found != kCommands.end()) {
      if (found->second.empty()) return leave_out(size);
      return put(found->second, size);
    }
    // A line break that was escaped once too often: "\nTotal".
    if (c_escape(name.front())) return put("\n", 2);
    put(" ", size);
  }

  static bool c_escape(char c) { return c == 'n' || c == 't' || c == 'r'; }

  void fold_wide(CodePoint point) {
    const char32_t c = point.value;
    if (c >= 0x4E00 && c <= 0x9FFF) {
      if (const auto folded = same(c)) return put(*folded, point.size);
      return put(text_.substr(at_, point.size), point.size);
    }
    if (c == 0xFFFD) return put(" ", point.size);
    if (c >= 0xFF01 && c <= 0xFF5E) return fold_full_width(c, point.size);
    if (c == 0x2014 || c == 0x2015) return fold_long_dash(point.size);
    if (is_dropped(c)) return leave_out(point.size);
    if (is_wide_space(c)) return put_thin_space(point.size);
    if (is_mark(c)) return put(" ", point.size);
    if (is_fraction(c)) return put("#", point.size);
    if (const auto folded = same(c)) return put(*folded, point.size);
    fold_rare(c, point.size);
  }

  static std::optional<std::string_view> same(char32_t c) {
    const auto found = std::ranges::lower_bound(kSame, c, {}, &std::pair<char32_t, std::string_view>::first);
    if (found == kSame.end() || found->first != c) return std::nullopt;
    return found->second;
  }

  static bool is_wide_digit(char32_t c) { return c >= 0xFF10 && c <= 0xFF19; }

  /// "，" groups thousands only among full-width digits; else it parts.
  void fold_full_width(char32_t c, std::size_t size) {
    const char plain = static_cast<char>(c - 0xFEE0);
    if (c == 0xFF0C) {
      const std::string_view after = text_.substr(at_ + size);
      const bool digit_after = !after.empty() && is_wide_digit(first_code_point(after).value);
      return put(behind_wide_digit_ == at_ && digit_after ? "," : ", ", size);
    }
    if (plain == '*' || plain == '_' || plain == '`' || plain == '\\') return put(" ", size);
    put({&plain, 1}, size);
    if (is_wide_digit(c)) behind_wide_digit_ = at_;
  }

  void fold_long_dash(std::size_t size) {
    const std::string_view after = text_.substr(at_ + size);
    put(behind_digit() && !after.empty() && is_digit(after.front()) ? "~" : " ", size);
  }

  void fold_rare(char32_t c, std::size_t size) {
    const auto point = static_cast<utf8proc_int32_t>(c);
    const bool mathematical = c >= 0x1D7CE && c <= 0x1D7FF;
    if (!mathematical && utf8proc_category(point) == UTF8PROC_CATEGORY_ND) return put("#", size);
    const std::string folded = fold_nfkc(text_.substr(at_, size));
    const bool begins_number = !folded.empty() && is_digit(folded.front()) && !mathematical;
    put(begins_number ? "#" : folded, size);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t behind_wide_digit_ = std::string_view::npos;  ///< where the last full-width digit ends
  std::string out_;
};

}  // namespace

SpokenText without_thinking(std::string_view raw) {
  SpokenText spoken;
  std::size_t depth = 0;
  std::size_t from = 0;
  for (std::size_t at = raw.find('<'); at != std::string_view::npos; at = raw.find('<', at)) {
    const ThoughtTag tag = thought_tag(raw.substr(at));
    if (tag.size == 0) {
      ++at;
      continue;
    }
    if (depth == 0) {
      if (tag.ends) {
        spoken.text.clear();
      } else {
        spoken.text.append(raw.substr(from, at - from)).append("\n");
      }
    }
    if (!tag.ends) {
      ++depth;
    } else if (depth > 0) {
      --depth;
    }
    at += tag.size;
    from = at;
  }
  spoken.cut = depth > 0;
  if (!spoken.cut) spoken.text.append(raw.substr(from));
  return spoken;
}

AnswerText fold_answer(std::string_view text) {
  static_assert(std::ranges::is_sorted(kSame, {}, &std::pair<char32_t, std::string_view>::first));
  AnswerText folded{.shown = Folder(text).fold(), .lower = {}};
  folded.lower = lower_ascii(folded.shown);
  return folded;
}

}  // namespace synthv1
