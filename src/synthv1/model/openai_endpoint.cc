// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/openai_endpoint.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "synthv1/model/completion.h"
#include "synthv1/model/wait_time.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view kNoKey = "EMPTY";
/// A shorter key is found in ordinary text by chance.
constexpr std::size_t kShortestSecret = 6;
constexpr std::size_t kLongestMessage = 300;
constexpr std::size_t kMostRaw = 2048;  ///< bytes of a body that is no completion
constexpr std::size_t kModelsListed = 10;
constexpr net::Deadlines kListingDeadlines{
    .connect = milliseconds(5'000), .idle = milliseconds(10'000), .total = milliseconds(10'000)};
constexpr net::Deadlines kLoadDeadlines{
    .connect = milliseconds(2'000), .idle = milliseconds(2'000), .total = milliseconds(2'000)};

std::vector<net::Header> make_headers(const EndpointOptions& options) {
  std::vector<net::Header> headers = {{"Authorization", "Bearer " + options.api_key},
                                      {"Content-Type", "application/json"},
                                      {"Accept", "application/json"},
                                      {"User-Agent", "synthv1"}};
  if (options.ask_load) headers.emplace_back("endpoint-load-metrics-format", "JSON");
  for (const net::Header& given : options.headers) {
    std::erase_if(headers, [&](const net::Header& ours) {
      return lower_ascii(ours.first) == lower_ascii(given.first);
    });
  }
  headers.insert(headers.end(), options.headers.begin(), options.headers.end());
  return headers;
}

CallError not_sent(CallError error) {
  error.sent = false;
  return error;
}

/// Servers keep their metrics beside the API, not in it.
std::string metrics_path(std::string_view api_path) {
  if (api_path.ends_with("/v1")) api_path.remove_suffix(3);
  return std::string(api_path) + "/metrics";
}

/// With the front of what the server sent, for the journal.
Failure with_raw(Failure failure, const net::HttpResponse& response) {
  failure.error.raw = replace_invalid_utf8(std::string_view(response.body).substr(0, kMostRaw));
  return failure;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

Result<void> check_options(const EndpointOptions& options) {
  if (!is_printable(options.api_key)) {
    return fail(ErrorKind::usage,
                "the API key holds a space, a line break or a character that no key has: check "
                "--api_key, --api_key_file or OPENAI_API_KEY");
  }
  if (options.model.empty() || !valid_utf8(options.model)) {
    return fail(ErrorKind::usage, "--model is empty or not valid UTF-8: name a model that the endpoint has");
  }
  return {};
}

/// The names in the body of `GET /models`.
std::vector<std::string> model_names(const std::string& body) {
  std::vector<std::string> names;
  const auto value = json::parse(body);
  const json::Value* data = value ? value->find("data") : nullptr;
  if (data == nullptr || !data->is_array()) return names;
  for (const json::Value& model : *data->as_array()) {
    const json::Value* id = model.find("id");
    if (id != nullptr && id->is_string()) names.push_back(one_line(*id->as_string(), 100));
  }
  return names;
}

/// What to set --model to, where the server has these models.
std::string model_cure(const std::string& model, const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), model) != names.end()) {
    return fmt::format("the server lists the model '{}': check --base_url or OPENAI_BASE_URL", model);
  }
  const std::size_t shown = std::min(names.size(), kModelsListed);
  std::string text = "set --model to one that the server has: ";
  text += join(std::span(names).first(shown), ", ");
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  if (const auto near = nearest(model, names)) text += fmt::format(" (did you mean '{}'?)", *near);
  return text;
}

}  // namespace

Result<std::unique_ptr<OpenAiEndpoint>> OpenAiEndpoint::make(asio::any_io_executor executor,
                                                             EndpointOptions options, Clock& clock) {
  options.api_key = trim(options.api_key);
  if (options.api_key.empty()) options.api_key = kNoKey;
  if (const auto fault = check_options(options); !fault) return std::unexpected(fault.error());
  auto url = net::Url::parse(options.base_url);
  if (!url && options.exchange) url = net::Url{};
  if (!url) return fail(ErrorKind::usage, "--base_url: " + url.error().message);
  if (const auto fault = net::HttpClient::check_options(*url, options.http); !fault) {
    return std::unexpected(fault.error());
  }
  return std::unique_ptr<OpenAiEndpoint>(
      new OpenAiEndpoint(std::move(executor), std::move(*url), std::move(options), clock));
}

OpenAiEndpoint::OpenAiEndpoint(asio::any_io_executor executor, net::Url url, EndpointOptions options,
                               Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      url_(std::move(url)),
      executor_(std::move(executor)),
      headers_(make_headers(options_)),
      client_(executor_, url_, options_.http) {}

asio::awaitable<std::expected<ChatReply, CallError>> OpenAiEndpoint::call(const ChatRequest& request) {
  if (const auto& fatal = health_.fatal()) co_return std::unexpected(not_sent(*fatal));
  while (true) {
    const RequestForm form = form_;
    auto reply = co_await send(request, form);
    if (reply) {
      health_.succeeded();
      co_return std::move(*reply);
    }
    if (step_down(request, form, reply.error())) continue;
    co_return std::unexpected(co_await judge(std::move(reply.error())));
  }
}

asio::awaitable<std::expected<ChatReply, Failure>> OpenAiEndpoint::send(const ChatRequest& request,
                                                                        RequestForm form) {
  const Clock::TimePoint start = clock_.now();
  auto response = co_await post(request_body(request, options_.model, options_.temperature, form));
  if (!response) co_return std::unexpected(classify(response.error()));
  scrub(response->body);
  if (response->status / 100 != 2)
    co_return std::unexpected(with_raw(classify(*response, clock_.wall()), *response));
  auto reply = parse_completion(*response, clock_.wall());
  if (!reply) co_return std::unexpected(with_raw(std::move(reply.error()), *response));
  scrub(reply->content);
  reply->quota_pause = quota_pause(*response, clock_.wall());
  if (const auto load = parse_load_header(response->header("endpoint-load-metrics")); load.known()) {
    reply->load = load;
  }
  reply->latency = std::chrono::duration_cast<milliseconds>(clock_.now() - start);
  co_return std::move(*reply);
}

asio::awaitable<std::expected<net::HttpResponse, net::TransportError>> OpenAiEndpoint::post(net::Body body) {
  if (options_.exchange) return options_.exchange(body.text());
  return client_.send("POST", url_.path + "/chat/completions", headers_, std::move(body));
}

bool OpenAiEndpoint::step_down(const ChatRequest& request, const RequestForm& refused,
                               const Failure& failure) {
  if (failure.about_max_tokens && request.max_tokens != 0 && !refused.completion_tokens) {
    form_.completion_tokens = true;
    return true;
  }
  if (failure.about_temperature && refused.temperature) {
    form_.temperature = false;
    return true;
  }
  if (failure.about_penalty && request.frequency_penalty != 0 && refused.frequency_penalty) {
    form_.frequency_penalty = false;
    return true;
  }
  if (!failure.about_format || request.no_grammar || request.schema.empty() ||
      refused.format == ReplyFormat::none)
    return false;
  const auto next = static_cast<ReplyFormat>(static_cast<int>(refused.format) + 1);
  form_.format = std::max(form_.format, next);
  return true;
}

asio::awaitable<CallError> OpenAiEndpoint::judge(Failure failure) {
  std::string& message = failure.error.message;
  scrub(message);
  message = options_.base_url + ": " + one_line(message, kLongestMessage);
  if (failure.about_model && failure.error.kind == CallClass::fatal_run) {
    if (std::string cure = co_await listing_cure(); !cure.empty()) failure.cure = std::move(cure);
  }
  co_return health_.judge(std::move(failure), clock_.now());
}

asio::awaitable<std::expected<net::HttpResponse, net::TransportError>> OpenAiEndpoint::get(
    std::string path, net::Deadlines deadlines) {
  net::ClientOptions options = options_.http;
  options.deadlines = deadlines;
  net::HttpClient client(executor_, url_, std::move(options));
  co_return co_await client.send("GET", std::move(path), headers_, {});
}

asio::awaitable<ServerLoad> OpenAiEndpoint::load() {
  if (options_.exchange) co_return ServerLoad{};
  const auto response = co_await get(metrics_path(url_.path), kLoadDeadlines);
  if (!response || response->status != 200) co_return ServerLoad{};
  co_return parse_load_metrics(response->body);
}

asio::awaitable<std::vector<std::string>> OpenAiEndpoint::list_models() {
  if (options_.exchange) co_return std::vector<std::string>();
  auto response = co_await get(url_.path + "/models", kListingDeadlines);
  if (!response || response->status != 200) co_return std::vector<std::string>();
  scrub(response->body);
  co_return model_names(response->body);
}

asio::awaitable<std::string> OpenAiEndpoint::listing_cure() {
  const std::vector<std::string> names = co_await list_models();
  if (names.empty()) co_return std::string();
  std::string cure = model_cure(options_.model, names);
  scrub(cure);
  co_return cure;
}

void OpenAiEndpoint::scrub(std::string& text) const {
  const std::string& key = options_.api_key;
  if (key == kNoKey || key.size() < kShortestSecret) return;
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 3)) {
    text.replace(at, key.size(), "***");
  }
}

}  // namespace synthv1
