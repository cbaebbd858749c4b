// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/plan.h"

#include "synthv1/base/json_write.h"
#include "synthv1/commands/finish_record.h"
#include "synthv1/paraphrase/model_paraphrase.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/paraphrase/paraphrase_prompt.h"
#include "synthv1/session/embedded_writer.h"
#include "synthv1/session/session_prompt.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint64_t kTurnsBuilt = 50'000;  ///< about the most turns in a sample
constexpr std::uint64_t kRecordsBuilt = 200;   ///< the most records in a sample
constexpr std::uint64_t kRecordsAtLeast = 3;   ///< unless one has the turns of a sample
constexpr double kMostTokensPerSecond = 1e6;
constexpr std::uint32_t kQuestionsBuilt = 2'000;  ///< the most in a record

/// Estimates that are summed up before they are rounded.
struct Sum {
  std::uint64_t calls = 0;
  double prompt = 0, completion = 0;

  void add(double prompt_tokens, double completion_tokens) {
    ++calls;
    prompt += prompt_tokens;
    completion += completion_tokens;
  }
  Workload scaled(double factor) const {
    return {
        .calls = static_cast<std::uint64_t>(std::llround(static_cast<double>(calls) * factor)),
        .tokens = {.prompt = std::llround(prompt * factor), .completion = std::llround(completion * factor)}};
  }
};

/// A session as a model is asked to put it.
std::string reply_of(const Session& session, const Catalogue& catalogue) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("dialogue").begin_array();
  for (const Turn& turn : session.turns) {
    writer.begin_object().key("role").string(turn.role == Role::user ? "user" : "assistant");
    writer.key("content").string(turn.content).end_object();
  }
  writer.end_array().key("transactions").begin_array();
  for (const Transaction& bought : session.transactions) {
    writer.begin_object().key("scene").string(catalogue.scene_of(bought.pair).name);
    writer.key("subscene").string(catalogue.pair(bought.pair).name);
    writer.key("amount").number(format_money(bought.amount));
    writer.key("description").string(bought.description).end_object();
  }
  writer.end_array().end_object();
  return text;
}

/// Rewrites as a model is asked to put them.
std::string reply_of(std::span<const Question> questions) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("questions").begin_array();
  std::int64_t id = 0;
  for (const Question& question : questions) {
    writer.begin_object().key("id").integer(id++).key("question").string(question.query).end_object();
  }
  writer.end_array().end_object();
  return text;
}

/// The most turns of a record.
std::uint64_t turns_of(const PlanOptions& plan) { return std::uint64_t{plan.num_sessions} * plan.max_turns; }

/// Builds the requests of some records, and what their replies may look like.
class Sampler {
 public:
  Sampler(const GenerateOptions& options, const Catalogue& catalogue)
      : options_(options),
        catalogue_(catalogue),
        schema_(session_schema(catalogue)),
        writer_(catalogue, options.plan.language, options.seed) {
    options_.num_questions = std::min(options.num_questions, kQuestionsBuilt);
  }

  void add_record(std::uint32_t index) {
    const RecordPlan plan = make_record_plan(options_.plan, catalogue_, options_.seed, index);
    writer_.begin_record(plan);
    Record record{.id = plan.id};
    // Of very many sessions some stand for all.
    const std::size_t step = 1 + turns_of(options_.plan) / kTurnsBuilt;
    for (std::size_t i = 0; i < plan.sessions.size(); i += step) {
      Session session = writer_.write(plan.sessions[i]);
      add_session(plan.sessions[i], session);
      record.add(plan.sessions[i].date, std::move(session));
    }
    if (options_.diversify && options_.num_questions > 0) add_questions(record, index);
  }

  /// Of the sessions whose requests were built.
  const Sum& sessions() const { return sessions_; }
  /// Of all batches of the records built, had they no more than kQuestionsBuilt questions.
  const Sum& paraphrases() const { return paraphrases_; }

 private:
  void add_session(const SessionPlan& plan, const Session& session) {
    const ChatRequest request = session_request(plan, catalogue_, schema_, {}, {});
    sessions_.add(estimate_tokens(request), estimate_tokens(reply_of(session, catalogue_)));
  }

  void add_questions(Record& record, std::uint32_t index) {
    ask_questions(record, options_, catalogue_, index);
    std::vector<Question> reworded = record.questions;
    reword_embedded(reworded, options_.plan.language, catalogue_,
                    record_stream(options_.seed, index).child("paraphrase"));
    for (std::size_t from = 0; from < reworded.size(); from += kQuestionsInABatch) {
      const std::size_t count = std::min<std::size_t>(kQuestionsInABatch, reworded.size() - from);
      add_batch(std::span(record.questions).subspan(from, count), std::span(reworded).subspan(from, count));
    }
  }

