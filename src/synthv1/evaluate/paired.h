// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/wilson.h"

#include <cstdint>

namespace synthv1 {

/// How two runs did on the same questions.
struct PairedCounts {
  std::uint64_t both = 0;       ///< were right
  std::uint64_t only_base = 0;  ///< the first run alone was right
  std::uint64_t only_run = 0;   ///< the second run alone was right
  std::uint64_t neither = 0;    ///< was right

  void add(bool base_right, bool run_right);
  std::uint64_t questions() const { return both + discordant() + neither; }
  std::uint64_t discordant() const { return only_base + only_run; }
  /// Accuracy of the second run less that of the first, -1 to 1; of no questions 0.
  double difference() const;
};

/// The interval that holds the true difference() with 95 % confidence, -1 to 1: R. G. Newcombe, "Improved
/// confidence intervals for the difference between binomial proportions based on paired data", Statistics in
/// Medicine 17 (1998), 2635-2650, method 10: of the Wilson intervals of both shares and their correlation,
/// corrected for continuity. Of no questions: -1 to 1.
Interval difference95(const PairedCounts& counts);

/// From so many questions on that one run alone had right, mcnemar_p() is an approximation.
inline constexpr std::uint64_t kLeastForChiSquare = 25;

/// The probability of a split of the discordant questions at least as uneven as this one where both runs are
/// equally good (Q. McNemar, 1947), two-sided: the exact binomial one below kLeastForChiSquare discordant
/// questions, from there on that of chi-square with continuity correction (A. L. Edwards, 1948), which
/// approximates it. Without discordant questions: 1.
double mcnemar_p(const PairedCounts& counts);

}  // namespace synthv1
