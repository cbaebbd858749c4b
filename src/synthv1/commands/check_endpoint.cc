// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/check_endpoint.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_repair.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/endpoint_options.h"
#include "synthv1/commands/run_task.h"
#include "synthv1/model/token_estimate.h"
#include "synthv1/session/session_prompt.h"
#include "synthv1/session/session_reply.h"

#include <algorithm>
#include <cmath>

#include <boost/asio/this_coro.hpp>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMostRequests = 3;
constexpr milliseconds kPause{500};            ///< before another try, unless the server asks for more
constexpr milliseconds kMostPatience{30'000};  ///< for all pauses together

constexpr std::string_view kMark = "mark";  ///< the member that the schema demands and the messages do not

/// Two short sessions, whatever the run's are.
RecordPlan small_plan(const GenerateOptions& options, const Catalogue& catalogue) {
  const PlanOptions small{.language = options.plan.language,
                          .num_sessions = 2,
                          .min_turns = 4,
                          .max_turns = 6,
                          .min_scenes = 1,
                          .max_scenes = 1,
                          .dates = GenerateOptions().plan.dates};
  return make_record_plan(small, catalogue, options.seed, 0);
}

/// A word that no model comes upon by itself.
std::string random_word(std::uint64_t seed) {
  RandomStream random = RandomStream(seed).child("check");
  std::string word;
  for (int i = 0; i < 8; ++i) word += static_cast<char>('a' + random.below(26));
  return word;
}

/// `schema` with a further member in front that can only be `word`.
std::string with_mark(const std::string& schema, const std::string& word) {
  auto value = json::parse(schema);
  check(value.has_value(), "the schema of a session is JSON");
  json::Value::Array words;
  words.push_back(json::Value::string(word));
  json::Value::Object mark;
  mark.push_back({"type", json::Value::string("string")});
  mark.push_back({"enum", json::Value::array(std::move(words))});
  json::Value::Object& properties = *value->find("properties")->as_object();
  properties.insert(properties.begin(), {std::string(kMark), json::Value::object(std::move(mark))});
  json::Value::Array& required = *value->find("required")->as_array();
  required.insert(required.begin(), json::Value::string(std::string(kMark)));
  return json::write(*value);
}

bool is_whole(const ChatReply& reply) {
  return reply.finish_reason != "length" && reply.finish_reason != "thoughts" && !trim(reply.content).empty();
}

SchemaObedience obedience_of(const ChatReply& reply, const std::string& word) {
  const auto read = json::repair(reply.content);
  const json::Value* mark = read ? read->value.find(kMark) : nullptr;
  if (mark != nullptr && mark->as_string() == word) return SchemaObedience::obeyed;
  return is_whole(reply) ? SchemaObedience::ignored : SchemaObedience::unknown;
}

/// What to do about a failure that may pass; the others name their cure.
std::string_view cure_of(const CallError& error) {
  if (error.kind == CallClass::fatal_run || error.kind == CallClass::fatal_item) return {};
  if (error.label.contains("timeout"))
    return "; look at the server's log, or allow more by --idle_timeout and --timeout";
  return "; look at the server's log, or try again later";
}

/// One check, call after call.
class Probe {
 public:
  Probe(const GenerateOptions& options, const Catalogue& catalogue, OpenAiEndpoint& endpoint, Clock& clock,
        const std::stop_token& stop)
      : catalogue_(catalogue),
        endpoint_(endpoint),
        clock_(clock),
        stop_(stop),
        plan_(small_plan(options, catalogue)),
        schema_(session_schema(catalogue)),
        word_(random_word(options.seed)) {}

  asio::awaitable<void> run() {
    // A cancelled wait ends early and throws nothing; what comes next asks for the stop.
    co_await asio::this_coro::throw_if_cancelled(false);
    ChatRequest request = request_for(plan_.sessions.front());
    request.schema = with_mark(schema_, word_);
    auto first = co_await reply_to(request);
    if (first) {
      found_.models = co_await endpoint_.list_models();
      found_.format = endpoint_.form().format;
      const bool asked = found_.format == ReplyFormat::json_schema;
      found_.schema = asked ? obedience_of(*first, word_) : SchemaObedience::refused;
      look_at(*first, plan_.sessions.front());
      if (sent() < kMostRequests && !stop_.stop_requested()) co_await measure();
    } else {
      found_.failure = Error{ErrorKind::endpoint, first.error().message.append(cure_of(first.error()))};
    }
    found_.requests = sent();
  }

  EndpointCheck take() { return std::move(found_); }

 private:
  /// The first reply may have waited for the model to be loaded and the schema to be compiled.
  asio::awaitable<void> measure() {
    const auto second = co_await reply_to(request_for(plan_.sessions.back()));
    if (second) look_at(*second, plan_.sessions.back());
  }

  ChatRequest request_for(const SessionPlan& plan) const {
    return session_request(plan, catalogue_, schema_, {}, {});
  }

  std::uint64_t sent() const { return endpoint_.counters().requests_sent; }

  asio::awaitable<std::expected<ChatReply, CallError>> reply_to(const ChatRequest& request) {
    while (true) {
      auto reply = co_await endpoint_.call(request);
      if (reply) co_return std::move(*reply);
      const milliseconds pause = reply.error().retry_after.value_or(kPause);
      if (!worth_another_try(reply.error(), pause)) co_return std::unexpected(std::move(reply.error()));
      patience_ -= pause;
      co_await clock_.sleep(pause);
    }
  }

  /// An endpoint that nobody has reached yet is tried until the error says for how long in vain.
  bool worth_another_try(const CallError& error, milliseconds pause) const {
    const bool passes = error.kind == CallClass::transient || error.kind == CallClass::capacity;
    const bool too_slow = error.label == "idle timeout" || error.label == "total timeout";
    return passes && !too_slow && !stop_.stop_requested() && sent() < kMostRequests && pause <= patience_;
  }

  void look_at(const ChatReply& reply, const SessionPlan& plan) {
    found_.model_named = reply.model;
    found_.latency = reply.latency;
    const auto counted = reply.usage.completion_tokens;
    found_.tokens_counted = counted && *counted > 0;
    found_.completion_tokens =
        found_.tokens_counted ? *counted : std::llround(std::ceil(estimate_tokens(reply.content)));
    found_.session_fault = fault_of(reply, plan);
  }

  std::string fault_of(const ChatReply& reply, const SessionPlan& plan) const {
    if (reply.finish_reason == "length") return "it was cut off at max_tokens";
    if (reply.finish_reason == "thoughts") return "it held thoughts and no answer";
    const SessionReply read = read_session_reply(reply.content, reply.finish_reason, plan, catalogue_);
    return read.faults.empty() ? std::string() : one_line(read.faults.front().describe(), 200);
  }

  const Catalogue& catalogue_;
  OpenAiEndpoint& endpoint_;
  Clock& clock_;
  const std::stop_token& stop_;
  RecordPlan plan_;
  std::string schema_;
  std::string word_;
  milliseconds patience_ = kMostPatience;
  EndpointCheck found_;
};

}  // namespace

double EndpointCheck::tokens_per_second() const {
  const double seconds = std::chrono::duration<double>(latency).count();
  return static_cast<double>(completion_tokens) / std::max(seconds, 1e-3);
}

Result<EndpointCheck> check_endpoint(const GenerateOptions& options, const Catalogue& catalogue,
                                     const std::stop_token& stop) {
  if (auto ok = check_run_options(options, catalogue); !ok) return std::unexpected(std::move(ok.error()));
  if (options.embedded()) return EndpointCheck();
  asio::io_context context(1);
  SystemClock clock;
  auto endpoint = OpenAiEndpoint::make(context.get_executor(), endpoint_options(options), clock);
  if (!endpoint) return std::unexpected(std::move(endpoint.error()));
  Probe probe(options, catalogue, **endpoint, clock, stop);
  run_task(context, probe.run(), stop);
  if (stop.stop_requested()) return fail(ErrorKind::stopped, "stopped");
  return probe.take();
}

}  // namespace synthv1
