// SPDX-License-Identifier: Apache-2.0
#include "synthv1/plan/record_plan.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// `count` distinct numbers below `bound`, in the order drawn (the head of a Fisher and Yates shuffle).
std::vector<std::uint32_t> draw_distinct(RandomStream& random, std::uint32_t count, std::uint32_t bound) {
  std::vector<std::uint32_t> numbers(bound);
  std::iota(numbers.begin(), numbers.end(), 0u);
  for (std::uint32_t i = 0; i < count; ++i) std::swap(numbers[i], numbers[i + random.below(bound - i)]);
  numbers.resize(count);
  return numbers;
}

std::vector<Date> draw_dates(RandomStream random, const PlanOptions& options) {
  const auto days = static_cast<std::uint32_t>((options.dates.last - options.dates.first).count() + 1);
  check(options.num_sessions <= days, "more sessions than days in the date range");
  std::vector<Date> dates;
  for (const std::uint32_t day : draw_distinct(random, options.num_sessions, days)) {
    dates.push_back(options.dates.first + std::chrono::days(day));
  }
  std::sort(dates.begin(), dates.end());
  return dates;
}

std::vector<PairId> draw_pairs(RandomStream& random, const PlanOptions& options, const Catalogue& catalogue) {
  const auto all = static_cast<std::uint32_t>(catalogue.pairs.size());
  const std::uint32_t user_turns = std::max(1u, (options.max_turns + 1) / 2);
  const std::uint32_t most = std::min({options.max_scenes, all, user_turns});
  const std::uint32_t least = std::min(options.min_scenes, most);
  const auto count = static_cast<std::uint32_t>(random.between(least, most));
  std::vector<PairId> pairs;
  for (const std::uint32_t index : draw_distinct(random, count, all))
    pairs.push_back(static_cast<PairId>(index));
  return pairs;
}

}  // namespace

RandomStream record_stream(std::uint64_t seed, std::uint32_t index) {
  return RandomStream(seed).child("record", index);
}

RecordPlan make_record_plan(const PlanOptions& options, const Catalogue& catalogue, std::uint64_t seed,
                            std::uint32_t index) {
  const RandomStream stream = record_stream(seed, index);
  const std::uint64_t task_key = RandomStream(seed).child("task_id").next();
  RecordPlan plan{.index = index, .id = fmt::format("{:08x}", permute32(task_key, index)), .sessions = {}};
  RandomStream pairs_stream = stream.child("pairs");
  std::uint32_t session = 0;
  for (const Date date : draw_dates(stream.child("dates"), options)) {
    plan.sessions.push_back({.record = index,
                             .index = session++,
                             .language = options.language,
                             .date = date,
                             .min_turns = options.min_turns,
                             .max_turns = options.max_turns,
                             .pairs = draw_pairs(pairs_stream, options, catalogue)});
  }
  return plan;
}

}  // namespace synthv1
