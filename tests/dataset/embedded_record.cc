// SPDX-License-Identifier: Apache-2.0
#include "tests/dataset/embedded_record.h"

#include "synthv1/dataset/write_record.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/question/generate.h"
#include "synthv1/session/check.h"
#include "synthv1/session/embedded_writer.h"

namespace synthv1::test {

std::string embedded_record(const EmbeddedOptions& options) {
  const PlanOptions plan_options{
      .language = options.language,
      .num_sessions = options.num_sessions,
      .dates = {Date::parse("2024-01-01").value(), Date::parse("2024-12-31").value()}};
  const RecordPlan plan = make_record_plan(plan_options, options.catalogue, options.seed, 0);
  EmbeddedWriter writer(options.catalogue, plan.sessions.front().language, options.seed);
  writer.begin_record(plan);
  Record record{.id = plan.id};
  for (const SessionPlan& session : plan.sessions) record.add(session.date, writer.write(session));
  const RandomStream stream = record_stream(options.seed, 0);
  const Ledger ledger(record.transactions, options.catalogue);
  record.questions =
      generate_questions(ledger, options.catalogue, record.dates,
                         {.num_questions = options.num_questions, .language = options.language},
                         stream.child("questions"))
          .questions;
  for (Question& question : record.questions) question.position = options.num_sessions - 1;
  reword_embedded(record.questions, options.language, options.catalogue, stream.child("paraphrase"));
  std::string json;
  append_record(json, record,
                {.language = options.language, .seed = options.seed, .model = "builtin", .version = "0"},
                options.catalogue, RecordStyle::one_line);
  return json;
}

}  // namespace synthv1::test
