// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_options.h"
#include "synthv1/model/openai_endpoint.h"

namespace synthv1 {

/// What of a run's options says where its model is and how it is asked.
inline EndpointOptions endpoint_options(const RunOptions& options) {
  return {.base_url = options.base_url,
          .api_key = options.api_key,
          .model = options.model,
          .temperature = options.temperature,
          .ask_load = options.finds_concurrency,
          .http = options.client,
          .headers = options.headers,
          .exchange = options.exchange};
}

}  // namespace synthv1
