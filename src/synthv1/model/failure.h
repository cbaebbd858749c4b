// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/endpoint_error.h"
#include "synthv1/net/http.h"

#include <chrono>
#include <string>
#include <string_view>

namespace synthv1 {

/// A failed call by itself; EndpointHealth says what it means after all that came before.
struct Failure {
  CallError error;     ///< message: the server's own words or the fault of transport, not yet scrubbed
  std::string cure{};  ///< what the user can do, where the failure ends the run
  bool fatal_at_first = false;     ///< fatal_run, but transient once a call has succeeded
  bool about_format = false;       ///< may be the response_format that was refused
  bool about_max_tokens = false;   ///< the model takes no max_tokens, whatever its value
  bool about_temperature = false;  ///< the model takes no temperature, or none but its own
  bool about_penalty = false;      ///< the model takes no frequency_penalty
  bool about_model = false;        ///< no such model or path: the server's list of models says more
};

/// What a response that is no completion means (endpoints.md, section 8). `now` is the wall clock.
Failure classify(const net::HttpResponse& response, std::chrono::sys_seconds now);

/// The same for an error stated inside a response of status 200: the class of its code.
Failure classify_inner(const EndpointError& error, const net::HttpResponse& response,
                       std::chrono::sys_seconds now);

/// What a failure below HTTP means.
Failure classify(const net::TransportError& error);

/// A transient failure of that label.
Failure transient_failure(std::string_view label, std::string message);

/// A longer wait than this ends the run.
inline constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours(1);

}  // namespace synthv1
