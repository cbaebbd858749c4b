// SPDX-License-Identifier: Apache-2.0
// Admission, the retry loop and the endpoint together, over real sockets.
#include "synthv1/model/admission.h"
#include "synthv1/model/ask.h"
#include "synthv1/model/openai_endpoint.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/test_clock.h"

#include <algorithm>
#include <list>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::string_view kPlan = "text\n\n```json\n{\"task\":\"paraphrase\",\"questions\":[]}\n```";

Answer too_many(std::string wait_ms) {
  return respond(429, R"({"error":{"message":"slow down"}})", {{"retry-after-ms", std::move(wait_ms)}});
}

class AdmissionOverSockets : public ::testing::Test {
 protected:
  void serve(Script script) { server_.emplace(std::move(script)); }
  void connect(AdmissionOptions options) {
    auto endpoint = OpenAiEndpoint::make(io_.get_executor(),
                                         {.base_url = server_->url() + "/v1",
                                          .model = "test-model",
                                          .ask_load = options.adaptive,
                                          .http = {.deadlines = {10s, 10s, 10s}}},
                                         *clock_)
                        .value();
    options.ask_load = [at = endpoint.get()] { return at->load(); };
    model_ = with_admission(std::move(endpoint), options, *clock_);
  }

  void start(std::size_t calls) {
    const AskTask task{.make_request = request_, .check_reply = check_, .will_do = [] { return false; }};
    for (std::size_t i = 0; i < calls; ++i) {
      asio::co_spawn(
          io_, ask(*model_, *run_, task),
          asio::bind_cancellation_slot(signals_.emplace_back().slot(),
                                       [this](std::exception_ptr fault, const AskOutcome& outcome) {
                                         EXPECT_FALSE(fault);
                                         ends_.push_back(outcome.end);
                                       }));
    }
  }
  void use(Clock& clock) {
    clock_ = &clock;
    run_.emplace(clock);
  }
  /// How many requests arrived in that time after the first.
  std::size_t arrived(std::chrono::milliseconds from, std::chrono::milliseconds to) const {
    const auto requests = server_->requests();
    const SteadyTime first = requests.at(0).arrived;
    return static_cast<std::size_t>(std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
      return request.arrived >= first + from && request.arrived < first + to;
    }));
  }
  std::size_t count_of(std::string_view method) const {
    const auto requests = server_->requests();
    return static_cast<std::size_t>(std::count_if(
        requests.begin(), requests.end(), [&](const auto& request) { return request.method == method; }));
  }
  void expect_all_accepted(std::size_t calls) const {
    EXPECT_EQ(ends_.size(), calls);
    EXPECT_EQ(std::count(ends_.begin(), ends_.end(), AskEnd::accepted), static_cast<std::ptrdiff_t>(calls));
    std::uint64_t failures = 0;
    for (const auto& [label, count] : run_->counters().failures) failures += count;
    EXPECT_EQ(run_->counters().calls, run_->counters().replies + failures);
    EXPECT_EQ(run_->counters().calls, count_of("POST"));
    EXPECT_EQ(model_->status().in_flight, 0U);
    EXPECT_EQ(model_->status().waiting, 0U);
  }

  asio::io_context io_;
  SystemClock system_;
  TestClock test_;
  Clock* clock_ = &system_;
  std::optional<RunState> run_{std::in_place, system_};
  std::optional<FakeEndpoint> server_;
  std::unique_ptr<Admission> model_;
  std::list<asio::cancellation_signal> signals_;
  std::vector<AskEnd> ends_;
  MakeRequest request_ = [](const Refusals&) {
    return ChatRequest{.messages = {{"user", std::string(kPlan)}}, .max_tokens = 100};
  };
  CheckReply check_ = [](const ChatReply&) { return std::optional<std::string>(); };
};

TEST_F(AdmissionOverSockets, T1NobodySendsUntilTheTimeHasPassed) {
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number < 16) return too_many("800");
    return std::nullopt;
  }));
  connect({.limit = 16});
  start(60);
  io_.run();
  expect_all_accepted(60);
  EXPECT_EQ(run_->counters().failures.at("429"), 16U);
  // 16 calls may be refused over some milliseconds; each of them moves the end on.
  EXPECT_EQ(arrived(0ms, 800ms), 16U);
}

TEST_F(AdmissionOverSockets, T10ABurstCutsTheLimitOnce) {
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number < 500) return after(50ms, too_many("300"));
    return std::nullopt;
  }));
  connect({.limit = 500});
  start(600);
  io_.run();
  expect_all_accepted(600);
  EXPECT_EQ(model_->status().cuts, 1U);
  EXPECT_GE(model_->status().limit, 375U);
}

TEST_F(AdmissionOverSockets, OneInTenRefusedHoldsNobodyElse) {
  use(test_);
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number % 10 == 9) return too_many("1000");
    return std::nullopt;
  }));
  connect({.limit = 16});
  start(300);
  io_.run();
  expect_all_accepted(300);
  EXPECT_EQ(model_->status().cuts, 0U);
}

TEST_F(AdmissionOverSockets, T8AUsedUpQuotaHoldsTheNextCall) {
  use(test_);
  const std::vector<net::Header> used_up = {{"x-ratelimit-remaining-requests", "0"},
                                            {"x-ratelimit-reset-requests", "1s"}};
  serve(in_turn({respond(200, completion_body("{}"), used_up), complete("{}")}));
  connect({.limit = 8});
  start(1);
  io_.run();
  EXPECT_EQ(test_.elapsed(), 0ms);
  EXPECT_EQ(model_->status().held_for, 1000ms);
  start(1);
  io_.restart();
  io_.run();
  EXPECT_EQ(test_.elapsed(), 1000ms);
  EXPECT_EQ(server_->counts().requests, 2U);
}

