// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate_model.h"

#include "synthv1/commands/endpoint_run.h"
#include "synthv1/commands/model_run.h"
#include "synthv1/commands/run_identity.h"
#include "synthv1/commands/spool.h"
#include "synthv1/model/logged_model.h"
#include "synthv1/model/reply_watch.h"

#include <algorithm>

namespace synthv1 {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Everything of one run of a model, in the order in which it is made; it ends in the opposite one.
class GenerateModel {
 public:
  GenerateModel(const GenerateOptions& options, const Catalogue& catalogue, Files& files, Progress& progress)
      : options_(options),
        catalogue_(catalogue),
        files_(files),
        progress_(progress),
        endpoint_(options, progress) {}

  Result<GenerateSummary> run(const StopTokens& stop) {
    if (auto ok = endpoint_.open_journal(kind()); !ok) return std::unexpected(std::move(ok.error()));
    options_.seed = endpoint_.options().seed;
    if (!journal_path(options_).empty()) Spool::remove_abandoned(files_, options_.out);
    return endpoint_.close(write_all(stop));
  }

 private:
  RunKind kind() {
    const auto identity = [this] {
      GenerateOptions now = options_;
      now.seed = endpoint_.options().seed;
      return identity_of(now, catalogue_);
    };
    return {.identity = identity, .records = options_.num_records, .checker = std::string(kChecker)};
  }

  Result<GenerateSummary> write_all(const StopTokens& stop) {
    auto spool = Spool::open(files_, options_.out, layout_of(options_), options_.num_records);
    if (!spool) return std::unexpected(std::move(spool.error()));
    if (auto made = endpoint_.make_model(); !made) return std::unexpected(std::move(made.error()));
    return write(*spool, stop);
  }

  Result<GenerateSummary> write(Spool& spool, const StopTokens& stop) {
    ReplyWatch watch(endpoint_.model(), options_.model);
    RunMeter meter(progress_, endpoint_.clock(), outline(),
                   [this](RunStatus& status) { endpoint_.fill(status); });
    const std::unique_ptr<ChatModel> logged = with_log(watch, meter);
    OrderedOutput output(spool.writer(), meter, /*window=*/0);
    ModelRun run({.options = options_,
                  .catalogue = catalogue_,
                  .model = *logged,
                  .kept_model = endpoint_.model(),
                  .endpoint = endpoint_,
                  .state = endpoint_.state(),
                  .output = output,
                  .progress = meter,
                  .journal = endpoint_.journal().journal.get(),
                  .settled = endpoint_.journal().settled},
                 endpoint_.executor());
    endpoint_.run(run.run(), meter, stop, [&run] { run.cancel(); });
    if (auto failure = failure_of(run, output))
      return std::unexpected(spool.keep_partial(std::move(*failure)));
    const auto written = SteadyClock::now();
    auto bytes = spool.finish();
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    return GenerateSummary{.records = output.written(),
                           .bytes = *bytes,
                           .seed = options_.seed,
                           .imperfections = output.imperfections(),
                           .writing = written - start_,
                           .syncing = SteadyClock::now() - written,
                           .calls = endpoint_.state().counters(),
                           .kept_replies = static_cast<std::uint64_t>(endpoint_.journal().kept),
                           .cost = endpoint_.cost(),
                           .remarks = watch.remarks()};
  }

  RunOutline outline() {
    RunOutline outline = outline_of(options_);
    const std::vector<bool>& settled = endpoint_.journal().settled;
    const auto records = static_cast<std::uint64_t>(std::count(settled.begin(), settled.end(), true));
    outline.sessions_kept = records * outline.sessions / outline.records;
    outline.paraphrases_kept = records * outline.paraphrases / outline.records;
    return outline;
  }

  /// Why the run has no whole dataset, if so: a file, a fatal error, a stop or a budget, or a record that
  /// could not be made.
  std::optional<Error> failure_of(const ModelRun& run, const OrderedOutput& output) {
    if (output.error()) return output.error();
    if (endpoint_.state().fatal()) return endpoint_.end();
    if (output.written() == options_.num_records) return std::nullopt;
    const auto end = endpoint_.end();
    return end ? end : run.first_failure();
  }

  SteadyClock::time_point start_ = SteadyClock::now();
  GenerateOptions options_;
  const Catalogue& catalogue_;
  Files& files_;
  Progress& progress_;
  EndpointRun endpoint_;
};

}  // namespace

Result<GenerateSummary> generate_model(const GenerateOptions& options, const Catalogue& catalogue,
                                       Files& files, Progress& progress, const StopTokens& stop) {
  return GenerateModel(options, catalogue, files, progress).run(stop);
}

}  // namespace synthv1
