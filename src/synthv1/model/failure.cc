// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/failure.h"

#include "synthv1/base/text.h"
#include "synthv1/model/wait_time.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::string_view kCureKey = "set --api_key, --api_key_file or OPENAI_API_KEY";
constexpr std::string_view kCureUrl = "check --base_url or OPENAI_BASE_URL (it usually ends in /v1)";
constexpr std::string_view kCureModel =
    "check --model, and --base_url or OPENAI_BASE_URL (it usually ends in /v1)";
constexpr std::string_view kCureCredit =
    "add credit at the provider, or set another --base_url with its --api_key and --model";
constexpr std::string_view kCureLater = "run again later, or set another --base_url or --model";
constexpr std::string_view kCureTurns =
    "lower --max_turns and --min_turns (of evaluate: --context_tokens), or name a model with a longer "
    "context";
constexpr std::string_view kCureRequest = "check that --model and --base_url name a chat model";
constexpr std::string_view kCureServer =
    "start a server there, or set --base_url or OPENAI_BASE_URL; --model builtin generates without a server";
constexpr std::string_view kCureProxy =
    "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; --model builtin generates without a server";
constexpr std::string_view kCureCertificate =
    "check --base_url or OPENAI_BASE_URL, or name the certificate of its authority in SSL_CERT_FILE";

/// Codes and types of an account that is used up: waiting does not help.
constexpr std::array<std::string_view, 6> kQuotaCodes = {
    "insufficient_quota",           "credit_balance_exhausted",          "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached"};
constexpr std::array<std::string_view, 5> kModerationWords = {"moderation", "flagged", "content_policy",
                                                              "content policy", "content_filter"};
constexpr std::array<std::string_view, 7> kFormatWords = {
    "response_format", "response format", "json_schema", "json_object", "grammar", "structured", "schema"};
/// Not of a value out of range: the user is to hear of that.
constexpr std::array<std::string_view, 3> kUnsupportedWords = {"unsupported", "not support", "n't support"};
constexpr std::array<std::string_view, 4> kContextWords = {"context length", "context_length",
                                                           "exceed_context_size", "max_model_len"};

template <std::size_t N>
bool names_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.contains(word); });
}

/// A response that states an error, taken apart.
struct Stated {
  unsigned status;
  const EndpointError& error;
  std::string words;  ///< all that the error says, in small letters
  std::optional<std::chrono::milliseconds> wait;
  std::string_view should_retry;

  bool is_quota() const {
    return std::find(kQuotaCodes.begin(), kQuotaCodes.end(), error.code) != kQuotaCodes.end() ||
           std::find(kQuotaCodes.begin(), kQuotaCodes.end(), error.type) != kQuotaCodes.end();
  }
  bool is_no_model() const {
    return error.code == "model_not_found" ||
           (words.contains("model") && (words.contains("does not exist") || words.contains("not found") ||
                                        words.contains("no such model") || words.contains("unknown model")));
  }
  /// OpenAI: code unsupported_parameter or unsupported_value, param `part`; proxies keep the words only.
  bool is_unsupported(std::string_view part) const {
    return status == 400 && (error.param.empty() ? words.contains(part) : error.param == part) &&
           names_any(words, kUnsupportedWords);
  }
  bool is_key() const { return error.code == "invalid_api_key" || error.type == "authentication_error"; }
};

void fatal_run(Failure& failure, std::string_view cure) {
  failure.error.kind = CallClass::fatal_run;
  failure.cure = cure;
}

void fatal_at_first(Failure& failure, std::string_view cure) {
  fatal_run(failure, cure);
  failure.fatal_at_first = true;
}

void fatal_item(Failure& failure, const Stated& stated) {
  failure.error.kind = CallClass::fatal_item;
  failure.cure = names_any(stated.words, kContextWords) ? kCureTurns : kCureRequest;
}

void no_model(Failure& failure) {
  fatal_run(failure, kCureModel);
  failure.about_model = true;
}

void refused_key(Failure& failure, const Stated& stated) {
  if (stated.status == 403 && names_any(stated.words, kModerationWords)) {
    failure.error.kind = CallClass::fatal_item;
    failure.cure = kCureRequest;
    return;
  }
  fatal_at_first(failure, kCureKey);
}

/// 4xx about the request itself.
void bad_request(Failure& failure, const Stated& stated) {
  if (stated.is_key()) return fatal_at_first(failure, kCureKey);
  if (stated.is_no_model()) return no_model(failure);
  fatal_item(failure, stated);
  failure.about_max_tokens = stated.is_unsupported("max_tokens");
  failure.about_temperature = stated.is_unsupported("temperature");
  failure.about_penalty = stated.status == 400 && stated.words.contains("frequency_penalty");
  failure.about_format =
      (stated.status == 400 || stated.status == 422) && names_any(stated.words, kFormatWords);
}