TEST_F(AdmissionOverSockets, T93TheWallClockMayJump) {
  use(test_);
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number < 4) return too_many("2000");
    return std::nullopt;
  }));
  connect({.limit = 4, .requests_a_minute = 600});
  check_ = [this](const ChatReply&) {
    test_.set_wall(test_.wall() + (ends_.size() % 2 == 0 ? 1h : -1h));
    return std::optional<std::string>();
  };
  start(20);
  io_.run();
  expect_all_accepted(20);
  EXPECT_GE(test_.elapsed(), 2s);
  // Refusals that arrive one after the other hold four times 2 s; 24 calls at 600 a minute take 2.4 s.
  EXPECT_LE(test_.elapsed(), 11s);
}

TEST_F(AdmissionOverSockets, T41AServerThatIsAwayMeetsOneProbeAtATime) {
  use(test_);
  serve(openai_script());
  connect({.limit = 64});
  server_.reset();
  start(200);
  io_.run();
  EXPECT_EQ(std::count(ends_.begin(), ends_.end(), AskEnd::stopped), 200);
  // The burst, and then a few probes in the 3 s that an endpoint has to appear.
  EXPECT_LE(run_->counters().calls, 64U + 12);
  EXPECT_EQ(model_->status().in_flight, 0U);
}

TEST_F(AdmissionOverSockets, CancellingEndsCallsInEveryState) {
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number == 0) return too_many("600000");  // asleep, and the rest in line
    if (request.number < 4) return Answer{Stall{}};      // in flight
    return std::nullopt;
  }));
  connect({.limit = 4});
  start(12);
  asio::steady_timer timer(io_, 300ms);
  timer.async_wait([this](auto) {
    for (auto& signal : signals_) signal.emit(asio::cancellation_type::terminal);
  });
  io_.run();
  EXPECT_EQ(ends_.size(), 12U);
  EXPECT_EQ(model_->status().in_flight, 0U);
  EXPECT_EQ(model_->status().waiting, 0U);
}

TEST_F(AdmissionOverSockets, CancellingEndsAHold) {
  serve(in_turn({too_many("600000")}));
  connect({.limit = 1});
  start(3);
  asio::steady_timer timer(io_, 200ms);
  timer.async_wait([this](auto) {
    for (auto& signal : signals_) signal.emit(asio::cancellation_type::terminal);
  });
  io_.run();
  EXPECT_EQ(ends_.size(), 3U);
  EXPECT_GT(model_->status().held_for, 500s);
  EXPECT_EQ(server_->counts().requests, 1U);
}

TEST_F(AdmissionOverSockets, T83TheHeaderOfVllmStopsGrowth) {
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    EXPECT_EQ(request.header("endpoint-load-metrics-format"), "JSON");
    return respond(200, completion_body("{}"),
                   {{"endpoint-load-metrics", R"(JSON {"named_metrics":{"num_requests_waiting":50.0}})"}});
  }));
  connect({.limit = 1024, .adaptive = true});
  start(500);
  io_.run();
  expect_all_accepted(500);
  EXPECT_LE(server_->counts().peak_in_flight, 8U);
}

/// Answers calls at once, and GET /metrics with that.
Script metrics_script(Answer metrics) {
  return openai_script([metrics = std::move(metrics)](const FakeRequest& request) -> std::optional<Answer> {
    if (request.target == "/metrics") return metrics;
    return after(5ms, complete("{}"));
  });
}

TEST_F(AdmissionOverSockets, T83TheMetricsStopGrowth) {
  serve(metrics_script(respond(200, "vllm:num_requests_running 8\nvllm:num_requests_waiting 20\n")));
  connect({.limit = 1024, .adaptive = true});
  start(8);
  io_.run();
  EXPECT_EQ(model_->status().limit, 8U) << "the only round has seen the metrics";
  EXPECT_EQ(count_of("GET"), 1U);
}

TEST_F(AdmissionOverSockets, T84MetricsThatAreMissingStopNothing) {
  for (const Answer& metrics :
       {respond(404, "no"), respond(200, ""), respond(200, "load 0\n"), Answer{Close{}}}) {
    ends_.clear();
    serve(metrics_script(metrics));
    connect({.limit = 256, .adaptive = true});
    start(1000);
    io_.restart();
    io_.run();
    EXPECT_EQ(ends_.size(), 1000U);
    EXPECT_GE(model_->status().limit, 16U);
  }
}

TEST_F(AdmissionOverSockets, RequestsAMinuteAreKept) {
  use(test_);
  serve(openai_script());
  connect({.limit = 64, .requests_a_minute = 60});
  start(100);
  io_.run();
  expect_all_accepted(100);
  EXPECT_GE(test_.elapsed(), 99s);
  EXPECT_LE(test_.elapsed(), 101s);
}

TEST_F(AdmissionOverSockets, TokensAMinuteAreKeptByTheEndpointsCounts) {
  use(test_);
  // Replies of 50 tokens to prompts of 100: 150 a call, 40 calls a minute.
  serve(openai_script([](const FakeRequest&) { return complete("{}"); }));
  connect({.limit = 8, .tokens_a_minute = 6'000});
  start(81);
  io_.run();
  expect_all_accepted(81);
  EXPECT_GE(test_.elapsed(), 110s);
  EXPECT_LE(test_.elapsed(), 130s);
}

}  // namespace
}  // namespace synthv1::test
