// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate_embedded.h"

#include "synthv1/base/cores.h"
#include "synthv1/commands/finish_record.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/session/embedded_writer.h"

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace synthv1 {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t kRecordsHeldBack = 4;  ///< for each thread

FinishedRecord write_record(EmbeddedWriter& writer, const GenerateOptions& options,
                            const Catalogue& catalogue, std::uint32_t index) {
  const RecordPlan plan = make_record_plan(options.plan, catalogue, options.seed, index);
  writer.begin_record(plan);
  Record record{.id = plan.id};
  for (const SessionPlan& session : plan.sessions) record.add(session.date, writer.write(session));
  ask_questions(record, options, catalogue, index);
  if (options.diversify) {
    reword_embedded(record.questions, options.plan.language, catalogue,
                    record_stream(options.seed, index).child("paraphrase"));
  }
  return finish_record(record, options, catalogue, index);
}

/// Threads that take record after record until all are written, the output fails or the run is stopped.
class Workshop {
 public:
  Workshop(const GenerateOptions& options, const Catalogue& catalogue, OrderedOutput& output,
           const std::stop_token& stop)
      : options_(options), catalogue_(catalogue), output_(output), stop_(stop) {}

  void run(std::uint32_t threads) {
    std::vector<std::jthread> helpers;
    for (std::uint32_t i = 1; i < threads; ++i) helpers.emplace_back([this] { work(); });
    work();
    helpers.clear();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work() try {
    EmbeddedWriter writer(catalogue_, options_.plan.language, options_.seed);
    for (std::uint32_t index = next_++; index < options_.num_records; index = next_++) {
      if (stop_.stop_requested()) return output_.stop({ErrorKind::stopped, "stopped"});
      if (!output_.wait_for_room(index)) return;
      if (!output_.put(index, write_record(writer, options_, catalogue_, index))) return;
    }
  } catch (...) {
    if (!failed_.exchange(true)) failure_ = std::current_exception();
    output_.stop({ErrorKind::faulty, "a record could not be written"});
  }

  const GenerateOptions& options_;
  const Catalogue& catalogue_;
  OrderedOutput& output_;
  const std::stop_token& stop_;
  std::atomic<std::uint32_t> next_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
};

}  // namespace

Result<GenerateSummary> generate_embedded(const GenerateOptions& options, const Catalogue& catalogue,
                                          Files& files, Progress& progress, const std::stop_token& stop) {
  const auto start = SteadyClock::now();
  auto writer = DatasetWriter::open(files, options.out, layout_of(options));
  if (!writer) return std::unexpected(std::move(writer.error()));
  progress.begin(outline_of(options));
  const std::uint32_t threads =
      std::min(options.threads > 0 ? options.threads : usable_cores(), options.num_records);
  OrderedOutput output(*writer, progress, kRecordsHeldBack * threads);
  Workshop(options, catalogue, output, stop).run(threads);
  if (output.error()) return std::unexpected(*output.error());
  const auto written = SteadyClock::now();
  if (auto done = writer->commit(); !done) return std::unexpected(std::move(done.error()));
  return GenerateSummary{.records = output.written(),
                         .bytes = writer->bytes(),
                         .seed = options.seed,
                         .imperfections = output.imperfections(),
                         .writing = written - start,
                         .syncing = SteadyClock::now() - written};
}

}  // namespace synthv1
