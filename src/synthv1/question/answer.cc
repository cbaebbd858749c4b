// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/answer.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// The dates that the filters leave.
IndexSpan dates_of(const Ledger& ledger, const QuestionSpec& spec) {
  IndexSpan dates = spec.range ? ledger.dates_in(*spec.range) : ledger.all_dates();
  if (!spec.date) return dates;
  const IndexSpan on_date = ledger.dates_in({*spec.date, *spec.date});
  return {std::max(dates.first, on_date.first), std::min(dates.end, on_date.end)};
}

/// Visits series that together hold, each once, the transactions of the scenes and subscenes asked for.
template <class Visit>
void visit_series(const Ledger& ledger, const QuestionSpec& spec, Visit visit) {
  if (spec.scenes.empty() && spec.subscenes.empty()) return visit(ledger.all());
  if (spec.subscenes.empty()) {
    for (const SceneId scene : spec.scenes) visit(ledger.of(scene));
    return;
  }
  for (const PairId pair : spec.subscenes) {
    if (spec.scenes.empty() || std::ranges::binary_search(spec.scenes, ledger.scene_of(pair)))
      visit(ledger.of(pair));
  }
}

/// Whether the transaction at a place is of the scenes and subscenes asked for.
bool selects(const Ledger& ledger, const QuestionSpec& spec, std::uint32_t place) {
  const PairId pair = ledger.pair_at(place);
  return (spec.scenes.empty() ||
          std::ranges::find(spec.scenes, ledger.scene_of(pair)) != spec.scenes.end()) &&
         (spec.subscenes.empty() || std::ranges::binary_search(spec.subscenes, pair));
}

/// The series, where one alone holds all.
const Series* only_series(const Ledger& ledger, const QuestionSpec& spec) {
  const Series* only = nullptr;
  int count = 0;
  visit_series(ledger, spec, [&](const Series& series) { only = &series, ++count; });
  return count == 1 ? only : nullptr;
}

Totals totals(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates) {
  Totals sum;
  visit_series(ledger, spec, [&](const Series& series) { sum += series.totals(dates); });
  return sum;
}

Totals scene_totals(const Ledger& ledger, const QuestionSpec& spec, SceneId scene, IndexSpan dates) {
  if (spec.subscenes.empty()) return ledger.of(scene).totals(dates);
  Totals sum;
  for (const PairId pair : spec.subscenes) {
    if (ledger.scene_of(pair) == scene) sum += ledger.of(pair).totals(dates);
  }
  return sum;
}

/// Half up, to the minor unit.
std::optional<Answer> average(const Totals& totals) {
  if (totals.count == 0) return std::nullopt;
  const std::int64_t count = totals.count;
  std::int64_t quotient = totals.sum.minor() / count;
  std::int64_t remainder = totals.sum.minor() % count;
  if (remainder < 0) {
    remainder += count;
    --quotient;
  }
  return Money::from_minor(quotient + (2 * remainder >= count ? 1 : 0));
}

/// The largest of a value over the dates and series; kNothing where there is no transaction.
std::int64_t largest(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates, DateValue value) {
  std::int64_t best = kNothing;
  if (dates.empty()) return best;
  visit_series(ledger, spec, [&](const Series& series) {
    const RangeMax& maxima = series.maxima(value);
    best = std::max(best, maxima[maxima.first_max(dates)]);
  });
  return best;
}

/// The group that leads, while groups are offered one after the other.
template <class Group>
class Leader {
 public:
  explicit Leader(Measure measure) : measure_(measure) {}

  void offer(Group group, const Totals& totals) {
    if (totals.count == 0) return;
    const std::int64_t value = measure_ == Measure::count ? std::int64_t{totals.count} : totals.sum.minor();
    if (group_ && value < value_) return;
    tied_ = group_.has_value() && value == value_;
    if (tied_) return;
    group_ = group;
    value_ = value;
  }

  std::optional<Answer> winner() const {
    if (!group_ || tied_) return std::nullopt;
    return Answer(*group_);
  }

 private:
  Measure measure_;
  std::optional<Group> group_;
  std::int64_t value_ = 0;
  bool tied_ = false;
};

std::optional<Answer> leading_scene(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates) {
  Leader<SceneId> leader(spec.of);
  const auto offer = [&](SceneId scene) { leader.offer(scene, scene_totals(ledger, spec, scene, dates)); };
  for (const SceneId scene : spec.scenes) offer(scene);
  if (!spec.scenes.empty()) return leader.winner();
  for (std::size_t i = 0; i < ledger.num_scenes(); ++i) offer(static_cast<SceneId>(i));
  return leader.winner();
}

