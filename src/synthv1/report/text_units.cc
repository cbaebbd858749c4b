// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/text_units.h"

#include "synthv1/base/text.h"

namespace synthv1 {

namespace {

constexpr std::uint64_t kNumber = hash_text("#");

enum class Kind : std::uint8_t { space, letter, digit, ideograph };

constexpr bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

Kind kind_of_ascii(char c) {
  if (is_digit(c)) return Kind::digit;
  const char small = lower_ascii(c);
  return small >= 'a' && small <= 'z' ? Kind::letter : Kind::space;
}

Kind kind_of(char32_t c) {
  if (c < 0x80) return kind_of_ascii(static_cast<char>(c));
  if (within(c, 0x3400, 0x9FFF) || within(c, 0x3040, 0x30FF) || within(c, 0xF900, 0xFAFF) ||
      within(c, 0x20000, 0x3FFFF) || c == 0x3007) {
    return Kind::ideograph;
  }
  if (within(c, 0xFF10, 0xFF19)) return Kind::digit;
  const bool letter = within(c, 0xC0, 0x1FFF) || within(c, 0xAC00, 0xD7AF) || within(c, 0xFF21, 0xFF3A) ||
                      within(c, 0xFF41, 0xFF5A);
  return letter && c != 0xD7 && c != 0xF7 ? Kind::letter : Kind::space;
}

/// Reads one text from its front.
class UnitReader {
 public:
  explicit UnitReader(std::string_view text) : text_(text) {}

  void read(std::vector<std::uint64_t>& units) {
    while (!text_.empty()) {
      const CodePoint first = first_code_point(text_);
      switch (kind_of(first.value)) {
        case Kind::space:
          text_.remove_prefix(first.size);
          break;
        case Kind::ideograph:
          units.push_back(hash_text(text_.substr(0, first.size)));
          text_.remove_prefix(first.size);
          break;
        case Kind::letter:
          units.push_back(word());
          break;
        case Kind::digit:
          pass_number();
          units.push_back(kNumber);
          break;
      }
    }
  }

 private:
  Kind kind_behind(std::size_t offset) const {
    if (offset >= text_.size()) return Kind::space;
    return kind_of(first_code_point(text_.substr(offset)).value);
  }

  /// An apostrophe within a word is of it.
  bool goes_on(Kind kind, std::string_view joints) const {
    if (kind_behind(0) == kind) return true;
    return !text_.empty() && joints.find(text_.front()) != joints.npos && kind_behind(1) == kind;
  }

  std::uint64_t word() {
    std::uint64_t hash = hash_text("");
    while (goes_on(Kind::letter, "'")) {
      const std::size_t size = first_code_point(text_).size;
      for (std::size_t i = 0; i < size; ++i)
        hash = (hash ^ static_cast<unsigned char>(lower_ascii(text_[i]))) * 0x100000001B3U;
      text_.remove_prefix(size);
    }
    return hash;
  }

  void pass_number() {
    while (goes_on(Kind::digit, ".,")) text_.remove_prefix(first_code_point(text_).size);
  }

  std::string_view text_;
};

}  // namespace

void read_units(std::string_view text, std::vector<std::uint64_t>& units) {
  units.clear();
  UnitReader(text).read(units);
}

}  // namespace synthv1
