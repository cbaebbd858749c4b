// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/phrase_compiler.h"

#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// So that every length in the code fits into its 16 bits.
constexpr std::size_t kLongest = 10'000;

std::unexpected<Error> wrong(std::string_view text, std::string_view why) {
  return fail(ErrorKind::usage, fmt::format("phrase \"{}\": {}", text, why));
}

void append_u16(std::string& code, std::size_t value) {
  code.push_back(static_cast<char>(value & 0xff));
  code.push_back(static_cast<char>(value >> 8));
}

Tags bits_of(Slot slot) {
  switch (slot) {
    case Slot::with:
      return tag("with");
    case Slot::who:
      return tag("with") | tag("has_who");
    case Slot::occasion:
      return tag("has_occasion");
    case Slot::item2:
    case Slot::thing2:
    case Slot::amount2:
      return tag("has_second");
    case Slot::pet:
      return tag("has_pet");
    default:
      return 0;
  }
}

bool has_digit(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), is_digit)) return true;
  for (const std::string_view wide : {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"}) {
    if (text.contains(wide)) return true;
  }
  return false;
}

/// Why this literal text may not stand in a phrase, or nothing.
std::string_view forbidden(std::string_view literal) {
  if (has_digit(literal)) return "write numbers as words, so that no number is taken for an amount";
  if (literal.find_first_of("\n\r\"") != std::string_view::npos) {
    return "a phrase is one line without double quotes";
  }
  for (const std::string_view sign : {"¥", "￥", "$", "＄", "{", "}", "]", "|"}) {
    if (literal.contains(sign)) return "currency signs and stray { } ] | may not stand in a phrase";
  }
  return {};
}

class Compiler {
 public:
  explicit Compiler(std::string_view text) : text_(text) {}

  Result<Tags> compile(std::string& out) {
    if (auto done = sequence(text_, out, /*inside_choice=*/false); !done)
      return std::unexpected(done.error());
    return needs_;
  }

 private:
  Result<void> sequence(std::string_view part, std::string& out, bool inside_choice) {
    while (!part.empty()) {
      const std::size_t next = part.find_first_of("{[");
      if (auto done = literal(part.substr(0, next), out); !done) return done;
      if (next == std::string_view::npos) return {};
      const bool slot_next = part[next] == '{';
      if (!slot_next && inside_choice) return wrong(text_, "[ ] inside [ ] is not supported");
      const std::size_t end = part.find(slot_next ? '}' : ']', next);
      if (end == std::string_view::npos) return wrong(text_, "a bracket is not closed");
      const std::string_view inner = part.substr(next + 1, end - next - 1);
      if (auto done = slot_next ? slot(inner, out) : choice(inner, out); !done) return done;
      part.remove_prefix(end + 1);
    }
    return {};
  }

  Result<void> literal(std::string_view part, std::string& out) {
    if (part.empty()) return {};
    if (const std::string_view why = forbidden(part); !why.empty()) return wrong(text_, why);
    out.push_back(Fragment::kLiteral);
    append_u16(out, part.size());
    out.append(part);
    return {};
  }

  Result<void> slot(std::string_view name, std::string& out) {
    const auto* found = std::find(kSlotNames.begin(), kSlotNames.end(), name);
    if (found == kSlotNames.end()) {
      return wrong(
          text_, fmt::format("there is no slot {{{}}}; the slots are {}", name, fmt::join(kSlotNames, ", ")));
    }
    const auto id = static_cast<Slot>(found - kSlotNames.begin());
    needs_ |= bits_of(id);
    out.push_back(Fragment::kSlot);
    out.push_back(static_cast<char>(id));
    return {};
  }

  Result<void> choice(std::string_view inner, std::string& out) {
    const auto alternatives = std::count(inner.begin(), inner.end(), '|') + 1;
    if (alternatives > 100) return wrong(text_, "more than 100 alternatives");
    out.push_back(Fragment::kChoice);
    out.push_back(static_cast<char>(alternatives));
    for (std::int64_t i = 0; i < alternatives; ++i) {
      const std::size_t bar = inner.find('|');
      std::string code;
      if (auto done = sequence(inner.substr(0, bar), code, /*inside_choice=*/true); !done) return done;
      append_u16(out, code.size());
      out.append(code);
      inner.remove_prefix(bar == std::string_view::npos ? inner.size() : bar + 1);
    }
    return {};
  }

  std::string_view text_;
  Tags needs_ = 0;
};

}  // namespace

Result<Tags> tag_named(std::string_view name) {
  constexpr std::size_t kNamed = kTagNames.size() - 4;  // the last four are set by slots
  const auto* end = kTagNames.begin() + kNamed;
  const auto* found = std::find(kTagNames.begin(), end, name);
  if (found != end) return Tags{1} << (found - kTagNames.begin());
  const std::span named(kTagNames.data(), kNamed);
  return fail(ErrorKind::usage, fmt::format("there is no tag '{}'; {}", name, [&] {
                const auto near = nearest(name, named);
                return near ? fmt::format("did you mean '{}'?", *near)
                            : fmt::format("the tags are {}", fmt::join(named, ", "));
              }()));
}

Result<CompiledPhrase> compile_phrase(std::string_view text, std::string& code) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') {
    return wrong(text, "empty, or with spaces at its ends");
  }
  if (text.size() > kLongest) return wrong(one_line(text), "longer than 10,000 bytes");
  std::string compiled;
  auto needs = Compiler(text).compile(compiled);
  if (!needs) return std::unexpected(needs.error());
  const Fragment fragment{.offset = static_cast<std::uint32_t>(code.size()),
                          .length = static_cast<std::uint16_t>(compiled.size())};
  code.append(compiled);
  return CompiledPhrase{fragment, *needs};
}

}  // namespace synthv1
