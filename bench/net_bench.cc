// SPDX-License-Identifier: Apache-2.0
// What one request costs the client in CPU time: `net_bench [IN_FLIGHT [REQUESTS [DELAY_MS [tls]]]]` keeps
// that many POSTs of 2 KB in flight against a server on another thread that answers 1.5 KB after a delay.
#include "synthv1/net/http_client.h"
#include "tests/support/certificates.h"
#include "tests/support/fake_endpoint.h"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using namespace synthv1;
namespace asio = boost::asio;

struct Plan {
  std::size_t in_flight = 1024;
  std::size_t requests = 50'000;
  std::chrono::milliseconds delay{200};
  bool tls = false;
};

Plan read_plan(int count, char** words) {
  Plan plan;
  if (count > 1) plan.in_flight = std::strtoul(words[1], nullptr, 10);
  if (count > 2) plan.requests = std::strtoul(words[2], nullptr, 10);
  if (count > 3) plan.delay = std::chrono::milliseconds(std::strtol(words[3], nullptr, 10));
  plan.tls = count > 4;
  return plan;
}

/// CPU time of the calling thread in microseconds, and its share spent in the kernel.
struct Cpu {
  double all = 0;
  double kernel = 0;
};

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

Cpu cpu_of_this_thread() {
  rusage use{};
  ::getrusage(RUSAGE_THREAD, &use);
  return {microseconds(use.ru_utime) + microseconds(use.ru_stime), microseconds(use.ru_stime)};
}

struct Run {
  net::HttpClient& client;
  std::size_t left;
  std::size_t failed = 0;
};

asio::awaitable<void> keep_sending(Run& run) {
  const std::vector<net::Header> headers = {{"Content-Type", "application/json"},
                                            {"Authorization", "Bearer key"}};
  const std::string body(2000, 'x');
  while (run.left > 0) {
    --run.left;
    const auto sent = co_await run.client.send("POST", "/v1/chat/completions", headers, body);
    if (!sent || sent->status != 200) ++run.failed;
  }
}

void spend(asio::io_context& io, Run& run, std::size_t in_flight) {
  for (std::size_t i = 0; i < in_flight; ++i) asio::co_spawn(io, keep_sending(run), asio::detached);
  io.restart();
  io.run();
}

void measure(const Plan& plan) {
  const test::Identity authority = test::make_authority();
  const test::TemporaryFile ca_file(authority.certificate);
  test::FakeOptions options;
  options.keep_requests = false;
  const std::string answer = test::http_response(200, std::string(1500, 'y'));
  options.script = [&](const test::FakeRequest&) { return test::after(plan.delay, {test::Send{answer}}); };
  if (plan.tls) options.tls = test::issue_certificate(authority, {.addresses = {"127.0.0.1"}});
  test::FakeEndpoint endpoint(std::move(options));
  asio::io_context io(1);
  net::ClientOptions settings;
  settings.ca_file = ca_file.path();
  net::HttpClient client(io.get_executor(), net::Url::parse(endpoint.url()).value(), settings);
  Run warm{client, plan.in_flight};
  spend(io, warm, plan.in_flight);
  Run run{client, plan.requests};
  const auto begin = std::chrono::steady_clock::now();
  const Cpu before = cpu_of_this_thread();
  spend(io, run, plan.in_flight);
  const Cpu after = cpu_of_this_thread();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const auto requests = static_cast<double>(plan.requests);
  fmt::print(
      "{} in flight: {:.1f} us CPU a request ({:.1f} in the kernel), {:.0f} requests/s, {} failed, {} "
      "connections\n",
      plan.in_flight, (after.all - before.all) / requests, (after.kernel - before.kernel) / requests,
      requests / wall.count(), run.failed + warm.failed, client.counters().connections_opened);
}

}  // namespace

int main(int count, char** words) {
  measure(read_plan(count, words));
  return 0;
}
