// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_exchange.h"
#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/endpoint_health.h"
#include "synthv1/model/request_body.h"
#include "synthv1/net/http_client.h"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

namespace synthv1 {

/// Where a model is and how it is asked.
struct EndpointOptions {
  std::string base_url = "http://localhost:8000/v1";
  std::string api_key = "EMPTY";  ///< goes into the Authorization header and nowhere else
  std::string model;
  double temperature = 0.8;
  bool ask_load = false;  ///< asks for the server's load with each reply (vLLM)
  net::ClientOptions http{};
  std::vector<net::Header> headers{};  ///< of every request; they take the place of ours of the same name
  ChatExchange exchange{};  ///< carries requests instead of HTTP to base_url, which then only names it
};

/// A server that speaks OpenAI's chat completions. One request on the wire a call, but for the one that is
/// sent again because the server refuses a part of it, remembered for all calls: its response_format
/// (json_schema, then json_object, then none), max_tokens (then max_completion_tokens), temperature (then
/// none), frequency_penalty (then none).
class OpenAiEndpoint final : public ChatModel {
 public:
  /// An error names the option that is wrong. `clock` must outlive the endpoint.
  static Result<std::unique_ptr<OpenAiEndpoint>> make(asio::any_io_executor executor, EndpointOptions options,
                                                      Clock& clock);

  /// Cancelling the coroutine closes the connection; the error's label is then "cancelled". Once a call has
  /// returned fatal_run, every later one returns the same without asking.
  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override;

  /// The models that the server lists (`GET /models`), none where it has no such list or does not answer
  /// within ten seconds. Not a call: nothing is generated, and no failure of it counts.
  asio::awaitable<std::vector<std::string>> list_models();
  /// Asks GET /metrics beside the path of the API, for at most two seconds; what is not said is unknown.
  asio::awaitable<ServerLoad> load();

  const net::ClientCounters& counters() const { return client_.counters(); }
  /// How requests are put by now.
  const RequestForm& form() const { return form_; }

 private:
  OpenAiEndpoint(asio::any_io_executor executor, net::Url url, EndpointOptions options, Clock& clock);
  asio::awaitable<std::expected<ChatReply, Failure>> send(const ChatRequest& request, RequestForm form);
  asio::awaitable<std::expected<net::HttpResponse, net::TransportError>> post(net::Body body);
  asio::awaitable<CallError> judge(Failure failure);
  asio::awaitable<std::expected<net::HttpResponse, net::TransportError>> get(std::string path,
                                                                             net::Deadlines deadlines);
  asio::awaitable<std::string> listing_cure();
  bool step_down(const ChatRequest& request, const RequestForm& refused, const Failure& failure);
  void scrub(std::string& text) const;

  EndpointOptions options_;
  Clock& clock_;
  net::Url url_;
  asio::any_io_executor executor_;
  std::vector<net::Header> headers_;
  net::HttpClient client_;
  EndpointHealth health_;
  RequestForm form_;
};

}  // namespace synthv1