  void add_batch(std::span<const Question> templates, std::span<const Question> reworded) {
    std::vector<AskedQuestion> asked;
    for (const Question& question : templates) {
      asked.push_back({.id = static_cast<std::uint32_t>(asked.size()), .text = question.query, .faults = {}});
    }
    const ChatRequest request = paraphrase_request(asked, options_.plan.language, catalogue_, {}, {});
    paraphrases_.add(estimate_tokens(request), estimate_tokens(reply_of(reworded)));
  }

  GenerateOptions options_;
  const Catalogue& catalogue_;
  std::string schema_;
  EmbeddedWriter writer_;
  Sum sessions_;
  Sum paraphrases_;
};

std::uint32_t records_to_build(const GenerateOptions& options) {
  const std::uint64_t turns = turns_of(options.plan);
  const std::uint64_t least = turns < kTurnsBuilt ? kRecordsAtLeast : 1;
  const std::uint64_t built = std::clamp(kTurnsBuilt / turns, least, kRecordsBuilt);
  return std::min(options.num_records, static_cast<std::uint32_t>(built));
}

/// How long the calls take side by side, or one after the other at the limits of calls and tokens a minute,
/// whichever is slower.
std::chrono::duration<double> time_of(const Workload& work, const GenerateOptions& options,
                                      const PlanAssumptions& assumptions) {
  if (work.calls == 0) return {};
  const double at_once =
      static_cast<double>(std::clamp<std::uint64_t>(options.llm_concurrency, 1, work.calls));
  const double by_speed =
      static_cast<double>(work.tokens.completion) / (assumptions.tokens_per_second * at_once);
  const auto by_pace = [](double amount, double a_minute) {
    return a_minute > 0 ? amount / a_minute * 60 : 0;
  };
  const double by_calls = by_pace(static_cast<double>(work.calls), static_cast<double>(options.rpm));
  const double by_tokens =
      by_pace(static_cast<double>(work.tokens.total()), static_cast<double>(options.tpm));
  return std::chrono::duration<double>(std::max({by_speed, by_calls, by_tokens}));
}

RunBill bill_of(const Workload& work, const GenerateOptions& options, const PlanAssumptions& assumptions) {
  RunBill bill{.work = work, .cost = {}, .time = time_of(work, options, assumptions)};
  if (const auto prices = prices_of(options)) bill.cost = cost_of(work.tokens, *prices);
  return bill;
}

Workload sum_of(const Workload& a, const Workload& b) {
  return {.calls = a.calls + b.calls,
          .tokens = {.prompt = a.tokens.prompt + b.tokens.prompt,
                     .completion = a.tokens.completion + b.tokens.completion}};
}

Workload times(const Workload& work, double factor) {
  return Sum{.calls = work.calls,
             .prompt = static_cast<double>(work.tokens.prompt),
             .completion = static_cast<double>(work.tokens.completion)}
      .scaled(factor);
}

/// By how much the batches of a sampled record stand for those of one with all its questions.
double unbuilt_questions(const GenerateOptions& options) {
  return std::max(1.0, static_cast<double>(options.num_questions) / kQuestionsBuilt);
}

}  // namespace

Result<RunEstimate> plan_run(const GenerateOptions& options, const Catalogue& catalogue,
                             const PlanAssumptions& assumptions) {
  if (auto ok = check_run_options(options, catalogue); !ok) return std::unexpected(std::move(ok.error()));
  if (const double speed = assumptions.tokens_per_second; !(speed > 0 && speed <= kMostTokensPerSecond)) {
    return fail(ErrorKind::usage,
                fmt::format("--tokens_per_second lies above 0, up to {}", kMostTokensPerSecond));
  }
  RunEstimate estimate{.records = options.num_records,
                       .sampled_records = 0,
                       .sessions = {},
                       .paraphrases = {},
                       .at_best = {},
                       .at_worst = {},
                       .assumptions = assumptions};
  if (options.embedded()) return estimate;
  Sampler sampler(options, catalogue);
  const std::uint32_t built = records_to_build(options);
  for (std::uint32_t i = 0; i < built; ++i) {
    sampler.add_record(static_cast<std::uint32_t>(std::uint64_t{i} * options.num_records / built));
  }
  const double sessions = static_cast<double>(options.num_records) * options.plan.num_sessions;
  const double records_each = static_cast<double>(options.num_records) / built;
  estimate.sampled_records = built;
  estimate.sessions = sampler.sessions().scaled(sessions / static_cast<double>(sampler.sessions().calls));
  estimate.paraphrases = sampler.paraphrases().scaled(records_each * unbuilt_questions(options));
  const Workload work = sum_of(estimate.sessions, estimate.paraphrases);
  estimate.at_best = bill_of(work, options, assumptions);
  estimate.at_worst = bill_of(times(work, 1 + assumptions.asked_again), options, assumptions);
  return estimate;
}

}  // namespace synthv1
