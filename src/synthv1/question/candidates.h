// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/question/question.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace synthv1 {

/// Numbers of candidates are counted up to here and not beyond.
inline constexpr std::uint64_t kUncountable = std::uint64_t{1} << 62;

/// The date ranges that questions of a record name, of two kinds: between two session dates, and the
/// calendar's months, quarters and weeks (Monday to Sunday) that overlap the sessions. The ends of each
/// differ. A range that is of both kinds stands in both.
class RangeChoices {
 public:
  /// `session_dates`: distinct and ascending; they must outlive this.
  explicit RangeChoices(std::span<const Date> session_dates);

  std::uint64_t size() const noexcept { return num_between_ + num_calendar_; }
  /// The range at an index below size().
  DateRange at(std::uint64_t index) const;
  /// Either kind as likely as the other, the three calendar units alike, then each range; size() is not 0.
  DateRange draw(RandomStream& random) const;

 private:
  DateRange between(std::uint64_t a, std::uint64_t b) const;

  std::span<const Date> dates_;
  std::uint64_t num_between_ = 0;
  std::uint64_t num_calendar_ = 0;
  std::array<std::vector<DateRange>, 3> calendar_;  ///< months, quarters, weeks
};

/// The subsets of 0..n-1 that have `fewest` to `most` elements, smallest first.
class SubsetChoices {
 public:
  SubsetChoices(std::uint64_t n, std::uint64_t fewest, std::uint64_t most);

  /// How many there are; kUncountable where that many or more.
  std::uint64_t size() const noexcept { return size_; }
  /// The subset at an index below size(), ascending; size() is not kUncountable.
  std::vector<std::uint16_t> at(std::uint64_t index) const;
  /// Each number of elements as likely as the others, then each subset; size() is not 0.
  std::vector<std::uint16_t> draw(RandomStream& random) const;

 private:
  std::uint64_t n_, fewest_, most_, size_ = 0;
};

/// All questions of one type, either all with a range or all without: what can be asked, whatever the answers
/// are.
class Candidates {
 public:
  /// `ranges`: nullptr for questions without a range. It and the dates must outlive this.
  Candidates(const QuestionType& type, const Catalogue& catalogue, std::span<const Date> session_dates,
             const RangeChoices* ranges);

  /// How many there are; kUncountable where that many or more.
  std::uint64_t size() const noexcept { return size_; }
  bool ranged() const noexcept { return ranges_ != nullptr; }
  /// The question at an index below size(); size() is not kUncountable.
  QuestionSpec at(std::uint64_t index) const;
  /// Draws each filter by itself; size() is not 0.
  QuestionSpec draw(RandomStream& random) const;

 private:
  QuestionSpec bare() const;

  const QuestionType* type_;
  std::span<const Date> dates_;
  const RangeChoices* ranges_;
  SubsetChoices scenes_, subscenes_;
  std::uint64_t size_;
};

}  // namespace synthv1
