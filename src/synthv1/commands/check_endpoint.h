// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"
#include "synthv1/model/request_body.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace synthv1 {

/// Whether a server keeps replies to the JSON schema that it was sent.
enum class SchemaObedience : std::uint8_t {
  obeyed,
  ignored,  ///< taken without a word, and the reply does not fit
  refused,  ///< the server does not take a schema; `format` says what it takes
  unknown,  ///< the reply was cut off, or held nothing
};

/// What a short try of an endpoint showed.
struct EndpointCheck {
  std::vector<std::string> models;  ///< listed by the server; empty where it lists none
  std::optional<Error> failure;     ///< why the endpoint cannot be used, in a run's own words
  // Of an endpoint that answered:
  std::string model_named;  ///< by the replies; empty where they name none
  SchemaObedience schema = SchemaObedience::unknown;
  ReplyFormat format = ReplyFormat::json_schema;  ///< the strictest that the server takes
  std::string session_fault;                      ///< of the small session asked for; empty: it was good
  std::chrono::milliseconds latency{0};           ///< of the last reply
  std::int64_t completion_tokens = 0;             ///< of the last reply; estimated where not counted
  bool tokens_counted = false;                    ///< by the server
  std::uint64_t requests = 0;                     ///< chat requests sent

  bool usable() const { return !failure; }
  /// Of the last reply, from the request to its end.
  double tokens_per_second() const;
};

/// Tries the endpoint of these options with at most three small chat requests (what a server refuses is sent
/// again in a form that it takes, as in a run, and counts) and a look at its list of models. Two of them ask
/// for a session of a few turns: the first under a schema whose obeying shows, the second, where no more than
/// two went before it, at a warm server, for its speed. Blocks; `stop` ends it early. Errors: those of
/// check_run_options(), and ErrorKind::stopped. An endpoint that cannot be used is a result.
Result<EndpointCheck> check_endpoint(const GenerateOptions& options, const Catalogue& catalogue,
                                     const std::stop_token& stop = {});

}  // namespace synthv1
