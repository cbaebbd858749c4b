// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/refusal.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 9> kNames = {
    "none",     "faulty",    "empty", "think-only", "cut off", "whitespace loop", "repetition loop",
    "declined", "unfinished"};
constexpr std::array<std::string_view, 9> kPrompts = {
    "", "", "empty", "thoughts", "cut_off", "whitespace", "repetition", "declined", "unfinished"};
constexpr std::array<std::string_view, 6> kGoodEnds = {"",          "stop",          "eos",
                                                       "eos_token", "stop_sequence", "end_turn"};

/// No JSON that a model means has so much space at one place.
constexpr std::size_t kMostSpace = 200;
/// A loop's piece, and how much of it makes a loop.
constexpr std::size_t kLongestPiece = 400;
constexpr std::size_t kLeastRepeated = 400;
constexpr std::size_t kLeastTimes = 5;

constexpr std::uint32_t kMostDoublings = 3;
constexpr std::uint32_t kMostTokens = 1'000'000;
constexpr double kPenalty = 0.5;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool has_space_run(std::string_view text) {
  std::size_t run = 0;
  for (const char c : text) {
    run = is_space(c) ? run + 1 : 0;
    if (run > kMostSpace) return true;
  }
  return false;
}

/// How many bytes at the end of the text repeat those `piece` bytes before them.
std::size_t repeated_end(std::string_view text, std::size_t piece) {
  std::size_t size = 0;
  while (size + piece < text.size() && text[text.size() - 1 - size] == text[text.size() - 1 - size - piece]) {
    ++size;
  }
  return size;
}

bool repeats_itself(std::string_view text) {
  for (std::size_t piece = 1; piece <= kLongestPiece; ++piece) {
    if (repeated_end(text, piece) >= std::max(kLeastRepeated, kLeastTimes * piece)) return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(RefusalKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::string_view prompt_of(RefusalKind kind) { return kPrompts[static_cast<std::size_t>(kind)]; }

RefusalKind loop_in(std::string_view text) {
  if (has_space_run(text)) return RefusalKind::whitespace;
  return repeats_itself(text) ? RefusalKind::repetition : RefusalKind::none;
}

Refusal refusal_of(const ChatReply& reply) {
  const std::string& reason = reply.finish_reason;
  if (reason == "length") return {RefusalKind::cut_off, "the reply was cut off at max_tokens"};
  if (reason == "repetition")
    return {RefusalKind::repetition, "the server ended a reply that repeated itself"};
  if (reason == "refusal") return {RefusalKind::declined, "the model declined: " + one_line(reply.content)};
  if (reason == "content_filter") return {RefusalKind::declined, "a content filter cut the reply"};
  if (reason == "thoughts") return {RefusalKind::thoughts, "the reply held thoughts and no answer"};
  if (std::find(kGoodEnds.begin(), kGoodEnds.end(), reason) == kGoodEnds.end())
    return {RefusalKind::unfinished, fmt::format("the reply ended by '{}'", one_line(reason))};
  if (trim(reply.content).empty()) return {RefusalKind::empty, "the reply was empty"};
  return {};
}

void Refusals::add(Refusal refusal) {
  ++count;
  if (refusal.kind == RefusalKind::cut_off || refusal.kind == RefusalKind::thoughts) ++cut_offs;
  in_a_row = refusal.kind == last ? in_a_row + 1 : 1;
  last = refusal.kind;
  what = std::move(refusal.what);
}

void cure(const Refusals& refusals, ChatRequest& request) {
  const std::uint64_t tokens = std::uint64_t{request.max_tokens}
                               << std::min(refusals.cut_offs, kMostDoublings);
  request.max_tokens = static_cast<std::uint32_t>(std::min<std::uint64_t>(tokens, kMostTokens));
  request.no_grammar = refusals.last == RefusalKind::whitespace ||
                       (refusals.last == RefusalKind::empty && refusals.in_a_row > 1);
  if (refusals.last == RefusalKind::repetition) request.frequency_penalty = kPenalty;
}

}  // namespace synthv1
