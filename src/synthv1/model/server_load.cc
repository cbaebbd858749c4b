// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/server_load.h"

#include "synthv1/base/json_parse.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace synthv1 {

namespace {

constexpr double kWaitingShare = 0.1;
constexpr double kCacheFull = 0.9;

constexpr std::array<std::string_view, 4> kWaiting = {"vllm_num_requests_waiting", "sglang_num_queue_reqs",
                                                      "tgi_queue_size", "llamacpp_requests_deferred"};
constexpr std::array<std::string_view, 4> kRunning = {"vllm_num_requests_running", "sglang_num_running_reqs",
                                                      "tgi_batch_current_size",
                                                      "llamacpp_requests_processing"};
constexpr std::array<std::string_view, 3> kCache = {"vllm_kv_cache_usage_perc", "vllm_gpu_cache_usage_perc",
                                                    "sglang_token_usage"};
constexpr std::array<std::string_view, 2> kPreempted = {"vllm_num_preemptions_total", "vllm_num_preemptions"};
/// Says more than the plain gauge, which counts requests that wait for other things, too.
constexpr std::string_view kWaitingByReason = "vllm_num_requests_waiting_by_reason";

template <std::size_t N>
bool is_any(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<double> parse_gauge(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end == text.data() || !std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

std::optional<double> gauge_in(const json::Value& metrics, std::string_view key) {
  const json::Value* value = metrics.find(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return parse_gauge(*value->as_number());
}

void add(std::optional<double>& sum, double value) { sum = sum.value_or(0) + value; }

/// A line of Prometheus text: `name{labels} value`.
struct Sample {
  std::string name;  ///< '_' for ':'
  std::string_view labels;
  std::optional<double> value;
};

Sample parse_sample(std::string_view line) {
  const std::size_t name_end = std::min(line.find_first_of("{ "), line.size());
  Sample sample{.name = std::string(line.substr(0, name_end)), .labels = {}, .value = {}};
  std::replace(sample.name.begin(), sample.name.end(), ':', '_');
  if (sample.name.starts_with("ray_")) sample.name.erase(0, 4);
  std::string_view rest = line.substr(name_end);
  if (rest.starts_with('{')) {
    const std::size_t close = std::min(rest.rfind('}'), rest.size() - 1);
    sample.labels = rest.substr(0, close + 1);
    rest.remove_prefix(close + 1);
  }
  sample.value = parse_gauge(rest.substr(std::min(rest.find_first_not_of(' '), rest.size())));
  return sample;
}

}  // namespace

bool ServerLoad::crowded(double in_flight) const {
  if (cache_used && *cache_used >= kCacheFull) return true;
  return waiting && *waiting > kWaitingShare * running.value_or(in_flight);
}

ServerLoad parse_load_header(std::string_view text) {
  const std::size_t brace = text.find('{');
  if (brace == std::string_view::npos) return {};
  const auto value = json::parse(text.substr(brace));
  const json::Value* metrics = value ? value->find("named_metrics") : nullptr;
  if (metrics == nullptr) return {};
  return {.waiting = gauge_in(*metrics, "num_requests_waiting"),
          .running = gauge_in(*metrics, "num_requests_running"),
          .cache_used = gauge_in(*metrics, "kv_cache_usage_perc")};
}

ServerLoad parse_load_metrics(std::string_view text) {
  ServerLoad load;
  std::optional<double> waiting_for_room;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const Sample sample = parse_sample(line);
    if (!sample.value) continue;
    if (is_any(sample.name, kWaiting)) add(load.waiting, *sample.value);
    if (is_any(sample.name, kRunning)) add(load.running, *sample.value);
    if (is_any(sample.name, kPreempted)) add(load.preempted, *sample.value);
    if (is_any(sample.name, kCache)) load.cache_used = std::max(load.cache_used.value_or(0), *sample.value);
    if (sample.name == kWaitingByReason && sample.labels.contains("reason=\"capacity\""))
      add(waiting_for_room, *sample.value);
  }
  if (waiting_for_room) load.waiting = waiting_for_room;
  return load;
}

}  // namespace synthv1
