// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/budget.h"
#include "synthv1/model/chat_exchange.h"
#include "synthv1/net/http_client.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace synthv1 {

/// What every run that asks a model can be told: which model, how hard it is driven, what it may cost.
struct RunOptions {
  std::string model = "Qwen/Qwen3-30B-A3B-Instruct-2507";
  std::string out;
  std::uint64_t seed = 0;
  bool seed_drawn = false;  ///< nobody asked for this seed: that of the run's journal takes its place

  std::uint32_t llm_concurrency = 8;  ///< most calls in flight
  bool finds_concurrency = false;     ///< the best number of them below that is found by trying
  std::uint32_t rpm = 0;              ///< most requests a minute; 0: no limit
  std::uint64_t tpm = 0;              ///< most tokens a minute, in and out; 0: no limit
  std::string base_url = "http://localhost:8000/v1";
  std::string api_key = "EMPTY";
  double temperature = 0.8;
  std::uint32_t max_retries = 5;
  net::ClientOptions client;
  std::vector<net::Header> headers;  ///< of every request, beside ours
  ChatExchange exchange;  ///< carries requests instead of HTTP to base_url, which then only names it
  std::optional<double> price_in, price_out;  ///< of a million tokens, in and out

  // What a run does to go on, and when it stops.
  bool fresh = false;          ///< an old journal is set aside
  bool same_endpoint = false;  ///< base_url is where the server of an old journal is now
  BudgetLimits budget;         ///< prices: of price_in and price_out
  std::optional<std::chrono::milliseconds> max_time;  ///< of this start
  std::chrono::milliseconds drain_timeout{60'000};    ///< how long a stop waits for the calls in flight

  bool embedded() const { return model == "builtin"; }
};

/// How a run is asked to end early.
struct StopTokens {
  std::stop_token drain;  ///< in good order: calls in flight are waited for
  std::stop_token now;    ///< at once; what is durable stays so
};

/// The prices, where both are given.
std::optional<Prices> prices_of(const RunOptions& options);

/// Finds what is wrong with the model's side of the options. The message names the flag and the cure.
Result<void> check_model_options(const RunOptions& options);

}  // namespace synthv1
