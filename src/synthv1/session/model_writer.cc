// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/model_writer.h"

#include "synthv1/base/text.h"
#include "synthv1/model/ask.h"
#include "synthv1/session/session_prompt.h"
#include "synthv1/session/session_reply.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// A reply with soft faults only is asked for again this often.
constexpr std::uint32_t kSoftRetries = 2;
constexpr std::size_t kFaultsNamed = 5;

std::string describe(const std::vector<SessionFault>& faults) {
  std::vector<std::string> texts;
  for (const SessionFault& fault : faults) {
    if (texts.size() == kFaultsNamed) break;
    texts.push_back(fault.describe());
  }
  if (texts.size() < faults.size()) texts.push_back(fmt::format("and {} more", faults.size() - texts.size()));
  return join(texts, "; ");
}

/// The replies to one session's requests: judges each and keeps the best so far.
class Judgement {
 public:
  Judgement(const SessionPlan& plan, const Catalogue& catalogue, bool strict)
      : plan_(plan), catalogue_(catalogue), strict_(strict) {}

  /// Nothing where the reply ends the asking, else its faults.
  std::optional<std::string> judge(const ChatReply& reply) {
    SessionReply read = read_session_reply(reply.content, reply.finish_reason, plan_, catalogue_);
    faults_ = std::move(read.faults);
    const std::size_t before = best_faults_.size();
    const bool better = read.session && (!best_ || faults_.size() < before);
    if (read.session && !faults_.empty() && strict_) return describe(faults_);
    if (better) {
      best_ = std::move(read.session);
      best_faults_ = faults_;
    }
    if (best_ && (best_faults_.empty() || replies_since_best_++ >= kSoftRetries)) return std::nullopt;
    return describe(faults_);
  }

  /// The best session there was, its soft faults named.
  std::optional<Session> take_best() {
    if (!best_) return std::nullopt;
    for (const SessionFault& fault : best_faults_) best_->imperfections.push_back(fault.describe());
    return std::move(best_);
  }

  bool has_session() const { return best_.has_value(); }
  const std::vector<SessionFault>& last_faults() const { return faults_; }

 private:
  const SessionPlan& plan_;
  const Catalogue& catalogue_;
  bool strict_;
  std::vector<SessionFault> faults_;
  std::optional<Session> best_;
  std::vector<SessionFault> best_faults_;
  std::uint32_t replies_since_best_ = 0;  ///< counted from the first reply that could be accepted
};

Error error_of(const SessionPlan& plan, const AskOutcome& outcome, const RunState& run) {
  if (run.fatal()) return {ErrorKind::endpoint, run.fatal()->message};
  if (outcome.end == AskEnd::stopped) return {ErrorKind::stopped, "stopped"};
  const std::string name = fmt::format("session {} ({})", plan.index, format_date(plan.date));
  if (outcome.end == AskEnd::failed) return {ErrorKind::endpoint, name + ": " + outcome.message};
  return {ErrorKind::endpoint,
          fmt::format("{}: the model gave no good session in {} replies: {}; set a higher "
                      "--max_retries, easier --min_turns and --max_scenes, or another --model",
                      name, outcome.refusals.count, outcome.message)};
}

}  // namespace

ModelWriter::ModelWriter(const Catalogue& catalogue, ChatModel& model, RunState& run,
                         ModelWriterOptions options)
    : catalogue_(catalogue),
      model_(model),
      run_(run),
      options_(options),
      schema_(session_schema(catalogue)) {}

asio::awaitable<Result<Session>> ModelWriter::write(const SessionPlan& plan) {
  Judgement judgement(plan, catalogue_, options_.strict);
  AskTask task{.max_retries = options_.max_retries,
               .make_request =
                   [&](const Refusals& refusals) {
                     return session_request(plan, catalogue_, schema_, refusals, judgement.last_faults());
                   },
               .check_reply = [&](const ChatReply& reply) { return judgement.judge(reply); },
               .will_do = [&] { return judgement.has_session(); }};
  const AskOutcome outcome = co_await ask(model_, run_, std::move(task));
  if (outcome.end != AskEnd::stopped) {
    if (auto session = judgement.take_best()) co_return std::move(*session);
  }
  co_return std::unexpected(error_of(plan, outcome, run_));
}

}  // namespace synthv1
