// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/model_paraphrase.h"

#include "synthv1/base/text.h"
#include "synthv1/model/ask.h"
#include "synthv1/paraphrase/paraphrase_prompt.h"
#include "synthv1/paraphrase/paraphrase_reply.h"
#include "synthv1/paraphrase/rewrite_check.h"

#include <algorithm>
#include <exception>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

/// What all batches of a record share. One thread.
struct Rewording {
  std::span<Question> questions;
  Language language;
  const Catalogue& catalogue;
  ChatModel& model;
  RunState& run;
  ModelParaphraseOptions options;
  std::shared_ptr<const RewriteCheck> check;
  std::set<std::string, std::less<>> templates;  ///< of all questions
  std::vector<std::string> rewrites;             ///< by question; empty: the template stands
};

/// Ten questions, or what is left of them, on their way through the retry loop.
class Batch {
 public:
  Batch(Rewording& shared, std::uint32_t index) : shared_(shared), index_(index) {
    const auto all = static_cast<std::uint32_t>(shared.questions.size());
    for (std::uint32_t id = index * kQuestionsInABatch; id < std::min(all, (index + 1) * kQuestionsInABatch);
         ++id) {
      pending_.push_back({.id = id, .text = shared.questions[id].query, .faults = {}});
    }
  }

  /// Nothing where all is well, else a line for the metadata. `outcome` is how the asking ended.
  asio::awaitable<AskOutcome> run() {
    AskTask task{.max_retries = shared_.options.max_retries,
                 .make_request = [this](const Refusals& refusals) { return request(refusals); },
                 .check_reply = [this](const ChatReply& reply) { return take(reply); },
                 .will_do = [] { return true; }};
    co_return co_await ask(shared_.model, shared_.run, std::move(task));
  }

  /// A line for the metadata about what keeps its template; empty where nothing does.
  std::string imperfection(const AskOutcome& outcome) const {
    if (outcome.end == AskEnd::accepted) return {};
    std::vector<std::string> ids;
    for (const AskedQuestion& question : pending_) ids.push_back(fmt::format("{}", question.id));
    return fmt::format("paraphrase batch {}: {} {} the template: {}", index_,
                       (ids.size() == 1 ? "question " : "questions ") + join(ids, ", "),
                       ids.size() == 1 ? "keeps" : "keep", one_line(outcome.message, 300));
  }

 private:
  ChatRequest request(const Refusals& refusals) const {
    ChatRequest request =
        paraphrase_request(pending_, shared_.language, shared_.catalogue, refusals, reply_faults_);
    request.record = shared_.options.record;
    request.index = index_;
    return request;
  }

  /// Takes what is good out of a reply; the rest is asked for again.
  std::optional<std::string> take(const ChatReply& reply) {
    std::vector<std::uint32_t> ids;
    for (const AskedQuestion& question : pending_) ids.push_back(question.id);
    ParaphraseReply read = read_paraphrase_reply(reply.content, ids);
    reply_faults_ = std::move(read.faults);
    std::vector<AskedQuestion> left;
    for (AskedQuestion& question : pending_) {
      const auto rewrite = read.rewrites.find(question.id);
      question.faults = rewrite == read.rewrites.end() ? missing() : faults(question, rewrite->second);
      if (question.faults.empty()) {
        shared_.rewrites[question.id] = std::move(rewrite->second);
      } else {
        left.push_back(std::move(question));
      }
    }
    pending_ = std::move(left);
    if (pending_.empty()) return std::nullopt;
    return summary();
  }

  std::vector<std::string> missing() const {
    return {shared_.language == Language::chinese ? "没有给出改写" : "there was no rewrite of it"};
  }

  std::vector<std::string> faults(const AskedQuestion& asked, const std::string& rewrite) const {
    std::vector<std::string> found =
        shared_.check->faults(shared_.questions[asked.id], rewrite, shared_.language);
    const bool taken = rewrite != asked.text && (shared_.templates.contains(rewrite) || taken_here(rewrite));
    if (taken) {
      const bool chinese = shared_.language == Language::chinese;
      found.emplace_back(chinese ? "与另一个问题的文字相同" : "another question has the same text");
    }
    return found;
  }

