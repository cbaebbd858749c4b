// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/courier.h"
#include "native/job.h"
#include "native/python_calls.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include <nanobind/nanobind.h>

namespace synthv1::python {

/// How Python takes part in a run.
struct RunWiring {
  /// Hears the events (courier.h): "call", "agent", "forget", "cancel", "note", "panel", "ended".
  nanobind::callable deliver;
  bool through_client = false;  ///< calls of the model are events, not HTTP
  bool panel = false;           ///< "panel" events are wanted
  bool terminal = false;        ///< the panel is drawn on standard error
};

/// One job, on a thread of its own and without the interpreter's lock. Made, used and destroyed with
/// the lock held; destroying it stops the run and waits for its end.
class Run {
 public:
  Run(std::unique_ptr<Job> job, RunWiring wiring);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// What reaches Python from within the run.
  PythonCalls& calls() { return calls_; }
  Courier& courier() { return courier_; }

  /// Begins. Once.
  void start();
  /// No new calls; those in flight are waited for, at most --drain_timeout.
  void drain() { drain_.request_stop(); }
  /// Ends it at once. What is in the journal stays.
  void stop();
  /// Waits until its threads are gone: none may outlive the interpreter.
  void finish();
  /// Waits for the end; false where it has not come within so many seconds.
  bool wait(double seconds);

  /// The response to the call with that number (status, headers, body), and the failure of one that got none:
  /// "timeout", "connect" or "cancelled".
  void answer(std::uint64_t id, unsigned status, std::vector<net::Header> headers, std::string body);
  void fail_call(std::uint64_t id, const std::string& fault, std::string message);

  /// After the end: what became of it.
  const Result<JobSummary>& outcome() const { return *outcome_; }
  const RunOptions& options() const { return job_->options(); }

 private:
  void work();
  Result<JobSummary> work_on_job();

  std::unique_ptr<Job> job_;
  RunWiring wiring_;
  Courier courier_;
  PythonCalls calls_;
  std::stop_source drain_, now_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::optional<Result<JobSummary>> outcome_;
  std::thread thread_;
};

}  // namespace synthv1::python