void by_status(Failure& failure, const Stated& stated) {
  const unsigned status = stated.status;
  if (status == 429 || status == 503 || status == 529) {
    failure.error.kind = CallClass::capacity;
  } else if (status == 401 || status == 403) {
    refused_key(failure, stated);
  } else if (status == 402) {
    failure.error.kind = CallClass::capacity;
    if (!stated.wait) fatal_run(failure, kCureCredit);
  } else if (status == 404) {
    no_model(failure);
  } else if (status == 405 || status == 410) {
    fatal_run(failure, kCureUrl);
  } else if (status == 501) {
    fatal_item(failure, stated);
    failure.about_format = true;
  } else if (status == 408 || status == 409 || status == 424 || status == 425 || status == 499 ||
             status >= 500) {
    failure.error.kind = CallClass::transient;
  } else if (status >= 400) {
    bad_request(failure, stated);
  }
}

/// `x-should-retry` wins over the status, but for a wait that the server asks for anyway.
void obey_should_retry(Failure& failure, const Stated& stated) {
  CallError& error = failure.error;
  if (stated.should_retry == "true" &&
      (error.kind == CallClass::fatal_item || error.kind == CallClass::fatal_run)) {
    error.kind = CallClass::transient;
    failure.fatal_at_first = failure.about_format = failure.about_model = false;
    failure.about_max_tokens = failure.about_temperature = failure.about_penalty = false;
  }
  if (stated.should_retry == "false" && error.kind != CallClass::fatal_run) fatal_item(failure, stated);
}

void refuse_long_wait(Failure& failure) {
  const auto& wait = failure.error.retry_after;
  if (!wait || *wait <= kLongestWait) return;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(*wait).count();
  failure.error.message += fmt::format(" (it asks to wait for {} h {} min)", minutes / 60, minutes % 60);
  fatal_run(failure, kCureLater);
}

Failure classify_stated(const Stated& stated) {
  Failure failure;
  failure.error.label = std::to_string(stated.status);
  failure.error.message = fmt::format("{}: {}", stated.status, stated.error.message);
  failure.error.retry_after = stated.wait;
  if (stated.is_quota()) {
    failure.error.label = "quota";
    fatal_run(failure, kCureCredit);
    return failure;
  }
  by_status(failure, stated);
  obey_should_retry(failure, stated);
  if (failure.error.kind == CallClass::capacity || failure.error.kind == CallClass::transient)
    refuse_long_wait(failure);
  return failure;
}

Stated take_apart(unsigned status, const EndpointError& error, const net::HttpResponse& response,
                  std::chrono::sys_seconds now) {
  return {
      .status = status,
      .error = error,
      .words = lower_ascii(fmt::format("{} {} {} {}", error.message, error.type, error.code, error.param)),
      .wait = wait_asked(response, now),
      .should_retry = trim(response.header("x-should-retry"))};
}

Failure redirect(const net::HttpResponse& response) {
  const std::string_view place = response.header("location");
  Failure failure;
  failure.error.label = std::to_string(response.status);
  failure.error.message = fmt::format("{}: it redirects to '{}', which is not followed", response.status,
                                      place.substr(0, place.find('?')));
  fatal_at_first(failure, kCureUrl);
  return failure;
}

/// The status that an error inside a 200 stands for, by its code or the words of its type.
unsigned inner_status(const EndpointError& error) {
  if (const unsigned status = error.status()) return status;
  const std::string words = lower_ascii(error.type + " " + error.code);
  if (words.contains("rate_limit") || words.contains("slow_down")) return 429;
  if (words.contains("overloaded") || words.contains("unavailable")) return 503;
  if (words.contains("authentication")) return 401;
  if (words.contains("permission")) return 403;
  if (words.contains("not_found") || words.contains("notfound")) return 404;
  if (words.contains("invalid_request") || words.contains("badrequest")) return 400;
  return 500;
}

}  // namespace

Failure transient_failure(std::string_view label, std::string message) {
  return {.error = {.kind = CallClass::transient,
                    .message = std::move(message),
                    .label = std::string(label),
                    .retry_after = {}}};
}

Failure classify(const net::HttpResponse& response, std::chrono::sys_seconds now) {
  if (response.status / 100 == 3) return redirect(response);
  const EndpointError error = read_error(response.body);
  return classify_stated(take_apart(response.status, error, response, now));
}

Failure classify_inner(const EndpointError& error, const net::HttpResponse& response,
                       std::chrono::sys_seconds now) {
  Failure failure = classify_stated(take_apart(inner_status(error), error, response, now));
  failure.error.label = "200 with error " + failure.error.label;
  return failure;
}

Failure classify(const net::TransportError& error) {
  using enum net::TransportFault;
  Failure failure = transient_failure(net::name_of(error.fault), error.message);
  switch (error.fault) {
    case refused:
    case resolve:
    case connect:
    case connect_timeout:
      failure.error.unreachable = true;
      failure.cure = kCureServer;
      break;
    case proxy:
      failure.error.unreachable = true;
      failure.cure = kCureProxy;
      break;
    case tls_untrusted:
      fatal_run(failure, kCureCertificate);
      break;
    case local:
      failure.error.kind = CallClass::capacity;
      break;
    case cancelled:
      failure.error.kind = CallClass::fatal_item;
      break;
    default:
      break;
  }
  return failure;
}

}  // namespace synthv1