std::optional<Answer> leading_date(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates) {
  if (dates.empty()) return std::nullopt;
  if (const Series* series = only_series(ledger, spec)) {
    const RangeMax& maxima = series->maxima(spec.of == Measure::count ? DateValue::count : DateValue::sum);
    const std::uint32_t best = maxima.first_max(dates);
    if (maxima[best] == kNothing || !maxima.only_max(dates, best)) return std::nullopt;
    return Answer(ledger.dates()[best]);
  }
  Leader<Date> leader(spec.of);
  for (std::uint32_t i = dates.first; i < dates.end; ++i) {
    leader.offer(ledger.dates()[i], totals(ledger, spec, {i, i + 1}));
  }
  return leader.winner();
}

std::optional<Answer> leading_month(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates) {
  if (dates.empty()) return std::nullopt;
  Leader<std::chrono::year_month> leader(spec.of);
  const std::span<const std::uint32_t> starts = ledger.month_starts();
  auto next = std::ranges::upper_bound(starts, dates.first);
  for (std::uint32_t first = dates.first; first < dates.end; ++next) {
    const IndexSpan month{first, std::min(*next, dates.end)};
    const std::chrono::year_month_day day = ledger.dates()[first].calendar();
    leader.offer(day.year() / day.month(), totals(ledger, spec, month));
    first = month.end;
  }
  return leader.winner();
}

std::optional<Answer> leading_group(const Ledger& ledger, const QuestionSpec& spec, IndexSpan dates) {
  switch (spec.by) {
    case GroupBy::scene:
      return leading_scene(ledger, spec, dates);
    case GroupBy::date:
      return leading_date(ledger, spec, dates);
    case GroupBy::month:
      return leading_month(ledger, spec, dates);
    case GroupBy::none:
      break;
  }
  return std::nullopt;
}

/// The amount behind a value of largest(), or nothing.
std::optional<Answer> amount_of(std::int64_t value, std::int64_t sign) {
  if (value == kNothing) return std::nullopt;
  return Money::from_minor(sign * value);
}

}  // namespace

std::optional<Answer> answer(const Ledger& ledger, const QuestionSpec& spec) {
  const IndexSpan dates = dates_of(ledger, spec);
  switch (spec.select) {
    case Select::sum:
      return totals(ledger, spec, dates).sum;
    case Select::count:
      return totals(ledger, spec, dates).count;
    case Select::average:
      return average(totals(ledger, spec, dates));
    case Select::max:
      return amount_of(largest(ledger, spec, dates, DateValue::largest), 1);
    case Select::min:
      return amount_of(largest(ledger, spec, dates, DateValue::smallest), -1);
    case Select::argmax:
      return leading_group(ledger, spec, dates);
  }
  return std::nullopt;
}

bool is_zero(const Answer& answer) {
  if (const Money* money = std::get_if<Money>(&answer)) return *money == Money{};
  const std::uint32_t* count = std::get_if<std::uint32_t>(&answer);
  return count != nullptr && *count == 0;
}

std::string format_answer(const Answer& answer, const Catalogue& catalogue) {
  if (const Money* money = std::get_if<Money>(&answer)) return format_money(*money);
  if (const auto* count = std::get_if<std::uint32_t>(&answer)) return fmt::to_string(*count);
  if (const SceneId* scene = std::get_if<SceneId>(&answer)) return catalogue.scene(*scene).name;
  if (const Date* date = std::get_if<Date>(&answer)) return format_date(*date);
  const auto month = std::get<std::chrono::year_month>(answer);
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

std::vector<std::uint32_t> evidence(const Ledger& ledger, const QuestionSpec& spec) {
  const IndexSpan dates = dates_of(ledger, spec);
  const Series* only = only_series(ledger, spec);
  const std::span<const std::uint32_t> places = (only != nullptr ? *only : ledger.all()).places(dates);
  if (only != nullptr && ledger.in_order()) return {places.begin(), places.end()};
  std::vector<std::uint32_t> indexes;
  indexes.reserve(totals(ledger, spec, dates).count);
  for (const std::uint32_t place : places) {
    if (only != nullptr || selects(ledger, spec, place)) indexes.push_back(ledger.index_of(place));
  }
  if (!ledger.in_order()) std::ranges::sort(indexes);
  return indexes;
}

}  // namespace synthv1
