// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/preview.h"

#include "synthv1/commands/endpoint_options.h"
#include "synthv1/commands/run_task.h"
#include "synthv1/session/embedded_writer.h"
#include "synthv1/session/model_writer.h"

namespace synthv1 {

namespace {

Preview write_embedded(const RecordPlan& plan, const GenerateOptions& options, const Catalogue& catalogue) {
  EmbeddedWriter writer(catalogue, options.plan.language, options.seed);
  writer.begin_record(plan);
  return {.plan = plan.sessions.front(), .session = writer.write(plan.sessions.front()), .calls = {}};
}

Result<Preview> ask_model(const SessionPlan& plan, const GenerateOptions& options, const Catalogue& catalogue,
                          const std::stop_token& stop) {
  asio::io_context context(1);
  SystemClock clock;
  RunState state(clock, options.seed);
  auto model = OpenAiEndpoint::make(context.get_executor(), endpoint_options(options), clock);
  if (!model) return std::unexpected(std::move(model.error()));
  ModelWriter writer(catalogue, **model, state,
                     {.max_retries = options.max_retries, .strict = options.strict});
  Result<Session> session = fail(ErrorKind::stopped, "stopped");
  const auto write = [&]() -> asio::awaitable<void> { session = co_await writer.write(plan); };
  run_task(context, write(), stop);
  if (!session) return std::unexpected(std::move(session.error()));
  return Preview{.plan = plan, .session = std::move(*session), .calls = state.counters()};
}

}  // namespace

Result<Preview> preview_session(const GenerateOptions& options, const Catalogue& catalogue,
                                const std::stop_token& stop) {
  if (auto ok = check_run_options(options, catalogue); !ok) return std::unexpected(std::move(ok.error()));
  const RecordPlan plan = make_record_plan(options.plan, catalogue, options.seed, 0);
  if (options.embedded()) return write_embedded(plan, options, catalogue);
  return ask_model(plan.sessions.front(), options, catalogue, stop);
}

}  // namespace synthv1