  bool taken_here(const std::string& rewrite) const {
    const auto begin = shared_.rewrites.begin() + index_ * kQuestionsInABatch;
    const auto end =
        shared_.rewrites.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                       shared_.rewrites.size(), (index_ + 1) * kQuestionsInABatch));
    return std::find(begin, end, rewrite) != end;
  }

  std::string summary() const {
    const AskedQuestion& first = pending_.front();
    std::string text = fmt::format("question {}: {}", first.id, first.faults.front());
    if (!reply_faults_.empty()) text = reply_faults_.front() + "; " + text;
    return text;
  }

  Rewording& shared_;
  std::uint32_t index_;
  std::vector<AskedQuestion> pending_;
  std::vector<std::string> reply_faults_;
};

asio::awaitable<AskOutcome> run_batch(Rewording& shared, Batch& batch) {
  AskOutcome outcome = co_await batch.run();
  if (shared.options.batch_done) shared.options.batch_done();
  co_return outcome;
}

/// Runs all batches side by side to their ends.
asio::awaitable<std::vector<AskOutcome>> run_all(Rewording& shared, std::vector<Batch>& batches) {
  const auto executor = co_await asio::this_coro::executor;
  using Operation = decltype(asio::co_spawn(executor, run_batch(shared, batches.front()), asio::deferred));
  std::vector<Operation> operations;
  for (Batch& batch : batches)
    operations.push_back(asio::co_spawn(executor, run_batch(shared, batch), asio::deferred));
  auto [order, exceptions, outcomes] =
      co_await asio::experimental::make_parallel_group(std::move(operations))
          .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& exception : exceptions) {
    if (exception) std::rethrow_exception(exception);
  }
  co_return std::move(outcomes);
}

/// The rewrites become the questions' wordings, in order; of equal texts the first is kept.
void put_in_place(Rewording& shared) {
  std::set<std::string, std::less<>> taken;
  for (std::size_t i = 0; i < shared.questions.size(); ++i) {
    Question& question = shared.questions[i];
    std::string& rewrite = shared.rewrites[i];
    if (rewrite.empty() || rewrite == question.query || !taken.insert(rewrite).second) continue;
    if (question.template_query.empty()) question.template_query = std::move(question.query);
    question.query = std::move(rewrite);
  }
}

std::optional<Error> error_of(const std::vector<AskOutcome>& outcomes, const RunState& run) {
  if (run.fatal()) return Error{ErrorKind::endpoint, run.fatal()->message};
  const bool stopped = std::any_of(outcomes.begin(), outcomes.end(),
                                   [](const AskOutcome& outcome) { return outcome.end == AskEnd::stopped; });
  if (stopped) return Error{ErrorKind::stopped, "stopped"};
  return std::nullopt;
}

}  // namespace

asio::awaitable<Result<std::vector<std::string>>> reword_by_model(std::span<Question> questions,
                                                                  Language language,
                                                                  const Catalogue& catalogue,
                                                                  ChatModel& model, RunState& run,
                                                                  ModelParaphraseOptions options) {
  std::vector<std::string> imperfections;
  if (questions.empty()) co_return imperfections;
  Rewording shared{.questions = questions,
                   .language = language,
                   .catalogue = catalogue,
                   .model = model,
                   .run = run,
                   .options = std::move(options),
                   .check = rewrite_check(catalogue, language),
                   .templates = {},
                   .rewrites = std::vector<std::string>(questions.size())};
  for (const Question& question : questions) shared.templates.insert(question.query);
  std::vector<Batch> batches;
  for (std::uint32_t i = 0; i * kQuestionsInABatch < questions.size(); ++i) batches.emplace_back(shared, i);
  const std::vector<AskOutcome> outcomes = co_await run_all(shared, batches);
  if (auto error = error_of(outcomes, run)) co_return std::unexpected(std::move(*error));
  put_in_place(shared);
  for (std::size_t i = 0; i < batches.size(); ++i) {
    std::string line = batches[i].imperfection(outcomes[i]);
    if (!line.empty()) imperfections.push_back(std::move(line));
  }
  co_return imperfections;
}

}  // namespace synthv1
