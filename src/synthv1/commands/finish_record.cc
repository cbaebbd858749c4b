// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/finish_record.h"

#include "synthv1/base/version.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// About what the record takes as JSON.
std::size_t size_estimate(const Record& record) {
  std::size_t bytes = 4096 + 160 * record.transactions.size();
  for (const std::string& chunk : record.chunks) bytes += chunk.size() + chunk.size() / 12;
  for (const Question& question : record.questions) bytes += 500 + 5 * question.evidence.size();
  return bytes;
}

}  // namespace

Provenance provenance_of(const GenerateOptions& options) {
  return {.language = options.plan.language,
          .seed = options.seed,
          .model = options.model,
          .version = std::string(kVersion)};
}

RecordSummary summarize(const Record& record, std::uint32_t index) {
  return {.index = index,
          .task_id = "consumption_tracking_" + record.id,
          .sessions = record.chunks.size(),
          .turns = record.num_turns,
          .transactions = record.transactions.size(),
          .questions = record.questions.size(),
          .first_date = record.dates.front(),
          .last_date = record.dates.back(),
          .total = record.total()};
}

void ask_questions(Record& record, const GenerateOptions& options, const Catalogue& catalogue,
                   std::uint32_t index) {
  const Ledger ledger(record.transactions, catalogue);
  GeneratedQuestions generated = generate_questions(ledger, catalogue, record.dates,
                                                    {.num_questions = options.num_questions,
                                                     .zero_answers = options.zero_answers,
                                                     .language = options.plan.language},
                                                    record_stream(options.seed, index).child("questions"));
  record.questions = std::move(generated.questions);
  const auto last = static_cast<std::uint32_t>(record.chunks.size() - 1);
  for (Question& question : record.questions) question.position = last;
  if (record.questions.size() == generated.asked) return;
  record.imperfections.push_back(fmt::format("questions: {} asked for, {} that the data can supply",
                                             generated.asked, record.questions.size()));
}

FinishedRecord finish_record(const Record& record, const GenerateOptions& options, const Catalogue& catalogue,
                             std::uint32_t index) {
  FinishedRecord finished{
      .json = {}, .summary = summarize(record, index), .imperfections = record.imperfections.size()};
  finished.json.reserve(size_estimate(record));
  append_record(finished.json, record, provenance_of(options), catalogue, style_of(layout_of(options)));
  return finished;
}

}  // namespace synthv1
