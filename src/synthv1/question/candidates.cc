// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/candidates.h"

#include <algorithm>
#include <cmath>

namespace synthv1 {

namespace {

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUncountable / b ? kUncountable : a * b;
}

/// How many subsets of k elements a set of n has.
std::uint64_t binomial(std::uint64_t n, std::uint64_t k) {
  if (k > n) return 0;
  std::uint64_t value = 1;
  for (std::uint64_t i = 1; i <= k; ++i) {
    const std::uint64_t factor = n - k + i;
    if (value > kUncountable / factor) return kUncountable;
    value = value * factor / i;
  }
  return value;
}

/// The distinct units that the dates, ascending, lie in.
std::vector<DateRange> units_of(std::span<const Date> dates, DateRange (*unit_of)(Date)) {
  std::vector<DateRange> units;
  for (const Date date : dates) {
    if (units.empty() || !units.back().contains(date)) units.push_back(unit_of(date));
  }
  return units;
}

template <class Id>
std::vector<Id> as_ids(std::span<const std::uint16_t> indexes) {
  std::vector<Id> ids;
  ids.reserve(indexes.size());
  for (const std::uint16_t index : indexes) ids.push_back(static_cast<Id>(index));
  return ids;
}

}  // namespace

RangeChoices::RangeChoices(std::span<const Date> session_dates)
    : dates_(session_dates),
      calendar_{units_of(dates_, month_of), units_of(dates_, quarter_of), units_of(dates_, week_of)} {
  if (!dates_.empty()) num_between_ = dates_.size() * (dates_.size() - 1) / 2;
  for (const auto& units : calendar_) num_calendar_ += units.size();
}

DateRange RangeChoices::between(std::uint64_t a, std::uint64_t b) const {
  return {dates_[std::min(a, b)], dates_[std::max(a, b)]};
}

DateRange RangeChoices::at(std::uint64_t index) const {
  if (index < num_between_) {
    // The pairs (0, 1), (0, 2), (1, 2), (0, 3), ...: those that end before `last` are last (last - 1) / 2.
    auto last = static_cast<std::uint64_t>((1 + std::sqrt(1 + 8 * static_cast<double>(index))) / 2);
    while (last * (last - 1) / 2 > index) --last;
    while (last * (last + 1) / 2 <= index) ++last;
    return between(index - last * (last - 1) / 2, last);
  }
  index -= num_between_;
  for (const auto& units : calendar_) {
    if (index < units.size()) return units[index];
    index -= units.size();
  }
  check(false, "the index of a range is below size()");
  return {};
}

DateRange RangeChoices::draw(RandomStream& random) const {
  if (num_between_ == 0 || random.below(2) == 1)
    return random.pick(calendar_[random.below(calendar_.size())]);
  const std::uint64_t a = random.below(dates_.size());
  const std::uint64_t b = random.below(dates_.size() - 1);
  return between(a, b >= a ? b + 1 : b);
}

SubsetChoices::SubsetChoices(std::uint64_t n, std::uint64_t fewest, std::uint64_t most)
    : n_(n), fewest_(fewest), most_(std::min(most, n)) {
  for (std::uint64_t k = fewest_; k <= most_; ++k) size_ = std::min(kUncountable, size_ + binomial(n_, k));
}

std::vector<std::uint16_t> SubsetChoices::at(std::uint64_t index) const {
  std::uint64_t k = fewest_;
  for (; index >= binomial(n_, k); ++k) index -= binomial(n_, k);
  std::vector<std::uint16_t> subset;
  subset.reserve(k);
  for (std::uint64_t element = 0; subset.size() < k; ++element) {
    const std::uint64_t with_it = binomial(n_ - element - 1, k - subset.size() - 1);
    if (index < with_it) {
      subset.push_back(static_cast<std::uint16_t>(element));
    } else {
      index -= with_it;
    }
  }
  return subset;
}

std::vector<std::uint16_t> SubsetChoices::draw(RandomStream& random) const {
  const std::uint64_t k = fewest_ == most_ ? most_ : fewest_ + random.below(most_ - fewest_ + 1);
  std::vector<std::uint16_t> subset;
  subset.reserve(k);
  for (std::uint64_t highest = n_ - k; highest < n_; ++highest) {  // Floyd's sampling
    const auto element = static_cast<std::uint16_t>(random.below(highest + 1));
    const bool taken = std::ranges::find(subset, element) != subset.end();
    subset.push_back(taken ? static_cast<std::uint16_t>(highest) : element);
  }
  std::ranges::sort(subset);
  return subset;
}

Candidates::Candidates(const QuestionType& type, const Catalogue& catalogue,
                       std::span<const Date> session_dates, const RangeChoices* ranges)
    : type_(&type),
      dates_(session_dates),
      ranges_(ranges),
      scenes_(catalogue.scenes.size(), type.min_scenes, type.max_scenes),
      subscenes_(catalogue.pairs.size(), type.min_subscenes, type.max_subscenes) {
  size_ = product(scenes_.size(), subscenes_.size());
  if (ranges_ != nullptr) size_ = product(size_, ranges_->size());
  if (type.date) size_ = product(size_, dates_.size());
}

QuestionSpec Candidates::bare() const {
  QuestionSpec spec;
  spec.select = type_->select;
  spec.by = type_->by;
  spec.of = type_->of;
  return spec;
}

QuestionSpec Candidates::at(std::uint64_t index) const {
  QuestionSpec spec = bare();
  spec.scenes = as_ids<SceneId>(scenes_.at(index % scenes_.size()));
  index /= scenes_.size();
  spec.subscenes = as_ids<PairId>(subscenes_.at(index % subscenes_.size()));
  index /= subscenes_.size();
  if (ranges_ != nullptr) spec.range = ranges_->at(index);
  if (type_->date) spec.date = dates_[index];
  return spec;
}

QuestionSpec Candidates::draw(RandomStream& random) const {
  QuestionSpec spec = bare();
  spec.scenes = as_ids<SceneId>(scenes_.draw(random));
  spec.subscenes = as_ids<PairId>(subscenes_.draw(random));
  if (ranges_ != nullptr) spec.range = ranges_->draw(random);
  if (type_->date) spec.date = random.pick(dates_);
  return spec;
}

}  // namespace synthv1
