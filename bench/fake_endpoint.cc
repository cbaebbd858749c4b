// SPDX-License-Identifier: Apache-2.0
// An endpoint for benchmarks: fake_endpoint DELAY_MS. Answers every chat rightly that long after its arrival,
// prints its URL and runs until its standard input closes.
#include "tests/support/openai_endpoint.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  using namespace synthv1::test;
  using namespace std::chrono;
  const milliseconds delay(argc > 1 ? std::atoi(argv[1]) : 200);
  const Script right = openai_script();
  const FakeEndpoint endpoint({.script =
                                   [&](const FakeRequest& request) {
                                     Answer answer = right(request);
                                     const auto left = request.arrived + delay - steady_clock::now();
                                     answer.insert(answer.begin(), Wait{duration_cast<microseconds>(left)});
                                     return answer;
                                   },
                               .keep_requests = false});
  std::printf("%s/v1\n", endpoint.url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
