// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/due_answer.h"
#include "synthv1/ledger/money.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// The rules by which answers are scored (docs/formats/score.md); another number where a verdict can differ.
inline constexpr std::string_view kScorerVersion = "1";

/// What became of asking.
enum class AnswerStatus : std::uint8_t {
  ok,         ///< there is an answer
  error,      ///< the call failed
  empty,      ///< the reply holds no text, or nothing but thinking
  truncated,  ///< the reply was cut, or ends within its thinking
  refused,    ///< the model declined to answer
};
inline constexpr std::array<std::string_view, 5> kAnswerStatusNames = {"ok", "error", "empty", "truncated",
                                                                       "refused"};

/// Why an answer is right or wrong.
enum class ScoreReason : std::uint8_t {
  equal,          ///< what was read is what is due
  different,      ///< one thing was read, and it is another
  multiple,       ///< the answer commits to several things
  hedged,         ///< "about 60", "60 or 75", "50 to 60"
  abstained,      ///< "I don't know", "not mentioned"
  nothing_found,  ///< nothing of the form that is due
  unreadable,     ///< a number or date that has no one reading: 1e3, 1.234,50, 01/02/2024
  currency,       ///< the amount is in another currency than the yuan or the dollar
  not_answered,   ///< the status is not ok
};
inline constexpr std::array<std::string_view, 9> kScoreReasonNames = {
    "equal",         "different",  "multiple", "hedged",      "abstained",
    "nothing_found", "unreadable", "currency", "not_answered"};

/// Where in a reply the answer stood.
enum class AnswerRegion : std::uint8_t { whole, marker, json, tag, boxed };
inline constexpr std::array<std::string_view, 5> kAnswerRegionNames = {"whole", "marker", "json", "tag",
                                                                       "boxed"};

constexpr std::string_view name_of(AnswerStatus status) {
  return kAnswerStatusNames[static_cast<std::size_t>(status)];
}
constexpr std::string_view name_of(ScoreReason reason) {
  return kScoreReasonNames[static_cast<std::size_t>(reason)];
}
constexpr std::string_view name_of(AnswerRegion region) {
  return kAnswerRegionNames[static_cast<std::size_t>(region)];
}

/// What the tolerant verdict lets pass, and how numbers are read.
struct ScoreOptions {
  Money tolerance = Money::from_minor(100);  ///< at most this far off, or
  std::uint32_t tolerance_permille = 10;     ///< at most this share of the amount due, in 1/1000
  bool european = false;                     ///< 1.234,50 rather than 1,234.50
};

/// The verdict on one answer.
struct Score {
  AnswerStatus status = AnswerStatus::ok;
  bool correct = false;   ///< strictly
  bool tolerant = false;  ///< also where an amount is near enough; never false where `correct` is true
  double f1 = 0;          ///< of scenes: how far those named are those due; else 1 where `correct` is true
  ScoreReason reason = ScoreReason::nothing_found;
  AnswerRegion region = AnswerRegion::whole;
  std::string extracted;  ///< the part of the answer that counts, width and mark-up folded; one line, cut
  std::string value;      ///< what was read, as it would be stored: "1234.50", "Dining"; empty where nothing

  friend bool operator==(const Score&, const Score&) = default;
};

/// Scores a raw answer (docs/formats/score.md). `raw` is any bytes; `status` is what the transport says, of
/// which ok may become empty, truncated or refused. Linear in `raw`; threads may score at the same time.
Score score_answer(std::string_view raw, AnswerStatus status, const DueAnswer& due,
                   const ScoreOptions& options = {});

/// How far off an amount is, over the amount due; nothing where the answer is right, is no amount, or nothing
/// is due.
std::optional<double> relative_error(const Score& score, const DueAnswer& due);

/// 1 where the completion `solution` answers with `ground_truth` (its form by its look, its scenes the
/// default catalogue's), else 0: a reward for training.
double reward(std::string_view solution, std::string_view ground_truth, const ScoreOptions& options = {});

}  // namespace synthv1
