// SPDX-License-Identifier: Apache-2.0
// An endpoint for benchmarks: fake_endpoint DELAY_MS [refuse=PERCENT] [most=CALLS] [slots=CALLS]
// [hold=CALLS]. Answers every chat rightly that long after its arrival, prints its URL and runs until its
// standard input closes. `refuse`: so many calls in a hundred get 429 with Retry-After: 1, at random. `most`:
// calls beyond so many in flight get it. `slots`: it works on so many calls at once; others wait there, and
// it never refuses any. `hold`: the first so many are never answered.
#include "tests/support/openai_endpoint.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <queue>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace synthv1::test;
using namespace std::chrono;
using Time = steady_clock::time_point;

struct Options {
  milliseconds delay{200};
  unsigned refuse = 0;
  std::size_t most = 0;
  std::size_t slots = 0;
  std::size_t hold = 0;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto number = std::strtoul(argv[i] + argument.find('=') + 1, nullptr, 10);
    if (argument.starts_with("refuse=")) {
      options.refuse = static_cast<unsigned>(number);
    } else if (argument.starts_with("most=")) {
      options.most = number;
    } else if (argument.starts_with("slots=")) {
      options.slots = number;
    } else if (argument.starts_with("hold=")) {
      options.hold = number;
    } else {
      options.delay = milliseconds(number);
    }
  }
  return options;
}

/// When each call will be over, and which calls are refused.
class Server {
 public:
  explicit Server(Options options) : options_(options) {}

  Answer answer(const FakeRequest& request) {
    if (request.number < options_.hold) return {Stall{}};
    const Time now = steady_clock::now();
    while (!ends_.empty() && ends_.top() <= now) ends_.pop();
    if (refuses()) return respond(429, R"({"error":{"message":"slow down"}})", {{"Retry-After", "1"}});
    Answer answer = right_(request);
    const Time end = begin(request.arrived) + options_.delay;
    ends_.push(end);
    answer.insert(answer.begin(), Wait{duration_cast<microseconds>(end - steady_clock::now())});
    return answer;
  }

 private:
  bool refuses() {
    if (options_.most != 0 && ends_.size() >= options_.most) return true;
    return random_() % 100 < options_.refuse;
  }

  /// With all slots taken, when the first of them is free; ends_ then holds one call a slot.
  Time begin(Time arrived) {
    if (options_.slots == 0 || ends_.size() < options_.slots) return arrived;
    const Time free = ends_.top();
    ends_.pop();
    return free;
  }

  Options options_;
  Script right_ = openai_script();
  std::minstd_rand random_{1};
  std::priority_queue<Time, std::vector<Time>, std::greater<>> ends_;
};

}  // namespace

int main(int argc, char** argv) {
  Server server(parse(argc, argv));
  const FakeEndpoint endpoint(
      {.script = [&](const FakeRequest& request) { return server.answer(request); }, .keep_requests = false});
  std::printf("%s/v1\n", endpoint.url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
