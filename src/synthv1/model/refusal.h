// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// Why a whole reply was not taken. Each class has its own cure: cure_of().
enum class RefusalKind : std::uint8_t {
  none,        ///< nothing was refused so far
  faulty,      ///< the caller's check found fault
  empty,       ///< nothing but space
  thoughts,    ///< reasoning without an answer
  cut_off,     ///< the reply ran into max_tokens
  whitespace,  ///< it went on in white space without end
  repetition,  ///< it went on repeating itself
  declined,    ///< the model or a filter would not answer
  unfinished,  ///< any other finish_reason that is no good end
};

/// "faulty", "think-only", "cut off": as summaries and journals name the classes.
std::string_view name_of(RefusalKind kind);

/// A reply that was not taken.
struct Refusal {
  RefusalKind kind = RefusalKind::none;
  std::string what;  ///< one line
};

/// What is wrong with a reply before anybody looks into it: with its end, or for want of content.
Refusal refusal_of(const ChatReply& reply);

/// The loop that a text ends in or runs through: `whitespace`, `repetition` or `none`.
RefusalKind loop_in(std::string_view text);

/// The refused replies before a request.
struct Refusals {
  std::uint32_t count = 0;
  std::uint32_t cut_offs = 0;  ///< of them, those that had too few tokens: cut off, or thoughts only
  std::uint32_t in_a_row = 0;  ///< the last ones of the class `last`
  RefusalKind last = RefusalKind::none;
  std::string
      what{};  ///< what was wrong with the last reply: the check's own words, or a sentence in English

  void add(Refusal refusal);
};

/// Puts into a request what cures the class of the last refusal: more tokens where they ran out, no grammar
/// where it led into white space or nothing, a penalty on repetition.
void cure(const Refusals& refusals, ChatRequest& request);

/// The ending of the name of the prompt that tells a model what was wrong: "cut_off"; empty where the check's
/// own words say it.
std::string_view prompt_of(RefusalKind kind);

}  // namespace synthv1
