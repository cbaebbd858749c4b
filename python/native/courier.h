// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <nanobind/nanobind.h>

namespace synthv1::python {

/// Something that Python is to hear of: its name, the number of a call where it is about one, and a text.
struct Event {
  std::string name;
  std::uint64_t id = 0;
  std::string text{};
};

/// Brings events to a Python callable, in order, on a thread of its own: who posts one never waits for the
/// interpreter. Events that gather meanwhile are brought together, as a list of tuples (name, id, text).
class Courier {
 public:
  /// To be made and destroyed with the interpreter's lock held. What the callable raises is passed over.
  explicit Courier(nanobind::callable deliver);
  ~Courier();
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  /// Any thread, with or without the interpreter's lock.
  void post(Event event);
  /// Says that nothing more comes: once the rest is brought, the callable is let go. Any thread.
  void close();
  /// Waits until all is brought after close(). Without the interpreter's lock.
  void join();

 private:
  void work();
  void deliver(std::vector<Event> events);

  nanobind::callable deliver_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> waiting_;
  bool closed_ = false;
  std::thread thread_;
};

/// Lets no signal reach the calling thread: they are the interpreter's.
void block_signals();

}  // namespace synthv1::python
