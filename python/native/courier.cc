// SPDX-License-Identifier: Apache-2.0
#include "native/courier.h"

#include <utility>

#include <nanobind/stl/string.h>
#include <pthread.h>
#include <signal.h>

namespace synthv1::python {

namespace nb = nanobind;

void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

Courier::Courier(nb::callable deliver) : deliver_(std::move(deliver)), thread_([this] { work(); }) {}

Courier::~Courier() {
  const nb::gil_scoped_release unlocked;
  close();
  join();
}

void Courier::join() {
  // What Python held of the callable may have been the last that held this.
  if (thread_.get_id() == std::this_thread::get_id()) thread_.detach();
  if (thread_.joinable()) thread_.join();
}

void Courier::post(Event event) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    waiting_.push_back(std::move(event));
  }
  changed_.notify_one();
}

void Courier::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

void Courier::work() {
  block_signals();
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) break;
    std::vector<Event> events = std::exchange(waiting_, {});
    lock.unlock();
    deliver(std::move(events));
  }
  const nb::gil_scoped_acquire locked;
  const nb::callable last = std::move(deliver_);
}

void Courier::deliver(std::vector<Event> events) {
  const nb::gil_scoped_acquire locked;
  try {
    nb::list list;
    for (const Event& event : events) list.append(nb::make_tuple(event.name, event.id, event.text));
    deliver_(list);
  } catch (nb::python_error& error) {
    error.discard_as_unraisable("synthv1: an event of a run");
  }
}

}  // namespace synthv1::python
