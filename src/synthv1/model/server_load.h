// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace synthv1 {

/// How busy a server says that it is; what it does not say stays unknown, since absent is not 0.
struct ServerLoad {
  std::optional<double> waiting;  ///< requests that it has taken and not begun
  std::optional<double> running;
  std::optional<double> cache_used;  ///< share of its KV cache, 0 to 1
  std::optional<double> preempted;   ///< requests whose work it has thrown away for others, since it began

  bool known() const { return waiting.has_value() || cache_used.has_value(); }
  /// Whether more calls would only wait there: over a tenth of those at work wait already, or the cache is
  /// nearly full. `in_flight` stands for `running` where that is unknown.
  bool crowded(double in_flight) const;
};

/// Reads the response header endpoint-load-metrics of vLLM: "JSON {"named_metrics": {...}}".
ServerLoad parse_load_header(std::string_view text);

/// Reads the Prometheus text of GET /metrics: vLLM's names (under Ray with '_' for ':'), SGLang's, TGI's and
/// llama.cpp's; the gauges of several engines are added up.
ServerLoad parse_load_metrics(std::string_view text);

}  // namespace synthv1
