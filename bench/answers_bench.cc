// SPDX-License-Identifier: Apache-2.0
// Answers of the eight types over ledgers of 10,000 to a million transactions on 10,000 dates, and the
// questions of an ordinary record. A million answers over a million transactions shall take 3 s.
#include "synthv1/question/answer.h"
#include "synthv1/question/candidates.h"
#include "synthv1/question/generate.h"

#include <algorithm>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace synthv1;

struct Facts {
  std::vector<Date> dates;
  std::vector<Transaction> told;
};

/// `num_transactions` spread evenly over dates `step` days apart.
Facts facts(std::size_t num_transactions, std::size_t num_dates, int step) {
  RandomStream random(1);
  const std::size_t num_pairs = default_catalogue().pairs.size();
  Facts facts;
  for (std::size_t i = 0; i < num_dates; ++i) {
    facts.dates.push_back(Date(std::chrono::year(2000) / 1 / 1) +
                          std::chrono::days(step * static_cast<int>(i)));
  }
  facts.told.resize(num_transactions);
  for (std::size_t i = 0; i < num_transactions; ++i) {
    Transaction& transaction = facts.told[i];
    transaction.session_index = static_cast<std::uint32_t>(i * num_dates / num_transactions);
    transaction.date = facts.dates[transaction.session_index];
    transaction.pair = static_cast<PairId>(random.below(num_pairs));
    transaction.amount = Money::from_minor(random.between(1, 100000));
  }
  return facts;
}

/// Random questions of the eight types, in turn.
std::vector<QuestionSpec> specs(const Facts& facts, std::size_t count) {
  RandomStream random(2);
  const Catalogue& catalogue = default_catalogue();
  const RangeChoices ranges(facts.dates);
  std::vector<Candidates> types;
  for (const QuestionType& type : catalogue.question_types) {
    types.emplace_back(type, catalogue, facts.dates, type.range == FilterUse::never ? nullptr : &ranges);
  }
  std::vector<QuestionSpec> specs;
  for (std::size_t i = 0; i < count; ++i) specs.push_back(types[i % types.size()].draw(random));
  return specs;
}

void million_answers(benchmark::State& state) {
  const Facts all = facts(static_cast<std::size_t>(state.range(0)), 10'000, 1);
  const std::vector<QuestionSpec> asked = specs(all, 1'000'000);
  const Ledger ledger(all.told, default_catalogue());
  for (auto _ : state) {
    for (const QuestionSpec& spec : asked) benchmark::DoNotOptimize(answer(ledger, spec));
  }
}
BENCHMARK(million_answers)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// The same from the transactions on, the indexes included.
void million_answers_with_ledger(benchmark::State& state) {
  const Facts all = facts(1'000'000, 10'000, 1);
  const std::vector<QuestionSpec> asked = specs(all, 1'000'000);
  for (auto _ : state) {
    const Ledger ledger(all.told, default_catalogue());
    for (const QuestionSpec& spec : asked) benchmark::DoNotOptimize(answer(ledger, spec));
  }
}
BENCHMARK(million_answers_with_ledger)->Unit(benchmark::kMillisecond);

/// Every index that the eight types use.
void ledger_of_a_record(benchmark::State& state) {
  const Facts all = facts(345, 50, 7);
  for (auto _ : state) {
    const Ledger ledger(all.told, default_catalogue());
    ledger.all().maxima(DateValue::largest);
    for (std::size_t i = 0; i < ledger.num_scenes(); ++i) {
      benchmark::DoNotOptimize(&ledger.of(static_cast<SceneId>(i)).maxima(DateValue::count));
    }
  }
}
BENCHMARK(ledger_of_a_record)->Unit(benchmark::kMicrosecond);

void questions_of_a_record(benchmark::State& state) {
  const Facts all = facts(345, 50, 7);
  const Ledger ledger(all.told, default_catalogue());
  const QuestionOptions options{.num_questions = static_cast<std::uint32_t>(state.range(0))};
  std::uint64_t seed = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        generate_questions(ledger, default_catalogue(), all.dates, options, RandomStream(seed++)));
  }
}
BENCHMARK(questions_of_a_record)->Arg(10)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

}  // namespace
