// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/openai_endpoint.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace synthv1::test {

struct CountedOptions {
  std::chrono::milliseconds delay{0};  ///< of each answer
  unsigned prose_in = 0;               ///< one session in so many gets prose instead, at first; 0: none
  /// Looked at before: what it answers counts as asked for, too.
  std::function<std::optional<Answer>(const FakeRequest&)> fault{};
  std::function<Answer(const FakeRequest&)> before{};  ///< steps before a right answer
  std::function<Answer()> accepted{};                  ///< as in FakeOptions
  bool keep_alive = true;                              ///< false: each answer closes its connection
};

/// A server whose replies are a function of the request, different for different ones, and which counts how
/// often each was asked for. In English.
class CountedEndpoint {
 public:
  explicit CountedEndpoint(CountedOptions options = {});

  /// The base URL: "http://127.0.0.1:PORT/v1".
  std::string url() const { return endpoint_.url() + "/v1"; }
  const FakeEndpoint& server() const { return endpoint_; }
  FakeEndpoint& server() { return endpoint_; }

  /// The contents of the replies asked for since the last call of this, and how often each was. Waits until
  /// clients that are gone were noticed.
  std::map<std::string, int> take_asked();

 private:
  Answer answer(const FakeRequest& request);

  CountedOptions options_;
  std::mutex mutex_;
  std::map<std::string, int> asked_;
  FakeEndpoint endpoint_;  ///< the last: its thread uses the others
};

/// How often all of them were asked for.
int total(const std::map<std::string, int>& asked);

}  // namespace synthv1::test
