// SPDX-License-Identifier: Apache-2.0
// Validating a record of the default size, as the embedded writer makes it: all of it, and its parts.
#include "synthv1/base/json_parse.h"
#include "synthv1/dataset/answer_database.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/validate.h"
#include "synthv1/dataset/validate_sessions.h"
#include "synthv1/dataset/write_record.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/question/generate.h"
#include "synthv1/session/embedded_writer.h"

#include <benchmark/benchmark.h>

namespace synthv1 {
namespace {

/// 50 sessions of 20 to 50 turns and 100 reworded questions.
std::string make_text() {
  const PlanOptions options{.dates = {Date::parse("2024-01-01").value(), Date::parse("2024-12-31").value()}};
  const Catalogue& catalogue = default_catalogue();
  const RecordPlan plan = make_record_plan(options, catalogue, 7, 0);
  EmbeddedWriter writer(catalogue, plan.sessions.front().language, 7);
  writer.begin_record(plan);
  Record record{.id = plan.id};
  for (const SessionPlan& session : plan.sessions) record.add(session.date, writer.write(session));
  const Ledger ledger(record.transactions, catalogue);
  record.questions = generate_questions(ledger, catalogue, record.dates, {}, RandomStream(7)).questions;
  for (Question& question : record.questions) question.position = options.num_sessions - 1;
  reword_embedded(record.questions, Language::english, catalogue, RandomStream(8));
  std::string text;
  append_record(text, record, {.seed = 7, .model = "builtin", .version = "0"}, catalogue,
                RecordStyle::one_line);
  return text;
}

const std::string& text() {
  static const std::string record = make_text();
  return record;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(text().size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

struct Parsed {
  json::Value value = json::parse(text()).value();
  KnownCatalogues catalogues{default_catalogue()};
  FaultList faults;
  StoredRecord record = read_record(value, catalogues, faults);
};

void parse(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(json::parse(text()));
  count_bytes(state);
}
BENCHMARK(parse);

void read(benchmark::State& state) {
  Parsed parsed;
  for (auto _ : state) benchmark::DoNotOptimize(read_record(parsed.value, parsed.catalogues, parsed.faults));
  count_bytes(state);
}
BENCHMARK(read);

void sessions(benchmark::State& state) {
  Parsed parsed;
  for (auto _ : state) benchmark::DoNotOptimize(validate_sessions(parsed.record, parsed.faults));
  count_bytes(state);
}
BENCHMARK(sessions);

void load(benchmark::State& state) {
  Parsed parsed;
  AnswerDatabase answers;
  for (auto _ : state) answers.load(parsed.record.transactions, default_catalogue());
  count_bytes(state);
}
BENCHMARK(load);

void answers_in_sql(benchmark::State& state) {
  Parsed parsed;
  AnswerDatabase answers;
  answers.load(parsed.record.transactions, default_catalogue());
  for (auto _ : state) {
    for (const StoredQuestion& question : parsed.record.questions)
      benchmark::DoNotOptimize(answers.answer(*question.spec, *question.position));
  }
  count_bytes(state);
}
BENCHMARK(answers_in_sql);

/// Parsed anew each time, so that the task_ids are the only thing that is remembered: all of them faults.
void everything(benchmark::State& state) {
  Validator validator(default_catalogue());
  for (auto _ : state) {
    FaultList faults;
    validator.check(json::parse(text()).value(), faults);
    benchmark::DoNotOptimize(faults);
  }
  count_bytes(state);
}
BENCHMARK(everything);

}  // namespace
}  // namespace synthv1
