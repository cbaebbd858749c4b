// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.h"

#include <atomic>
#include <thread>

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

std::atomic<int> received{0};

sigset_t stopping_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

/// Waits for signals on a thread of its own, so that nothing runs inside a signal handler.
void wait_for_signals(std::stop_source drain, std::stop_source now) {
  const sigset_t set = stopping_signals();
  int signal = 0;
  while (sigwait(&set, &signal) == 0) {
    if (received == 0) received = signal;
    if (!drain.request_stop() && !now.request_stop()) _exit(128 + signal);
  }
}

}  // namespace

Signals::Signals() {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // a file that reaches its limit is a failed write, with a message
  const sigset_t set = stopping_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread(wait_for_signals, drain_, now_).detach();
}

int Signals::exit_code() {
  const int signal = received.load();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace synthv1::cli
