// SPDX-License-Identifier: Apache-2.0
#include "native/run.h"

#include "cli/listeners.h"
#include "cli/open_catalogue.h"
#include "native/event_progress.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <sys/resource.h>

namespace synthv1::python {

namespace nb = nanobind;

namespace {

constexpr rlim_t kOtherFiles = 256;  ///< that the process may have open beside the calls

/// Each call in flight takes a file descriptor.
void raise_file_limit(const RunOptions& options) {
  rlimit limit{};
  const rlim_t wanted = options.llm_concurrency + kOtherFiles;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, wanted);
  setrlimit(RLIMIT_NOFILE, &limit);
}

net::TransportFault fault_named(const std::string& name) {
  if (name == "timeout") return net::TransportFault::total_timeout;
  if (name == "connect") return net::TransportFault::connect;
  return net::TransportFault::cancelled;
}

}  // namespace

Run::Run(std::unique_ptr<Job> job, RunWiring wiring)
    : job_(std::move(job)),
      wiring_(std::move(wiring)),
      courier_(std::move(wiring_.deliver)),
      calls_(courier_) {
  RunOptions& run = job_->options();
  if (!wiring_.terminal) job_->program().quiet = true;
  if (wiring_.through_client) run.exchange = calls_.exchange(run.client.deadlines.total);
  if (!run.embedded() && !wiring_.through_client) raise_file_limit(run);
}

void Run::start() {
  thread_ = std::thread([this] { work(); });
}

Run::~Run() {
  stop();
  finish();
}

void Run::finish() {
  const nb::gil_scoped_release unlocked;
  if (thread_.joinable()) thread_.join();
  courier_.join();
}

void Run::stop() {
  drain_.request_stop();
  now_.request_stop();
}

bool Run::wait(double seconds) {
  const nb::gil_scoped_release unlocked;
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, std::chrono::duration<double>(seconds),
                         [this] { return outcome_.has_value(); });
}

void Run::answer(std::uint64_t id, unsigned status, std::vector<net::Header> headers, std::string body) {
  calls_.answer(id, net::HttpResponse{status, std::move(headers), std::move(body)});
}

void Run::fail_call(std::uint64_t id, const std::string& fault, std::string message) {
  calls_.answer(id, std::unexpected(net::TransportError{fault_named(fault), std::move(message)}));
}

void Run::work() {
  block_signals();
  Result<JobSummary> outcome;
  try {
    outcome = work_on_job();
  } catch (const std::exception& bug) {
    outcome = fail(ErrorKind::faulty, fmt::format("internal error: {}; please report it", bug.what()));
  }
  {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
  }
  ended_.notify_all();
  courier_.post({.name = "ended"});
  courier_.close();
}

Result<JobSummary> Run::work_on_job() {
  const cli::ProgramSettings& program = job_->program();
  const Result<cli::OpenCatalogue> catalogue = cli::open_catalogue(program.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const auto listeners = cli::RunListeners::open(job_->options(), program, files);
  if (!listeners) return std::unexpected(listeners.error());
  EventProgress events(courier_, wiring_.panel ? EventProgress::Shows::panel : EventProgress::Shows::notes);
  ProgressFan all;
  all.add((*listeners)->all());
  all.add(events);
  return job_->run(catalogue->get(), files, all, {drain_.get_token(), now_.get_token()});
}

}  // namespace synthv1::python
