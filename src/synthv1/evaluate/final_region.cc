// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/final_region.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"

#include <algorithm>

namespace synthv1 {

namespace {

bool is_loose(char c) {
  return is_space(c) || c == '*' || c == '_' || c == '`' || c == '"' || c == '\'' || c == '#';
}

std::size_t behind_loose(std::string_view text, std::size_t at) {
  while (at < text.size() && is_loose(text[at])) ++at;
  return at;
}

/// What stands in balanced braces behind \boxed or \fbox, the outermost of each.
void add_boxes(std::string_view text, std::vector<FinalRegion>& regions) {
  struct Brace {
    std::size_t begin;
    bool box;
  };
  std::vector<Brace> open;
  const std::size_t before = regions.size();
  for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
       at = text.find_first_of("{}", at + 1)) {
    if (at > 0 && text[at - 1] == '\\') continue;
    if (text[at] == '{') {
      const std::string_view command =
          trim(text.substr(at - std::min<std::size_t>(at, 8), std::min<std::size_t>(at, 8)));
      open.push_back({.begin = at + 1, .box = command.ends_with("\\boxed") || command.ends_with("\\fbox")});
    } else if (!open.empty()) {
      const Brace brace = open.back();
      open.pop_back();
      if (!brace.box) continue;
      while (regions.size() > before && regions.back().span.begin > brace.begin) regions.pop_back();
      regions.push_back({.kind = AnswerRegion::boxed, .span = {.begin = brace.begin, .end = at}, .text = {}});
    }
  }
}

/// <answer>...</answer>
void add_tags(std::string_view lower, std::vector<FinalRegion>& regions) {
  constexpr std::string_view kOpen = "<answer>";
  constexpr std::string_view kClose = "</answer>";
  std::size_t at = lower.find(kOpen);
  while (at != std::string_view::npos) {
    const std::size_t begin = at + kOpen.size();
    const std::size_t close = lower.find(kClose, begin);
    const std::size_t next = lower.find(kOpen, begin);
    if (close == std::string_view::npos) return;
    if (next == std::string_view::npos || close < next)
      regions.push_back({.kind = AnswerRegion::tag, .span = {.begin = begin, .end = close}, .text = {}});
    at = next;
  }
}

/// The end of a JSON string whose text begins at `at`: the quote that ends it; the text's size where none
/// does.
std::size_t string_end(std::string_view text, std::size_t at, char quote) {
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

/// The value of a member whose colon stands before `at`.
Span json_value(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  if (at < text.size() && (text[at] == '"' || text[at] == '\''))
    return {.begin = at + 1, .end = string_end(text, at + 1, text[at])};
  const bool array = at < text.size() && text[at] == '[';
  const std::size_t end = array ? text.find(']', at) : text.find_first_of(",}\n", at);
  return {.begin = at, .end = std::min(end, text.size())};
}

/// Whether the key that ends at `end` (its quote) is ours: "answer", "final_answer", "答案".
bool is_answer_key(std::string_view lower, std::size_t begin) {
  while (begin > 0 && (is_letter(lower[begin - 1]) || lower[begin - 1] == '_')) --begin;
  return begin > 0 && (lower[begin - 1] == '"' || lower[begin - 1] == '\'');
}

void add_members(std::string_view lower, std::vector<FinalRegion>& regions) {
  for (const std::string_view key : {"answer\"", "answer'", "答案\""}) {
    for (std::size_t at = lower.find(key); at != std::string_view::npos; at = lower.find(key, at + 1)) {
      std::size_t colon = at + key.size();
      while (colon < lower.size() && is_space(lower[colon])) ++colon;
      if (colon >= lower.size() || lower[colon] != ':' || !is_answer_key(lower, at)) continue;
      regions.push_back({.kind = AnswerRegion::json, .span = json_value(lower, colon + 1), .text = {}});
    }
  }
}

/// The place behind a marker that ends at `at`, if what follows makes it one; else 0.
std::size_t behind_marker(std::string_view lower, std::size_t at, bool final) {
  static const PhraseSet links = {"is", "was", "would be", "should be", ":",    "=",    "：",
                                  "为", "是",  "应为",     "应该是",    "应是", "就是", "即"};
  const std::size_t link = behind_loose(lower, at);
  if (const std::size_t size = links.match_at(lower, link)) return link + size;
  return final ? at : 0;
}

/// "The answer is", "Final answer", "答案：", and a last line behind "####".
void add_markers(std::string_view lower, std::vector<FinalRegion>& regions) {
  const auto add = [&](std::size_t begin) {
    if (begin > 0)
      regions.push_back(
          {.kind = AnswerRegion::marker, .span = {.begin = begin, .end = lower.size()}, .text = {}});
  };
  for (const std::string_view word : {"answer", "答案", "答："}) {
    for (std::size_t at = lower.find(word); at != std::string_view::npos; at = lower.find(word, at + 1)) {
      if (at > 0 && is_letter(word.front()) && is_letter(lower[at - 1])) continue;
      const std::string_view before =
          trim(lower.substr(at - std::min<std::size_t>(at, 7), std::min<std::size_t>(at, 7)));
      const bool final = before.ends_with("final") || before.ends_with("最终") || word == "答：";
      const std::size_t end = at + word.size();
      if (end < lower.size() && is_letter(lower[end])) continue;
      add(behind_marker(lower, end, final));
    }
  }
  const std::size_t line = lower.rfind("####");
  if (line == std::string_view::npos || lower.find('\n', line) != std::string_view::npos) return;
  if (line == 0 || lower[line - 1] == '\n') add(line + 4);
}

/// Sorts, leaves out what lies in another region that ends itself, and ends markers where the next begins.
std::vector<FinalRegion> without_overlaps(std::vector<FinalRegion> regions) {
  std::ranges::stable_sort(regions, {}, [](const FinalRegion& region) { return region.span.begin; });
  std::vector<FinalRegion> apart;
  for (FinalRegion& region : regions) {
    if (!apart.empty()) {
      FinalRegion& last = apart.back();
      if (last.kind != AnswerRegion::marker && region.span.begin < last.span.end) continue;
      if (last.kind == AnswerRegion::marker) last.span.end = std::min(last.span.end, region.span.begin);
    }
    apart.push_back(std::move(region));
  }
  return apart;
}

/// A JSON string's escapes, where they are such.
std::string decoded(std::string_view text) {
  if (text.find('\\') == std::string_view::npos) return std::string(text);
  const auto value = json::parse("\"" + std::string(text) + "\"");
  return std::string(value ? value->as_string().value_or(text) : text);
}

}  // namespace

std::vector<FinalRegion> final_regions(std::string_view reply) {
  const std::string lower = lower_ascii(reply);
  std::vector<FinalRegion> regions;
  add_boxes(reply, regions);
  add_tags(lower, regions);
  add_members(lower, regions);
  add_markers(lower, regions);
  if (regions.empty()) return regions;
  regions = without_overlaps(std::move(regions));
  for (FinalRegion& region : regions) {
    const std::string_view text = region.span.of(reply);
    region.text = region.kind == AnswerRegion::json ? decoded(text) : std::string(text);
  }
  return regions;
}

}  // namespace synthv1
